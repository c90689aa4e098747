"""Beginning and withdrawing a bid. What a bid says is typed into no form: the bidder's browser seals it."""

import secrets
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from catalogue.models import ProductVersion
from core.clock import legal_date
from tenders.models import Lot


def fresh_key() -> str:
    """A submission key for one form: sent twice, it is still one submission."""
    return secrets.token_urlsafe(24)


class ProductField(forms.ModelChoiceField):
    """A product among others of its item and maker: told apart by brand, pack and code."""

    def label_from_instance(self, version: ProductVersion) -> str:
        return version.label


class PrepareBidForm(forms.Form):
    product_version = ProductField(
        label=gettext_lazy("Product"),
        queryset=ProductVersion.objects.none(),
        help_text=gettext_lazy("Only products whose pack is known can be offered. A bid is one product in one lot."),
    )

    def __init__(self, lot: Lot, supplier: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = lot.products_of(supplier, legal_date(timezone.now()))
        related = own.filter(product__item__in=lot.lot_items.values("item")).select_related(
            "product__item", "product__maker"
        )
        self.fields["product_version"].queryset = related.order_by("product__maker__name", "pack_size", "pk")


class SubmissionForm(forms.Form):
    """What a withdrawal carries: the key that makes a second click the same submission."""

    submission_key = forms.CharField(min_length=8, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission_key"].initial = fresh_key
