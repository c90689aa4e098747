"""Endpoints of the price register."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import path
from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue import actions
from catalogue.api.access import ON, READ, day_asked
from catalogue.models import PriceChange, PriceEntry, PriceLine
from catalogue.rules import PlannedPrice
from catalogue.serializers import (
    AnsweredSerializer,
    AskedBackSerializer,
    EndPriceSerializer,
    PriceChangeSerializer,
    PriceSerializer,
    RecordPriceSerializer,
)
from core.api import Act, Endpoint, Reading, ReadingMany, ReasonSerializer

WATCH = (Permission.RECORD_PRICE, Permission.READ_TRAIL)


def entries_of(seat: Seat) -> QuerySet[PriceEntry]:
    return PriceEntry.objects.visible_to(seat).select_related("item", "product", "hospital")


class PriceFilters(filters.FilterSet):
    item = filters.CharFilter("item__reference", help_text="Reference of the item.")
    kind = filters.ChoiceFilter(choices=PriceEntry.Kind.choices)


class Prices(ReadingMany):
    """The price register, the latest entries first."""

    model = PriceEntry
    permissions = READ
    slow = True
    serializer_class = PriceSerializer
    filterset_class = PriceFilters
    asks = ON

    def rows(self) -> QuerySet[PriceEntry]:
        entries, day = entries_of(self.seat), day_asked(self)
        return (entries.in_force(day) if day else entries).order_by("-valid_from", "-pk")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        actions.note_price_search(asked=request.query_params.dict(), **self.by)
        return super().get(request, *args, **kwargs)


class EndPrice(Act):
    """Propose that an entry of the price register ends; another person confirms it."""

    permissions = {"POST": (Permission.RECORD_PRICE,)}
    serializer_class = PriceChangeSerializer
    takes, status = EndPriceSerializer, 201

    def load(self, reference: str) -> PriceEntry:
        return self.one(entries_of(self.seat), reference=reference)

    def act(self, entry: PriceEntry, asked: Any) -> PriceChange:
        return actions.propose_end(entry=entry, **asked.given, **self.by)


def changes_of(seat: Seat) -> QuerySet[PriceChange]:
    lines = PriceLine.objects.select_related("item", "product", "entry", "ends")
    return PriceChange.objects.visible_to(seat).with_people().prefetch_related(Prefetch("lines", lines))


class PriceChanges(ReadingMany, Act):
    """Changes of prices, the latest first; posting proposes one, which another person confirms."""

    model = PriceChange
    permissions = {"GET": WATCH, "POST": (Permission.RECORD_PRICE,)}
    serializer_class = PriceChangeSerializer
    takes, status = RecordPriceSerializer, 201

    def rows(self) -> QuerySet[PriceChange]:
        return changes_of(self.seat).order_by("-pk")

    def act(self, thing: None, asked: Any) -> PriceChange:
        planned = PlannedPrice(asked.validated_data["kind"], asked.fact)
        propose = actions.propose_cut if asked.validated_data["cut"] else actions.propose_prices
        return propose(prices=[planned], ground=asked.ground, **self.by)


class OfAPriceChange(Endpoint):
    """Of the change at the address; answers with it as it is then."""

    serializer_class = PriceChangeSerializer

    def load(self, reference: str) -> PriceChange:
        return self.one(changes_of(self.seat), reference=reference)

    def shape(self, found: Any) -> Any:
        return super().shape(self.load(**self.kwargs))


class OnePriceChange(OfAPriceChange, Reading):
    """What was proposed, and what became of it."""

    permissions = {"GET": WATCH}


class ConfirmPriceChange(OfAPriceChange, Act):
    """Put what another person has proposed into the register; listings that it binds fall with it."""

    permissions = {"POST": (Permission.RECORD_PRICE,)}
    fresh = ("POST",)

    def act(self, change: PriceChange, asked: Any) -> PriceChange:
        return actions.confirm_price_change(change=change, **self.by)


class ReturnPriceChange(OfAPriceChange, Act):
    """Ask back before deciding."""

    permissions = {"POST": (Permission.RECORD_PRICE,)}
    takes = AskedBackSerializer

    def act(self, change: PriceChange, asked: Any) -> PriceChange:
        return actions.return_price_change(change=change, **asked.validated_data, **self.by)


class AnswerPriceChange(OfAPriceChange, Act):
    """Answer what was asked back."""

    permissions = {"POST": (Permission.RECORD_PRICE,)}
    takes = AnsweredSerializer

    def act(self, change: PriceChange, asked: Any) -> PriceChange:
        return actions.answer_price_change(change=change, **asked.validated_data, **self.by)


class RefusePriceChange(OfAPriceChange, Act):
    """Leave the register as it is, and say why."""

    permissions = {"POST": (Permission.RECORD_PRICE,)}
    takes = ReasonSerializer

    def act(self, change: PriceChange, asked: Any) -> PriceChange:
        return actions.refuse_price_change(change=change, **asked.validated_data, **self.by)


class WithdrawPriceChange(OfAPriceChange, Act):
    """Take back what one has proposed."""

    permissions = {"POST": (Permission.RECORD_PRICE,)}

    def act(self, change: PriceChange, asked: Any) -> PriceChange:
        return actions.withdraw_price_change(change=change, **self.by)


_CHANGE = "price-changes/<str:reference>/"
urlpatterns = [
    path("prices/", Prices.as_view(), name="api-prices"),
    path("prices/<str:reference>/end/", EndPrice.as_view(), name="api-end-price"),
    path("price-changes/", PriceChanges.as_view(), name="api-price-changes"),
    path(_CHANGE, OnePriceChange.as_view(), name="api-price-change"),
    path(f"{_CHANGE}confirm/", ConfirmPriceChange.as_view(), name="api-confirm-price-change"),
    path(f"{_CHANGE}return/", ReturnPriceChange.as_view(), name="api-return-price-change"),
    path(f"{_CHANGE}answer/", AnswerPriceChange.as_view(), name="api-answer-price-change"),
    path(f"{_CHANGE}refuse/", RefusePriceChange.as_view(), name="api-refuse-price-change"),
    path(f"{_CHANGE}withdraw/", WithdrawPriceChange.as_view(), name="api-withdraw-price-change"),
]
