"""The lists of demand."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from core.tables import Column, Empty, Filter, Table
from demand.models import DemandEntry, DemandWindow, Mandate


def _window_status(window: DemandWindow) -> str:
    return _("locked") if window.locked_at else _("open")


MANDATE_TONES = {"given": "warn", "in_force": "good", "withdrawn": "quiet", "revoked": "bad"}


class WindowTable(Table):
    name = "demand"
    caption = gettext_lazy("Demand windows")
    key = "reference"
    default_sort = "-closes"
    columns = (
        Column(
            "reference",
            gettext_lazy("Window"),
            url=lambda window: reverse("demand:window", args=[window.reference]),
            sort="reference",
        ),
        Column("title", gettext_lazy("Title"), sort="title"),
        Column("year", gettext_lazy("Year"), value=lambda window: str(window.year), sort="year", numeric=True),
        Column(
            "status",
            gettext_lazy("Status"),
            value=_window_status,
            kind="status",
            tone=lambda window: "good" if window.locked_at else "info",
        ),
        Column("reported", gettext_lazy("Reported"), value="reported_count", kind="number", sort="reported_count"),
        Column("asked", gettext_lazy("Asked"), value="asked_count", kind="number", sort="asked_count"),
        Column("closes", gettext_lazy("Last day"), value="closes_on", kind="date", sort="closes_on"),
    )
    filters = (
        Filter("q", forms.CharField(label=gettext_lazy("Title")), "title__icontains"),
        Filter("year", forms.IntegerField(label=gettext_lazy("Year")), "year"),
        Filter(
            "status",
            forms.ChoiceField(
                label=gettext_lazy("Status"),
                choices=(("open", gettext_lazy("open")), ("locked", gettext_lazy("locked"))),
            ),
            lambda windows, status: windows.filter(locked_at__isnull=status == "open"),
        ),
    )
    empty = Empty(
        gettext_lazy("No demand window yet"),
        gettext_lazy("A tender begins with what hospitals need: open a window and ask them."),
    )


class AskedTable(Table):
    name = "hospitals"
    caption = gettext_lazy("Hospitals asked")
    key = "credit_code"
    default_sort = "reported"
    columns = (
        Column("name", gettext_lazy("Hospital"), sort="name"),
        Column(
            "status",
            gettext_lazy("Status"),
            value=lambda hospital: _("reported") if hospital.reported_at else _("missing"),
            kind="status",
            tone=lambda hospital: "good" if hospital.reported_at else "warn",
        ),
        Column("items", gettext_lazy("Items"), value="reported_items", kind="number", sort="reported_items"),
        Column("reporter", gettext_lazy("Reported by"), value="reporter"),
        Column("reported", gettext_lazy("Reported at"), value="reported_at", kind="instant", sort="reported_at"),
        Column(
            "mandate",
            gettext_lazy("Mandate"),
            value=lambda hospital: _("in force") if hospital.is_entrusted else _("none"),
            kind="status",
            tone=lambda hospital: "good" if hospital.is_entrusted else "warn",
        ),
    )
    filters = (
        Filter("q", forms.CharField(label=gettext_lazy("Hospital")), "name__icontains"),
        Filter(
            "status",
            forms.ChoiceField(
                label=gettext_lazy("Status"),
                choices=(("reported", gettext_lazy("reported")), ("missing", gettext_lazy("missing"))),
            ),
            lambda hospitals, status: hospitals.filter(reported_at__isnull=status == "missing"),
        ),
    )


class TotalTable(Table):
    name = "totals"
    caption = gettext_lazy("Demand by item")
    default_sort = "line"
    columns = (
        Column("line", gettext_lazy("Line"), value="number", kind="number", sort="number"),
        Column("item", gettext_lazy("Item"), value="item.name", sort="item__pinyin"),
        Column("strength", gettext_lazy("Strength"), value="item.strength"),
        Column("unit", gettext_lazy("Unit"), value="item.base_unit"),
        Column("hospitals", gettext_lazy("Hospitals"), value="needing", kind="number", sort="needing"),
        Column("total", gettext_lazy("Quantity a year"), kind="quantity", sort="total"),
        Column("apart", gettext_lazy("Without a mandate"), kind="quantity", sort="apart"),
    )


class EntryTable(Table):
    name = "reported"
    caption = gettext_lazy("What your hospital has reported")
    default_sort = "item"
    exports = ()
    columns = (
        Column("item", gettext_lazy("Item"), value="item.name", sort="item__pinyin"),
        Column("strength", gettext_lazy("Strength"), value="item.strength"),
        Column("unit", gettext_lazy("Unit"), value="item.base_unit"),
        Column("quantity", gettext_lazy("Quantity a year"), kind="quantity", sort="quantity"),
    )
    empty = Empty(gettext_lazy("Your hospital has reported no need"))


class MandateTable(Table):
    name = "mandates"
    caption = gettext_lazy("Mandates")
    key = "reference"
    default_sort = "-given"
    columns = (
        Column(
            "reference",
            gettext_lazy("Mandate"),
            kind="reference",
            url=lambda mandate: mandate.get_absolute_url(),
            sort="reference",
        ),
        Column("giver", gettext_lazy("Institution"), value="giver.name", sort="giver__name"),
        Column(
            "institutions",
            gettext_lazy("Institutions"),
            value="institution_count",
            kind="number",
            sort="institution_count",
        ),
        Column("goods", gettext_lazy("Goods"), value=lambda mandate: mandate.get_goods_display() or _("all goods")),
        Column("first", gettext_lazy("First year"), value="first_year", sort="first_year"),
        Column("last", gettext_lazy("Last year"), value="last_year", sort="last_year"),
        Column("given", gettext_lazy("Signed at"), value="given_at", kind="instant", sort="given_at"),
        Column(
            "status",
            gettext_lazy("Status"),
            value="get_status_display",
            kind="status",
            tone=lambda mandate: MANDATE_TONES[mandate.status],
            sort="status",
        ),
    )
    filters = (
        Filter("q", forms.CharField(label=gettext_lazy("Institution")), "giver__name__icontains"),
        Filter("status", forms.ChoiceField(label=gettext_lazy("Status"), choices=Mandate.Status), "status"),
    )
    empty = Empty(
        gettext_lazy("No mandate yet"),
        gettext_lazy("The agency tenders only the need of institutions that entrust it with signing."),
    )


def exported_entries(window: DemandWindow, seat: Seat) -> tuple[list[str], Iterator[list[Any]]]:
    """Header and rows of everything reported in a window that a seat may read: hospital by item."""
    header = [_("Hospital"), _("Unified social credit code"), _("Item"), _("Strength"), _("Unit"), _("Quantity a year")]
    entries = DemandEntry.objects.filter(report__in=window.reports.visible_to(seat))
    ordered = entries.select_related("report__hospital", "item").order_by(
        "report__hospital__name", "item__pinyin", "pk"
    )
    return header, (
        [
            entry.report.hospital.name,
            entry.report.hospital.credit_code,
            entry.item.name,
            entry.item.strength,
            entry.item.base_unit,
            entry.quantity,
        ]
        for entry in ordered.iterator(chunk_size=2000)
    )
