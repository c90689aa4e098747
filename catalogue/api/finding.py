"""Endpoints that help to find: what a list could be narrowed to, and names like what was typed."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from catalogue.api.access import READ
from catalogue.facets import counted
from catalogue.finding import spelt_like
from catalogue.models import Item, ProductVersion
from catalogue.serializers.finding import FacetSerializer, SpeltLikeSerializer
from catalogue.tables.items import AllProductsTable, ItemTable, Searched
from core.api import Reading
from core.clock import legal_date

_ASKED = {
    "q": "Words, as in the list.",
    "kind": "drug or consumable.",
    "form": "Form, as it is printed.",
    "maker": "What the name of a maker holds.",
    "list": "Reference of a list.",
    "cost": "Range of what a base unit costs, by its value among the facets.",
    "region": "Code or name of a region in which there is such a price.",
    "on": "A day, today or earlier.",
}


class Facets(Reading):
    """What a list could be narrowed to, with how many rows that would leave: of each filter at most eight values, those
    of most rows first. ``more`` where there are more than the thousand that are counted."""

    permissions = READ
    serializer_class, many = FacetSerializer, True
    asks = _ASKED
    table: type[Searched]

    def rows(self) -> QuerySet:
        raise NotImplementedError

    def load(self, **where: Any) -> Any:
        table: Any = self.table(self.request._request, self.rows(), today=legal_date(timezone.now()))
        if not table.filter_form.is_valid():
            raise ValidationError(table.filter_form.errors)
        return counted(table, table.facets)


class ItemFacets(Facets):
    """What the list of items could be narrowed to."""

    table = ItemTable

    def rows(self) -> QuerySet:
        return Item.objects.visible_to(self.seat).with_product_count()


class ProductFacets(Facets):
    """What the list of products could be narrowed to."""

    table = AllProductsTable
    asks = _ASKED | {"quality": "Quality level."}

    def rows(self) -> QuerySet:
        return ProductVersion.objects.visible_to(self.seat).for_list()


class SpeltLike(Reading):
    """Names of items that sound or are spelt much like a text, the likest first: for one that finds nothing."""

    permissions = READ
    serializer_class, many = SpeltLikeSerializer, True
    asks = {"q": "What was typed."}

    def load(self, **where: Any) -> list[dict[str, str]]:
        typed = self.request.query_params.get("q", "")
        return [{"name": name} for name in spelt_like(Item.objects.visible_to(self.seat), typed)]


urlpatterns = [
    path("items/facets/", ItemFacets.as_view(), name="api-item-facets"),
    path("items/spelt-like/", SpeltLike.as_view(), name="api-spelt-like"),
    path("products/facets/", ProductFacets.as_view(), name="api-product-facets"),
]
