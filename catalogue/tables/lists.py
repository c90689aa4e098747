"""Lists, their editions, what stands in one, and what one changes in the one before."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from catalogue.as_of import DayField
from catalogue.models import CatalogueList, Edition, EditionEntry, Item
from catalogue.rules.lists import changes_of
from catalogue.tables.items import item_url
from core.tables import Column, Empty, Filter, Table

TONES = {"draft": "warn", "proposed": "accent", "published": "good", "discarded": "quiet"}
LABELS = {
    "entry_class": _("Class"),
    "restriction": _("Restriction"),
    "payment_standard": _("Payment standard"),
    "units": _("Base units"),
    "note": _("Note"),
}


def region_of(thing: Any) -> str:
    return str(thing.region) if thing.region else _now("the whole country")


class ListTable(Table):
    """Lists with the edition that is in force on a day."""

    name = "lists"
    caption = _("Lists")
    default_sort = "kind"
    columns = (
        Column("name", _("List"), url=CatalogueList.get_absolute_url, note="supplements.name", sort="name"),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("region", _("Region"), value=region_of),
        Column("current", _("Edition in force"), value="current_title"),
        Column("since", _("Since"), kind="date"),
        Column("entries", _("Entries"), value="entry_count", kind="number"),
        Column("coming", _("Next edition from"), kind="date"),
    )
    empty = Empty(
        _("No list yet"),
        _("Essential drugs, the insurance catalogue, central procurement: each list has editions with their day."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.filters = (
            Filter("q", forms.CharField(label=_("Name")), "name__icontains"),
            Filter("kind", forms.ChoiceField(label=_("Kind"), choices=CatalogueList.Kind), "kind"),
            Filter("on", DayField(today=today), lambda lists, _day: lists),
        )


class BeginnableListTable(ListTable):
    """The same for who keeps lists."""

    empty = Empty(ListTable.empty.title, ListTable.empty.text, _("Begin a list"), reverse_lazy("catalogue:begin-list"))


class EditionTable(Table):
    """The editions of a list, the latest first."""

    name = "editions"
    caption = _("Editions")
    default_sort = "-from"
    exports = ()
    columns = (
        Column("reference", _("Edition"), kind="reference", url=Edition.get_absolute_url),
        Column("title", _("Title"), note="source"),
        Column("status", _("Status"), value="get_status_display", kind="status", tone=lambda one: TONES[one.status]),
        Column("from", _("Takes effect on"), value="valid_from", kind="date", sort="valid_from"),
        Column("to", _("Last day"), value="valid_to", kind="date"),
        Column("by", _("Prepared by"), value="drafted_by.person.name"),
        Column("published", _("Published by"), value="published_by.person.name"),
    )
    empty = Empty(_("No edition yet"), _("The list holds nothing before its first edition takes effect."))


def of(entry: EditionEntry) -> str:
    return str(entry.product.maker) if entry.product else _now("any maker")


def _class(entry: EditionEntry) -> str:
    return str(entry.get_entry_class_display()) if entry.entry_class else ""


def _units(entry: EditionEntry) -> str:
    return f"{entry.units} {entry.item.base_unit}".strip() if entry.payment_standard is not None else ""


class EntryTable(Table):
    """What stands in an edition; columns as the kind of the list has them."""

    name = "entries"
    caption = _("Entries")
    default_sort = "item"
    said = {
        "entry_class": Column("class", LABELS["entry_class"], value=_class, sort="entry_class"),
        "restriction": Column("restriction", LABELS["restriction"], kind="prose"),
        "payment_standard": Column(
            "standard", LABELS["payment_standard"], value="payment_standard", kind="price", unit=settings.CURRENCY
        ),
        "units": Column("per", _("Per"), value=_units),
        "note": Column("note", LABELS["note"], kind="prose"),
    }
    empty = Empty(_("No entry here"))

    def __init__(self, *args: Any, of_list: CatalogueList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shape = of_list.entries_say
        self.columns = (
            Column("item", _("Item"), sort="item__pinyin", url=lambda entry: item_url(entry.item)),
            Column("code", _("National code"), value="item.code_prefix", sort="item__code_prefix"),
            Column("of", _("Of"), value=of),
            *self.more(shape.fields),
        )
        classes = Filter(
            "class", forms.ChoiceField(label=_("Class"), choices=EditionEntry.Class.choices[1:]), "entry_class"
        )
        self.filters = (
            Filter("q", forms.CharField(label=_("Name, pinyin, initials or code")), _of_items_matching),
            *([classes] if shape.has_classes else []),
        )

    def more(self, fields: tuple[str, ...]) -> list[Column]:
        return [self.said[name] for name in fields]


def _of_items_matching(entries: QuerySet, text: str) -> QuerySet:
    return entries.filter(item__in=Item.objects.matching(text).order_by().values("pk"))


class ChangedTable(EntryTable):
    """What an edition says otherwise of its entries than the one before, field by field."""

    name = "changed"

    def more(self, fields: tuple[str, ...]) -> list[Column]:
        return [Column("changes", _("Changed"), value=told_changes, kind="prose")]


def told_changes(entry: Any) -> str:
    """Each field in which an entry differs from what it was, from what to what."""
    fields = entry.edition.list.entries_say.fields
    now = {name: getattr(entry, name) for name in fields}
    pairs = changes_of(_plain(entry.was), _plain(now))
    return " · ".join(
        f"{LABELS[name]}: {_shown(name, was)} → {_shown(name, is_now)}" for name, (was, is_now) in pairs.items()
    )


def _plain(facts: dict[str, Any]) -> dict[str, str]:
    """Facts as text, prices without noughts at their end, so that what comes from JSON compares."""
    return {
        name: f"{value.normalize():f}" if hasattr(value, "normalize") else _number(name, value)
        for name, value in facts.items()
    }


def _number(name: str, value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".") if name == "payment_standard" else str(value)


def _shown(name: str, text: str) -> str:
    if name == "entry_class":
        return str(EditionEntry.Class(text).label)
    return text or "–"


class PlaceTable(Table):
    """On which lists an item or a product stands on a day."""

    name = "places"
    caption = _("Lists")
    exports = ()
    columns = (
        Column("list", _("List"), value="edition.list.name", url=lambda entry: entry.edition.list.get_absolute_url()),
        Column("of", _("Of"), value=of),
        Column("class", LABELS["entry_class"], value=_class),
        Column("restriction", LABELS["restriction"], kind="prose"),
        Column("standard", LABELS["payment_standard"], value="payment_standard", kind="price", unit=settings.CURRENCY),
        Column("per", _("Per"), value=_units),
        Column("since", _("Since"), value="edition.valid_from", kind="date"),
        Column(
            "edition",
            _("Edition"),
            value="edition.reference",
            kind="reference",
            url=lambda e: e.edition.get_absolute_url(),
        ),
    )
    empty = Empty(_("On no list"))
