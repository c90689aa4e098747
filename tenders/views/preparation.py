"""Pages on which a tender is prepared: by the agency, its openers and its evaluators."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.clock import legal_date
from core.errors import Refused
from core.skins import attempt, fill_in
from demand.models import DemandWindow
from tenders.actions import people as people_actions
from tenders.actions import preparation as actions
from tenders.candidates import EVALUATORS, OPENERS, Place, candidates, of_the_last
from tenders.forms.preparation import (
    CriteriaForm,
    DeclarationForm,
    LotsForm,
    NameForm,
    PlanForm,
    ReplaceForm,
    ScheduleForm,
    plan_values,
)
from tenders.models import Tender
from tenders.presentation.proposals import criteria_of, proposed_lots, usual_criteria
from tenders.presentation.tenders import evaluator_numbered
from tenders.renewal import places_to_give

OFFICER = Permission.PREPARE_TENDER


@requires(OFFICER)
def prepare_tender(request: HttpRequest) -> HttpResponse:
    agency, today = request.seat.organisation, legal_date(timezone.now())
    window = DemandWindow.objects.filter(agency=agency, reference=request.GET.get("window", "")).first()
    form = PlanForm(agency, today, request.POST or None, initial={"window": window, "region": agency.region_id})
    made: list[Tender] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(actions.prepare_tender(plan=form.plan, by=request.seat, now=timezone.now()))
    ):
        messages.success(request, _("The draft is begun. The checklist says what it still lacks."))
        return redirect("tenders:tender", reference=made[0].reference)
    return render(request, "tenders/prepare_tender.html", {"form": form})


@requires(OFFICER)
def change_tender(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = _draft(request, reference), timezone.now()
    form = PlanForm(request.seat.organisation, legal_date(now), request.POST or None, initial=plan_values(tender))
    if request.method == "POST" and attempt(
        form, lambda: actions.change_tender(tender=tender, plan=form.plan, by=request.seat, now=now)
    ):
        messages.success(request, _("The plan is changed."))
        return redirect("tenders:tender", reference=reference)
    return render(request, "tenders/change_tender.html", {"form": form, "tender": tender})


@requires(OFFICER)
def set_lots(request: HttpRequest, reference: str) -> HttpResponseBase:
    tender, now = _draft(request, reference), timezone.now()
    proposed = proposed_lots(tender, today=legal_date(now))
    form = LotsForm(proposed, request.POST or None, request.FILES, draft=f"lots/{reference}")
    if template := request.GET.get("template"):
        return form.template_response(template)
    if fill_in(request, form, lambda: actions.set_lots(tender=tender, lots=form.lots, by=request.seat, now=now)):
        messages.success(request, _("The lots are set."))
        return redirect("tenders:tender", reference=reference)
    return render(request, "tenders/set_lots.html", {"form": form, "tender": tender})


@requires(OFFICER)
def set_schedule(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = _draft(request, reference), timezone.now()
    form = ScheduleForm(request.POST or None, initial=vars(tender))
    if request.method == "POST" and attempt(
        form, lambda: actions.set_schedule(tender=tender, **form.cleaned_data, by=request.seat, now=now)
    ):
        messages.success(request, _("The schedule is set."))
        return redirect("tenders:tender", reference=reference)
    return render(request, "tenders/set_schedule.html", {"form": form, "tender": tender})


@requires(OFFICER)
def set_criteria(request: HttpRequest, reference: str) -> HttpResponseBase:
    tender, now = _draft(request, reference), timezone.now()
    known = criteria_of(tender)
    begun = known or usual_criteria(tender.kind)
    form = CriteriaForm(begun, request.POST or None, request.FILES, draft=f"criteria/{reference}")
    if template := request.GET.get("template"):
        return form.template_response(template)
    if fill_in(
        request, form, lambda: actions.set_criteria(tender=tender, criteria=form.criteria, by=request.seat, now=now)
    ):
        messages.success(request, _("The criteria are set."))
        return redirect("tenders:tender", reference=reference)
    return render(request, "tenders/set_criteria.html", {"form": form, "tender": tender, "begun": bool(known)})


@requires(OFFICER)
def name_opener(request: HttpRequest, reference: str) -> HttpResponse:
    told = _("Named, and told to make the key.")
    return _name(request, _draft(request, reference), OPENERS, people_actions.name_openers, told)


@requires(OFFICER)
def replace_opener(request: HttpRequest, reference: str, place: int) -> HttpResponse:
    tender, now = _own_tender(request, reference), timezone.now()
    opener = get_object_or_404(_current(tender.openers).filter(place__in=places_to_give(tender, now)), place=place)
    form = ReplaceForm(candidates(tender, OPENERS, legal_date(now)), request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: people_actions.replace_opener(opener=opener, **form.cleaned_data, by=request.seat, now=now)
    ):
        messages.success(request, _("Replaced. The new opener is told to make the key."))
        return redirect("tenders:people", reference=reference)
    return render(request, "tenders/replace_opener.html", {"form": form, "tender": tender, "leaving": opener})


@requires(OFFICER)
def name_evaluator(request: HttpRequest, reference: str) -> HttpResponse:
    told = _("Named, and asked for the declaration.")
    return _name(request, _draft(request, reference), EVALUATORS, people_actions.name_evaluators, told)


@requires(OFFICER)
def replace_evaluator(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    tender, now = _own_tender(request, reference), timezone.now()
    evaluator = evaluator_numbered(tender, number)
    form = ReplaceForm(candidates(tender, EVALUATORS, legal_date(now)), request.POST or None)
    if request.method == "POST" and attempt(
        form,
        lambda: people_actions.replace_evaluator(evaluator=evaluator, **form.cleaned_data, by=request.seat, now=now),
    ):
        messages.success(request, _("Replaced. The new evaluator is asked for the declaration."))
        return redirect("tenders:people", reference=reference)
    context = {"form": form, "tender": tender, "leaving": evaluator}
    return render(request, "tenders/replace_evaluator.html", context)


@requires(Permission.EVALUATE)
def declare_interest(request: HttpRequest, reference: str) -> HttpResponse:
    tender = get_object_or_404(Tender.objects.visible_to(request.seat), reference=reference)
    evaluator = get_object_or_404(_current(tender.evaluators), seat=request.seat)
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and attempt(
        form,
        lambda: people_actions.declare_interest(
            evaluator=evaluator, **form.cleaned_data, by=request.seat, now=timezone.now()
        ),
    ):
        messages.success(request, _("Your declaration is recorded."))
        return redirect("tenders:tender", reference=reference)
    return render(request, "tenders/declare_interest.html", {"form": form, "tender": tender, "evaluator": evaluator})


def _name(request: HttpRequest, tender: Tender, place: Place, act: Callable[..., Any], told: str) -> HttpResponse:
    """Name people to places of one kind, all in one act; ``?as=last`` begins with those of the last tender."""
    now = timezone.now()
    last = of_the_last(tender, place, legal_date(now))
    as_last = last if request.GET.get("as") == "last" else None
    initial = {"seats": as_last.seats if as_last else ()}
    form = NameForm(candidates(tender, place, legal_date(now)), request.POST or None, initial=initial)
    if request.method == "POST" and attempt(
        form, lambda: act(tender=tender, seats=form.cleaned_data["seats"], by=request.seat, now=now)
    ):
        messages.success(request, told)
        return redirect("tenders:people", reference=tender.reference)
    context = {"form": form, "tender": tender, "last": last, "as_last": as_last}
    return render(request, f"tenders/name_{place.role}.html", context)


def _draft(request: HttpRequest, reference: str) -> Tender:
    tender = _own_tender(request, reference)
    if tender.status != Tender.Status.DRAFT:
        raise Refused(_("A tender is changed while it is in preparation; this one is no longer."), code="not_now")
    return tender


def _own_tender(request: HttpRequest, reference: str) -> Tender:
    tenders = Tender.objects.visible_to(request.seat).filter(agency=request.seat.organisation)
    return get_object_or_404(tenders.select_related("window", "region", "rule_set"), reference=reference)


def _current(named: Any) -> Any:
    return named.filter(replaced_at=None).select_related("tender", "seat__person", "seat__organisation")
