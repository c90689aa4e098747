"""Endpoints of who pays and who is paid."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path

from accounts.permissions import Permission
from contracts import actions
from contracts.models import PayeeRow, PayerRow
from contracts.serializers import (
    LastDaySerializer,
    PayeeRowSerializer,
    PayerRowSerializer,
    SetPayeeSerializer,
    SetPayerSerializer,
)
from core.api import Act, Listing

SCOPE = ("rule", "region", "institution")


class PayerRows(Listing, Act):
    """Who pays, the latest rows first; the agency sets new ones."""

    model = PayerRow
    permissions = {"GET": (Permission.READ_CONTRACTS,), "POST": (Permission.SET_PAYERS,)}
    slow = True
    fresh = ("POST",)
    serializer_class = PayerRowSerializer
    takes, status = SetPayerSerializer, 201

    def rows(self) -> QuerySet[PayerRow]:
        return PayerRow.objects.visible_to(self.seat).select_related(*SCOPE, "payer").order_by("-pk")

    def act(self, thing: None, asked: Any) -> PayerRow:
        """Say who pays what is owed from a coming day on."""
        return actions.set_payer(terms=asked.terms, **self.by)


class PayeeRows(Listing, Act):
    """Who is paid, the latest rows first; the agency sets new ones."""

    model = PayeeRow
    permissions = {"GET": (Permission.READ_CONTRACTS,), "POST": (Permission.SET_PAYERS,)}
    slow = True
    fresh = ("POST",)
    serializer_class = PayeeRowSerializer
    takes, status = SetPayeeSerializer, 201

    def rows(self) -> QuerySet[PayeeRow]:
        return PayeeRow.objects.visible_to(self.seat).select_related(*SCOPE).order_by("-pk")

    def act(self, thing: None, asked: Any) -> PayeeRow:
        """Say who is paid what is owed from a coming day on."""
        return actions.set_payee(terms=asked.terms, **self.by)


class EndPayer(Act):
    """Let a row end on a day, today or later."""

    permissions = {"POST": (Permission.SET_PAYERS,)}
    fresh = ("POST",)
    serializer_class = PayerRowSerializer
    takes = LastDaySerializer

    def load(self, reference: str) -> PayerRow:
        return self.one(PayerRow.objects.visible_to(self.seat).select_related("rule"), reference=reference)

    def act(self, row: PayerRow, asked: Any) -> PayerRow:
        return actions.end_payer(row=row, **asked.validated_data, **self.by)


class EndPayee(Act):
    """Let a row end on a day, today or later."""

    permissions = {"POST": (Permission.SET_PAYERS,)}
    fresh = ("POST",)
    serializer_class = PayeeRowSerializer
    takes = LastDaySerializer

    def load(self, reference: str) -> PayeeRow:
        return self.one(PayeeRow.objects.visible_to(self.seat).select_related("rule"), reference=reference)

    def act(self, row: PayeeRow, asked: Any) -> PayeeRow:
        return actions.end_payee(row=row, **asked.validated_data, **self.by)


urlpatterns = [
    path("payers/", PayerRows.as_view(), name="api-payers"),
    path("payers/<str:reference>/end/", EndPayer.as_view(), name="api-end-payer"),
    path("payees/", PayeeRows.as_view(), name="api-payees"),
    path("payees/<str:reference>/end/", EndPayee.as_view(), name="api-end-payee"),
]
