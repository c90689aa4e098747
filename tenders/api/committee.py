"""Endpoints of the pool of experts, and of drawn committees."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from core.api import Act, Endpoint, Reading, ReadingMany, ReasonSerializer
from core.errors import Refused
from tenders.actions import drawing, experts
from tenders.api.tenders import PREPARE, PUBLISH, OfATender
from tenders.models import Committee, Evaluator, Expert, Tender
from tenders.presentation.tenders import evaluator_numbered
from tenders.serializers.committee import (
    AdmitExpertsSerializer,
    CommitteeSerializer,
    ExpertSerializer,
    ProposeExpertsSerializer,
    SetCommitteeSerializer,
)

READS_POOL = (Permission.PREPARE_TENDER, Permission.READ_TRAIL)
NAMES = ("seat__person", "seat__organisation", "proposed_by")


class Experts(ReadingMany, Act):
    """The pool of experts."""

    model = Expert
    permissions = {"GET": READS_POOL, "POST": PREPARE}
    serializer_class = ExpertSerializer
    filterset_fields = ("speciality", "status")
    takes, status = ProposeExpertsSerializer, 201

    def rows(self) -> QuerySet[Expert]:
        return Expert.objects.visible_to(self.seat).select_related(*NAMES).order_by("reference")

    def act(self, thing: None, asked: Any) -> list[Expert]:
        """Propose people with an evaluator's seat, all or none."""
        return experts.propose_experts(**asked.proposal, **self.by)

    def tell(self, done: list[Expert]) -> Any:
        return ExpertSerializer(done, many=True).data


class AdmitExperts(Act):
    """Admit experts whom somebody else proposed, all or none."""

    permissions = {"POST": PREPARE}
    takes = AdmitExpertsSerializer

    def act(self, thing: None, asked: Any) -> list[Expert]:
        numbers = asked.validated_data["experts"]
        own = Expert.objects.visible_to(self.seat).filter(agency=self.seat.organisation_id, reference__in=numbers)
        found = list(own.select_related(*NAMES).order_by("reference"))
        if len(found) < len(set(numbers)):
            raise Refused(_("The pool has no expert of one of these numbers."), field="experts", code="unknown")
        return experts.admit_experts(experts=found, **self.by)

    def tell(self, done: list[Expert]) -> Any:
        return ExpertSerializer(done, many=True).data


class OfAnExpert(Endpoint):
    serializer_class = ExpertSerializer

    def load(self, reference: str) -> Expert:
        return self.one(Expert.objects.visible_to(self.seat).select_related(*NAMES), reference=reference)


class DeclineExpert(OfAnExpert, Act):
    """Decline a proposal, or take back one's own."""

    permissions = {"POST": PREPARE}
    takes = ReasonSerializer

    def act(self, expert: Expert, asked: Any) -> Expert:
        return experts.decline_expert(expert=expert, **asked.validated_data, **self.by)


class EndExpert(OfAnExpert, Act):
    """Let an expert leave the pool."""

    permissions = {"POST": PREPARE}
    takes = ReasonSerializer

    def act(self, expert: Expert, asked: Any) -> Expert:
        return experts.end_expert(expert=expert, **asked.validated_data, **self.by)


class OfACommittee(OfATender):
    """Tells of the committee of the tender at the address."""

    serializer_class = CommitteeSerializer

    def shape(self, found: Any) -> Any:
        tender = OfATender.load(self, self.kwargs["reference"])
        committee = Committee.objects.filter(tender=tender).first() or Committee(tender=tender, places={})
        told = {name: getattr(committee, name) for name in ("places", "pool_sha256", "commitment")}
        return super().shape(told | {"draws": tender.draws.order_by("number")})


class DrawnCommittee(OfACommittee, Reading, Act):
    """How the committee of a tender comes about."""

    permissions = {"GET": READS_POOL, "POST": PREPARE}
    takes = SetCommitteeSerializer

    def act(self, tender: Tender, asked: Any) -> Any:
        """Let the evaluators of a draft be drawn, or be named again."""
        return drawing.set_committee(tender=tender, **asked.validated_data, **self.by)


class DrawCommittee(OfACommittee, Act):
    """Draw the committee, once, after the openers were asked for the technical envelopes."""

    permissions = {"POST": PUBLISH}

    def act(self, tender: Tender, asked: Any) -> Any:
        return drawing.draw_committee(tender=tender, **self.by)


class ReplaceByNext(OfACommittee, Act):
    """Give the place of the ``number``-th evaluator that was ever seated to the next in the order."""

    permissions = {"POST": PUBLISH}
    takes = ReasonSerializer

    def load(self, reference: str, number: int) -> Evaluator:
        return evaluator_numbered(super().load(reference), number)

    def act(self, evaluator: Evaluator, asked: Any) -> Any:
        return drawing.replace_by_next(evaluator=evaluator, **asked.validated_data, **self.by)


urlpatterns = [
    path("experts/", Experts.as_view(), name="api-experts"),
    path("experts/admit/", AdmitExperts.as_view(), name="api-admit-experts"),
    path("experts/<str:reference>/decline/", DeclineExpert.as_view(), name="api-decline-expert"),
    path("experts/<str:reference>/end/", EndExpert.as_view(), name="api-end-expert"),
    path("tenders/<str:reference>/committee/", DrawnCommittee.as_view(), name="api-committee"),
    path("tenders/<str:reference>/draw-committee/", DrawCommittee.as_view(), name="api-draw-committee"),
    path(
        "tenders/<str:reference>/evaluators/<int:number>/replace-by-next/",
        ReplaceByNext.as_view(),
        name="api-replace-by-next",
    ),
]
