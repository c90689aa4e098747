"""The lists of this room."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.models import Authorisation, CatalogueImport, Item, PriceEntry, Product, StagedRow
from catalogue.rules import Contents, fold, print_pack
from core.querysets import holding
from core.tables import Column, Empty, Filter, Table

PACK = ("pack_size", "pack_unit")
READY = (("yes", _("complete")), ("no", _("lacks something")))
IN_FORCE = (("yes", _("in force today")), ("no", _("not in force")))
PRICED = (("yes", _("with a price in force")), ("no", _("without a price")))


def unverified(thing: Any) -> str | Promise:
    return _("unverified") if thing.unverified else ""


def item_url(item: Item) -> str:
    return reverse("catalogue:item", args=[item.reference])


def product_url(product: Product) -> str:
    return reverse("catalogue:product", args=[product.reference])


class ItemTable(Table):
    name = "items"
    caption = _("Catalogue")
    default_sort = "name"
    columns = (
        Column("name", _("Name"), sort="pinyin", url=item_url, note=unverified),
        Column("strength", _("Strength or specification"), sort="strength"),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("form", _("Form"), sort="form"),
        Column("base_unit", _("Counted in")),
        Column("code_prefix", _("National code"), sort="code_prefix"),
        Column("products", _("Products"), value="product_count", kind="number"),
    )
    empty = Empty(
        _("The catalogue is empty"),
        _("Import the national list, or your own list of items and products."),
        _("Import a file"),
        reverse_lazy("catalogue:stage-import"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.filters = (
            Filter("q", forms.CharField(label=_("Name, pinyin, initials or code")), _matching),
            Filter("kind", forms.ChoiceField(label=_("Kind"), choices=Item.Kind), "kind"),
            Filter("ready", forms.ChoiceField(label=_("Complete"), choices=READY), _ready),
            Filter("maker", forms.CharField(label=_("Maker")), _of_maker),
            Filter("price", forms.ChoiceField(label=_("Price"), choices=PRICED), self._priced),
        )

    def _priced(self, items: Any, answer: str) -> QuerySet:
        return items.with_price(answer == "yes", self.today, self.request.seat)


def _matching(items: Any, text: str) -> QuerySet:
    return items.matching(text)


def _ready(items: Any, answer: str) -> QuerySet:
    return items.ready() if answer == "yes" else items.unready()


def _of_maker(items: Any, name: str) -> QuerySet:
    return items.of_maker(name)


class ProductTable(Table):
    """Current versions of the products of one item."""

    name = "products"
    caption = _("Products")
    exports = ()
    columns = (
        Column("maker", _("Maker"), value="product.maker", url=lambda version: product_url(version.product)),
        Column("brand", _("Brand"), note=unverified),
        Column("pack", _("Pack")),
        Column("code", _("National code"), value="national_code"),
        Column("approval", _("Approval number"), value="approval_number"),
    )
    empty = Empty(_("No product yet"), _("Products of makers come with an imported file."))


class AuthorisationTable(Table):
    """Letters by which one supplier may offer what another makes."""

    name = "authorisations"
    caption = _("Authorisations")
    default_sort = "-from"
    columns = (
        Column("reference", _("Reference"), kind="reference"),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("supplier", _("Supplier"), value="supplier.name", sort="supplier__name"),
        Column("of", _("Products of"), value="maker", sort="maker__name"),
        Column("product", _("This product alone"), value="product"),
        Column("from", _("From"), value="valid_from", kind="date", sort="valid_from"),
        Column("to", _("Last day"), value="valid_to", kind="date", sort="valid_to"),
        Column("evidence", _("Letter"), note="end_reason"),
    )
    empty = Empty(
        _("No authorisation yet"),
        _("A maker's own products need none. A sole agent, or a dealer, is recorded on the page of a product."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.filters = (
            Filter("q", forms.CharField(label=_("Supplier, maker or reference")), _naming),
            Filter("kind", forms.ChoiceField(label=_("Kind"), choices=Authorisation.Kind), "kind"),
            Filter("force", forms.ChoiceField(label=_("In force"), choices=IN_FORCE), self._in_force),
        )

    def _in_force(self, letters: Any, answer: str) -> QuerySet:
        return letters.filter(holding(self.today) if answer == "yes" else ~holding(self.today))


def _naming(letters: Any, text: str) -> QuerySet:
    return letters.filter(
        Q(reference__iexact=text) | Q(supplier__name__icontains=text) | Q(maker__name_key__contains=fold(text))
    )


def _end_of(letter: Authorisation) -> str:
    return "" if letter.ended_at else reverse("catalogue:end-authorisation", args=[letter.reference])


class EditableAuthorisationTable(AuthorisationTable):
    """The same, with the way to end one."""

    columns = (
        *AuthorisationTable.columns,
        Column("end", _("End"), value=lambda letter: "" if letter.ended_at else _("End"), url=_end_of),
    )


class VersionTable(Table):
    name = "versions"
    caption = _("Versions")
    exports = ()
    columns = (
        Column("number", _("Version")),
        Column("from", _("From"), value="valid_from", kind="date"),
        Column("to", _("To"), value="valid_to", kind="date"),
        Column("maker", _("Maker as printed"), value="maker_name"),
        Column("holder", _("Holder"), value="holder.name"),
        Column("brand", _("Brand")),
        Column("pack", _("Pack")),
        Column("code", _("National code"), value="national_code"),
        Column("approval", _("Approval number"), value="approval_number"),
        Column("standard", _("Standard code"), value="standard_code"),
        Column("source", _("Source"), note=unverified),
        Column("reason", _("Reason")),
    )
    empty = Empty(_("No version yet"))


class ItemVersionTable(Table):
    """What an item was before it was edited."""

    name = "versions"
    caption = _("Earlier versions")
    exports = ()
    columns = (
        Column("number", _("Version")),
        Column("to", _("To"), value="valid_to", kind="date"),
        Column("name", _("Name")),
        Column("strength", _("Strength or specification")),
        Column("form", _("Form")),
        Column("route", _("Route")),
        Column("base_unit", _("Counted in")),
        Column("reason", _("Reason")),
        Column("by", _("By"), value="edited_by.person.name"),
    )


def price_per(entry: PriceEntry) -> str:
    """What the price is for: 28 片 or 1 支."""
    return f"{entry.units} {entry.item.base_unit}".strip()


def shown_to(entry: PriceEntry) -> str | Promise:
    """A word beside a price that not everybody sees."""
    if entry.visibility == PriceEntry.Visibility.PUBLIC:
        return ""
    return (
        _("public from %(day)s") % {"day": entry.public_from} if entry.public_from else _("shown to its parties only")
    )


def price_of(entry: PriceEntry) -> str | Promise:
    return str(entry.product.maker) if entry.product else _("any maker")


class ItemPriceTable(Table):
    """The price register of one item or product."""

    name = "prices"
    caption = _("Price register")
    page_size = 20
    default_sort = "-from"
    columns = (
        Column("kind", _("Kind"), value="get_kind_display", kind="status", sort="kind"),
        Column("of", _("Of"), value=price_of),
        Column("price", _("Price"), kind="price", unit=settings.CURRENCY, sort="price", note=shown_to),
        Column("per", _("Per"), value=price_per),
        Column("region", _("Region"), value="region.full_name", sort="region__code"),
        Column("from", _("From"), value="valid_from", kind="date", sort="valid_from"),
        Column("to", _("To"), value="valid_to", kind="date", sort="valid_to"),
        Column("source", _("Source"), note=unverified),
    )
    empty = Empty(
        _("No price yet"), _("Awards write their prices here by themselves; others are recorded or imported.")
    )


class EditablePriceTable(ItemPriceTable):
    """The same for whoever may end an entry."""

    columns = (
        *ItemPriceTable.columns,
        Column(
            "end",
            _("End"),
            value=lambda entry: "" if entry.valid_to else _("End it"),
            url=lambda entry: "" if entry.valid_to else reverse("catalogue:end-price", args=[entry.reference]),
        ),
    )


class PriceTable(ItemPriceTable):
    """The whole price register."""

    page_size = 50
    columns = (
        Column("item", _("Item"), sort="item__pinyin", url=lambda entry: item_url(entry.item)),
        *ItemPriceTable.columns,
    )
    default_sort = "item"

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.filters = (
            Filter("q", forms.CharField(label=_("Item")), _of_items_matching),
            Filter("kind", forms.ChoiceField(label=_("Kind"), choices=PriceEntry.Kind), "kind"),
            Filter("on", forms.DateField(label=_("In force on")), _in_force),
        )


class PublicPriceTable(ItemPriceTable):
    """What the world reads of the register, the latest entry first."""

    name = "public-prices"
    caption = _("Public prices")
    page_size = 50
    default_sort = "-"
    columns = (
        Column("item", _("Item"), value="item.name", note="item.strength", sort="item__pinyin"),
        *ItemPriceTable.columns,
    )
    empty = Empty(
        _("No public price yet"), _("The prices of awards come here by themselves, others as they are recorded.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.filters = (
            Filter("q", forms.CharField(label=_("Name, pinyin, initials or code")), _of_items_matching),
            Filter("maker", forms.CharField(label=_("Maker")), "product__maker__name__icontains"),
            Filter("kind", forms.ChoiceField(label=_("Kind"), choices=PriceEntry.Kind), "kind"),
            Filter("on", forms.DateField(label=_("In force on")), _in_force),
        )


def _of_items_matching(entries: QuerySet, text: str) -> QuerySet:
    return entries.filter(item__in=Item.objects.matching(text))


def _in_force(entries: Any, day: date) -> QuerySet:
    return entries.in_force(day)


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
    pairs = sorted(row.changes.items())
    return " · ".join(f"{column}: {_changed(old)} → {_changed(new)}" for column, (old, new) in pairs)


def _changed(value: Any) -> str:
    if isinstance(value, dict):
        value = Contents.from_json(value)
    if isinstance(value, list):
        value = print_pack(value, "")
    return str(value or "–")


class StagedTable(Table):
    """Sound rows of a file of items and products."""

    name = "rows"
    caption = _("Rows of the file")
    exports = ()
    key = "number"
    columns = (
        Column("number", pgettext_lazy("of a table", "Row"), kind="number"),
        Column("name", _("Name"), value=_said("name")),
        Column("strength", _("Strength or specification"), value=_said("strength")),
        Column("maker", _("Maker"), value=_said("maker", "maker_code")),
        Column("pack", _("Pack"), value=lambda row: " / ".join(str(row.values.get(n, "")) for n in PACK).strip(" /")),
        Column("code", _("National code"), value=_said("national_code")),
        Column("changes", _("Would change"), value=changes, kind="prose"),
    )
    empty = Empty(_("No such row"))


class StagedPriceTable(Table):
    """Sound rows of a file of prices."""

    name = "rows"
    caption = _("Rows of the file")
    exports = ()
    key = "number"
    columns = (
        Column("number", pgettext_lazy("of a table", "Row"), kind="number"),
        Column("item", _("Item"), value=_said("item_name", "national_code")),
        Column("strength", _("Strength or specification"), value=_said("strength")),
        Column("maker", _("Maker"), value=_said("maker")),
        Column("kind", _("Kind"), value=lambda row: PriceEntry.Kind(row.values["kind"]).label),
        Column("price", _("Price"), value=_said("price"), numeric=True, unit=settings.CURRENCY),
        Column("from", _("From"), value=_said("valid_from")),
        Column("to", _("To"), value=_said("valid_to")),
        Column("changes", _("Would change"), value=changes, kind="prose"),
    )
    empty = Empty(_("No such row"))


class FaultTable(Table):
    """Rows with errors; those of one row stand together."""

    name = "faults"
    caption = _("Rows with errors")
    exports = ()
    key = "number"
    columns = (
        Column("number", pgettext_lazy("of a table", "Row"), kind="number"),
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


def rows_table(batch: CatalogueImport, effect: str) -> type[Table]:
    """The list that suits the rows of an import with one effect."""
    if effect == StagedRow.Effect.FAULTY:
        return FaultTable
    return StagedPriceTable if batch.is_prices else StagedTable
