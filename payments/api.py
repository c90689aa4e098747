"""Endpoints of payables and payments."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from django_filters import rest_framework as filters

from accounts.models import Seat
from accounts.permissions import Permission
from contracts.models import Payable
from contracts.rules import Clock
from core.api import Act, Listing, Reading, Several, rows_of
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
    contract = filters.CharFilter("acceptance__line__delivery__order__contract__reference")
    order = filters.CharFilter("acceptance__line__delivery__order__reference")
    delivery = filters.CharFilter("acceptance__line__delivery__reference")
    product = filters.CharFilter(method="of", help_text="Name, pinyin, maker or code of what was accepted.")
    due_from = filters.DateFilter("due_on", "gte")
    due_until = filters.DateFilter("due_on", "lte")

    def at(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.at(value, _today())

    def of(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.with_product(value)


class Payables(Listing):
    """What is owed, the earliest due first; days and states are as of today."""

    model = Payable
    permissions = {"GET": (Permission.READ_PAYABLES,)}
    serializer_class = PayableSerializer
    filterset_class = PayableFilters

    def rows(self) -> QuerySet[Payable]:
        seen = Payable.objects.visible_to(self.seat).with_open_amount()
        parties = ("supplier", "payee", "hospital", "payer")
        return seen.select_related(*parties, "acceptance__line__delivery__order__contract").order_by("due_on", "pk")

    def context(self) -> dict[str, Any]:
        return {"today": _today()}


class PaymentFilters(filters.FilterSet):
    payee = filters.CharFilter("payee__credit_code")
    bank_reference = filters.CharFilter(method="spelt", help_text="However it is spelt.")

    def spelt(self, rows: Any, name: str, value: str) -> QuerySet:
        return rows.filter(bank_reference_key=fold(value))


def payments_of(seat: Seat) -> QuerySet[Payment]:
    return Payment.objects.visible_to(seat).select_related("payee", "payer", "account")


class Payments(Listing, Act):
    """Payments that the seat may read, the newest first; the payer records new ones."""

    model = Payment
    permissions = {"GET": (Permission.READ_PAYABLES,), "POST": (Permission.PAY,)}
    fresh = ("POST",)
    serializer_class = PaymentSerializer
    filterset_class = PaymentFilters
    takes, gives, status = RecordPaymentSerializer, RecordedPaymentSerializer, 201

    def rows(self) -> QuerySet[Payment]:
        return payments_of(self.seat).order_by("-pk")

    def context(self) -> dict[str, Any]:
        return {"seat": self.seat}

    def act(self, thing: None, asked: Any) -> Payment:
        """Record one transfer to one payee against what is owed to it."""
        facts = {name: asked.validated_data[name] for name in ("payee", "bank_reference", "paid_on", "reason")}
        return actions.record_payment(**facts, rows=asked.rows, **self.by)


class RecordPayments(Several):
    """Record several transfers, each to one payee; one that is refused leaves the others recorded."""

    permissions = {"POST": (Permission.PAY,)}
    fresh = ("POST",)
    one = Payments
    takes, gives = rows_of(Payments, named=False)


class OnePayment(Reading):
    """One payment with what it settled."""

    permissions = {"GET": (Permission.READ_PAYABLES,)}
    serializer_class = PaymentDetailSerializer

    def load(self, reference: str) -> Payment:
        return self.one(payments_of(self.seat).prefetch_related("lines__payable"), reference=reference)

    def context(self) -> dict[str, Any]:
        return {"seat": self.seat}


def _today() -> date:
    return legal_date(timezone.now())


urlpatterns = [
    path("payables/", Payables.as_view(), name="api-payables"),
    path("bulk/payments/", RecordPayments.as_view(), name="api-record-payments"),
    path("payments/", Payments.as_view(), name="api-payments"),
    path("payments/<str:reference>/", OnePayment.as_view(), name="api-payment"),
]
