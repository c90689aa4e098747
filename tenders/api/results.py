"""Endpoints of results and of objections to them."""

from collections.abc import Callable
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
from tenders.actions import holds
from tenders.actions import objections as actions
from tenders.api.tenders import READ, checked
from tenders.models import Hold, Lot, Objection
from tenders.presentation.explained import Explained
from tenders.serializers.results import (
    AnswerToResultSerializer,
    FileObjectionSerializer,
    HoldLotSerializer,
    LotResultSerializer,
    ObjectionSerializer,
    ReleaseLotSerializer,
)

READS_OBJECTIONS = (Permission.OBJECT, Permission.ANSWER_OBJECTION, Permission.READ_TRAIL)


def lot_of(request: Request, reference: str, number: int) -> Lot:
    lots = Lot.objects.visible_to(seat_of(request)).filter(tender__published_at__isnull=False)
    related = ("tender", "technical_result")
    return get_object_or_404(lots.select_related(*related), tender__reference=reference, number=number)


def result_of(request: Request, reference: str, number: int, status: int = 200) -> Response:
    """The lot as everybody may see it now."""
    return Response(LotResultSerializer(Explained(lot_of(request, reference, number))).data, status=status)


def objection_of(request: Request, reference: str) -> Objection:
    objections = Objection.objects.visible_to(seat_of(request)).select_related("lot__tender", "supplier")
    return get_object_or_404(objections, reference=reference)


def filed(request: Request, lot: Lot, file: Callable[..., Objection]) -> Response:
    """Object to what was decided of a lot, by the action that files it."""
    given = checked(FileObjectionSerializer, request).validated_data
    found = file(lot=lot, **given, by=seat_of(request), now=timezone.now())
    return Response(ObjectionSerializer(found).data, status=201)


def answered(request: Request, reference: str, shape: type, answer: Callable[..., Objection]) -> Response:
    """Answer an objection by the action that does so; ``shape`` is the serializer of the answer."""
    found = objection_of(request, reference)
    answer(objection=found, **checked(shape, request).validated_data, by=seat_of(request), now=timezone.now())
    return Response(ObjectionSerializer(found).data)


class LotResult(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": READ}

    @extend_schema(responses={200: LotResultSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str, number: int) -> Response:
        """A lot with the way of each bid, from its technical verdict to its rank."""
        return result_of(request, reference, number)


class FileObjection(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.OBJECT,)}

    @extend_schema(request=FileObjectionSerializer, responses={201: ObjectionSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Object to the technical result of a lot."""
        return filed(request, lot_of(request, reference, number), actions.file_objection)


@extend_schema(responses={200: ObjectionSerializer(many=True), **READ_ERRORS})
class Objections(ListAPIView):
    """Objections that the seat may read, the newest first."""

    queryset = Objection.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": READS_OBJECTIONS}
    serializer_class = ObjectionSerializer
    filterset_fields = ("answer", "stage")

    def get_queryset(self) -> Any:
        visible = Objection.objects.visible_to(seat_of(self.request))
        return visible.select_related("lot__tender", "supplier").order_by("-filed_at", "-reference")


class OneObjection(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": READS_OBJECTIONS}

    @extend_schema(responses={200: ObjectionSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """One objection, with its answer once there is one."""
        return Response(ObjectionSerializer(objection_of(request, reference)).data)


class AnswerObjection(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.ANSWER_OBJECTION,)}

    @extend_schema(request=AnswerToResultSerializer, responses={200: ObjectionSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Answer an objection to a technical result, once and with reasons."""
        return answered(request, reference, AnswerToResultSerializer, actions.answer_objection)


class HoldLot(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.ANSWER_OBJECTION,)}

    @extend_schema(request=HoldLotSerializer, responses={200: LotResultSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Stop a lot because of a complaint or a court's order. Answers with the lot."""
        return _held(request, reference, number, HoldLotSerializer, holds.hold_lot)


class ReleaseLot(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.ANSWER_OBJECTION,)}

    @extend_schema(request=ReleaseLotSerializer, responses={200: LotResultSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Let a lot go on that a complaint or a court had stopped; ``again`` names bids to be judged anew."""
        return _held(request, reference, number, ReleaseLotSerializer, holds.release_lot)


def _held(request: Request, reference: str, number: int, shape: type, act: Callable[..., Hold]) -> Response:
    lot = lot_of(request, reference, number)
    act(lot=lot, **checked(shape, request).validated_data, by=seat_of(request), now=timezone.now())
    return result_of(request, reference, number)


LOT = "tenders/<str:reference>/lots/<int:number>"

urlpatterns = [
    path(f"{LOT}/", LotResult.as_view(), name="api-lot"),
    path(f"{LOT}/hold/", HoldLot.as_view(), name="api-hold-lot"),
    path(f"{LOT}/release/", ReleaseLot.as_view(), name="api-release-lot"),
    path(f"{LOT}/object/", FileObjection.as_view(), name="api-file-objection"),
    path("objections/", Objections.as_view(), name="api-objections"),
    path("objections/<str:reference>/", OneObjection.as_view(), name="api-objection"),
    path("objections/<str:reference>/answer/", AnswerObjection.as_view(), name="api-answer-objection"),
]
