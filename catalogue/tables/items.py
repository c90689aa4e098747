"""Lists of items, products and their versions."""

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Func, OuterRef, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.as_of import DayField
from catalogue.facets import Facet
from catalogue.finding import Findings, find_items, find_versions, spelt_like
from catalogue.models import Item, Product, ProductVersion
from catalogue.presentation.explaining import Scanned, scanned
from catalogue.presentation.facts import ITEM_LABELS, PRODUCT_LABELS, QUANTITY_LABELS
from catalogue.rules import fold
from catalogue.scanning import SearchField
from catalogue.tables.narrowing import FACETS, Narrowed
from core.tables import Column, Empty, Filter, Table

READY = (("yes", _("complete")), ("no", _("lacks something")))
LISTED = (("yes", _("listed")), ("no", _("not listed")))
PRICED = (("yes", _("with a price in force")), ("no", _("without a price")))


def unverified(thing: Any) -> str | Promise:
    return _("unverified") if thing.unverified else ""


def item_url(item: Item) -> str:
    return reverse("catalogue:item", args=[item.reference])


def product_url(product: Product) -> str:
    return reverse("catalogue:product", args=[product.reference])


class Told(Func):
    """The active contents in one text, as the database tells them: 氨氯地平5mg+缬沙坦80mg."""

    template = (
        "(SELECT string_agg(concat(part->>'ingredient', part->>'amount', '/' || (part->>'per')), '+' ORDER BY place)"
        " FROM jsonb_array_elements(%(expressions)s->'parts') WITH ORDINALITY AS said (part, place))"
    )
    output_field = CharField()


def _labels(of: type[Any], name: str, at: str) -> Case:
    choices = of._meta.get_field(name).choices
    return Case(
        *(When(**{f"{at}{name}": value}, then=Value(label, CharField())) for value, label in choices if value),
        default=Value("", CharField()),
    )


def item_columns(at: str = "") -> list[Column]:
    """What an export says besides of an item, found at ``at`` of a row."""
    path = at.replace("__", ".")
    told = [Column("strengths", QUANTITY_LABELS["strengths"], value=f"{path}quantities", stored=Told(f"{at}contents"))]
    told.append(
        Column("fill", _("Fill"), value=f"{path}quantities.fill", stored=KeyTextTransform("fill", f"{at}contents"))
    )
    told += [_detail(Item, name, ITEM_LABELS[name], at) for name in ITEM_LABELS]
    return [*told, Column("variety", _("Variety"), value=f"{path}variety.name", stored=f"{at}variety__name")]


def version_columns() -> list[Column]:
    """What an export says besides of a product's version."""
    makers = [
        Column(name, label, value=f"{name}.name", stored=f"{name}__name")
        for name, label in (("holder", _("Holder")), ("commissioned_maker", _("Commissioned maker")))
    ]
    standard = Column("standard_code", _("Standard code"), stored="standard_code")
    return [*makers, standard, *(_detail(ProductVersion, name, label) for name, label in PRODUCT_LABELS.items())]


def _detail(of: type[Any], name: str, label: Any, at: str = "") -> Column:
    has_choices = bool(of._meta.get_field(name).choices)
    path = at.replace("__", ".")
    value = f"{path}get_{name}_display" if has_choices else f"{path}{name}"
    return Column(name, label, value=value, stored=_labels(of, name, at) if has_choices else f"{at}{name}")


KIND_LABELS = Case(*(When(kind=kind, then=Value(kind.label, CharField())) for kind in Item.Kind))


class Searched(Narrowed):
    """A list that a text finds rows of: the best of them first, and what is spelt like it where it finds nothing."""

    find: Any = staticmethod(find_items)

    @cached_property
    def found(self) -> Findings:
        return self.find(self.source, self.filter_values.get("q", ""))

    @property
    def scanned(self) -> Scanned | None:
        """What the barcode says that was typed or scanned, if it is one."""
        return scanned(self.filter_values.get("q", ""))

    @cached_property
    def like(self) -> list[tuple[str, str]]:
        """Names spelt like a text that finds nothing at all, each with its address."""
        return [(name, self.asking(q=name)) for name in self._spelt_like]

    @cached_property
    def _spelt_like(self) -> list[str]:
        asked = self.filter_values.get("q", "")
        return spelt_like(Item.objects.all(), asked) if asked and self.found.total == 0 else []

    def to_count(self, without: str = "") -> QuerySet:
        """The rows of which facets count the first: where a text finds more than anybody knows and nothing else is
        asked, some of what it finds will do."""
        if self.filter_values.keys() - {without} == {"q"} and self.found.some is not None:
            return self.source.filter(self.found.some)
        return self.narrowed(without)

    def read_by_row(self) -> None:
        """Names of a day are put into rows as they are read: such a list is not exported from its columns alone."""
        if self.filter_values.get("on"):
            self.columns = [replace(column, stored="") for column in self.columns]

    def _matching(self, rows: QuerySet, text: str) -> QuerySet:
        if self._spelt_like:
            return rows.filter(**{f"{self.of_item}name_key__in": list(map(fold, self._spelt_like))})
        self.ranks, self.few = self.found.ranks, self.found.total is not None
        return rows.filter(self.found.condition)


def _makers(table: Any) -> Combinable:
    return ArraySubquery(Product.objects.filter(item=OuterRef("pk")).order_by().values("maker__name").distinct())


