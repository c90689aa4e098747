"""The technical evaluation: formal review, scores, signatures, and the published result."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.clock import zone
from core.errors import Conflict, Fault, Refused
from core.events import record_all
from core.models import Event
from core.moves import move
from core.outbox import queue
from sealing.canonical import format_time
from sealing.documents import RESULT, document_hash
from sealing.primitives import sha256
from selection.evaluation import Judged, Marks, Verdict, evaluate, is_competition
from selection.ruleset import RuleSet, from_json
from tenders.actions.lots import end_lot, hold, tell
from tenders.actions.rounds import carried
from tenders.duties import permit
from tenders.models import (
    Bid,
    Criterion,
    EvaluationSignature,
    Evaluator,
    FormalReview,
    Lot,
    Qualification,
    Score,
    TechnicalResult,
    Tender,
    Verb,
)
from tenders.report import checked_signature, report_of
from tenders.rules.schedule import after_days
from tenders.signing import sign
from tenders.wording import shown


@action
def review_bid(*, bid: Bid, passed: bool, reason: str, by: Seat, now: datetime) -> FormalReview:
    """Say whether a bid meets the formal requirements; a failure needs its reason.

    One review holds for all evaluators, and any of them may change it until one of them has signed.
    """
    evaluator = _evaluator(bid.lot.tender, by)
    lot = bid.lot = _hold_open(bid.lot)
    _must_be_readable(lot, [bid])
    if lot.signatures.standing().exists():
        raise Refused(_("The scores of this lot are signed; its reviews stay as they are."), code="signed")
    if bid.pk in carried(lot):
        raise Refused(_("This bid is not judged again: what was found of it stays."), code="carried")
    if not passed and not reason.strip():
        raise Refused(_("Say which requirement is not met."), field="reason", code="required")
    review, _new = FormalReview.objects.update_or_create(
        bid=bid,
        round=lot.round,
        defaults={
            "passed": passed,
            "reason": "" if passed else reason.strip(),
            "reviewed_at": now,
            "reviewed_by": evaluator.seat,
        },
    )
    outcome = gettext_lazy("passed") if passed else review.reason
    tell(Verb.BID_REVIEWED, lot, by, now, bid=bid.reference, outcome=outcome)
    return review


def score_bid(*, bid: Bid, points: Mapping[int, Decimal], by: Seat, now: datetime) -> None:
    """Give one bid an evaluator's points, by number of each scored criterion. Refused at the criterion that is wrong.

    The points may be changed until the evaluator has signed the lot.
    """
    score_bids(lot=bid.lot, points={bid: points}, by=by, now=now)


@action
def score_bids(*, lot: Lot, points: Mapping[Bid, Mapping[int, Decimal]], by: Seat, now: datetime) -> None:
    """Give bids of a lot an evaluator's points, all or none: by bid, then as ``score_bid`` takes them."""
    evaluator = _evaluator(lot.tender, by)
    lot = _hold_open(lot)
    _must_be_readable(lot, points)
    _must_be_unsigned(lot, evaluator)
    if carried(lot, evaluator) & {bid.pk for bid in points}:
        raise Refused(_("This bid is not judged again: what was found of it stays."), code="carried")
    criteria = list(_scored(lot.tender_id))
    faults = [fault for given in points.values() for fault in _faults(criteria, given)]
    if faults:
        raise Refused(_("The points were not recorded."), faults=faults)
    Score.objects.bulk_create(
        [
            Score(
                bid=bid,
                criterion=criterion,
                evaluator=evaluator,
                round=lot.round,
                points=given[criterion.number],
                scored_at=now,
                scored_by=by,
            )
            for bid, given in points.items()
            for criterion in criteria
        ],
        update_conflicts=True,
        unique_fields=["bid", "criterion", "evaluator", "round"],
        update_fields=["points", "scored_at", "scored_by"],
    )
    told = [(lot.tender.reference, {"lot": lot.number, "bid": bid.reference}) for bid in points]
    record_all(Verb.BID_SCORED, told, by=by, now=now)


@action
def sign_evaluation(
    *, lot: Lot, by: Seat, now: datetime, assertion: Mapping[str, Any] | None = None
) -> EvaluationSignature:
    """Sign one's scores of a lot; from then on they stay. Refused while a review or score is missing.

    ``assertion`` is what the evaluator's passkey made of the sheet (``tenders.report``), where there is one.
    """
    evaluator = _evaluator(lot.tender, by)
    lot = _hold_open(lot)
    _must_be_complete(lot, evaluator)
    signature = EvaluationSignature.objects.create(
        lot=lot,
        evaluator=evaluator,
        round=lot.round,
        assertion=checked_signature(lot, evaluator, by=by, assertion=assertion, now=now),
        signed_at=now,
        signed_by=by,
    )
    tell(Verb.EVALUATION_SIGNED, lot, by, now)
    return signature


