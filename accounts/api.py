"""Endpoints about organisations, their bank accounts, and the acting seat."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.filters import SearchFilter
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import actions
from accounts.api_access import SeatMay, seat_of
from accounts.models import BankAccount, Organisation
from accounts.permissions import Permission
from accounts.serializers import (
    BankAccountSerializer,
    ErrorSerializer,
    OrganisationSerializer,
    ProposeBankAccountSerializer,
    ReasonSerializer,
    SeatSerializer,
)

# What every reading endpoint may answer besides its data; writing ones add 400, 409 and 422.
READ_ERRORS = {401: ErrorSerializer, 403: ErrorSerializer, 404: ErrorSerializer}
BANK_READERS = (Permission.SET_BANK_ACCOUNT, Permission.PAY)
WRITE_ERRORS = {400: ErrorSerializer, **READ_ERRORS, 409: ErrorSerializer, 422: ErrorSerializer}


class Me(APIView):
    """Who am I: the seat that this token or session acts for."""

    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CATALOGUE,)}

    @extend_schema(responses={200: SeatSerializer, **READ_ERRORS})
    def get(self, request: Request) -> Response:
        return Response(SeatSerializer(seat_of(request)).data)


@extend_schema(responses={200: OrganisationSerializer(many=True), **READ_ERRORS})
class Organisations(ListAPIView):
    """Organisations by name; ``search`` narrows by name or unified social credit code."""

    permission_classes = (SeatMay,)
    permissions = {"GET": (Permission.READ_CATALOGUE,)}
    serializer_class = OrganisationSerializer
    filter_backends = (SearchFilter,)
    search_fields = ("name", "credit_code")

    def get_queryset(self) -> Any:
        return Organisation.objects.visible_to(seat_of(self.request)).order_by("name", "credit_code")


class BankAccounts(ListAPIView):
    """Where the organisation is paid, the latest first; whoever pays reads those of all."""

    queryset = BankAccount.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": BANK_READERS, "POST": (Permission.SET_BANK_ACCOUNT,)}
    fresh = ("POST",)
    serializer_class = BankAccountSerializer

    def get_queryset(self) -> Any:
        return _bank_accounts(self.request).order_by("-pk")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), **_bank_context(self.request)}

    @extend_schema(responses={200: BankAccountSerializer(many=True), **READ_ERRORS})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(request=ProposeBankAccountSerializer, responses={201: BankAccountSerializer, **WRITE_ERRORS})
    def post(self, request: Request) -> Response:
        """Propose an account; another person confirms it within a week."""
        asked = ProposeBankAccountSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        details = actions.BankDetails(**asked.validated_data)
        made = actions.propose_bank_account(details=details, by=seat_of(request), now=timezone.now())
        return Response(_bank_account_answer(request, made.reference), status=201)


class ConfirmBankAccount(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.SET_BANK_ACCOUNT,)}
    fresh = ("POST",)

    @extend_schema(request=None, responses={200: BankAccountSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Confirm an account that somebody else proposed; one that replaces another is used 72 hours later."""
        account = get_object_or_404(_bank_accounts(request), reference=reference)
        actions.confirm_bank_account(account=account, by=seat_of(request), now=timezone.now())
        return Response(_bank_account_answer(request, reference))


class WithdrawBankAccount(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": BANK_READERS}

    @extend_schema(request=ReasonSerializer, responses={200: BankAccountSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Stop an account before anything is paid to it."""
        account = get_object_or_404(_bank_accounts(request), reference=reference)
        asked = ReasonSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actions.withdraw_bank_account(**asked.validated_data, account=account, by=seat_of(request), now=timezone.now())
        return Response(_bank_account_answer(request, reference))


def _bank_accounts(request: Request) -> Any:
    seen = BankAccount.objects.visible_to(seat_of(request)).with_replaced(timezone.now())
    return seen.select_related("organisation", "proposed_by", "confirmed_by")


def _bank_account_answer(request: Request, reference: str) -> Any:
    account = _bank_accounts(request).get(reference=reference)
    return BankAccountSerializer(account, context=_bank_context(request)).data


def _bank_context(request: Request) -> dict[str, Any]:
    return {"seat": seat_of(request), "now": timezone.now()}


urlpatterns = [
    path("me/", Me.as_view(), name="api-me"),
    path("bank-accounts/", BankAccounts.as_view(), name="api-bank-accounts"),
    path("bank-accounts/<str:reference>/confirm/", ConfirmBankAccount.as_view(), name="api-confirm-bank-account"),
    path("bank-accounts/<str:reference>/withdraw/", WithdrawBankAccount.as_view(), name="api-withdraw-bank-account"),
    path("organisations/", Organisations.as_view(), name="api-organisations"),
]
