"""Endpoints of the history of an item and of a product."""

from typing import Any

from django.urls import path

from catalogue.api.access import ON, READ, day_asked
from catalogue.models import Item, Product
from catalogue.presentation import history
from catalogue.serializers.history import HappeningSerializer
from core.api import Reading


class OfHistory(Reading):
    """With a day, what had happened by then."""

    permissions = READ
    slow = True
    serializer_class = HappeningSerializer
    many = True
    asks = ON

    def told(self, thing: Any, entries: list[history.Happening]) -> list[history.Happening]:
        acts = history.acts_on(thing, self.seat)
        return history.latest_first(history.until([*entries, *acts], day_asked(self)))


class ItemHistory(OfHistory):
    """All that happened to an item, the latest first: its names, the prices that the seat may see, and every act."""

    def load(self, reference: str) -> list[history.Happening]:
        item = self.one(Item.objects.visible_to(self.seat), reference=reference)
        return self.told(item, history.of_item(item, self.seat))


class ProductHistory(OfHistory):
    """All that happened to a product, the latest first: versions, codes, prices that the seat may see, every act."""

    def load(self, reference: str) -> list[history.Happening]:
        readable = Product.objects.visible_to(self.seat).select_related("item", "maker")
        product = self.one(readable, reference=reference)
        return self.told(product, history.of_product(product, self.seat))


urlpatterns = [
    path("items/<str:reference>/history/", ItemHistory.as_view(), name="api-item-history"),
    path("products/<str:reference>/history/", ProductHistory.as_view(), name="api-product-history"),
]
