"""Pages of the pool of experts, and of drawn committees."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.skins import attempt
from tenders.actions import drawing, experts
from tenders.forms.committee import CommitteeForm, ExpertReasonForm, ExpertsForm
from tenders.models import Committee, Expert, Tender
from tenders.presentation import committee as look
from tenders.presentation.tenders import evaluator_numbered

PREPARE, PUBLISH = Permission.PREPARE_TENDER, Permission.PUBLISH_TENDER


@requires(PREPARE, Permission.READ_TRAIL)
def expert_pool(request: HttpRequest) -> HttpResponseBase:
    kind, rows = look.expert_table(request.seat)
    table = kind(request, rows)
    if table.export:
        return table.export_response()
    return render(request, "tenders/experts.html", {"table": table, "keeps": request.seat.may(PREPARE)})


@requires(PREPARE)
def propose_experts(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = ExpertsForm(look.candidates_for_pool(request.seat, now), request.POST or None)
    act = {"by": request.seat, "now": now}
    if request.method == "POST" and attempt(form, lambda: experts.propose_experts(**form.cleaned_data, **act)):
        messages.success(request, _("Proposed. A second person admits them."))
        return redirect("tenders:expert-pool")
    return render(request, "tenders/propose_experts.html", {"form": form})


@requires(PREPARE)
def admit_experts(request: HttpRequest) -> HttpResponse:
    picked = request.POST.getlist("pick") if request.method == "POST" else request.GET.getlist("pick")
    found = list(_own_experts(request).filter(reference__in=picked, status=Expert.Status.PROPOSED))
    if request.method == "POST":
        experts.admit_experts(experts=found, by=request.seat, now=timezone.now())
        messages.success(request, _("Admitted to the pool."))
        return redirect("tenders:expert-pool")
    return render(request, "tenders/admit_experts.html", {"experts": found})


@requires(PREPARE)
def decline_expert(request: HttpRequest, reference: str) -> HttpResponse:
    words = {"title": _("Decline the expert"), "submit": _("Decline"), "danger": True}
    return _end(request, reference, experts.decline_expert, words)


@requires(PREPARE)
def end_expert(request: HttpRequest, reference: str) -> HttpResponse:
    words = {"title": _("Take the expert out of the pool"), "submit": _("Take out"), "danger": True}
    return _end(request, reference, experts.end_expert, words)


def _end(request: HttpRequest, reference: str, act: Callable[..., Any], words: dict[str, Any]) -> HttpResponse:
    found, form = get_object_or_404(_own_experts(request), reference=reference), ExpertReasonForm(request.POST or None)
    by = {"expert": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: act(**form.cleaned_data, **by)):
        messages.success(request, _("The expert is drawn into no committee any more."))
        return redirect("tenders:expert-pool")
    effects = [_("In draws from a pool that was frozen before, the number counts as excluded.")]
    lead = f"{found.seat.person.name} ({found.seat.organisation.name})"
    return render(
        request, "confirm.html", {**words, "form": form, "lead": lead, "effects": effects, "reference": found}
    )


# --- Of a tender ------------------------------------------------------------------------------------------------
@requires(PREPARE)
def set_committee(request: HttpRequest, reference: str) -> HttpResponse:
    tender = _own_tender(request, reference)
    before = Committee.objects.filter(tender=tender).first()
    form = CommitteeForm(before.places if before else {}, request.POST or None)
    act = {"tender": tender, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: drawing.set_committee(places=form.places, **act)):
        messages.success(request, _("The committee is set."))
        return redirect("tenders:people", reference=reference)
    return render(request, "tenders/set_committee.html", {"form": form, "tender": tender})


@requires(PUBLISH)
def draw_committee(request: HttpRequest, reference: str) -> HttpResponse:
    tender = _own_tender(request, reference)
    if request.method == "POST":
        drawing.draw_committee(tender=tender, by=request.seat, now=timezone.now())
        messages.success(request, _("Drawn. The members are asked for their declarations."))
        return redirect("tenders:people", reference=reference)
    effects = [
        _("The members follow from the committed seed, the root of the close and the frozen pool; anybody repeats it."),
        _("Bidders' people, who has another part in the tender, and who is away or has left are passed over."),
        _("Each member is told, and declares whether there is an interest before seeing an envelope."),
    ]
    words = {"title": _("Draw the committee"), "submit": _("Draw"), "reference": reference, "lead": tender.title}
    return render(request, "confirm.html", {**words, "effects": effects})


@requires(PUBLISH)
def replace_by_next(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    tender, form = _own_tender(request, reference), ExpertReasonForm(request.POST or None)
    found = evaluator_numbered(tender, number)
    act = {"evaluator": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: drawing.replace_by_next(**form.cleaned_data, **act)):
        messages.success(request, _("Replaced. The next in the order is asked for the declaration."))
        return redirect("tenders:people", reference=reference)
    effects = [_("The next of the same speciality in the order of the draw takes the place; nobody chooses.")]
    words = {"title": _("Replace by the next"), "submit": _("Replace"), "reference": reference}
    return render(request, "confirm.html", {**words, "form": form, "lead": found.seat.person.name, "effects": effects})


def _own_experts(request: HttpRequest) -> Any:
    own = Expert.objects.visible_to(request.seat).filter(agency=request.seat.organisation)
    return own.select_related("seat__person", "seat__organisation", "proposed_by")


def _own_tender(request: HttpRequest, reference: str) -> Tender:
    tenders = Tender.objects.visible_to(request.seat).filter(agency=request.seat.organisation)
    return get_object_or_404(tenders, reference=reference)
