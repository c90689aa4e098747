"""Pages of results, awards and objections; what a result says is public."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import public, requires
from accounts.permissions import Permission
from core.skins import attempt
from core.spreadsheets import csv_response
from tenders.actions import award as actions
from tenders.actions import objections as objecting
from tenders.forms.award import AnswerForm, ObjectionForm
from tenders.models import Award, Lot, Objection, Tender
from tenders.presentation import awards as look
from tenders.presentation import results
from tenders.presentation.explained import Explained
from tenders.presentation.steps import steps_of

READ, PROPOSE, AWARD = Permission.READ_TENDERS, Permission.PUBLISH_RESULT, Permission.AWARD
ANSWER, OBJECT = Permission.ANSWER_OBJECTION, Permission.OBJECT


@requires(READ)
def lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot, now = _lot(request, reference, number), timezone.now()
    explained = Explained(lot)
    acts = results.lot_acts(lot, request.seat, now, waiting=explained.waiting)
    context = {"lot": lot, "tender": lot.tender, "explained": explained, "now": now, "tone": results.lot_tone(lot)}
    context |= acts | {"steps": explained.steps(now), "facts": results.lot_facts(lot)}
    return render(request, "tenders/result_lot.html", context)


# --- Award -----------------------------------------------------------------------------------------------
@requires(PROPOSE)
def propose_award(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot, now = _own_lot(request, reference, number), timezone.now()
    if request.method == "POST":
        actions.propose_award(lot=lot, by=request.seat, now=now)
        messages.success(request, _("Proposed. Bidders are told, and the standstill runs."))
        return redirect("tenders:lot", reference=reference, number=number)
    return render(request, "tenders/award_confirm.html", look.proposal([lot], lot.tender, now))


@requires(PROPOSE)
def propose_awards(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = _own_tender(request, reference), timezone.now()
    if request.method == "POST":
        actions.propose_awards(tender=tender, by=request.seat, now=now)
        messages.success(request, _("Proposed. Bidders are told, and the standstill runs."))
        return redirect("tenders:awards", reference=reference)
    lots = tender.lots.filter(status=Lot.Status.RANKED).select_related("tender")
    return render(request, "tenders/award_confirm.html", look.proposal(lots, tender, now))


@requires(AWARD, fresh=True)
def award_lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot, now = _own_lot(request, reference, number), timezone.now()
    if request.method == "POST":
        actions.award_lot(lot=lot, by=request.seat, now=now)
        messages.success(request, _("Awarded. The price register has the price, and bidders are told."))
        return redirect("tenders:lot", reference=reference, number=number)
    return render(request, "tenders/award_confirm.html", look.decision([lot], lot.tender))


@requires(AWARD, fresh=True)
def award_lots(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = _own_tender(request, reference), timezone.now()
    if request.method == "POST":
        actions.award_lots(tender=tender, by=request.seat, now=now)
        messages.success(request, _("Awarded. The price register has the prices, and bidders are told."))
        return redirect("tenders:awards", reference=reference)
    lots = Lot.objects.ready_to_award(now).filter(tender=tender).select_related("tender")
    return render(request, "tenders/award_confirm.html", look.decision(lots, tender))


@requires(READ)
def awards(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = (
        get_object_or_404(Tender.objects.visible_to(request.seat).published(), reference=reference),
        timezone.now(),
    )
    context = look.overview(tender, request, now) | {"steps": steps_of(tender, now)}
    return render(request, "tenders/awards.html", context)


@requires(READ)
def award_letter(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    related = ("lot__tender__agency", "bid__supplier", "bid__product_version__product__item", "awarded_by__person")
    award = get_object_or_404(Award.objects.binding().select_related(*related), lot=_lot(request, reference, number))
    return render(request, "tenders/award_letter.html", look.letter(award))


# --- Objections ------------------------------------------------------------------------------------------
@requires(OBJECT)
def file_objection(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot, now = _lot(request, reference, number), timezone.now()
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: objecting.file_objection(lot=lot, **form.cleaned_data, by=request.seat, now=now)
    ):
        messages.success(request, _("Filed. The lot stands still until the agency has answered."))
        return redirect("tenders:lot", reference=reference, number=number)
    until = look.window_until(lot)
    return render(
        request,
        "tenders/objection_file.html",
        {"form": form, "lot": lot, "tender": lot.tender, "until": until, "now": now},
    )


@requires(OBJECT, ANSWER, Permission.READ_TRAIL)
def objections(request: HttpRequest) -> HttpResponseBase:
    rows = Objection.objects.visible_to(request.seat).select_related("lot__tender", "supplier")
    table = results.ObjectionTable(request, rows)
    if table.export:
        return table.export_response()
    return render(request, "tenders/objections.html", {"table": table})


@requires(OBJECT, ANSWER, Permission.READ_TRAIL)
def objection(request: HttpRequest, reference: str) -> HttpResponse:
    found = _objection(request, reference)
    answers = request.seat.may(ANSWER) and request.seat.organisation_id == found.lot.tender.agency_id
    context = {"objection": found, "lot": found.lot, "tender": found.lot.tender, "now": timezone.now()}
    return render(request, "tenders/objection.html", context | {"answers": answers and not found.answer})


@requires(ANSWER)
def answer_objection(request: HttpRequest, reference: str) -> HttpResponse:
    found, now = _objection(request, reference), timezone.now()
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: objecting.answer_objection(objection=found, **form.cleaned_data, by=request.seat, now=now)
    ):
        messages.success(request, _("Answered. The bidder is told."))
        return redirect("tenders:objection", reference=reference)
    context = {"form": form, "objection": found, "lot": found.lot, "tender": found.lot.tender, "now": now}
    return render(request, "tenders/objection_answer.html", context)


# --- For the world ---------------------------------------------------------------------------------------
@public
def public_results(request: HttpRequest) -> HttpResponseBase:
    table = results.ResultTable(request, results.with_results().select_related("region"))
    if table.export:
        return table.export_response()
    return render(request, "tenders/results.html", {"table": table})


@public
def result(request: HttpRequest, reference: str) -> HttpResponse:
    tender = _with_result(reference)
    table = results.LotResultTable(request, list(results.lots_with_result(tender)))
    return render(request, "tenders/result.html", {"tender": tender, "table": table})


@public
def result_lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lots = Lot.objects.filter(tender=_with_result(reference)).select_related("tender__agency", "award")
    lot = get_object_or_404(lots, number=number)
    context = {"lot": lot, "tender": lot.tender, "explained": Explained(lot), "now": timezone.now()}
    return render(request, "tenders/result_public_lot.html", context | {"tone": results.lot_tone(lot)})


@public
def result_export(request: HttpRequest, reference: str, kind: str) -> HttpResponseBase:
    tender = _with_result(reference)
    rows = results.exported(tender)
    if kind == "json":
        return JsonResponse({"tender": tender.reference, "title": tender.title, "bids": list(rows)})
    if kind == "csv":
        return csv_response(f"{reference}-results.csv", results.FIELDS, (list(row.values()) for row in rows))
    raise Http404


def _with_result(reference: str) -> Tender:
    return get_object_or_404(results.with_results().select_related("agency", "region"), reference=reference)


def _lot(request: HttpRequest, reference: str, number: int) -> Lot:
    published = Tender.objects.visible_to(request.seat).published()
    related = ("tender__agency", "technical_result", "award__bid__supplier")
    return get_object_or_404(
        Lot.objects.select_related(*related), tender__in=published.filter(reference=reference), number=number
    )


def _own_tender(request: HttpRequest, reference: str) -> Tender:
    own = Tender.objects.visible_to(request.seat).published().filter(agency=request.seat.organisation)
    return get_object_or_404(own, reference=reference)


def _own_lot(request: HttpRequest, reference: str, number: int) -> Lot:
    lots = Lot.objects.filter(tender=_own_tender(request, reference)).select_related("tender", "award__bid__supplier")
    return get_object_or_404(lots, number=number)


def _objection(request: HttpRequest, reference: str) -> Objection:
    related = ("lot__tender__agency", "supplier", "filed_by__person", "answered_by__person")
    visible = Objection.objects.visible_to(request.seat).select_related(*related)
    return get_object_or_404(visible, reference=reference)
