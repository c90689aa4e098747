"""Endpoints of decisions, awards, and objections to them."""

from typing import Any

from django.shortcuts import get_object_or_404
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
from awards import actions
from awards.models import Allocation, Decision
from awards.serializers import (
    AllocationSerializer,
    AnswerAwardObjectionSerializer,
    DecisionSerializer,
    ProposeAwardSerializer,
)
from core.api import NothingSerializer
from tenders.api.results import answered, filed, lot_of, result_of
from tenders.api.tenders import READ, checked
from tenders.models import Lot
from tenders.serializers.results import (
    FileObjectionSerializer,
    LotResultSerializer,
    ObjectionSerializer,
)


def answer(lot: Lot, status: int = 200) -> Response:
    """The standing decision on a lot; 404 where nothing is decided."""
    decisions = Decision.objects.standing().filter(lot=lot).select_related("lot__tender")
    found = decisions.prefetch_related("awards__supplier", "awards__products__product_version__product")
    return Response(DecisionSerializer(get_object_or_404(found)).data, status=status)


class LotAward(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": READ, "POST": (Permission.AWARD,)}
    fresh = ("POST",)

    @extend_schema(responses={200: DecisionSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str, number: int) -> Response:
        """What is decided on the lot's opened prices."""
        return answer(lot_of(request, reference, number))

    @extend_schema(request=NothingSerializer, responses={201: DecisionSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Award the lot as proposed, when its standstill is over."""
        return _act(request, reference, number, actions.award_lot)


class ProposeAward(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.PUBLISH_RESULT,)}

    @extend_schema(request=ProposeAwardSerializer, responses={201: DecisionSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Propose to award the lot to the first of its ranked bids, as many as its rules let win."""
        lot = lot_of(request, reference, number)
        regions = checked(ProposeAwardSerializer, request).validated_data["regions"]
        actions.propose_award(lot=lot, regions=regions, by=seat_of(request), now=timezone.now())
        return answer(lot, 201)


class Allocations(ListAPIView):
    """What the standing decision on a lot allocates: a hospital reads its own, a winner what it supplies."""

    queryset = Allocation.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": READ}
    serializer_class = AllocationSerializer

    def get_queryset(self) -> Any:
        lot = lot_of(self.request, self.kwargs["reference"], self.kwargs["number"])
        seen = Allocation.objects.visible_to(seat_of(self.request))
        rows = seen.filter(decision__in=Decision.objects.standing().filter(lot=lot))
        return rows.select_related("award", "hospital__region").order_by("pk")


class FailLot(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.PUBLISH_RESULT,)}

    @extend_schema(request=NothingSerializer, responses={201: LotResultSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """End a lot of which no opened price is valid."""
        lot = lot_of(request, reference, number)
        checked(NothingSerializer, request)
        actions.fail_lot(lot=lot, by=seat_of(request), now=timezone.now())
        return result_of(request, reference, number, 201)


def _act(request: Request, reference: str, number: int, act: Any) -> Response:
    lot = lot_of(request, reference, number)
    checked(NothingSerializer, request)
    act(lot=lot, by=seat_of(request), now=timezone.now())
    return answer(lot, 201)


class ObjectToAward(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.OBJECT,)}

    @extend_schema(request=FileObjectionSerializer, responses={201: ObjectionSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Object to the proposed award of a lot."""
        return filed(request, lot_of(request, reference, number), actions.file_objection)


class AnswerObjection(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.ANSWER_OBJECTION,)}

    @extend_schema(request=AnswerAwardObjectionSerializer, responses={200: ObjectionSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Answer an objection to a proposed award, once and with reasons."""
        return answered(request, reference, AnswerAwardObjectionSerializer, actions.answer_objection)


LOT = "tenders/<str:reference>/lots/<int:number>"

urlpatterns = [
    path(f"{LOT}/award/", LotAward.as_view(), name="api-award-lot"),
    path(f"{LOT}/propose-award/", ProposeAward.as_view(), name="api-propose-award"),
    path(f"{LOT}/allocations/", Allocations.as_view(), name="api-allocations"),
    path(f"{LOT}/fail/", FailLot.as_view(), name="api-fail-lot"),
    path(f"{LOT}/object-to-award/", ObjectToAward.as_view(), name="api-object-to-award"),
    path("objections/<str:reference>/answer-award/", AnswerObjection.as_view(), name="api-answer-award-objection"),
]
