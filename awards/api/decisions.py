"""Endpoints of decisions, awards, and objections to them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path

from accounts.permissions import Permission
from awards import actions
from awards.models import Allocation, Decision
from awards.serializers.decisions import (
    AllocationSerializer,
    AnswerAwardObjectionSerializer,
    DecisionSerializer,
    ProposeAwardSerializer,
)
from core.api import Act, Reading, ReadingMany
from tenders.api.results import ObjectTo, OfALot, OfAnObjection, ToldResult
from tenders.api.tenders import READ
from tenders.models import Lot, Objection


class OfADecision(OfALot):
    """Answers with the standing decision on the lot; 404 where nothing is decided."""

    serializer_class = DecisionSerializer

    def shape(self, found: Lot) -> Any:
        decisions = Decision.objects.standing().filter(lot=found).select_related("lot__tender")
        decisions = decisions.prefetch_related("awards__supplier", "awards__products__product_version__product")
        return super().shape(self.one(decisions))


class LotAward(OfADecision, Reading, Act):
    """What is decided on the lot's opened prices."""

    permissions = {"GET": READ, "POST": (Permission.AWARD,)}
    fresh = ("POST",)
    status = 201

    def act(self, lot: Lot, asked: Any) -> Lot:
        """Award the lot as proposed, when its standstill is over."""
        actions.award_lot(lot=lot, **self.by)
        return lot


class ProposeAward(OfADecision, Act):
    """Propose to award the lot to the first of its ranked bids, as many as its rules let win."""

    permissions = {"POST": (Permission.PUBLISH_RESULT,)}
    takes, status = ProposeAwardSerializer, 201

    def act(self, lot: Lot, asked: Any) -> Lot:
        actions.propose_award(lot=lot, **asked.validated_data, **self.by)
        return lot


class Allocations(OfALot, ReadingMany):
    """What the standing decision on a lot allocates: a hospital reads its own, a winner what it supplies."""

    model = Allocation
    permissions = {"GET": READ}
    serializer_class = AllocationSerializer

    def rows(self) -> QuerySet[Allocation]:
        standing = Decision.objects.standing().filter(lot=self.load(**self.kwargs))
        rows = Allocation.objects.visible_to(self.seat).filter(decision__in=standing)
        return rows.select_related("award", "hospital__region").order_by("pk")


class FailLot(ToldResult, Act):
    """End a lot of which no opened price is valid."""

    permissions = {"POST": (Permission.PUBLISH_RESULT,)}
    status = 201

    def act(self, lot: Lot, asked: Any) -> None:
        actions.fail_lot(lot=lot, **self.by)


class ObjectToAward(ObjectTo):
    """Object to the proposed award of a lot."""

    def act(self, lot: Lot, asked: Any) -> Objection:
        return actions.file_objection(lot=lot, **asked.validated_data, **self.by)


class AnswerAwardObjection(OfAnObjection, Act):
    """Answer an objection to a proposed award, once and with reasons."""

    permissions = {"POST": (Permission.ANSWER_OBJECTION,)}
    takes = AnswerAwardObjectionSerializer

    def act(self, objection: Objection, asked: Any) -> Objection:
        actions.answer_objection(objection=objection, **asked.validated_data, **self.by)
        return objection


LOT = "tenders/<str:reference>/lots/<int:number>"

urlpatterns = [
    path(f"{LOT}/award/", LotAward.as_view(), name="api-award-lot"),
    path(f"{LOT}/propose-award/", ProposeAward.as_view(), name="api-propose-award"),
    path(f"{LOT}/allocations/", Allocations.as_view(), name="api-allocations"),
    path(f"{LOT}/fail/", FailLot.as_view(), name="api-fail-lot"),
    path(f"{LOT}/object-to-award/", ObjectToAward.as_view(), name="api-object-to-award"),
    path("objections/<str:reference>/answer-award/", AnswerAwardObjection.as_view(), name="api-answer-award-objection"),
]
