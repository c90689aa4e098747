"""Bids as suppliers type them. What an offer form holds is sealed or dropped, never kept."""

import secrets
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import ProductVersion
from core.money import parse_price, unit_price
from core.templatetags.ui import price as price_text
from tenders.actions.bidding import Offer
from tenders.models import Bid, Criterion, Lot

LONGEST_ANSWER = 2000


def fresh_key() -> str:
    """A submission key for one form: sent twice, it is still one submission."""
    return secrets.token_urlsafe(24)


class PrepareBidForm(forms.Form):
    product_version = forms.ModelChoiceField(
        label=gettext_lazy("Product"),
        queryset=ProductVersion.objects.none(),
        help_text=gettext_lazy("Only products whose pack is known can be offered. A bid is one product in one lot."),
    )

    def __init__(self, lot: Lot, supplier: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = ProductVersion.objects.offerable().of_supplier(supplier)
        related = own.filter(product__item__in=lot.lot_items.values("item")).select_related(
            "product__item", "product__maker"
        )
        self.fields["product_version"].queryset = related.order_by("product__maker__name", "pack_size", "pk")  # type: ignore[attr-defined]


class SubmissionForm(forms.Form):
    """What every act on a bid carries: the key that makes a second click the same submission."""

    submission_key = forms.CharField(min_length=8, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission_key"].initial = fresh_key


class OfferForm(SubmissionForm):
    """Answers by criterion where the tender has a technical envelope, and the price of one pack.

    A price above the lot's ceiling is a warning: the bid can be submitted, and says so on a second look.
    """

    price = forms.CharField(
        label=gettext_lazy("Price of one pack"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=gettext_lazy("At most 6 decimals, such as 113.68. It goes into the commercial envelope only."),
    )
    above_ceiling = forms.BooleanField(label=gettext_lazy("Submit it all the same, above the ceiling"), required=False)

    def __init__(self, bid: Bid, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bid = bid
        pack = bid.product_version
        self.fields["price"].widget.attrs["data-unit"] = f"{settings.CURRENCY} / {pack.pack_size} {self._unit}"
        answers = {self.answer_name(criterion): _answer_field(criterion) for criterion in self.criteria}
        self.fields = {**answers, **self.fields}

    @cached_property
    def criteria(self) -> list[Criterion]:
        return list(self.bid.tender.criteria.order_by("number")) if self.bid.tender.envelopes == 2 else []

    @property
    def _unit(self) -> str:
        return self.bid.product_version.product.item.base_unit

    @staticmethod
    def answer_name(criterion: Criterion) -> str:
        return f"answer-{criterion.key}"

    @property
    def technical_fields(self) -> list[forms.BoundField]:
        return [self[self.answer_name(criterion)] for criterion in self.criteria]

    @property
    def commercial_fields(self) -> list[forms.BoundField]:
        """The price, and the second look where it was found to be above the ceiling."""
        return [self["price"], *([self["above_ceiling"]] if self.has_error("above_ceiling") or self._looked else [])]

    @property
    def _looked(self) -> bool:
        return bool(self.is_bound and self.data.get("above_ceiling"))

    def clean_price(self) -> Decimal:
        try:
            price = parse_price(self.cleaned_data["price"].strip())
        except (ValueError, ArithmeticError):
            raise forms.ValidationError(_("Enter digits and at most one point, with at most 6 decimals.")) from None
        if not 0 < price < 10**12:
            raise forms.ValidationError(_("Enter a price above zero, with at most 12 digits before the point."))
        return price

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        ceiling = self.bid.lot.ceiling_price
        price = given.get("price")
        if price is not None and ceiling is not None and not given.get("above_ceiling"):
            comparable = self._comparable(price)
            if comparable > Fraction(ceiling):
                self.add_error("above_ceiling", _above(comparable, ceiling))
        return given

    def _comparable(self, price: Decimal) -> Fraction:
        """The price of one base unit of the lot's reference item, exactly."""
        version = self.bid.product_version
        factor = self.bid.lot.lot_items.get(item=version.product.item_id).factor
        return unit_price(price, version.pack_size or 1, Fraction(factor))

    @property
    def offer(self) -> Offer:
        answers = {criterion.key: self.cleaned_data[self.answer_name(criterion)] for criterion in self.criteria}
        return Offer(answers, self.cleaned_data["price"])


def _answer_field(criterion: Criterion) -> forms.CharField:
    points = _("%(points)d points") % {"points": criterion.max_points}
    kind = _("formal requirement") if criterion.kind == Criterion.Kind.FORMAL else points
    return forms.CharField(
        label=f"{criterion.title} ({kind})",
        help_text=criterion.guidance,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


def _above(comparable: Fraction, ceiling: Decimal) -> str:
    return _(
        "%(price)s for one unit of the reference item is above the ceiling of %(ceiling)s: such a bid is invalid "
        "when prices are opened. Correct the price, or tick the box."
    ) % {"price": price_text(comparable), "ceiling": price_text(ceiling)}
