"""Endpoints of what may be put right only by two, and of an expiry that was wrong."""

from typing import Any

from django.http import Http404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.permissions import Permission
from accounts.serializers import ReasonSerializer
from contracts import actions
from contracts.api.deliveries import answer, deliveries_of
from contracts.api.shared import given, one
from contracts.models import Acceptance, Correction, DeliveryLine
from contracts.serializers import (
    CorrectExpirySerializer,
    DeliveryDetailSerializer,
    LaterArrivalSerializer,
    NothingSerializer,
)

ANSWERS = {200: DeliveryDetailSerializer, **WRITE_ERRORS}


def line_of(request: Request, reference: str, number: int) -> DeliveryLine:
    related = ("delivery__order__contract", "batch")
    line = one(deliveries_of(request), reference).lines.select_related(*related).filter(number=number).first()
    if line is None:
        raise Http404
    return line


def waiting(request: Request, reference: str, number: int) -> Correction:
    """The correction of a line that waits for its answer; else 404."""
    line = line_of(request, reference, number)
    found = line.corrections.open(timezone.now()).select_related("asked_by").first()
    if found is None:
        raise Http404
    found.line = line
    return found


class OfALine(APIView):
    """An act on one line of a delivery; answers with the delivery as it is then."""

    permission_classes = (SeatMay,)

    def facts(self, request: Request) -> dict[str, Any]:
        return {"by": seat_of(request), "now": timezone.now()}


class AskReversal(OfALine):
    permissions = {"POST": (Permission.ACCEPT_DELIVERY,)}

    @extend_schema(request=ReasonSerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str, line: int) -> Response:
        """Ask a second person to reverse a verdict whose debt is overdue."""
        asked = given(ReasonSerializer, request).validated_data
        standing = Acceptance.objects.standing().select_related("line__delivery__order__contract")
        acceptance = standing.filter(line=line_of(request, reference, line)).first()
        if acceptance is None:
            raise Http404
        actions.ask_reversal(acceptance=acceptance, **asked, **self.facts(request))
        return answer(request, reference)


class AskLaterArrival(OfALine):
    permissions = {"POST": (Permission.ACCEPT_DELIVERY,)}

    @extend_schema(request=LaterArrivalSerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str, line: int) -> Response:
        """Ask the deliverer to confirm that goods came later than their first verdict says."""
        asked = given(LaterArrivalSerializer, request).validated_data
        actions.ask_later_arrival(line=line_of(request, reference, line), **asked, **self.facts(request))
        return answer(request, reference)


class ApproveCorrection(OfALine):
    permissions = {"POST": (Permission.READ_CONTRACTS,)}

    @extend_schema(request=NothingSerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str, line: int) -> Response:
        """A second person of the hospital approves a reversal; the deliverer confirms that goods came later."""
        given(NothingSerializer, request)
        actions.approve_correction(correction=waiting(request, reference, line), **self.facts(request))
        return answer(request, reference)


class DeclineCorrection(OfALine):
    permissions = {"POST": (Permission.READ_CONTRACTS,)}

    @extend_schema(request=ReasonSerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str, line: int) -> Response:
        """Leave everything as it is, with the reason."""
        asked = given(ReasonSerializer, request).validated_data
        actions.decline_correction(correction=waiting(request, reference, line), **asked, **self.facts(request))
        return answer(request, reference)


class WithdrawCorrection(OfALine):
    permissions = {"POST": (Permission.ACCEPT_DELIVERY,)}

    @extend_schema(request=NothingSerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str, line: int) -> Response:
        """The hospital no longer asks."""
        given(NothingSerializer, request)
        actions.withdraw_correction(correction=waiting(request, reference, line), **self.facts(request))
        return answer(request, reference)


class CorrectExpiry(OfALine):
    permissions = {"POST": (Permission.DELIVER,)}

    @extend_schema(request=CorrectExpirySerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str, line: int) -> Response:
        """Whoever sent a batch corrects its expiry, wherever it was sent."""
        asked = given(CorrectExpirySerializer, request).validated_data
        actions.correct_expiry(line=line_of(request, reference, line), **asked, **self.facts(request))
        return answer(request, reference)


LINE = "deliveries/<str:reference>/lines/<int:line>"
urlpatterns = [
    path(f"{LINE}/ask-reversal/", AskReversal.as_view(), name="api-ask-reversal"),
    path(f"{LINE}/ask-later-arrival/", AskLaterArrival.as_view(), name="api-ask-later-arrival"),
    path(f"{LINE}/approve-correction/", ApproveCorrection.as_view(), name="api-approve-correction"),
    path(f"{LINE}/decline-correction/", DeclineCorrection.as_view(), name="api-decline-correction"),
    path(f"{LINE}/withdraw-correction/", WithdrawCorrection.as_view(), name="api-withdraw-correction"),
    path(f"{LINE}/correct-expiry/", CorrectExpiry.as_view(), name="api-correct-expiry"),
]
