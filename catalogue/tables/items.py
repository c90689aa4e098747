"""Lists of items, products and their versions."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.models import CatalogueList, Item, Product
from core.tables import Column, Empty, Filter, Table

READY = (("yes", _("complete")), ("no", _("lacks something")))
PRICED = (("yes", _("with a price in force")), ("no", _("without a price")))


def unverified(thing: Any) -> str | Promise:
    return _("unverified") if thing.unverified else ""


def item_url(item: Item) -> str:
    return reverse("catalogue:item", args=[item.reference])


def product_url(product: Product) -> str:
    return reverse("catalogue:product", args=[product.reference])


class ListField(forms.ModelChoiceField):
    """A list by its reference, among those that a seat may see."""

    def __init__(self, *, seat: Any, **kwargs: Any) -> None:
        super().__init__(CatalogueList.objects.visible_to(seat), to_field_name="reference", **kwargs)


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
            Filter("list", ListField(label=_("On the list"), seat=self.request.seat), self._on_list),
        )

    def _on_list(self, items: Any, of_list: CatalogueList) -> QuerySet:
        return items.on_list(of_list, self.today)

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
