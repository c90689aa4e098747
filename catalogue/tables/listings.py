"""Lists of listings and of commitments to one supplier."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalogue.as_of import AsOf, DayField
from catalogue.models import Listing, SingleSource
from core.clock import legal_date
from core.tables import Column, Empty, Filter, Table

TONES = {
    "applied": "warn",
    "asked": "warn",
    "reviewed": "info",
    "listed": "good",
    "suspended": "bad",
    "delisted": "quiet",
    "refused": "bad",
    "withdrawn": "quiet",
}


WAITING = (
    ("me", _("me")),
    ("review", _("a reviewer")),
    ("second", _("a second person")),
    ("supplier", _("the supplier")),
)
_WAITS = {"review": "applied", "second": "reviewed", "supplier": "asked"}


def waits_for(listing: Listing) -> str | Promise:
    """Who must act on an application; nobody once it is decided."""
    if listing.status == Listing.Status.ASKED:
        return listing.supplier.name
    return {"applied": _("a reviewer"), "reviewed": _("a second person")}.get(listing.status, "")


def _age(listing: Any) -> str:
    """For how many days an open application has stood as it does."""
    if not listing.is_open:
        return ""
    days = (legal_date(timezone.now()) - legal_date(listing.stands_since)).days
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def _naming(listings: Any, text: str) -> QuerySet:
    item = "product__item__"
    return listings.filter(
        Q(reference__iexact=text)
        | Q(**{f"{item}name__icontains": text})
        | Q(**{f"{item}initials__startswith": text.lower()})
        | Q(product__reference__iexact=text)
        | Q(product__maker__name__icontains=text)
        | Q(supplier__name__icontains=text)
    )


class ListingTable(Table):
    name = "listings"
    caption = _("Listings")
    key = "reference"
    wide = True
    default_sort = "-applied"
    columns = (
        Column("reference", _("Listing"), kind="reference", url="get_absolute_url", sort="reference"),
        Column("product", _("Product"), value="product"),
        Column("region", _("Region"), value="region", sort="region__name"),
        Column("price", _("Price a pack"), kind="price", unit=settings.CURRENCY, sort="price"),
        Column("from", _("First day"), value="valid_from", kind="date", sort="valid_from"),
        Column(
            "status",
            _("Status"),
            value="get_status_display",
            kind="status",
            tone=lambda listing: TONES[listing.status],
            sort="status",
        ),
        Column("waits", _("Waits for"), value=waits_for),
        Column("since", _("Since"), value="stands_since", kind="date", sort="stands_since", note=_age),
        Column("basis", _("Basis"), value="get_basis_display", sort="basis"),
        Column("supplier", _("Supplier"), value="supplier.name", sort="supplier__name"),
        Column("applied", _("Applied for"), value="applied_at", kind="date", sort="applied_at"),
    )
    empty = Empty(
        _("Nothing is listed yet"),
        _("A supplier applies for its products; the agency reviews them and another person lists them."),
    )

    def __init__(self, *args: Any, on: AsOf, **kwargs: Any) -> None:
        super().__init__(*args, today=on.form.today, **kwargs)
        stood = "standing" if on.day else "status"
        self.columns = [replace(one, sort=stood) if one.key == "status" else one for one in self.columns]
        self.filters = (
            Filter("q", forms.CharField(label=_("Product, maker, supplier or listing")), _naming),
            Filter("status", forms.ChoiceField(label=_("Status"), choices=Listing.Status), stood),
            Filter("basis", forms.ChoiceField(label=_("Basis"), choices=Listing.Basis), "basis"),
            Filter("region", forms.CharField(label=_("Region")), "region__name__icontains"),
            Filter("on", DayField(today=on.form.today), _already),
        )
        if not self.export:  # so that the name of the product has room
            self.columns = [one for one in self.columns if one.key not in ("region", "basis")]
        if on.day:
            self.columns = [one for one in self.columns if one.key not in ("waits", "since")]
        else:
            waiting = forms.ChoiceField(label=_("Waits for"), choices=WAITING)
            self.filters = (*self.filters, Filter("waiting", waiting, self._waiting))

    def _waiting(self, listings: Any, whom: str) -> QuerySet:
        return listings.filter(status=_WAITS[whom]) if whom in _WAITS else listings.waiting_for(self.request.seat)


class ProductListingTable(Table):
    """Those of one product, on its page."""

    name = "listings"
    caption = _("Listings")
    key = "reference"
    default_sort = "-from"
    exports = ()
    columns = tuple(one for one in ListingTable.columns if one.key not in ("product", "waits", "since", "applied"))
    empty = Empty(_("Not listed"), _("Without an award this product is ordered once its supplier has it listed."))


def _already(rows: Any, _day: date) -> QuerySet:
    """Rows that are of the day already."""
    return rows


def _in_force(rows: Any, day: date) -> QuerySet:
    return rows.in_force(day)


class SingleSourceTable(Table):
    name = "single-sources"
    caption = _("Commitments to one supplier")
    key = "reference"
    default_sort = "-from"
    columns = (
        Column("reference", _("Reference"), kind="reference"),
        Column("of", _("Item or variety"), value=lambda row: row.item or row.variety),
        Column("supplier", _("Supplier"), value="supplier.name", sort="supplier__name"),
        Column("region", _("Region"), value="region"),
        Column("hospital", _("Hospital"), value=lambda row: row.hospital or _("all")),
        Column("from", _("From"), value="valid_from", kind="date", sort="valid_from"),
        Column("to", _("Last day"), value="valid_to", kind="date", sort="valid_to"),
        Column("source", _("Source"), note="end_reason"),
    )
    empty = Empty(
        _("No commitment yet"),
        _("Where hospitals buy an item of one supplier in a time, another supplier's product takes a reason."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.filters = (
            Filter("q", forms.CharField(label=_("Supplier")), "supplier__name__icontains"),
            Filter("on", DayField(today=today), _in_force),
        )


def _end_of(row: SingleSource) -> str:
    return "" if row.ended_at else reverse("catalogue:end-single-source", args=[row.reference])


class EndableSingleSourceTable(SingleSourceTable):
    """The same, with the way to end one."""

    columns = (
        *SingleSourceTable.columns,
        Column("end", _("End"), value=lambda row: "" if row.ended_at else _("End"), url=_end_of),
    )
