"""Endpoints of orders."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path

from accounts.models import Seat
from accounts.permissions import Permission
from contracts import actions
from contracts.models import Contract, Order
from contracts.serializers import (
    CloseRestSerializer,
    ConfirmOrderSerializer,
    OrderDetailSerializer,
    OrderSerializer,
    PlacedOrderSerializer,
    PlaceOrderSerializer,
)
from core.api import Act, Listing, Reading, ReasonSerializer

PRODUCT = "product__product_version__product"


def orders_of(seat: Seat) -> QuerySet[Order]:
    seen = Order.objects.visible_to(seat).with_progress()
    return seen.select_related("contract", "hospital", "deliverer", "placed_by")


class Orders(Listing, Act):
    """Orders that the seat may read, the newest first; hospitals place new ones."""

    model = Order
    permissions = {"GET": (Permission.READ_CONTRACTS,), "POST": (Permission.PLACE_ORDER,)}
    serializer_class = OrderSerializer
    filterset_fields = ("status", "own_number", "contract__reference", "hospital__credit_code")
    takes, gives, status = PlaceOrderSerializer, PlacedOrderSerializer, 201
    example = {"contract": "C-2026-0001", "lines": [{"line": 1, "packs": 100}]}

    def rows(self) -> QuerySet[Order]:
        return orders_of(self.seat).order_by("-pk")

    def act(self, thing: None, asked: Any) -> Order:
        """Place an order for the seat's hospital; the idempotency key makes a repetition the same order."""
        contract = self.one(Contract.objects.visible_to(self.seat), reference=asked.validated_data["contract"])
        said = {name: asked.validated_data[name] for name in ("note", "own_number")}
        return actions.place_order(contract=contract, rows=asked.rows, **said, **self.by)


class OneOrder(Reading):
    """One order with its lines."""

    permissions = {"GET": (Permission.READ_CONTRACTS,)}
    serializer_class = OrderDetailSerializer

    def load(self, reference: str) -> Order:
        lines = ("lines__volume__line", "lines__" + PRODUCT + "__item", "lines__" + PRODUCT + "__maker")
        return self.one(orders_of(self.seat).prefetch_related(*lines), reference=reference)


class OfAnOrder(Act):
    gives = PlacedOrderSerializer

    def load(self, reference: str) -> Order:
        return self.one(orders_of(self.seat), reference=reference)


class ApproveOrder(OfAnOrder):
    """Release the order to the deliverer."""

    permissions = {"POST": (Permission.APPROVE_ORDER,)}

    def act(self, order: Order, asked: Any) -> Order:
        return actions.approve_order(order=order, **self.by)


class ConfirmOrder(OfAnOrder):
    """Promise all packs, or some of each line; the rest is released."""

    permissions = {"POST": (Permission.CONFIRM_ORDER,)}
    takes = ConfirmOrderSerializer
    example = {"lines": [{"line": 1, "packs": 80}]}

    def act(self, order: Order, asked: Any) -> Order:
        return actions.confirm_order(order=order, packs=asked.packs, **self.by)


class SendBackOrder(OfAnOrder):
    """Do not approve the order; it ends."""

    permissions = {"POST": (Permission.APPROVE_ORDER,)}
    takes = ReasonSerializer

    def act(self, order: Order, asked: Any) -> Order:
        return actions.send_back_order(order=order, **asked.validated_data, **self.by)


class RefuseOrder(OfAnOrder):
    """The deliverer cannot deliver; the order ends."""

    permissions = {"POST": (Permission.CONFIRM_ORDER,)}
    takes = ReasonSerializer

    def act(self, order: Order, asked: Any) -> Order:
        return actions.refuse_order(order=order, **asked.validated_data, **self.by)


class CancelOrder(OfAnOrder):
    """The hospital takes the order back, before the deliverer answers."""

    permissions = {"POST": (Permission.PLACE_ORDER,)}
    takes = ReasonSerializer

    def act(self, order: Order, asked: Any) -> Order:
        return actions.cancel_order(order=order, **asked.validated_data, **self.by)


class CloseRest(OfAnOrder):
    """End what is still to be sent: the hospital once the deliverer is late, the deliverer at any time."""

    permissions = {"POST": (Permission.READ_CONTRACTS,)}
    takes = CloseRestSerializer
    example = {"closing": "late", "reason": "Bought elsewhere after two weeks."}

    def act(self, order: Order, asked: Any) -> Order:
        return actions.close_rest(order=order, **asked.validated_data, **self.by)


urlpatterns = [
    path("orders/", Orders.as_view(), name="api-orders"),
    path("orders/<str:reference>/", OneOrder.as_view(), name="api-order"),
    path("orders/<str:reference>/approve/", ApproveOrder.as_view(), name="api-approve-order"),
    path("orders/<str:reference>/send-back/", SendBackOrder.as_view(), name="api-send-back-order"),
    path("orders/<str:reference>/confirm/", ConfirmOrder.as_view(), name="api-confirm-order"),
    path("orders/<str:reference>/refuse/", RefuseOrder.as_view(), name="api-refuse-order"),
    path("orders/<str:reference>/cancel/", CancelOrder.as_view(), name="api-cancel-order"),
    path("orders/<str:reference>/close-rest/", CloseRest.as_view(), name="api-close-rest"),
]
