"""Endpoints of the price register."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import actions
from catalogue.api.access import ON, READ, day_asked
from catalogue.models import PriceEntry
from catalogue.serializers import EndPriceSerializer, PriceSerializer, RecordPriceSerializer
from core.api import Act, Listing


def entries_of(seat: Seat) -> QuerySet[PriceEntry]:
    return PriceEntry.objects.visible_to(seat).select_related("item", "product", "hospital")


class PriceFilters(filters.FilterSet):
    item = filters.CharFilter("item__reference", help_text="Reference of the item.")
    kind = filters.ChoiceFilter(choices=PriceEntry.Kind.choices)


class Prices(Listing, Act):
    """The price register, the latest entries first; posting records a price."""

    model = PriceEntry
    permissions = {**READ, "POST": (Permission.RECORD_PRICE,)}
    slow = True
    serializer_class = PriceSerializer
    filterset_class = PriceFilters
    takes, status = RecordPriceSerializer, 201
    asks = ON

    def rows(self) -> QuerySet[PriceEntry]:
        entries, day = entries_of(self.seat), day_asked(self)
        return (entries.in_force(day) if day else entries).order_by("-valid_from", "-pk")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        actions.note_price_search(asked=request.query_params.dict(), **self.by)
        return super().get(request, *args, **kwargs)

    def act(self, thing: None, asked: Any) -> PriceEntry:
        given = {name: asked.validated_data[name] for name in ("kind", "supersede")}
        return actions.record_price(fact=asked.fact, **given, **self.by)


class EndPrice(Act):
    """End an entry of the price register."""

    permissions = {"POST": (Permission.RECORD_PRICE,)}
    serializer_class = PriceSerializer
    takes = EndPriceSerializer

    def load(self, reference: str) -> PriceEntry:
        return self.one(entries_of(self.seat), reference=reference)

    def act(self, entry: PriceEntry, asked: Any) -> PriceEntry:
        actions.end_price(entry=entry, **asked.validated_data, **self.by)
        return entry


urlpatterns = [
    path("prices/", Prices.as_view(), name="api-prices"),
    path("prices/<str:reference>/end/", EndPrice.as_view(), name="api-end-price"),
]
