"""Endpoints of proposals to change the catalogue."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path

from accounts.permissions import Permission
from accounts.serializers import PapersParser
from catalogue import actions, models
from catalogue.actions import PROPOSERS
from catalogue.serializers.adjustments import (
    AcceptAdjustmentSerializer,
    AdjustmentSerializer,
    AnswerAdjustmentSerializer,
    AskBackAdjustmentSerializer,
    ProposedSerializer,
    ProposeSerializer,
)
from core.api import Act, Endpoint, Reading, ReadingMany, ReasonSerializer

ADJUSTMENT_READERS = (*PROPOSERS, Permission.IMPORT_CATALOGUE, Permission.READ_TRAIL)
_READ = {"GET": ADJUSTMENT_READERS}
_DECIDE = {"POST": (Permission.IMPORT_CATALOGUE,)}
_PROPOSE = {"POST": PROPOSERS}


class OfAdjustments(Endpoint):
    """What the seat may see of proposals."""

    serializer_class = AdjustmentSerializer

    def seen(self) -> QuerySet[models.Adjustment]:
        return models.Adjustment.objects.visible_to(self.seat).for_list()


class Adjustments(OfAdjustments, ReadingMany, Act):
    """Proposals to change the catalogue, the latest first; posting proposes several at once."""

    model = models.Adjustment
    permissions = {**_READ, **_PROPOSE}
    parser_classes = (PapersParser,)
    filterset_fields = ("status", "kind", "bundle", "organisation__credit_code")
    takes, gives, status = ProposeSerializer, ProposedSerializer, 201

    def rows(self) -> QuerySet[models.Adjustment]:
        return self.seen().order_by("-pk")

    def act(self, thing: None, asked: Any) -> dict[str, Any]:
        """Propose additions, corrections and withdrawals, with their evidence: all or none."""
        made = actions.propose_adjustments(proposals=asked.asked, papers=asked.papers, **self.by)
        return {"adjustments": self.seen().filter(pk__in=[one.pk for one in made]).order_by("pk")}


class OfAnAdjustment(OfAdjustments):
    """Of the proposal at the address; answers with it as it is then."""

    def load(self, reference: str) -> models.Adjustment:
        return self.one(self.seen(), reference=reference)


class OneAdjustment(OfAnAdjustment, Reading):
    """One proposal: what is said, what the catalogue said, and what became of it."""

    permissions = _READ


class AcceptAdjustment(OfAnAdjustment, Act):
    """Accept a proposal: the catalogue is changed at once."""

    permissions = _DECIDE
    takes = AcceptAdjustmentSerializer

    def act(self, adjustment: models.Adjustment, asked: Any) -> models.Adjustment:
        return actions.accept_adjustment(adjustment=adjustment, **asked.validated_data, **self.by)


class AskBackAdjustment(OfAnAdjustment, Act):
    """Ask the proposer for what is missing or unclear."""

    permissions = _DECIDE
    takes = AskBackAdjustmentSerializer

    def act(self, adjustment: models.Adjustment, asked: Any) -> models.Adjustment:
        return actions.ask_back_adjustment(adjustment=adjustment, **asked.validated_data, **self.by)


class RefuseAdjustment(OfAnAdjustment, Act):
    """Leave the catalogue as it is, with the reason."""

    permissions = _DECIDE
    takes = ReasonSerializer

    def act(self, adjustment: models.Adjustment, asked: Any) -> models.Adjustment:
        return actions.refuse_adjustment(adjustment=adjustment, **asked.validated_data, **self.by)


class AnswerAdjustment(OfAnAdjustment, Act):
    """Answer what was asked, perhaps with other words and further files."""

    permissions = _PROPOSE
    parser_classes = (PapersParser,)
    takes = AnswerAdjustmentSerializer

    def act(self, adjustment: models.Adjustment, asked: Any) -> models.Adjustment:
        return actions.answer_adjustment(adjustment=adjustment, **asked.given, **self.by)


class WithdrawAdjustment(OfAnAdjustment, Act):
    """Take a proposal back that is not decided."""

    permissions = _PROPOSE
    takes = ReasonSerializer

    def act(self, adjustment: models.Adjustment, asked: Any) -> models.Adjustment:
        return actions.withdraw_adjustment(adjustment=adjustment, **asked.validated_data, **self.by)


_ONE = "adjustments/<str:reference>/"
urlpatterns = [
    path("adjustments/", Adjustments.as_view(), name="api-adjustments"),
    path(_ONE, OneAdjustment.as_view(), name="api-adjustment"),
    path(f"{_ONE}accept/", AcceptAdjustment.as_view(), name="api-accept-adjustment"),
    path(f"{_ONE}ask-back/", AskBackAdjustment.as_view(), name="api-ask-back-adjustment"),
    path(f"{_ONE}refuse/", RefuseAdjustment.as_view(), name="api-refuse-adjustment"),
    path(f"{_ONE}answer/", AnswerAdjustment.as_view(), name="api-answer-adjustment"),
    path(f"{_ONE}withdraw/", WithdrawAdjustment.as_view(), name="api-withdraw-adjustment"),
]
