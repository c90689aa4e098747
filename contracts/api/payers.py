"""Endpoints of who pays and who is paid."""

from typing import Any

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
from contracts import actions
from contracts.api.shared import given, one
from contracts.models import PayeeRow, PayerRow
from contracts.serializers import (
    LastDaySerializer,
    PayeeRowSerializer,
    PayerRowSerializer,
    SetPayeeSerializer,
    SetPayerSerializer,
)

SCOPE = ("rule", "region", "institution")


class PayerRows(ListAPIView):
    """Who pays, the latest rows first; the agency sets new ones."""

    queryset = PayerRow.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CONTRACTS,), "POST": (Permission.SET_PAYERS,)}
    fresh = ("POST",)
    serializer_class = PayerRowSerializer

    def get_queryset(self) -> Any:
        seen = PayerRow.objects.visible_to(seat_of(self.request))
        return seen.select_related(*SCOPE, "payer").order_by("-pk")

    @extend_schema(responses={200: PayerRowSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(request=SetPayerSerializer, responses={201: PayerRowSerializer, **WRITE_ERRORS})
    def post(self, request: Request) -> Response:
        """Say who pays what is owed from a coming day on."""
        terms = given(SetPayerSerializer, request).terms
        row = actions.set_payer(terms=terms, by=seat_of(request), now=timezone.now())
        return Response(PayerRowSerializer(row).data, status=201)


class PayeeRows(ListAPIView):
    """Who is paid, the latest rows first; the agency sets new ones."""

    queryset = PayeeRow.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CONTRACTS,), "POST": (Permission.SET_PAYERS,)}
    fresh = ("POST",)
    serializer_class = PayeeRowSerializer

    def get_queryset(self) -> Any:
        return PayeeRow.objects.visible_to(seat_of(self.request)).select_related(*SCOPE).order_by("-pk")

    @extend_schema(responses={200: PayeeRowSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(request=SetPayeeSerializer, responses={201: PayeeRowSerializer, **WRITE_ERRORS})
    def post(self, request: Request) -> Response:
        """Say who is paid what is owed from a coming day on."""
        terms = given(SetPayeeSerializer, request).terms
        row = actions.set_payee(terms=terms, by=seat_of(request), now=timezone.now())
        return Response(PayeeRowSerializer(row).data, status=201)


class EndPayer(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.SET_PAYERS,)}
    fresh = ("POST",)

    @extend_schema(request=LastDaySerializer, responses={200: PayerRowSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Let a row end on a day, today or later."""
        row = one(PayerRow.objects.visible_to(seat_of(request)).select_related("rule"), reference)
        asked = given(LastDaySerializer, request).validated_data
        ended = actions.end_payer(row=row, **asked, by=seat_of(request), now=timezone.now())
        return Response(PayerRowSerializer(ended).data)


class EndPayee(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.SET_PAYERS,)}
    fresh = ("POST",)

    @extend_schema(request=LastDaySerializer, responses={200: PayeeRowSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Let a row end on a day, today or later."""
        row = one(PayeeRow.objects.visible_to(seat_of(request)).select_related("rule"), reference)
        asked = given(LastDaySerializer, request).validated_data
        ended = actions.end_payee(row=row, **asked, by=seat_of(request), now=timezone.now())
        return Response(PayeeRowSerializer(ended).data)


urlpatterns = [
    path("payers/", PayerRows.as_view(), name="api-payers"),
    path("payers/<str:reference>/end/", EndPayer.as_view(), name="api-end-payer"),
    path("payees/", PayeeRows.as_view(), name="api-payees"),
    path("payees/<str:reference>/end/", EndPayee.as_view(), name="api-end-payee"),
]
