"""Pages of one lot, and of objections to its technical result."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.skins import attempt
from tenders.actions import holds
from tenders.actions import objections as actions
from tenders.forms.objections import AnswerToResultForm, HoldForm, ObjectionForm, ReleaseForm
from tenders.models import Hold, Lot, Objection, Tender
from tenders.presentation import lots as look
from tenders.presentation.explained import Explained
from tenders.presentation.tenders import lot_tone

READ, ANSWER, OBJECT = Permission.READ_TENDERS, Permission.ANSWER_OBJECTION, Permission.OBJECT


@requires(READ)
def lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot, now = lot_of(request, reference, number), timezone.now()
    context = {"lot": lot, "tender": lot.tender, "explained": Explained(lot), "now": now, "tone": lot_tone(lot)}
    context |= look.lot_acts(lot, request.seat, now) | {"facts": look.lot_facts(lot)}
    context["affiliated"] = look.affiliated_bidders(lot, request.seat)
    return render(request, "tenders/lot.html", context)


@requires(OBJECT)
def file_objection(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot = lot_of(request, reference, number)
    until = lot.technical_result and lot.technical_result.final_at
    return filing(request, lot, actions.file_objection, until)


@requires(OBJECT, ANSWER, Permission.READ_TRAIL)
def objections(request: HttpRequest) -> HttpResponseBase:
    rows = Objection.objects.visible_to(request.seat).select_related("lot__tender", "supplier")
    table = look.ObjectionTable(request, rows)
    if table.export:
        return table.export_response()
    return render(request, "tenders/objections.html", {"table": table})


@requires(OBJECT, ANSWER, Permission.READ_TRAIL)
def objection(request: HttpRequest, reference: str) -> HttpResponse:
    found = objection_of(request, reference)
    own = request.seat.may(ANSWER) and request.seat.organisation_id == found.lot.tender.agency_id
    answers = own and not found.answer and found.stage == Objection.Stage.TECHNICAL
    context = {"objection": found, "lot": found.lot, "tender": found.lot.tender, "now": timezone.now()}
    return render(request, "tenders/objection.html", context | {"answers": answers})


@requires(ANSWER)
def answer_objection(request: HttpRequest, reference: str) -> HttpResponse:
    found = objection_of(request, reference)
    return answering(request, found, AnswerToResultForm(found, request.POST or None), actions.answer_objection)


# --- Complaints and courts -------------------------------------------------------------------------------
@requires(ANSWER)
def hold_lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot = _own_lot(request, reference, number)
    words = {"heading": _("Stop lot %(lot)d") % {"lot": number}, "done": _("The lot stands still.")}
    return _hold(request, lot, HoldForm(request.POST or None), holds.hold_lot, words)


@requires(ANSWER)
def release_lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot = _own_lot(request, reference, number)
    words = {"heading": _("Let lot %(lot)d go on") % {"lot": number}, "done": _("The lot goes on.")}
    return _hold(request, lot, ReleaseForm(lot, request.POST or None), holds.release_lot, words)


def _hold(request: HttpRequest, lot: Lot, form: Form, act: Callable[..., Hold], words: dict[str, str]) -> HttpResponse:
    by = {"lot": lot, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: act(**form.cleaned_data, **by)):
        messages.success(request, words["done"])
        return redirect("tenders:lot", reference=lot.tender.reference, number=lot.number)
    return render(request, "tenders/hold_lot.html", {"form": form, "lot": lot, "tender": lot.tender, **words})


def _own_lot(request: HttpRequest, reference: str, number: int) -> Lot:
    lot = lot_of(request, reference, number)
    if lot.tender.agency_id != request.seat.organisation_id:
        raise Http404
    return lot


# --- What rooms share that take objections ---------------------------------------------------------------
def filing(request: HttpRequest, lot: Lot, file: Callable[..., Objection], until: datetime | None) -> HttpResponse:
    """The page on which a bidder objects, by the action that files it; ``until`` is when that ends."""
    form, now = ObjectionForm(request.POST or None), timezone.now()
    act = {"lot": lot, "by": request.seat, "now": now}
    if request.method == "POST" and attempt(form, lambda: file(**form.cleaned_data, **act)):
        messages.success(request, _("Filed. The lot stands still until the agency has answered."))
        return redirect("tenders:lot", reference=lot.tender.reference, number=lot.number)
    context = {"form": form, "lot": lot, "tender": lot.tender, "until": until, "now": now}
    return render(request, "tenders/objection_file.html", context)


def answering(request: HttpRequest, found: Objection, form: Form, answer: Callable[..., Objection]) -> HttpResponse:
    """The page on which the agency answers an objection, by the action that does so."""
    now = timezone.now()
    act = {"objection": found, "by": request.seat, "now": now}
    if request.method == "POST" and attempt(form, lambda: answer(**form.cleaned_data, **act)):
        messages.success(request, _("Answered. The bidder is told."))
        return redirect("tenders:objection", reference=found.reference)
    context = {"form": form, "objection": found, "lot": found.lot, "tender": found.lot.tender, "now": now}
    return render(request, "tenders/objection_answer.html", context)


def lot_of(request: HttpRequest, reference: str, number: int) -> Lot:
    """A lot of a published tender that the seat may see; else 404."""
    published = Tender.objects.visible_to(request.seat).published()
    lots = Lot.objects.select_related("tender__agency", "technical_result")
    return get_object_or_404(lots, tender__in=published.filter(reference=reference), number=number)


def objection_of(request: HttpRequest, reference: str) -> Objection:
    """An objection that the seat may read; else 404."""
    related = ("lot__tender__agency", "supplier", "filed_by__person", "answered_by__person")
    visible = Objection.objects.visible_to(request.seat).select_related(*related)
    return get_object_or_404(visible, reference=reference)
