"""Endpoints of orders."""

from collections.abc import Callable
from typing import Any

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.permissions import Permission
from accounts.serializers import ReasonSerializer
from contracts import actions
from contracts.api.shared import given, once, one
from contracts.models import Contract, Order
from contracts.serializers import (
    CloseRestSerializer,
    ConfirmOrderSerializer,
    NothingSerializer,
    OrderDetailSerializer,
    OrderSerializer,
    PlacedOrderSerializer,
    PlaceOrderSerializer,
)
from core.api import KEY_HEADER

PRODUCT = "product__product_version__product"
KEY = OpenApiParameter(KEY_HEADER, str, OpenApiParameter.HEADER, required=True)


def orders_of(request: Request) -> Any:
    seen = Order.objects.visible_to(seat_of(request)).with_progress()
    return seen.select_related("contract", "hospital", "deliverer", "placed_by")


class Orders(ListAPIView):
    """Orders that the seat may read, the newest first; hospitals place new ones."""

    queryset = Order.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CONTRACTS,), "POST": (Permission.PLACE_ORDER,)}
    serializer_class = OrderSerializer
    filterset_fields = ("status", "contract__reference", "hospital__credit_code")

    def get_queryset(self) -> Any:
        return orders_of(self.request).order_by("-pk")

    @extend_schema(responses={200: OrderSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        parameters=[KEY], request=PlaceOrderSerializer, responses={201: PlacedOrderSerializer, **WRITE_ERRORS}
    )
    def post(self, request: Request) -> Response:
        """Place an order for the seat's hospital; the idempotency key makes a repetition the same order."""
        asked = given(PlaceOrderSerializer, request)

        def act() -> Order:
            contract = one(Contract.objects.visible_to(seat_of(request)), asked.validated_data["contract"])
            facts = {"note": asked.validated_data["note"], "by": seat_of(request), "now": timezone.now()}
            return actions.place_order(contract=contract, rows=asked.rows, **facts)

        return once(request, act, PlacedOrderSerializer)


class OneOrder(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CONTRACTS,)}

    @extend_schema(responses={200: OrderDetailSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """One order with its lines."""
        lines = ("lines__volume__line", "lines__" + PRODUCT + "__item", "lines__" + PRODUCT + "__maker")
        return Response(OrderDetailSerializer(one(orders_of(request).prefetch_related(*lines), reference)).data)


class ApproveOrder(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.APPROVE_ORDER,)}

    @extend_schema(request=NothingSerializer, responses={200: PlacedOrderSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Release the order to the deliverer."""
        given(NothingSerializer, request)
        order = one(orders_of(request), reference)
        return _stands(actions.approve_order(order=order, by=seat_of(request), now=timezone.now()))


class ConfirmOrder(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.CONFIRM_ORDER,)}

    @extend_schema(request=ConfirmOrderSerializer, responses={200: PlacedOrderSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Promise all packs, or some of each line; the rest is released."""
        packs = given(ConfirmOrderSerializer, request).packs
        order = one(orders_of(request), reference)
        return _stands(actions.confirm_order(order=order, packs=packs, by=seat_of(request), now=timezone.now()))


class SendBackOrder(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.APPROVE_ORDER,)}

    @extend_schema(request=ReasonSerializer, responses={200: PlacedOrderSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Do not approve the order; it ends."""
        return _end(request, reference, actions.send_back_order)


class RefuseOrder(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.CONFIRM_ORDER,)}

    @extend_schema(request=ReasonSerializer, responses={200: PlacedOrderSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """The deliverer cannot deliver; the order ends."""
        return _end(request, reference, actions.refuse_order)


class CancelOrder(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.PLACE_ORDER,)}

    @extend_schema(request=ReasonSerializer, responses={200: PlacedOrderSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """The hospital takes the order back, before the deliverer answers."""
        return _end(request, reference, actions.cancel_order)


class CloseRest(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.READ_CONTRACTS,)}

    @extend_schema(request=CloseRestSerializer, responses={200: PlacedOrderSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """End what is still to be sent: the hospital once the deliverer is late, the deliverer at any time."""
        facts = given(CloseRestSerializer, request).validated_data
        order = one(orders_of(request), reference)
        return _stands(actions.close_rest(order=order, **facts, by=seat_of(request), now=timezone.now()))


def _end(request: Request, reference: str, act: Callable[..., Order]) -> Response:
    facts = given(ReasonSerializer, request).validated_data
    return _stands(act(order=one(orders_of(request), reference), **facts, by=seat_of(request), now=timezone.now()))


def _stands(order: Order) -> Response:
    return Response(PlacedOrderSerializer(order).data)


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
