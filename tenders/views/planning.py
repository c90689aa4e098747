"""Pages of purchase plans: drafted by an officer, decided by another, and tendered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.clock import legal_date
from core.skins import attempt, fill_in, read_at
from demand.models import DemandWindow
from tenders.actions import planning as actions
from tenders.actions.preparation import TenderPlan
from tenders.forms.planning import DropPlanForm, PlanLinesForm, PurchasePlanForm
from tenders.forms.preparation import ProcedureForm
from tenders.models import PurchasePlan, Tender
from tenders.presentation import plans as look

OFFICER = (Permission.PREPARE_TENDER, Permission.PUBLISH_TENDER)
READS = (*OFFICER, Permission.READ_TRAIL)


@requires(*READS)
def plans(request: HttpRequest) -> HttpResponseBase:
    table = look.PlanTable(request, PurchasePlan.objects.visible_to(request.seat).for_list())
    if table.export:
        return table.export_response()
    may_prepare = request.seat.may(Permission.PREPARE_TENDER)
    return render(request, "tenders/plans.html", {"table": table, "may_prepare": may_prepare})


@requires(*READS)
def plan(request: HttpRequest, reference: str) -> HttpResponseBase:
    found = _plan(request, reference)
    table = look.PlanLineTable(request, found.lines.for_list())
    if table.export:
        return table.export_response()
    return render(request, "tenders/plan.html", look.plan_context(found, request.seat) | {"table": table})


@requires(Permission.PREPARE_TENDER)
def prepare_plan(request: HttpRequest) -> HttpResponse:
    agency = request.seat.organisation
    window = DemandWindow.objects.filter(agency=agency, reference=request.GET.get("window", "")).first()
    form = PurchasePlanForm(agency, request.POST or None, initial={"window": window, "region": agency.region_id})
    made: list[PurchasePlan] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(actions.prepare_plan(facts=form.facts, by=request.seat, now=timezone.now()))
    ):
        messages.success(request, _("The plan is begun. Give its items a lane."))
        return redirect("tenders:set-plan-lines", reference=made[0].reference)
    return render(request, "tenders/prepare_plan.html", {"form": form})


@requires(Permission.PREPARE_TENDER)
def set_plan_lines(request: HttpRequest, reference: str) -> HttpResponseBase:
    found, now = _own_plan(request, reference), timezone.now()
    begun = look.planned_items(found, today=legal_date(now))
    form = PlanLinesForm(begun, request.POST or None, request.FILES, draft=f"plan/{reference}")
    if template := request.GET.get("template"):
        return form.template_response(template)
    act = _act(request, found)
    if fill_in(request, form, lambda: actions.set_plan_lines(lines=form.lines, **act)):
        messages.success(request, _("The lines are set."))
        return redirect("tenders:plan", reference=reference)
    return render(request, "tenders/set_plan_lines.html", {"form": form, "plan": found})


@requires(Permission.PUBLISH_TENDER)
def decide_plan(request: HttpRequest, reference: str) -> HttpResponse:
    found = _own_plan(request, reference)
    if request.method == "POST":
        found.prepared_at = read_at(request)
        actions.decide_plan(**_act(request, found))
        messages.success(request, _("Decided. What is to be tendered can be tendered now."))
        return redirect("tenders:plan", reference=reference)
    return render(request, "tenders/decide_plan.html", {"plan": found} | look.decision_context(found, request.seat))


@requires(Permission.PREPARE_TENDER)
def drop_plan(request: HttpRequest, reference: str) -> HttpResponse:
    found, form = _own_plan(request, reference), DropPlanForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: actions.drop_plan(**form.cleaned_data, **_act(request, found))
    ):
        messages.success(request, _("The plan is dropped."))
        return redirect("tenders:plan", reference=reference)
    return render(request, "confirm.html", {"form": form, "reference": reference} | look.drop_context(found))


@requires(Permission.PREPARE_TENDER)
def tender_from_plan(request: HttpRequest, reference: str) -> HttpResponse:
    found, now = _own_plan(request, reference), timezone.now()
    form = ProcedureForm(legal_date(now), request.POST or None, initial={"title": found.title})
    made: list[Tender] = []
    act = _act(request, found)
    if request.method == "POST" and attempt(
        form, lambda: made.append(actions.tender_from_plan(terms=_terms(form, found), **act))
    ):
        messages.success(request, _("The draft is begun with its lots. The checklist says what it still lacks."))
        return redirect("tenders:tender", reference=made[0].reference)
    waiting = found.lines.not_yet_tendered().count()
    return render(request, "tenders/tender_from_plan.html", {"form": form, "plan": found, "waiting": waiting})


def _terms(form: ProcedureForm, plan: PurchasePlan) -> TenderPlan:
    return TenderPlan(kind=plan.kind, region=plan.region, window=plan.window, **form.cleaned_data)


def _act(request: HttpRequest, found: PurchasePlan) -> dict[str, Any]:
    return {"plan": found, "by": request.seat, "now": timezone.now()}


def _plan(request: HttpRequest, reference: str) -> PurchasePlan:
    return get_object_or_404(PurchasePlan.objects.visible_to(request.seat).with_people(), reference=reference)


def _own_plan(request: HttpRequest, reference: str) -> PurchasePlan:
    own = PurchasePlan.objects.visible_to(request.seat).filter(agency=request.seat.organisation_id)
    return get_object_or_404(own.with_people(), reference=reference)
