"""Lists of the price register."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.models import Item, PriceEntry
from catalogue.tables.items import item_url, unverified
from core.tables import Column, Empty, Filter, Table


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
    return entries.as_of(day)
