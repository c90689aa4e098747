"""Endpoints of varieties."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django_filters import rest_framework as filters

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import actions
from catalogue.api.access import READ
from catalogue.models import Item, PriceChange, Variety
from catalogue.serializers.prices import PriceChangeSerializer
from catalogue.serializers.varieties import (
    ChangeVarietySerializer,
    FullVarietySerializer,
    GuidePricesSerializer,
    MakeVarietySerializer,
    NameMainItemSerializer,
    NationalPriceSerializer,
    PutItemsSerializer,
    StateFactorsSerializer,
    TakeItemsSerializer,
    VarietySerializer,
)
from core.api import Act, Endpoint, Reading, ReadingMany, ReasonSerializer

EDIT = {"POST": (Permission.IMPORT_CATALOGUE,)}


def varieties_of(seat: Seat) -> QuerySet[Variety]:
    return Variety.objects.visible_to(seat).for_list()


class VarietyFilters(filters.FilterSet):
    q = filters.CharFilter(method="named", help_text="A part of the name or form, or what an item of it is found by.")
    kind = filters.ChoiceFilter(choices=Item.Kind.choices)
    item = filters.CharFilter("items__reference", help_text="Reference of an item in it.")
    standing = filters.BooleanFilter("ended_at", lookup_expr="isnull", help_text="Whether it has not ended.")

    def named(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.matching(value)


class Varieties(ReadingMany, Act):
    """Varieties by their references; posting makes one."""

    model = Variety
    permissions = {**READ, **EDIT}
    serializer_class = VarietySerializer
    filterset_class = VarietyFilters
    takes, gives, status = MakeVarietySerializer, FullVarietySerializer, 201

    def rows(self) -> QuerySet[Variety]:
        return varieties_of(self.seat).order_by("pk")

    def act(self, thing: None, asked: Any) -> Variety:
        said = {"kind": asked.validated_data["kind"], "items": asked.validated_data.get("items", ())}
        made = actions.make_variety(**said, facts=asked.facts, **self.by)
        return varieties_of(self.seat).get(pk=made.pk)


class OfAVariety(Endpoint):
    """Of the variety at the address; answers with it as it is then."""

    serializer_class = FullVarietySerializer

    def load(self, reference: str) -> Variety:
        return self.one(varieties_of(self.seat), reference=reference)

    def shape(self, found: Any) -> Any:
        return super().shape(self.load(**self.kwargs))


class OneVariety(OfAVariety, Reading):
    """One variety with its items, and how each is converted, step by step."""

    permissions = READ


class ChangeVariety(OfAVariety, Act):
    """Rename a variety, or let other rules convert its items."""

    permissions, takes = EDIT, ChangeVarietySerializer

    def act(self, variety: Variety, asked: Any) -> Variety:
        reason = asked.validated_data["reason"]
        return actions.change_variety(variety=variety, facts=asked.facts, reason=reason, **self.by)


class PutItems(OfAVariety, Act):
    """Put items into a variety, all of them or none."""

    permissions, takes = EDIT, PutItemsSerializer

    def act(self, variety: Variety, asked: Any) -> Variety:
        return actions.put_items(variety=variety, **asked.validated_data, **self.by)


class TakeItems(OfAVariety, Act):
    """Take items out of a variety."""

    permissions, takes = EDIT, TakeItemsSerializer

    def act(self, variety: Variety, asked: Any) -> Variety:
        return actions.take_items(variety=variety, **asked.validated_data, **self.by)


class NameMainItem(OfAVariety, Act):
    """Name the main specification, to which the others are converted from then on."""

    permissions, takes = EDIT, NameMainItemSerializer

    def act(self, variety: Variety, asked: Any) -> Variety:
        return actions.name_main_item(variety=variety, **asked.validated_data, **self.by)


class StateFactors(OfAVariety, Act):
    """Write down factors that a document states; they go before those of the rules."""

    permissions, takes = EDIT, StateFactorsSerializer

    def act(self, variety: Variety, asked: Any) -> Variety:
        return actions.state_factors(variety=variety, **asked.given, **self.by)


class EndVariety(OfAVariety, Act):
    """End a variety; its items belong to none afterwards."""

    permissions, takes = EDIT, ReasonSerializer

    def act(self, variety: Variety, asked: Any) -> Variety:
        return actions.end_variety(variety=variety, **asked.validated_data, **self.by)


class ProposeOnVariety(Act):
    """Of the variety at the address; answers with the change, which another person confirms."""

    permissions = {"POST": (Permission.RECORD_PRICE,)}
    serializer_class, status = PriceChangeSerializer, 201

    def load(self, reference: str) -> Variety:
        return self.one(varieties_of(self.seat).standing(), reference=reference)


class ProposeGuidePrices(ProposeOnVariety):
    """Propose the guide price of a representative, and those that follow from it for the rest of the variety."""

    takes = GuidePricesSerializer

    def act(self, variety: Variety, asked: Any) -> PriceChange:
        said = {"representative": asked.representative, "terms": asked.terms, "ground": asked.ground}
        return actions.propose_guide_prices(variety=variety, **said, **self.by)


class ProposeVarietyPrice(ProposeOnVariety):
    """Propose one national price of a variety; confirmed, no item of it is tendered any more."""

    takes = NationalPriceSerializer

    def act(self, variety: Variety, asked: Any) -> PriceChange:
        said = {"price": asked.national_price, "ground": asked.ground}
        return actions.propose_variety_price(variety=variety, **said, **self.by)


_VARIETY = "varieties/<str:reference>/"
urlpatterns = [
    path("varieties/", Varieties.as_view(), name="api-varieties"),
    path(_VARIETY, OneVariety.as_view(), name="api-variety"),
    path(f"{_VARIETY}change/", ChangeVariety.as_view(), name="api-change-variety"),
    path(f"{_VARIETY}put-items/", PutItems.as_view(), name="api-put-items"),
    path(f"{_VARIETY}take-items/", TakeItems.as_view(), name="api-take-items"),
    path(f"{_VARIETY}name-main/", NameMainItem.as_view(), name="api-name-main-item"),
    path(f"{_VARIETY}state-factors/", StateFactors.as_view(), name="api-state-factors"),
    path(f"{_VARIETY}guide-prices/", ProposeGuidePrices.as_view(), name="api-propose-guide-prices"),
    path(f"{_VARIETY}unified-price/", ProposeVarietyPrice.as_view(), name="api-propose-variety-price"),
    path(f"{_VARIETY}end/", EndVariety.as_view(), name="api-end-variety"),
]
