"""Pages on which awards are proposed, decided and printed, and objections to them filed and answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from awards import actions
from awards.actions.selecting import selected
from awards.forms import AnswerToProposalForm, RegionsForm
from awards.models import Allocation, Award, Decision
from awards.presentation import awards as look
from awards.presentation.allocations import AllocationTable
from core.skins import attempt, why_not
from tenders.models import Lot, Tender
from tenders.views.lots import answering, filing, lot_of, objection_of

READ, PROPOSE, AWARD = Permission.READ_TENDERS, Permission.PUBLISH_RESULT, Permission.AWARD
ANSWER, OBJECT = Permission.ANSWER_OBJECTION, Permission.OBJECT


@requires(READ)
def awards(request: HttpRequest, reference: str) -> HttpResponse:
    published = Tender.objects.visible_to(request.seat).published()
    tender = get_object_or_404(published, reference=reference)
    return render(request, "awards/awards.html", look.overview(tender, request, timezone.now()))


@requires(PROPOSE)
def propose_award(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot, now = _own_lot(request, reference, number), timezone.now()
    chosen = selected(lot.tender, Decision.objects.lots_to_propose().filter(pk=lot.pk))
    form = RegionsForm(chosen, request.POST if request.method == "POST" else None)
    facts = {"lot": lot, "by": request.seat, "now": now}
    if request.method == "POST" and attempt(form, lambda: actions.propose_award(regions=form.cleaned_data, **facts)):
        messages.success(request, _("Proposed. Bidders are told, and the standstill runs."))
        return redirect("tenders:lot", reference=reference, number=number)
    return render(request, "awards/confirm.html", look.proposal(chosen, lot.tender, now) | {"form": form})


@requires(PROPOSE)
def propose_awards(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = _own_tender(request, reference), timezone.now()
    if request.method == "POST":
        actions.propose_awards(tender=tender, by=request.seat, now=now)
        messages.success(request, _("Proposed. Bidders are told, and the standstill runs."))
        return redirect("awards:awards", reference=reference)
    chosen = selected(tender, Decision.objects.lots_to_propose().filter(tender=tender).order_by("number"))
    together = [one for one in chosen if not one.regions]
    if chosen and not together:
        return redirect("awards:propose-award", reference=reference, number=chosen[0].lot.number)
    return render(request, "awards/confirm.html", look.proposal(together, tender, now))


@requires(PROPOSE)
def fail_lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot = _own_lot(request, reference, number)
    if request.method == "POST":
        actions.fail_lot(lot=lot, by=request.seat, now=timezone.now())
        messages.success(request, _("The lot has ended without an award."))
        return redirect("tenders:lot", reference=reference, number=number)
    if nothing := why_not(lambda: actions.check_failing(lot)):
        return render(request, "awards/confirm.html", look.too_early(lot.tender, nothing))
    return render(request, "awards/confirm.html", look.failure(lot))


@requires(AWARD, fresh=True)
def award_lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot, now = _own_lot(request, reference, number), timezone.now()
    if request.method == "POST":
        actions.award_lot(lot=lot, by=request.seat, now=now)
        messages.success(request, _("Awarded. The price register has the price, and bidders are told."))
        return redirect("tenders:lot", reference=reference, number=number)
    if nothing := why_not(lambda: actions.check_awarding(lot, now)):
        return render(request, "awards/confirm.html", look.too_early(lot.tender, nothing))
    proposed = Decision.objects.proposed().filter(lot=lot)
    return render(request, "awards/confirm.html", look.decision(proposed, lot.tender))


@requires(AWARD, fresh=True)
def award_lots(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = _own_tender(request, reference), timezone.now()
    if request.method == "POST":
        actions.award_lots(tender=tender, by=request.seat, now=now)
        messages.success(request, _("Awarded. The price register has the prices, and bidders are told."))
        return redirect("awards:awards", reference=reference)
    ready = Decision.objects.ready_to_award(now).filter(lot__tender=tender)
    return render(request, "awards/confirm.html", look.decision(ready, tender))


@requires(READ)
def award_letter(request: HttpRequest, reference: str, number: int, place: int) -> HttpResponse:
    related = ("decision__lot__tender", "decision__awarded_by__person", "supplier", "agency", "region")
    binding = Award.objects.binding().select_related(*related)
    binding = binding.prefetch_related("products__product_version__product__item")
    award = get_object_or_404(binding, decision__lot=lot_of(request, reference, number), place=place)
    return render(request, "awards/letter.html", look.letter(award))


@requires(READ)
def allocations(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    lot = lot_of(request, reference, number)
    rows = Allocation.objects.visible_to(request.seat).standing()
    rows = rows.filter(decision__in=Decision.objects.standing().filter(lot=lot))
    table = AllocationTable(request, rows.select_related("hospital", "region", "award__supplier"))
    if table.export:
        return table.export_response()
    return render(request, "awards/allocations.html", {"lot": lot, "tender": lot.tender, "table": table})


# --- Objections ------------------------------------------------------------------------------------------
@requires(OBJECT)
def file_objection(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot = lot_of(request, reference, number)
    proposed = Decision.objects.proposed().filter(lot=lot).first()
    return filing(request, lot, actions.file_objection, proposed.standstill_until if proposed else None)


@requires(ANSWER)
def answer_objection(request: HttpRequest, reference: str) -> HttpResponse:
    found = objection_of(request, reference)
    proposed = list(Award.objects.of_lots([found.lot]).select_related("supplier").order_by("place"))
    return answering(request, found, AnswerToProposalForm(proposed, request.POST or None), actions.answer_objection)


def _own_tender(request: HttpRequest, reference: str) -> Tender:
    own = Tender.objects.visible_to(request.seat).published().filter(agency=request.seat.organisation)
    return get_object_or_404(own, reference=reference)


def _own_lot(request: HttpRequest, reference: str, number: int) -> Lot:
    lots = Lot.objects.filter(tender=_own_tender(request, reference)).select_related("tender")
    return get_object_or_404(lots, number=number)