class ItemTable(Searched):
    name = "items"
    caption = _("Catalogue")
    default_sort = "name"
    columns = (
        Column("name", _("Name"), sort="pinyin", url=item_url, note=unverified, stored="name"),
        Column("strength", _("Strength or specification"), stored="strength"),
        Column("kind", _("Kind"), value="get_kind_display", stored=KIND_LABELS),
        Column("form", _("Form"), stored="form"),
        Column("base_unit", _("Counted in"), stored="base_unit"),
        Column("code_prefix", _("National code"), sort="code_prefix", stored="code_prefix"),
        Column("products", _("Products"), value="product_count", kind="number", stored="product_count"),
    )
    facets = (
        Facet("kind", _("Kind"), "kind", dict(Item.Kind.choices), indexed=True),
        Facet("form", _("Form"), "form"),
        Facet("maker", _("Maker"), said=_makers),
        *FACETS,
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
            Filter("q", SearchField(label=_("Name, strength, code, barcode, maker or brand")), self._matching),
            Filter("kind", forms.ChoiceField(label=_("Kind"), choices=Item.Kind), "kind"),
            Filter("form", forms.CharField(label=_("Form")), "form"),
            Filter("ready", forms.ChoiceField(label=_("Complete"), choices=READY), _ready),
            Filter("maker", forms.CharField(label=_("Maker")), _of_maker),
            Filter("price", forms.ChoiceField(label=_("Price"), choices=PRICED), self._priced),
            self.list_filter(),
            *self.price_filters(),
            Filter("on", DayField(today=today), _as_of),
        )
        if self.export:
            self.columns = [*self.columns, *item_columns()]
        self.read_by_row()

    def _priced(self, items: Any, answer: str) -> QuerySet:
        day = self.filter_values.get("on", self.today)
        return items.with_price(answer == "yes", day, self.request.seat)


def _as_of(items: Any, day: date) -> QuerySet:
    return items.as_of(day)


def _ready(items: Any, answer: str) -> QuerySet:
    return items.ready() if answer == "yes" else items.unready()


def _of_maker(items: Any, name: str) -> QuerySet:
    return items.of_maker(name)


class AllProductsTable(Searched):
    """Versions of all products, current or of the day that is asked for, to look through and to compare."""

    name = "products"
    caption = _("Products")
    default_sort = "item"
    find = staticmethod(find_versions)
    of_item = "product__item__"
    pick = "product.reference"
    columns = (
        Column(
            "item",
            _("Item"),
            value="product.item.name",
            sort="product__item__pinyin",
            url=lambda version: product_url(version.product),
            note=unverified,
            stored="product__item__name",
        ),
        Column(
            "strength", _("Strength or specification"), value="product.item.strength", stored="product__item__strength"
        ),
        Column("form", _("Form"), value="product.item.form", stored="product__item__form"),
        Column("maker", _("Maker"), value="product.maker", stored="product__maker__name"),
        Column("brand", _("Brand"), stored="brand"),
        Column("pack", _("Pack"), value="pack_size", kind="quantity", stored="pack_size"),
        Column("unit", _("Pack unit"), value="pack_unit", stored="pack_unit"),
        Column("code", _("National code"), value="national_code", stored="national_code"),
        Column("approval", _("Approval number"), value="approval_number", stored="approval_number"),
    )
    facets = (
        Facet("kind", _("Kind"), "product__item__kind", dict(Item.Kind.choices)),
        Facet("quality", _("Quality level"), "quality_level", dict(ProductVersion.Quality.choices[1:])),
        Facet("form", _("Form"), "product__item__form"),
        Facet("maker", _("Maker"), "product__maker__name"),
        *FACETS,
    )
    empty = Empty(_("No product yet"), _("Products of makers come with an imported file."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.filters = (
            Filter("q", SearchField(label=_("Name, strength, code, barcode, maker or brand")), self._matching),
            Filter("kind", forms.ChoiceField(label=_("Kind"), choices=Item.Kind), "product__item__kind"),
            Filter("form", forms.CharField(label=_("Form")), "product__item__form"),
            Filter("maker", forms.CharField(label=_("Maker")), "product__maker__name__icontains"),
            Filter(
                "quality",
                forms.ChoiceField(label=_("Quality level"), choices=ProductVersion.Quality.choices[1:]),
                "quality_level",
            ),
            Filter("listed", forms.ChoiceField(label=_("Listed"), choices=LISTED), self._listed),
            self.list_filter(),
            *self.price_filters(),
            Filter("on", DayField(today=today), lambda versions, _day: versions),
        )
        if self.export:
            self.columns = [*self.columns, *version_columns(), *item_columns("product__item__")]
        self.read_by_row()

    def _listed(self, versions: Any, answer: str) -> QuerySet:
        return versions.listed(answer == "yes", self.today)


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


class VersionTable(Table):
    name = "versions"
    caption = _("Versions")
    exports = ()
    wide = True
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


class HistoryTable(Table):
    """Everything that happened to an item or a product, the latest first."""

    name = "history"
    caption = _("History")
    columns = (
        Column("day", _("From"), kind="date"),
        Column("until", _("To"), kind="date"),
        Column("kind", _("Kind")),
        Column("what", _("What it was from then on"), kind="prose"),
        Column("why", _("Reason or source"), kind="prose"),
        Column("who", _("By")),
    )
    empty = Empty(
        _("Nothing has happened yet"), _("Edits, codes and prices stand here as they come, each with its day.")
    )
