"""Endpoints about purchase plans: prepare, decide, drop, and tender what they say."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path

from accounts.permissions import Permission
from core.api import Act, Endpoint, Reading, ReadingMany, ReasonSerializer, Setting
from tenders.actions import planning as actions
from tenders.api.tenders import ToldTender
from tenders.models import PlanLine, PurchasePlan, Tender
from tenders.serializers.planning import (
    DecidePlanSerializer,
    PlanLineSerializer,
    PreparePlanSerializer,
    PurchasePlanSerializer,
    SetPlanLinesSerializer,
    TenderFromPlanSerializer,
)
from tenders.serializers.tenders import TenderDetailSerializer

READ = (Permission.PREPARE_TENDER, Permission.PUBLISH_TENDER, Permission.READ_TRAIL)
PREPARE = (Permission.PREPARE_TENDER,)


class Plans(ReadingMany, Act):
    """Purchase plans that the seat may read; the agency begins new ones."""

    model = PurchasePlan
    permissions = {"GET": READ, "POST": PREPARE}
    serializer_class = PurchasePlanSerializer
    filterset_fields = ("kind", "status")
    takes, status = PreparePlanSerializer, 201

    def rows(self) -> QuerySet[PurchasePlan]:
        return PurchasePlan.objects.visible_to(self.seat).for_list().select_related("agency").order_by("-reference")

    def act(self, thing: None, asked: Any) -> PurchasePlan:
        made = actions.prepare_plan(facts=asked.facts, **self.by)
        return self.one(self.rows(), reference=made.reference)


class OfAPlan(Endpoint):
    """Of the plan at the address; answers with it as it is then."""

    serializer_class = PurchasePlanSerializer

    def load(self, reference: str) -> PurchasePlan:
        plans = PurchasePlan.objects.visible_to(self.seat).for_list().select_related("agency", "region")
        return self.one(plans, reference=reference)

    def shape(self, found: Any) -> Any:
        return super().shape(self.load(**self.kwargs))


class OnePlan(OfAPlan, Reading):
    """One purchase plan."""

    permissions = {"GET": READ}


class PlanLines(OfAPlan, ReadingMany):
    """The lines of a plan, in the order of the window."""

    model = PlanLine
    permissions = {"GET": READ}
    serializer_class = PlanLineSerializer

    def rows(self) -> QuerySet[PlanLine]:
        return self.load(**self.kwargs).lines.for_list().order_by("number")


class SetPlanLines(OfAPlan, Setting):
    """Set all lines of a draft anew."""

    permissions = {"PUT": PREPARE}
    takes = SetPlanLinesSerializer

    def act(self, plan: PurchasePlan, asked: Any) -> None:
        actions.set_plan_lines(plan=plan, lines=asked.plans, **self.by)


class DecidePlan(OfAPlan, Act):
    """Decide a complete plan that another person prepared."""

    permissions = {"POST": (Permission.PUBLISH_TENDER,)}
    takes = DecidePlanSerializer

    def act(self, plan: PurchasePlan, asked: Any) -> None:
        plan.prepared_at = asked.validated_data["prepared_at"]
        actions.decide_plan(plan=plan, **self.by)


class DropPlan(OfAPlan, Act):
    """Drop a draft, with the reason."""

    permissions = {"POST": PREPARE}
    takes = ReasonSerializer

    def act(self, plan: PurchasePlan, asked: Any) -> None:
        actions.drop_plan(plan=plan, **asked.validated_data, **self.by)


class TenderFromPlan(OfAPlan, ToldTender, Act):
    """Begin a tender with a lot for each line that is to be tendered and is not yet."""

    permissions = {"POST": PREPARE}
    takes, gives, status = TenderFromPlanSerializer, TenderDetailSerializer, 201

    def act(self, plan: PurchasePlan, asked: Any) -> Tender:
        return actions.tender_from_plan(plan=plan, terms=asked.terms(plan), **self.by)

    def tell(self, done: Tender) -> Any:
        return self.told(done.reference)


urlpatterns = [
    path("plans/", Plans.as_view(), name="api-plans"),
    path("plans/<str:reference>/", OnePlan.as_view(), name="api-plan"),
    path("plans/<str:reference>/lines/", PlanLines.as_view(), name="api-plan-lines"),
    path("plans/<str:reference>/set-lines/", SetPlanLines.as_view(), name="api-set-plan-lines"),
    path("plans/<str:reference>/decide/", DecidePlan.as_view(), name="api-decide-plan"),
    path("plans/<str:reference>/drop/", DropPlan.as_view(), name="api-drop-plan"),
    path("plans/<str:reference>/tender/", TenderFromPlan.as_view(), name="api-tender-from-plan"),
]
