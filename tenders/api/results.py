"""Endpoints of results, of objections to them, and of what stops a lot."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path

from accounts.models import Seat
from accounts.permissions import Permission
from core.api import Act, Endpoint, Listing, Reading
from tenders.actions import holds
from tenders.actions import objections as actions
from tenders.api.tenders import READ
from tenders.models import Lot, Objection
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


class OfALot(Endpoint):
    """Of a lot of a published tender."""

    def load(self, reference: str, number: int) -> Lot:
        lots = Lot.objects.visible_to(self.seat).filter(tender__published_at__isnull=False)
        related = ("tender", "technical_result")
        return self.one(lots.select_related(*related), tender__reference=reference, number=number)


class ToldResult(OfALot):
    """Tells of the lot at the address as everybody may see it then."""

    serializer_class = LotResultSerializer

    def shape(self, found: Any) -> Any:
        return super().shape(Explained(OfALot.load(self, **self.kwargs)))


class LotResult(ToldResult, Reading):
    """A lot with the way of each bid, from its technical verdict to its rank."""

    permissions = {"GET": READ}


class HoldLot(ToldResult, Act):
    """Stop a lot because of a complaint or a court's order. Answers with the lot."""

    permissions = {"POST": (Permission.ANSWER_OBJECTION,)}
    takes = HoldLotSerializer

    def act(self, lot: Lot, asked: Any) -> None:
        holds.hold_lot(lot=lot, **asked.validated_data, **self.by)


class ReleaseLot(ToldResult, Act):
    """Let a lot go on that a complaint or a court had stopped; ``again`` names bids to be judged anew."""

    permissions = {"POST": (Permission.ANSWER_OBJECTION,)}
    takes = ReleaseLotSerializer

    def act(self, lot: Lot, asked: Any) -> None:
        holds.release_lot(lot=lot, **asked.validated_data, **self.by)


# --- Objections -------------------------------------------------------------------------------------------------
class ObjectTo(OfALot, Act):
    """Object to what was decided of a lot."""

    permissions = {"POST": (Permission.OBJECT,)}
    takes, gives, status = FileObjectionSerializer, ObjectionSerializer, 201


class FileObjection(ObjectTo):
    """Object to the technical result of a lot."""

    def act(self, lot: Lot, asked: Any) -> Objection:
        return actions.file_objection(lot=lot, **asked.validated_data, **self.by)


def objections_of(seat: Seat) -> QuerySet[Objection]:
    return Objection.objects.visible_to(seat).select_related("lot__tender", "supplier")


class Objections(Listing):
    """Objections that the seat may read, the newest first."""

    model = Objection
    permissions = {"GET": READS_OBJECTIONS}
    serializer_class = ObjectionSerializer
    filterset_fields = ("answer", "stage")

    def rows(self) -> QuerySet[Objection]:
        return objections_of(self.seat).order_by("-filed_at", "-reference")


class OfAnObjection(Endpoint):
    serializer_class = ObjectionSerializer

    def load(self, reference: str) -> Objection:
        return self.one(objections_of(self.seat), reference=reference)


class OneObjection(OfAnObjection, Reading):
    """One objection, with its answer once there is one."""

    permissions = {"GET": READS_OBJECTIONS}


class AnswerObjection(OfAnObjection, Act):
    """Answer an objection to a technical result, once and with reasons."""

    permissions = {"POST": (Permission.ANSWER_OBJECTION,)}
    takes = AnswerToResultSerializer

    def act(self, objection: Objection, asked: Any) -> Objection:
        actions.answer_objection(objection=objection, **asked.validated_data, **self.by)
        return objection


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