@action
def publish_result(*, lot: Lot, by: Seat, now: datetime) -> TechnicalResult:
    """Publish the verdict on every bid of a lot, when every current evaluator has signed.

    From ``final_at`` on, and only for the bids that passed, prices may be opened. With no bid that
    passed the lot ends; with fewer qualified than a price competition needs it ends too, and goes to negotiation.
    """
    permit(lot.tender, by, Permission.PUBLISH_RESULT)
    lot = _hold_open(lot)
    _must_be_decided(lot)
    rules = from_json(lot.tender.rules)
    bids = {bid.reference: bid for bid in Bid.objects.standing().filter(lot=lot)}
    found = evaluate(_marks(list(bids.values())), rules.evaluation)
    result = _result(lot, found, rules, by, now)
    Qualification.objects.bulk_create(
        Qualification(
            bid=bids[judged.bid],
            result=result,
            verdict=judged.verdict,
            score=judged.score,
            arithmetic=judged.arithmetic,
        )
        for judged in found
    )
    passed = sum(judged.verdict is Verdict.QUALIFIED for judged in found)
    failed = len(found) - passed
    tell(Verb.RESULT_PUBLISHED, lot, by, now, audience=Event.Audience.PUBLIC, passed=passed, failed=failed)
    _move_on(lot, found, rules, by, now)
    queue("tenders.tasks.announce_result", lot.pk, now=now)
    return result


@action
def publish_results(*, tender: Tender, by: Seat, now: datetime) -> list[TechnicalResult]:
    """Publish the result of every lot of a tender that all evaluators have signed; Refused where none is."""
    lots = Lot.objects.fully_signed().filter(tender=tender).select_related("tender")
    results = [publish_result(lot=lot, by=by, now=now) for lot in lots]
    if not results:
        raise Refused(_("No lot is signed by all evaluators."), code="none_ready")
    return results


def check_signing(lot: Lot, by: Seat) -> None:
    """Refused, with what is missing, where a seat cannot sign its scores of a lot now."""
    evaluator = _evaluator(lot.tender, by)
    _must_be_open(lot)
    _must_be_complete(lot, evaluator)


def check_publishing(lot: Lot) -> None:
    """Refused, with what is missing, where the result of a lot cannot be published now."""
    _must_be_open(lot)
    _must_be_decided(lot)


def verdicts_of(lots: Collection[Lot], rules: RuleSet) -> dict[int, list[tuple[Bid, Judged]]]:
    """What publishing would decide of every bid, by lot."""
    by_lot: dict[int, dict[str, Bid]] = {lot.pk: {} for lot in lots}
    for bid in Bid.objects.standing().filter(lot__in=lots).select_related("supplier"):
        by_lot[bid.lot_id][bid.reference] = bid
    marks = {one.bid: one for one in _marks([bid for bids in by_lot.values() for bid in bids.values()])}
    return {
        lot: [(bids[judged.bid], judged) for judged in evaluate([marks[name] for name in bids], rules.evaluation)]
        for lot, bids in by_lot.items()
    }


def _evaluator(tender: Tender, by: Seat) -> Evaluator:
    require(by, Permission.EVALUATE)
    evaluator = Evaluator.objects.filter(tender=tender, seat=by, replaced_at=None).first()
    if evaluator is None:
        raise Refused(_("You are not an evaluator of this tender."), code="not_an_evaluator")
    if evaluator.declared_at is None:
        raise Refused(_("Declare first whether you have an interest in this tender."), code="undeclared")
    if evaluator.has_interest:
        raise Refused(_("You declared an interest and take no part in this evaluation."), code="interest")
    return evaluator


def _hold_open(lot: Lot) -> Lot:
    """Hold the lot for this transaction; Refused unless its technical evaluation is under way."""
    held = hold(lot, Lot.Status.OPEN)
    _must_be_open(held)
    return held


def _must_be_open(lot: Lot) -> None:
    if lot.status != Lot.Status.OPEN:
        raise Refused(_("The technical evaluation of this lot is over."), code="not_now")
    if not hasattr(lot.tender, "close"):
        raise Refused(_("Bids can still come: the tender is not closed."), code="not_closed")


def _must_be_complete(lot: Lot, evaluator: Evaluator) -> None:
    """Nothing that an evaluator has to judge in the lot is missing, and it has not signed yet."""
    _must_be_unsigned(lot, evaluator)
    _must_be_opened(lot)
    unreviewed = Bid.objects.to_evaluate().filter(lot=lot).exclude(pk__in=Bid.objects.reviewed())
    if unreviewed.exists():
        raise Refused(_("The formal review of %(bid)s is missing.") % {"bid": unreviewed[0].reference}, code="review")
    unscored = Bid.objects.to_score(evaluator).filter(lot=lot)
    if unscored.exists():
        raise Refused(_("Your points for %(bid)s are missing.") % {"bid": unscored[0].reference}, code="score")


def _must_be_decided(lot: Lot) -> None:
    _must_be_opened(lot)
    _must_be_signed(lot)


