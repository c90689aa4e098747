"""What narrows lists of items and products beside their columns: lists on which they stand, and their prices."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.facets import Facet
from catalogue.models import CatalogueList, EditionEntry, PriceEntry
from catalogue.rules.bands import BANDS
from core.tables import Filter, Table

_LABELS = {key: _(band.label) for key, band in BANDS.items()}


class ListField(forms.ModelChoiceField):
    """A list by its reference, among those that a seat may see."""

    def __init__(self, *, seat: Any, **kwargs: Any) -> None:
        super().__init__(CatalogueList.objects.visible_to(seat), to_field_name="reference", **kwargs)


class Narrowed(Table):
    """A list of items, or of versions of products, that asks what its rows cost, where, and on which lists they stand.

    Prices are those in force on the day that the list shows and that the seat may see. Of an item they are those of its
    products too, of a product those that hold for every maker too. Where a region and a range are asked for, one price
    has to be both.
    """

    of_item = ""  # the way from a row to its item

    def price_filters(self) -> tuple[Filter, ...]:
        """Both narrow by ``narrowed``, as one condition."""
        return (
            Filter("cost", forms.ChoiceField(label=_("Price of a unit"), choices=[*_LABELS.items()]), _as_they_are),
            Filter("region", forms.CharField(label=_("Priced in")), _as_they_are),
        )

    def list_filter(self) -> Filter:
        return Filter("list", ListField(label=_("On the list"), seat=self.request.seat), self._on_list)

    def narrowed(self, without: str = "") -> QuerySet:
        rows = super().narrowed(without)
        asked = {"cost", "region"} & self.filter_values.keys() - {without}
        return rows.filter(Exists(self.prices(without))) if asked else rows

    def prices(self, without: str = "") -> Any:
        """The prices of a row, of those that the filters ask for, or all of them but one."""
        values = self.filter_values
        asked = {key: "" if key == without else values.get(key, "") for key in ("cost", "region")}
        prices = PriceEntry.objects.visible_to(self.request.seat).in_force(values.get("on", self.today))
        return self._of_row(prices.order_by().asked_for(**asked))

    def entries(self) -> Any:
        """The entries of a row on lists, in the editions of the day."""
        return self._of_row(EditionEntry.objects.in_force(self.filter_values.get("on", self.today)).order_by())

    def _on_list(self, rows: Any, of_list: CatalogueList) -> QuerySet:
        return rows.filter(Exists(self.entries().filter(edition__list=of_list)))

    def _of_row(self, things: QuerySet) -> QuerySet:
        if not self.of_item:
            return things.filter(item=OuterRef("pk"))
        return things.filter(Q(product=None) | Q(product=OuterRef("product")), item=OuterRef(self.of_item[:-2]))


def _as_they_are(rows: QuerySet, _value: Any) -> QuerySet:
    return rows


def _costs(table: Any) -> Combinable:
    return ArraySubquery(table.prices(without="cost").with_band().values("band").distinct())


def _regions(table: Any) -> Combinable:
    return ArraySubquery(table.prices(without="region").values("region__full_name").distinct())


def _lists(table: Any) -> Combinable:
    return ArraySubquery(table.entries().values("edition__list__reference").distinct())


def _names_of_lists(table: Any) -> Mapping[str, str | Promise]:
    return dict(CatalogueList.objects.visible_to(table.request.seat).values_list("reference", "name"))


FACETS = (
    Facet("list", _("On the list"), said=_lists, named=_names_of_lists),
    Facet("cost", _("Price of a unit"), labels=_LABELS, ordered=True, said=_costs),
    Facet("region", _("Priced in"), said=_regions),
)
