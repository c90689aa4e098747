"""Endpoints about rule sets: read them, draft, propose and decide."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone

from core.api import Act, Endpoint, Reading, ReadingMany, ReasonSerializer, Setting
from core.clock import legal_date
from tenders.actions import rule_sets as actions
from tenders.api.tenders import PREPARE, PUBLISH, READ
from tenders.models import RuleSet, RuleSetDraft
from tenders.serializers.rule_sets import (
    ProposeRuleSetSerializer,
    RuleSetDraftDetailSerializer,
    RuleSetDraftSerializer,
    RuleSetPlanSerializer,
    RuleSetSerializer,
)


class RuleSets(ReadingMany):
    """The rule sets in force today."""

    model = RuleSet
    permissions = {"GET": READ}
    serializer_class = RuleSetSerializer

    def rows(self) -> QuerySet[RuleSet]:
        return RuleSet.objects.in_force(legal_date(timezone.now())).order_by("code")


class RuleSetDrafts(ReadingMany, Act):
    """Rules that are being written, and what became of them; posting begins one."""

    model = RuleSetDraft
    permissions = {"GET": READ, "POST": PREPARE}
    serializer_class = RuleSetDraftSerializer
    filterset_fields = ("status", "closed", "code")
    takes, gives, status = RuleSetPlanSerializer, RuleSetDraftDetailSerializer, 201

    def rows(self) -> QuerySet[RuleSetDraft]:
        return RuleSetDraft.objects.visible_to(self.seat).with_people().order_by("-pk")

    def act(self, thing: None, asked: Any) -> RuleSetDraft:
        return actions.draft_rule_set(plan=asked.plan, **self.by)


class OfADraft(Endpoint):
    """Of the draft at the address; answers with it as it is then."""

    serializer_class = RuleSetDraftDetailSerializer

    def load(self, reference: str) -> RuleSetDraft:
        return self.one(RuleSetDraft.objects.visible_to(self.seat).with_people(), reference=reference)

    def shape(self, found: Any) -> Any:
        return super().shape(self.load(**self.kwargs))


class OneRuleSetDraft(OfADraft, Reading, Setting):
    """What was written, with what the check says of it; putting writes one's own draft anew."""

    permissions = {"GET": READ, "PUT": PREPARE}
    takes = RuleSetPlanSerializer

    def act(self, draft: RuleSetDraft, asked: Any) -> RuleSetDraft:
        return actions.edit_rule_set(draft=draft, plan=asked.plan, **self.by)


class ProposeRuleSet(OfADraft, Act):
    """Propose rules from a day on; what the check finds is told part by part."""

    permissions = {"POST": PREPARE}
    takes = ProposeRuleSetSerializer

    def act(self, draft: RuleSetDraft, asked: Any) -> RuleSetDraft:
        return actions.propose_rule_set(draft=draft, **asked.validated_data, **self.by)


class TakeBackRuleSet(OfADraft, Act):
    """Take back what one has proposed, to write it anew."""

    permissions = {"POST": PREPARE}

    def act(self, draft: RuleSetDraft, asked: Any) -> RuleSetDraft:
        return actions.take_back_rule_set(draft=draft, **self.by)


class PutRuleSetInForce(OfADraft, Act):
    """Make what another person has proposed the next version of its code."""

    permissions = {"POST": PUBLISH}
    fresh = ("POST",)

    def act(self, draft: RuleSetDraft, asked: Any) -> RuleSet:
        return actions.put_rule_set_in_force(draft=draft, **self.by)


class RefuseRuleSet(OfADraft, Act):
    """Leave the rules as they are, and say why."""

    permissions = {"POST": PUBLISH}
    takes = ReasonSerializer

    def act(self, draft: RuleSetDraft, asked: Any) -> RuleSetDraft:
        return actions.refuse_rule_set(draft=draft, **asked.validated_data, **self.by)


class WithdrawRuleSet(OfADraft, Act):
    """Give a draft up; it stays on record."""

    permissions = {"POST": PREPARE}

    def act(self, draft: RuleSetDraft, asked: Any) -> RuleSetDraft:
        return actions.withdraw_rule_set(draft=draft, **self.by)


_DRAFT = "rule-set-drafts/<str:reference>/"
urlpatterns = [
    path("rule-sets/", RuleSets.as_view(), name="api-rule-sets"),
    path("rule-set-drafts/", RuleSetDrafts.as_view(), name="api-rule-set-drafts"),
    path(_DRAFT, OneRuleSetDraft.as_view(), name="api-rule-set-draft"),
    path(f"{_DRAFT}propose/", ProposeRuleSet.as_view(), name="api-propose-rule-set"),
    path(f"{_DRAFT}take-back/", TakeBackRuleSet.as_view(), name="api-take-back-rule-set"),
    path(f"{_DRAFT}put-in-force/", PutRuleSetInForce.as_view(), name="api-put-rule-set-in-force"),
    path(f"{_DRAFT}refuse/", RefuseRuleSet.as_view(), name="api-refuse-rule-set"),
    path(f"{_DRAFT}withdraw/", WithdrawRuleSet.as_view(), name="api-withdraw-rule-set"),
]
