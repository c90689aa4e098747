"""Beginning and withdrawing a bid. What a bid says is typed into no form: the bidder's browser seals it."""

import secrets
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import ProductVersion
from core.clock import legal_date
from tenders.models import Lot


def fresh_key() -> str:
    """A submission key for one form: sent twice, it is still one submission."""
    return secrets.token_urlsafe(24)


NO_PRODUCT = gettext_lazy(
    "You have no product for this in the catalogue whose pack is known. Ask the agency: its catalogue officer records"
    " the product and links its maker to you, or records the letter by which you may offer it."
)


class ProductField(forms.ModelChoiceField):
    """A product among others of its item and maker: told apart by brand, pack and code."""

    if_empty = NO_PRODUCT

    def label_from_instance(self, version: ProductVersion) -> str:
        return version.label


class ProductsField(forms.ModelMultipleChoiceField):
    """Several such products."""

    def label_from_instance(self, version: ProductVersion) -> str:
        return version.label


class PrepareBidForm(forms.Form):
    """The product of a bid and what is offered further, any model of the registration, or a product for each part of
    the set."""

    product_version = ProductField(
        label=gettext_lazy("Product"),
        queryset=ProductVersion.objects.none(),
        help_text=gettext_lazy("Only products whose pack is known can be offered. A bid is one product in one lot."),
    )

    def __init__(self, lot: Lot, supplier: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = lot.products_of(supplier, legal_date(timezone.now()))
        related = own.select_related("product__item", "product__maker")
        self.own = related.order_by("product__maker__name", "pack_size", "pk")
        first = self.fields["product_version"]
        self.parts: list[str] = []
        if lot.offered == Lot.Offered.SYSTEM:
            self._choose_parts(lot, first)
            return
        first.queryset = self.own.filter(product__item__in=lot.lot_items.values("item"))
        if lot.offered == Lot.Offered.REGISTRATION:
            self.fields["product_version"] = RegistrationField(
                first.queryset,
                label=_("Registration certificate"),
                help_text=_("The bid covers all its models in this lot, at one price a pack."),
            )
        elif len(first.queryset[:2]) > 1:
            self.fields["further"] = ProductsField(
                label=_("Further specifications"),
                queryset=first.queryset,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_(
                    "Other products of the same holder, ordered if the bid wins, at the prices that follow from its "
                    "price by the lot's factors. They are never compared, and a product stands in one bid only."
                ),
            )

    def _choose_parts(self, lot: Lot, first: forms.ModelChoiceField) -> None:
        for part in lot.parts.select_related("item"):
            label = _("%(item)s, %(n)s in a set") % {"item": part.item, "n": part.quantity}
            products = self.own.filter(product__item=part.item_id)
            if part.number == 1:
                first.label, first.queryset, first.help_text = label, products, _("The main part.")
            else:
                self.parts.append(f"part-{part.number}")
                self.fields[self.parts[-1]] = ProductField(label=label, queryset=products)

    @property
    def products(self) -> dict[str, Any]:
        """What the bid begins with, as the action takes it."""
        return {
            "product_version": self.cleaned_data["product_version"],
            "parts": [self.cleaned_data[name] for name in self.parts],
            "further": list(self.cleaned_data.get("further", ())),
        }


class RegistrationField(forms.ModelChoiceField):
    """A registration certificate by its number with all its models; chosen is the first of them."""

    if_empty = NO_PRODUCT

    def __init__(self, versions: Any, **kwargs: Any) -> None:
        found: dict[str, list[ProductVersion]] = {}
        for version in versions.exclude(approval_number=""):
            found.setdefault(version.approval_number, []).append(version)
        self.models_of = {models[0].pk: models for models in found.values()}
        super().__init__(versions.filter(pk__in=self.models_of), **kwargs)

    def label_from_instance(self, version: ProductVersion) -> str:
        models = self.models_of[version.pk]
        names = _(", ").join(model.brand or model.national_code or str(model.product.item) for model in models)
        return f"{version.approval_number}: {names}"


class SubmissionForm(forms.Form):
    """What a withdrawal carries: the key that makes a second click the same submission."""

    submission_key = forms.CharField(min_length=8, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission_key"].initial = fresh_key
