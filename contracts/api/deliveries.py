"""Endpoints of deliveries and acceptance."""

from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.permissions import Permission
from accounts.serializers import ReasonSerializer
from contracts import actions
from contracts.api.orders import KEY, orders_of
from contracts.api.shared import given, once, one
from contracts.models import Acceptance, Correction, Delivery, Payable
from contracts.serializers import (
    AcceptDeliverySerializer,
    AcceptedSerializer,
    DeliveryDetailSerializer,
    DeliverySerializer,
    SendDeliverySerializer,
    SentDeliverySerializer,
)


def deliveries_of(request: Request) -> Any:
    seen = Delivery.objects.visible_to(seat_of(request)).with_waiting()
    return seen.select_related("hospital", "deliverer", "order__contract")


def answer(request: Request, reference: str) -> Response:
    """The delivery as it is now, with the verdict that stands on each line."""
    delivery = one(deliveries_of(request), reference)
    standing = Prefetch("acceptances", Acceptance.objects.standing(), to_attr="standing")
    asked = Prefetch("corrections", Correction.objects.open(timezone.now()), to_attr="asked")
    lines = delivery.lines.select_related("batch", "order_line").prefetch_related(standing, asked)
    delivery.judged_lines = lines.order_by("number")
    return Response(DeliveryDetailSerializer(delivery).data)


@extend_schema(responses={200: DeliverySerializer(many=True), **READ_ERRORS})
class Deliveries(ListAPIView):
    """Deliveries that the seat may read, the newest first."""

    queryset = Delivery.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CONTRACTS,)}
    serializer_class = DeliverySerializer
    filterset_fields = ("order__reference", "hospital__credit_code")

    def get_queryset(self) -> Any:
        return deliveries_of(self.request).order_by("-pk")


class OneDelivery(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CONTRACTS,)}

    @extend_schema(responses={200: DeliveryDetailSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """One delivery with its batches."""
        return answer(request, reference)


class SendDelivery(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.DELIVER,)}

    @extend_schema(
        parameters=[KEY], request=SendDeliverySerializer, responses={201: SentDeliverySerializer, **WRITE_ERRORS}
    )
    def post(self, request: Request, reference: str) -> Response:
        """Send batches of a confirmed order."""
        asked = given(SendDeliverySerializer, request)
        order = one(orders_of(request), reference)

        def act() -> Delivery:
            facts = {"note": asked.validated_data["note"], "by": seat_of(request), "now": timezone.now()}
            return actions.send_delivery(order=order, batches=asked.batches, **facts)

        return once(request, act, SentDeliverySerializer)


class AcceptDelivery(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.ACCEPT_DELIVERY,)}

    @extend_schema(
        parameters=[KEY], request=AcceptDeliverySerializer, responses={201: AcceptedSerializer, **WRITE_ERRORS}
    )
    def post(self, request: Request, reference: str) -> Response:
        """Give the verdict on some or all lines; answers with what is owed for it."""
        asked = given(AcceptDeliverySerializer, request)
        delivery = one(deliveries_of(request), reference)

        def act() -> dict[str, Any]:
            facts = {"verdicts": asked.verdicts, "by": seat_of(request), "now": timezone.now()}
            accepted = actions.accept_delivery(delivery=delivery, **facts)
            owed = Payable.objects.filter(acceptance__in=accepted).select_related("acceptance__line")
            return {"payables": owed.order_by("acceptance__line__number")}

        return once(request, act, AcceptedSerializer)


class ReverseAcceptance(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.ACCEPT_DELIVERY,)}

    @extend_schema(request=ReasonSerializer, responses={200: DeliveryDetailSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, line: int) -> Response:
        """Take back the verdict that stands on a line."""
        facts = given(ReasonSerializer, request).validated_data
        standing = Acceptance.objects.standing().select_related("line__delivery__order__contract")
        acceptance = standing.filter(line__delivery=one(deliveries_of(request), reference), line__number=line).first()
        if acceptance is None:
            raise Http404
        actions.reverse_acceptance(acceptance=acceptance, **facts, by=seat_of(request), now=timezone.now())
        return answer(request, reference)


urlpatterns = [
    path("deliveries/", Deliveries.as_view(), name="api-deliveries"),
    path("deliveries/<str:reference>/", OneDelivery.as_view(), name="api-delivery"),
    path("deliveries/<str:reference>/accept/", AcceptDelivery.as_view(), name="api-accept-delivery"),
    path(
        "deliveries/<str:reference>/lines/<int:line>/reverse/",
        ReverseAcceptance.as_view(),
        name="api-reverse-acceptance",
    ),
    path("orders/<str:reference>/deliver/", SendDelivery.as_view(), name="api-send-delivery"),
]
