"""Shortages, substitutes and designated production."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.as_of import DayField
from catalogue.models import DesignatedProduction, Item, Shortage
from catalogue.tables.items import item_url
from catalogue.tables.lists import of
from core.tables import Column, Empty, Filter, Table

TONES = {"reported": "warn", "verified": "bad", "refused": "quiet", "withdrawn": "quiet", "over": "good"}


class ShortageTable(Table):
    name = "shortages"
    caption = _("Shortages")
    default_sort = "-reported"
    key = "reference"
    columns = (
        Column("reference", _("Shortage"), kind="reference", url=Shortage.get_absolute_url),
        Column("item", _("Item"), sort="item__pinyin", url=lambda one: item_url(one.item)),
        Column("of", _("Of"), value=of),
        Column("region", _("Region"), value="region.full_name", sort="region__code"),
        Column("status", _("Status"), value="get_status_display", kind="status", tone=lambda one: TONES[one.status]),
        Column("from", _("Short since"), value="valid_from", kind="date", sort="valid_from"),
        Column("to", _("Last day"), value="valid_to", kind="date"),
        Column("by", _("Reported by"), value="reporter.name"),
        Column("reported", _("Reported"), value="reported_at", kind="instant", sort="reported_at"),
    )
    empty = Empty(_("No shortage"), _("Hospitals and suppliers report what cannot be had; the agency verifies it."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.filters = (
            Filter("q", forms.CharField(label=_("Name, pinyin, initials or code")), _of_items_matching),
            Filter("status", forms.ChoiceField(label=_("Status"), choices=Shortage.Status), self._of_status),
            Filter("on", DayField(today=today), _short_on),
        )

    def _of_status(self, rows: Any, status: str) -> QuerySet:
        """By what a shortage is now; on a day all that hold are verified."""
        if self.filter_values.get("on"):
            return rows if status == Shortage.Status.VERIFIED else rows.none()
        return rows.filter(status=status)


class ReportableShortageTable(ShortageTable):
    """The same for who reports."""

    empty = Empty(
        ShortageTable.empty.title,
        ShortageTable.empty.text,
        _("Report a shortage"),
        reverse_lazy("catalogue:report-shortages"),
    )


def _short_on(rows: Any, day: date) -> QuerySet:
    return rows.as_of(day)


def _of_items_matching(rows: QuerySet, text: str) -> QuerySet:
    return rows.filter(item__in=Item.objects.matching(text).order_by().values("pk"))


class SubstituteTable(Table):
    name = "substitutes"
    caption = _("Substitutes")
    exports = ()
    columns = (
        Column("item", _("Item"), url=lambda one: item_url(one.item)),
        Column("of", _("Of"), value=of),
        Column(
            "variety",
            _("Variety"),
            value=lambda one: _("the same") if one.is_same_variety else pgettext_lazy("of a variety", "another"),
        ),
        Column("reason", _("Reason"), kind="prose"),
        Column("since", _("Named"), value="named_at", kind="instant"),
    )
    empty = Empty(_("No substitute is named"))


class WithdrawableSubstituteTable(SubstituteTable):
    """The same for the agency, with the way to withdraw one."""

    columns = (
        *SubstituteTable.columns,
        Column(
            "withdraw",
            _("Withdraw"),
            value=lambda one: _("Withdraw"),
            url=lambda one: reverse("catalogue:withdraw-substitute", args=[one.shortage.reference, one.pk]),
        ),
    )


class DesignatedTable(Table):
    """Who is commissioned to make what, and until when."""

    name = "designated-production"
    caption = _("Designated production")
    default_sort = "-from"
    columns = (
        Column("reference", _("Commission"), kind="reference"),
        Column("item", _("Item"), sort="item__pinyin", url=lambda one: item_url(one.item)),
        Column("maker", _("Maker"), sort="maker__name"),
        Column(
            "region", _("Commissioned by"), value=lambda one: one.region.full_name if one.region else _("the state")
        ),
        Column("from", _("From"), value="valid_from", kind="date", sort="valid_from"),
        Column("to", _("Last day"), value="valid_to", kind="date", sort="valid_to"),
        Column("source", _("Decision"), note="end_reason"),
    )
    empty = Empty(
        _("No designated production"),
        _("A commission of the state or the province is recorded on the page of an item."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.filters = (
            Filter("q", forms.CharField(label=_("Name, pinyin, initials or code")), _of_items_matching),
            Filter("maker", forms.CharField(label=_("Maker")), "maker__name__icontains"),
            Filter("on", DayField(today=today), _commissioned_on),
        )


def _commissioned_on(rows: Any, day: date) -> QuerySet:
    return rows.in_force(day)


def _end_of(one: DesignatedProduction) -> str:
    return "" if one.ended_at else reverse("catalogue:end-designation", args=[one.reference])


class EditableDesignatedTable(DesignatedTable):
    """The same, with the way to end one."""

    columns = (
        *DesignatedTable.columns,
        Column("end", _("End"), value=lambda one: "" if one.ended_at else _("End"), url=_end_of),
    )
