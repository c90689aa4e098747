"""Endpoints of payables and payments."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.permissions import Permission
from contracts.api.orders import KEY
from contracts.api.shared import given, once, one
from contracts.models import Payable
from contracts.rules import Clock
from core.clock import legal_date
from core.folding import fold
from payments import actions
from payments.models import Payment
from payments.serializers import (
    PayableSerializer,
    PaymentDetailSerializer,
    PaymentSerializer,
    RecordedPaymentSerializer,
    RecordPaymentSerializer,
)


class PayableFilters(filters.FilterSet):
    clock = filters.ChoiceFilter(choices=[(clock.value, clock.value) for clock in Clock], method="at")
    supplier = filters.CharFilter("supplier__credit_code")
    payee = filters.CharFilter("payee__credit_code")
    hospital = filters.CharFilter("hospital__credit_code")
    payer = filters.CharFilter("payer__credit_code")
    due_from = filters.DateFilter("due_on", "gte")
    due_until = filters.DateFilter("due_on", "lte")

    def at(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.at(value, _today())


@extend_schema(responses={200: PayableSerializer(many=True), **READ_ERRORS})
class Payables(ListAPIView):
    """What is owed, the earliest due first; days and states are as of today."""

    queryset = Payable.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_PAYABLES,)}
    serializer_class = PayableSerializer
    filterset_class = PayableFilters

    def get_queryset(self) -> Any:
        seen = Payable.objects.visible_to(seat_of(self.request)).with_open_amount()
        return seen.select_related("supplier", "payee", "hospital", "payer").order_by("due_on", "pk")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "today": _today()}


class PaymentFilters(filters.FilterSet):
    payee = filters.CharFilter("payee__credit_code")
    bank_reference = filters.CharFilter(method="spelt", help_text="However it is spelt.")

    def spelt(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.filter(bank_reference_key=fold(value))


def payments_of(request: Request) -> Any:
    return Payment.objects.visible_to(seat_of(request)).select_related("payee", "payer", "account")


class Payments(ListAPIView):
    """Payments that the seat may read, the newest first; the payer records new ones."""

    queryset = Payment.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_PAYABLES,), "POST": (Permission.PAY,)}
    fresh = ("POST",)
    serializer_class = PaymentSerializer
    filterset_class = PaymentFilters

    def get_queryset(self) -> Any:
        return payments_of(self.request).order_by("-pk")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "seat": seat_of(self.request)}

    @extend_schema(responses={200: PaymentSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        parameters=[KEY], request=RecordPaymentSerializer, responses={201: RecordedPaymentSerializer, **WRITE_ERRORS}
    )
    def post(self, request: Request) -> Response:
        """Record one transfer to one payee against what is owed to it."""
        asked = given(RecordPaymentSerializer, request)
        facts = {name: asked.validated_data[name] for name in ("payee", "bank_reference", "paid_on", "reason")}

        def act() -> Payment:
            return actions.record_payment(**facts, rows=asked.rows, by=seat_of(request), now=timezone.now())

        return once(request, act, RecordedPaymentSerializer)


class OnePayment(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_PAYABLES,)}

    @extend_schema(responses={200: PaymentDetailSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """One payment with what it settled."""
        found = one(payments_of(request).prefetch_related("lines__payable"), reference)
        return Response(PaymentDetailSerializer(found, context={"seat": seat_of(request)}).data)


def _today() -> date:
    return legal_date(timezone.now())


urlpatterns = [
    path("payables/", Payables.as_view(), name="api-payables"),
    path("payments/", Payments.as_view(), name="api-payments"),
    path("payments/<str:reference>/", OnePayment.as_view(), name="api-payment"),
]
