"""Lists of imports and of their rows."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.models import CatalogueImport, PriceEntry, ReleaseRow, StagedRow
from catalogue.rules import Contents, print_pack
from core.tables import Column, Empty, Filter, Table

PACK = ("pack_size", "pack_unit")
_ROW = Column("number", pgettext_lazy("of a table", "Row"), kind="number")


class ImportTable(Table):
    name = "imports"
    caption = _("Imports")
    default_sort = "-uploaded"
    key = "reference"
    columns = (
        Column(
            "reference",
            _("Import"),
            kind="reference",
            url=lambda batch: reverse("catalogue:import", args=[batch.reference]),
        ),
        Column("file", _("File"), value="file_name", sort="file_name"),
        Column("layout", _("Holds"), value="get_layout_display", sort="layout"),
        Column("status", _("Status"), value="get_status_display", kind="status", tone="status_tone", sort="status"),
        Column("rows", _("Rows"), kind="number", sort="rows"),
        Column("uploaded", _("Uploaded"), value="uploaded_at", kind="instant", sort="uploaded_at"),
        Column("by", _("By"), value="uploaded_by.person.name"),
    )
    filters = (
        Filter("q", forms.CharField(label=_("File")), "file_name__icontains"),
        Filter("status", forms.ChoiceField(label=_("Status"), choices=CatalogueImport.Status), "status"),
        Filter("layout", forms.ChoiceField(label=_("Holds"), choices=CatalogueImport.Layout), "layout"),
    )
    empty = Empty(
        _("Nothing imported yet"),
        _("Upload a CSV or XLSX file of items, products or prices. Nothing changes before you have seen what it does."),
        _("Import a file"),
        reverse_lazy("catalogue:stage-import"),
    )


def _said(*names: str) -> Any:
    """A function of a staged row: the first of its values that is there."""
    return lambda row: next((row.values[name] for name in names if name in row.values), "")


def _joined(part: str) -> Any:
    """A function of a staged row: one part of each of its faults."""
    return lambda row: " · ".join(str(getattr(fault, part) or "–") for fault in row.told())


def changes(row: StagedRow) -> str:
    """Each column that the row would change, from what to what; or the row that says the same, however spelt."""
    if "row" in row.changes:
        return _("the same as row %(row)s") % {"row": row.changes["row"][1]}
    return told_changes({column: pair for column, pair in row.changes.items() if column != "product"})


def told_changes(pairs: dict[str, Any]) -> str:
    """Pairs of old and new by column, in words."""
    return " · ".join(f"{column}: {_changed(old)} → {_changed(new)}" for column, (old, new) in sorted(pairs.items()))


def _changed(value: Any) -> str:
    if isinstance(value, dict):
        value = Contents.from_json(value)
    if isinstance(value, list):
        value = print_pack(value, "")
    return str(value or "–")


class RowsTable(Table):
    """Sound rows of a file, as it was uploaded."""

    name = "rows"
    caption = _("Rows of the file")
    exports = ()
    key = "number"
    empty = Empty(_("No such row"))


class StagedTable(RowsTable):
    """Sound rows of a file of items and products."""

    columns = (
        _ROW,
        Column("name", _("Name"), value=_said("name")),
        Column("strength", _("Strength or specification"), value=_said("strength")),
        Column("maker", _("Maker"), value=_said("maker", "maker_code")),
        Column("pack", _("Pack"), value=lambda row: " / ".join(str(row.values.get(n, "")) for n in PACK).strip(" /")),
        Column("code", _("National code"), value=_said("national_code")),
        Column("changes", _("Would change"), value=changes, kind="prose"),
    )


class StagedPriceTable(RowsTable):
    """Sound rows of a file of prices."""

    columns = (
        _ROW,
        Column("item", _("Item"), value=_said("item_name", "national_code")),
        Column("strength", _("Strength or specification"), value=_said("strength")),
        Column("maker", _("Maker"), value=_said("maker")),
        Column("kind", _("Kind"), value=lambda row: PriceEntry.Kind(row.values["kind"]).label),
        Column("price", _("Price"), value=_said("price"), numeric=True, unit=settings.CURRENCY),
        Column("from", _("From"), value=_said("valid_from")),
        Column("to", _("To"), value=_said("valid_to")),
        Column("changes", _("Would change"), value=changes, kind="prose"),
    )


class StagedCodeTable(RowsTable):
    """Sound rows of a list of codes that are disabled, or in whose place others stand."""

    columns = (
        _ROW,
        Column("code", _("National code"), value=_said("code")),
        Column("new", _("New code"), value=_said("new_code")),
        Column("product", _("Product"), value=lambda row: (row.changes.get("product") or [""])[-1]),
        Column("from", _("From"), value=_said("valid_from")),
        Column("reason", _("Reason"), value=_said("reason")),
        Column("changes", _("Would change"), value=changes, kind="prose"),
    )


class FaultTable(Table):
    """Rows with errors; those of one row stand together."""

    name = "faults"
    caption = _("Rows with errors")
    exports = ()
    key = "number"
    columns = (
        _ROW,
        Column("column", _("Column"), value=_joined("field")),
        Column("message", _("What is wrong"), value=_joined("message"), kind="prose"),
        Column(
            "value",
            _("In the file"),
            value=lambda row: " · ".join(fault["value"] or "–" for fault in row.faults),
            kind="prose",
        ),
    )
    empty = Empty(_("No row has an error"))


class ReleaseTable(RowsTable):
    """Sound rows of a release."""

    columns = (
        _ROW,
        Column("code", _("National code"), value=lambda row: row.code or "–"),
        Column("old_code", _("Old code")),
        Column("name", _("Name"), kind="prose"),
        Column("brand", _("Product name"), kind="prose"),
        Column("strength", _("Material and feature"), kind="prose"),
        Column("maker", _("Maker"), kind="prose"),
        Column("specification", _("Specification")),
        Column("changes", _("Would change"), value=lambda row: told_changes(row.changes or {}), kind="prose"),
    )


def release_table(effect: str) -> type[Table]:
    """The list that suits the rows of a release with one effect."""
    return FaultTable if effect == ReleaseRow.Effect.FAULTY else ReleaseTable


def rows_table(batch: CatalogueImport, effect: str) -> type[Table]:
    """The list that suits the rows of an import with one effect."""
    if effect == StagedRow.Effect.FAULTY:
        return FaultTable
    if batch.is_codes:
        return StagedCodeTable
    return StagedPriceTable if batch.is_prices else StagedTable
