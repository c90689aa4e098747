"""Pages of the technical evaluation: the desk of a tender, of a lot, of a bid; signing and publishing."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.skins import attempt, posted_from, why_not
from selection.ruleset import from_json
from tenders.actions import evaluation as actions
from tenders.forms.evaluation import PointsForm, ReviewForm
from tenders.models import Bid, Evaluator, Lot, Tender
from tenders.presentation import desk
from tenders.presentation import evaluation as look
from tenders.presentation.explained import round_of

EVALUATE, PUBLISH = Permission.EVALUATE, Permission.PUBLISH_RESULT
from_desk = posted_from("tenders:scoring-desk", "reference", "number", "bid")
READERS = (EVALUATE, PUBLISH, Permission.READ_TRAIL)


@requires(*READERS)
def evaluation(request: HttpRequest, reference: str) -> HttpResponse:
    tender = _tender(request, reference)
    rows = desk.desks(tender.lots.all(), request.seat)
    context = {
        "tender": tender,
        "table": look.LotDeskTable(request, rows),
        "done": sum(row.mine for row in rows),
        "all": len(rows),
        "ready": [row for row in rows if row.state == "ready"],
        "publishes": _publishes(request, tender),
        "evaluator": tender.evaluators.filter(seat=request.seat, replaced_at=None).first(),
    }
    return render(request, "tenders/evaluation.html", context)


@requires(*READERS)
def evaluate_lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot = _lot(request, reference, number)
    [row] = desk.desks(Lot.objects.filter(pk=lot.pk), request.seat)
    bids = desk.bid_desks(lot, request.seat)
    context = {
        "lot": lot,
        "row": row,
        "table": look.BidDeskTable(request, bids),
        "following": desk.next_bid(bids),
        "signatures": desk.signatures_of(lot),
        "round": round_of(lot),
        "evaluates": desk.may_evaluate(desk.evaluator_of(lot, request.seat)),
        "publishes": _publishes(request, lot.tender),
    }
    return render(request, "tenders/evaluation_lot.html", context | {"tender": lot.tender})


@requires(*READERS)
def scoring_desk(request: HttpRequest, reference: str, number: int, bid: str) -> HttpResponse:
    return _desk(request, _bid(request, reference, number, bid))


@requires(EVALUATE)
@from_desk
def review_bid(request: HttpRequest, reference: str, number: int, bid: str) -> HttpResponse:
    found = _bid(request, reference, number, bid)
    form = ReviewForm(request.POST)
    if not attempt(
        form, lambda: actions.review_bid(bid=found, **form.cleaned_data, by=request.seat, now=timezone.now())
    ):
        return _desk(request, found, review_form=form)
    messages.success(request, _("The formal review of %(bid)s is recorded.") % {"bid": bid})
    return _onward(request, found, stay=form.cleaned_data["passed"])


@requires(EVALUATE)
@from_desk
def score_bid(request: HttpRequest, reference: str, number: int, bid: str) -> HttpResponse:
    found = _bid(request, reference, number, bid)
    form = PointsForm(desk.scored_criteria(found.lot), {}, request.POST)
    if not attempt(
        form, lambda: actions.score_bid(bid=found, points=form.points(), by=request.seat, now=timezone.now())
    ):
        return _desk(request, found, points_form=form)
    messages.success(request, _("Your points for %(bid)s are recorded.") % {"bid": bid})
    return _onward(request, found)


@requires(EVALUATE)
def sign_evaluation(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot = _lot(request, reference, number)
    if request.method == "POST":
        assertion = look.assertion_in(request.POST, request.seat)
        actions.sign_evaluation(lot=lot, by=request.seat, now=timezone.now(), assertion=assertion)
        messages.success(request, _("You have signed lot %(lot)d.") % {"lot": lot.number})
        return redirect("tenders:evaluation", reference=reference)
    words = {"heading": _("Sign your scores of lot %(lot)d") % {"lot": number}, "submit": _("Sign")}
    if nothing := why_not(lambda: actions.check_signing(lot, request.seat)):
        return _confirm(request, lot.tender, words | {"nothing": nothing})
    [row] = desk.desks(Lot.objects.filter(pk=lot.pk), request.seat)
    words |= {"effects": look.sign_effects(row), "passkey": look.passkey_to_sign(lot, request.seat)}
    return _confirm(request, lot.tender, words | {"decided": [look.points_decided(lot, request.seat)]})


@requires(PUBLISH)
def publish_result(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lot = _lot(request, reference, number)
    title = _("Publish the technical result of lot %(lot)d") % {"lot": number}
    act = partial(actions.publish_result, lot=lot, by=request.seat, now=timezone.now())
    if request.method != "POST" and (nothing := why_not(lambda: actions.check_publishing(lot))):
        return _confirm(request, lot.tender, {"heading": title, "nothing": nothing})
    return _publish(request, lot.tender, Lot.objects.filter(pk=lot.pk), title, act)


@requires(PUBLISH)
def publish_results(request: HttpRequest, reference: str) -> HttpResponse:
    tender = _tender(request, reference)
    lots = Lot.objects.fully_signed().filter(tender=tender)
    title = _("Publish the technical results of all lots that are signed")
    act = partial(actions.publish_results, tender=tender, by=request.seat, now=timezone.now())
    return _publish(request, tender, lots, title, act)


def _publish(request: HttpRequest, tender: Tender, lots: Any, heading: str, act: Callable[[], Any]) -> HttpResponse:
    if request.method == "POST":
        act()
        messages.success(request, _("Published. Bidders are told."))
        return redirect("tenders:evaluation", reference=tender.reference)
    rows, rules = desk.desks(lots, request.seat), from_json(tender.rules)
    if not rows:
        nothing = _("No lot of this tender is signed by all evaluators.")
        return _confirm(request, tender, {"heading": heading, "nothing": nothing})
    effects = look.publish_effects(rows, rules.periods.objection_days)
    warning = _("This cannot be undone: a published verdict is never changed.")
    words = {"heading": heading, "submit": _("Publish"), "warning": warning, "effects": effects}
    return _confirm(request, tender, words | {"decided": look.verdicts_decided([row.lot for row in rows], rules)})


def _confirm(request: HttpRequest, tender: Tender, words: dict[str, Any]) -> HttpResponse:
    return render(request, "tenders/evaluation_confirm.html", {"tender": tender, **words})


def _desk(request: HttpRequest, bid: Bid, **forms: Any) -> HttpResponse:
    context = look.scoring_context(bid, request.seat)
    context["review_form"] = forms.get("review_form") or ReviewForm.of(context["desk"].review)
    context["points_form"] = forms.get("points_form") or PointsForm(context["scored"], context["desk"].points)
    context["form"] = forms.get("review_form") or forms.get("points_form")
    return render(request, "tenders/scoring_desk.html", context)


def _onward(request: HttpRequest, bid: Bid, *, stay: bool = False) -> HttpResponse:
    """To the next bid that waits for this seat, to this one if it is to be scored, else to the lot."""
    place = [bid.tender.reference, bid.lot.number]
    bids = desk.bid_desks(bid.lot, request.seat)
    here = next(one for one in bids if one.bid == bid)
    following = here if stay and here.state == "score" else None
    following = following or desk.next_bid(bids, after=bid.reference)
    if following:
        return redirect("tenders:scoring-desk", *place, following.bid.reference)
    return redirect("tenders:evaluate-lot", *place)


def _publishes(request: HttpRequest, tender: Tender) -> bool:
    return request.seat.may(PUBLISH) and request.seat.organisation_id == tender.agency_id


def _tender(request: HttpRequest, reference: str) -> Tender:
    """For the agency that runs the tender, its evaluators, and whoever reads the whole trail."""
    seat = request.seat
    tenders = Tender.objects.visible_to(seat).published()
    if not seat.reads_the_trail:
        named = Evaluator.objects.filter(seat=seat, replaced_at=None).values("tender")
        tenders = tenders.filter(Q(agency=seat.organisation) | Q(pk__in=named))
    return get_object_or_404(tenders.select_related("agency", "close"), reference=reference)


def _lot(request: HttpRequest, reference: str, number: int) -> Lot:
    lots = Lot.objects.filter(tender=_tender(request, reference)).select_related("tender__agency", "tender__close")
    return get_object_or_404(lots, number=number)


def _bid(request: HttpRequest, reference: str, number: int, bid: str) -> Bid:
    bids = Bid.objects.visible_to(request.seat).filter(lot=_lot(request, reference, number))
    return get_object_or_404(bids.standing().select_related("lot__tender", "tender", "supplier"), reference=bid)