def _must_be_readable(lot: Lot, bids: Collection[Bid]) -> None:
    keys = {bid.pk for bid in bids}
    if Bid.objects.to_evaluate().filter(lot=lot, pk__in=keys).count() < len(keys):
        raise Refused(_("The technical envelope of this bid is not open."), code="shut")


def _must_be_unsigned(lot: Lot, evaluator: Evaluator) -> None:
    if lot.signatures.standing().filter(evaluator=evaluator).exists():
        raise Conflict(_("You have signed the scores of this lot; they stay as they are."), code="signed")


def _scored(tender: int) -> QuerySet:
    return Criterion.objects.filter(tender=tender, kind=Criterion.Kind.SCORED)


def _faults(criteria: Sequence[Criterion], points: Mapping[int, Decimal]) -> list[Fault]:
    faults = [fault for criterion in criteria if (fault := _points_fault(criterion, points.get(criterion.number)))]
    unknown = sorted(set(points) - {criterion.number for criterion in criteria})
    text = _("There is no such criterion to score: %(number)s.")
    return faults + [Fault(text % {"number": number}, code="does_not_exist") for number in unknown]


def _points_fault(criterion: Criterion, points: Decimal | None) -> Fault | None:
    field = criterion.key
    if points is None:
        return Fault(_("Give points for “%(criterion)s”.") % {"criterion": shown(criterion.title)}, field, code="score")
    if not points.is_finite() or not 0 <= points <= criterion.max_points or points != round(points, 2):
        text = _("Give 0 to %(most)d points with at most two decimals.")
        return Fault(text % {"most": criterion.max_points}, field, code="out_of_range")
    return None


def _must_be_opened(lot: Lot) -> None:
    bids = Bid.objects.standing().filter(lot=lot)
    if not bids.exists():
        raise Refused(_("No bid stands in this lot."), code="no_bid")
    if bids.with_technical_envelope_shut().exists():
        raise Refused(_("Not every technical envelope of this lot has been opened."), code="shut")


def _must_be_signed(lot: Lot) -> None:
    current = Evaluator.objects.filter(tender=lot.tender_id, replaced_at=None)
    waiting = current.exclude(pk__in=lot.signatures.standing().values("evaluator")).select_related("seat__person")
    names = [evaluator.seat.person.name for evaluator in waiting]
    if names:
        raise Refused(_("Not all evaluators have signed: %(names)s.") % {"names": ", ".join(names)}, code="unsigned")
    if not current.exists():
        raise Refused(_("This tender has no evaluator."), code="unsigned")


def _marks(bids: Sequence[Bid]) -> list[Marks]:
    keys = [bid.pk for bid in bids]
    readable = set(Bid.objects.to_evaluate().filter(pk__in=keys).values_list("pk", flat=True))
    failures = dict(FormalReview.objects.standing().filter(bid__in=keys, passed=False).values_list("bid", "reason"))
    points: dict[int, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    current = Score.objects.standing().filter(bid__in=keys, evaluator__replaced_at=None)
    for score in current.select_related("criterion").order_by("criterion__number", "evaluator"):
        points[score.bid_id][score.criterion.key].append(score.points)
    return [
        Marks(
            bid.reference,
            readable=bid.pk in readable,
            formal_failure=failures.get(bid.pk, ""),
            points={} if bid.pk in failures else points[bid.pk],
        )
        for bid in bids
    ]


def _result(lot: Lot, found: Sequence[Judged], rules: RuleSet, by: Seat, now: datetime) -> TechnicalResult:
    final_at = after_days(now, rules.periods.objection_days, zone())
    passed = [judged.bid for judged in found if judged.verdict is Verdict.QUALIFIED]
    report = report_of(lot, found)
    document = sign(
        {
            "format": RESULT,
            "tender": lot.tender.reference,
            "lot": lot.key,
            "close": lot.tender.close.sha256,
            "round": lot.round,
            "previous": lot.technical_results.latest("round").sha256 if lot.round > 1 else "",
            "report": sha256(report),
            "passed": sorted(passed),
            "failed": sorted(judged.bid for judged in found if judged.bid not in passed),
            "final_at": format_time(final_at),
        }
    )
    lot.technical_result = TechnicalResult.objects.create(
        lot=lot,
        round=lot.round,
        document=document,
        report=report,
        sha256=document_hash(document),
        final_at=final_at,
        published_at=now,
        published_by=by,
    )
    lot.save(update_fields=["technical_result"])
    return lot.technical_result


def _move_on(lot: Lot, found: Sequence[Judged], rules: RuleSet, by: Seat, now: datetime) -> None:
    if not any(judged.verdict is Verdict.QUALIFIED for judged in found):
        end_lot(lot=lot, ending=Lot.Ending.NONE_QUALIFIED, by=by, now=now)
    elif not is_competition(found, rules.evaluation):
        end_lot(lot=lot, ending=Lot.Ending.TOO_FEW, by=by, now=now)
    else:
        move(lot, Lot.Status.EVALUATED)
