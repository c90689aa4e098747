"""What is typed about listings: applications of many products at once, answers to them, and commitments."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import RegionField
from accounts.models import Organisation, Region, Seat
from accounts.permissions import OrganisationKind, Permission
from catalogue.actions import Commitment, ListingApplication
from catalogue.models import Item, Listing, ProductVersion
from core.grids import Grid, GridRow
from core.money import PRICE_DECIMALS
from core.templatetags.ui import currency, price


class OfferedRow(GridRow):
    """A product that the supplier may offer; with a price it is applied for."""

    price = forms.DecimalField(
        label=gettext_lazy("Price a pack"),
        required=False,
        min_value=0,
        max_digits=18,
        decimal_places=PRICE_DECIMALS,
        widget=forms.NumberInput({"data-unit": settings.CURRENCY}),
    )

    @property
    def row_label(self) -> str:
        return str(self.thing.product)

    @property
    def row_words(self) -> str:
        version, item = self.thing, self.thing.product.item
        return " ".join(
            filter(None, (str(version.product), version.brand, version.national_code, item.pinyin, item.initials))
        )

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        listed = {"unit": currency(), "numeric": True, "changes": True}
        return [
            {"label": _("Brand"), "value": self.thing.brand or "–"},
            {"label": _("Pack"), "value": self.thing.pack},
            {"label": _("National code"), "value": self.thing.national_code or "–"},
            {"label": _("Documents"), "value": self._documents},
            {"label": _("Listed at"), "value": price(self.thing.listed_at) if self.thing.listed_at else "–", **listed},
        ]

    @property
    def _documents(self) -> str:
        """What of the shelf does not stand for the product."""
        lacks = [f"{one.kind_words}: {one.standing.label}" for one in self.thing.lacks]
        return _(", ").join(lacks) if lacks else _("in force")

    @property
    def is_taken(self) -> bool:
        return bool(self.cleaned_data.get("price"))


class ApplyForm(Grid):
    """Prices of the products that a supplier applies for, in the same regions and from the same day."""

    row = OfferedRow
    caption = gettext_lazy("Products that you may offer")
    heading = gettext_lazy("Product")
    key_headings = (gettext_lazy("Reference"),)
    finds = True

    regions = forms.CharField(
        label=gettext_lazy("Regions"),
        max_length=600,
        help_text=gettext_lazy("Names or six-digit codes, with a comma between them."),
    )
    valid_from = forms.DateField(label=gettext_lazy("First day"))
    basis = forms.ChoiceField(label=gettext_lazy("Basis"), choices=Listing.Basis)
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("What the price rests on: the notice, prices elsewhere, the approval."),
    )

    def key_of(self, thing: ProductVersion) -> str:
        return str(thing.product.reference)

    def clean_regions(self) -> Sequence[Region]:
        names = self.cleaned_data["regions"].replace("，", ",").replace("、", ",").split(",")
        field = RegionField()
        return [field.clean(name.strip()) for name in names if name.strip()]

    @property
    def applications(self) -> list[ListingApplication]:
        given = {name: self.cleaned_data[name] for name in ("regions", "valid_from", "basis", "evidence")}
        return [ListingApplication(row.thing.product, row.cleaned_data["price"], **given) for row in self.taken]


class AnswerForm(forms.Form):
    """The application as its supplier puts it now."""

    price = forms.DecimalField(
        label=gettext_lazy("Price a pack"),
        max_digits=18,
        decimal_places=PRICE_DECIMALS,
        widget=forms.NumberInput({"data-unit": settings.CURRENCY}),
    )
    valid_from = forms.DateField(label=gettext_lazy("First day"))
    evidence = forms.CharField(label=gettext_lazy("Evidence"), max_length=500, widget=forms.Textarea({"rows": 3}))


# What may be done with listings, the permission that it takes, and whether a reason is given.
DECISIONS = {
    "review": (Permission.REVIEW_LISTING, gettext_lazy("Find it in order"), False),
    "ask_back": (Permission.REVIEW_LISTING, gettext_lazy("Ask the supplier back"), True),
    "list": (Permission.LIST_PRODUCT, gettext_lazy("List it"), False),
    "return": (Permission.LIST_PRODUCT, gettext_lazy("Return it to its review"), True),
    "refuse": (Permission.REVIEW_LISTING, gettext_lazy("Refuse it"), True),
    "suspend": (Permission.LIST_PRODUCT, gettext_lazy("Suspend it"), True),
    "resume": (Permission.LIST_PRODUCT, gettext_lazy("Resume it"), True),
    "delist": (Permission.LIST_PRODUCT, gettext_lazy("Delist it"), True),
    "withdraw": (Permission.APPLY_FOR_LISTING, gettext_lazy("Withdraw the application"), True),
}


class DecideForm(forms.Form):
    """One decision on one listing or on many."""

    act = forms.ChoiceField(label=gettext_lazy("Decision"))
    valid_from = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        help_text=gettext_lazy("Of the review: empty for the day that was applied for."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The supplier reads it. Needed for all but a review and the listing itself."),
    )

    def __init__(self, seat: Seat, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [
            (name, label)
            for name, (permission, label, _reason) in DECISIONS.items()
            if seat.may(permission) or (name == "refuse" and seat.may(Permission.LIST_PRODUCT))
        ]
        if not seat.may(Permission.REVIEW_LISTING):
            del self.fields["valid_from"]

    def clean(self) -> None:
        super().clean()
        act = self.cleaned_data.get("act")
        if act in DECISIONS and DECISIONS[act][2] and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Give the reason, so that the other side knows."))


class SingleSourceForm(forms.Form):
    """Of whom an item is bought, where, by whom and until when."""

    item = forms.ModelChoiceField(
        label=gettext_lazy("Item"),
        queryset=Item.objects.all(),
        to_field_name="reference",
        widget=forms.TextInput,
        help_text=gettext_lazy("Its reference, as I-12."),
        error_messages={"invalid_choice": gettext_lazy("No item has this reference.")},
    )
    supplier = forms.ModelChoiceField(
        label=gettext_lazy("Supplier"),
        queryset=Organisation.objects.standing().of_kind(OrganisationKind.SUPPLIER),
        to_field_name="credit_code",
        widget=forms.TextInput,
        help_text=gettext_lazy("Its unified social credit code."),
        error_messages={"invalid_choice": gettext_lazy("No supplier is registered under this code.")},
    )
    region = RegionField()
    hospital = forms.ModelChoiceField(
        label=gettext_lazy("Hospital"),
        queryset=Organisation.objects.standing().of_kind(OrganisationKind.HOSPITAL),
        to_field_name="credit_code",
        widget=forms.TextInput,
        required=False,
        help_text=gettext_lazy("Its unified social credit code; empty for all of the region."),
        error_messages={"invalid_choice": gettext_lazy("No hospital is registered under this code.")},
    )
    valid_from = forms.DateField(label=gettext_lazy("First day"))
    valid_to = forms.DateField(label=gettext_lazy("Last day"))
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300)

    @property
    def commitment(self) -> Commitment:
        return Commitment(**self.cleaned_data)
