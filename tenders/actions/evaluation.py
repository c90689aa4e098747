"""The technical evaluation: formal review, scores, signatures, and the published result."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.access import demand
from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.calendar import start_of
from core.clock import legal_date, zone
from core.errors import Conflict, Denied, Fault, Refused
from core.events import record
from core.models import Event
from core.moves import move
from tenders.duties import keep_apart
from tenders.models import (
    Bid,
    BidVersion,
    Criterion,
    EnvelopeKind,
    EvaluationSignature,
    Evaluator,
    FormalReview,
    Lot,
    OpenedEnvelope,
    Qualification,
    Score,
    TechnicalResult,
    Verb,
)
from tenders.rules.evaluation import Marks, Outcome, Verdict, evaluate
from tenders.rules.ruleset import TenderRules, from_json
from tenders.sealing.canonical import format_time
from tenders.sealing.documents import RESULT, document_hash
from tenders.signing import sign


@action
def review_bid(*, bid: Bid, passed: bool, reason: str, by: Seat, now: datetime) -> FormalReview:
    """Say whether a bid meets the formal requirements; a failure needs its reason. May be changed until somebody signed."""
    evaluator = _evaluator(bid.lot, by)
    _held_open(bid.lot)
    _must_be_readable(bid)
    if EvaluationSignature.objects.filter(lot=bid.lot).exists():
        raise Refused(_("The scores of this lot are signed; its reviews stay as they are."), code="signed")
    if not passed and not reason.strip():
        raise Refused(_("Say which requirement is not met."), field="reason")
    review, _new = FormalReview.objects.update_or_create(
        bid=bid,
        defaults={
            "passed": passed,
            "reason": "" if passed else reason.strip(),
            "reviewed_at": now,
            "reviewed_by": evaluator.seat,
        },
    )
    _record(Verb.BID_REVIEWED, bid.lot, by, now, bid=bid.reference, outcome=_("passed") if passed else review.reason)
    return review


@action
def score_bid(*, bid: Bid, points: Mapping[int, Decimal], by: Seat, now: datetime) -> None:
    """Give one bid an evaluator's points, by number of each scored criterion. Refused at the criterion that is wrong.

    The points may be changed until the evaluator has signed the lot.
    """
    evaluator = _evaluator(bid.lot, by)
    _held_open(bid.lot)
    _must_be_readable(bid)
    _must_be_unsigned(bid.lot, evaluator)
    criteria = list(_scored(bid.lot))
    faults = [fault for criterion in criteria if (fault := _points_fault(criterion, points.get(criterion.number)))]
    if faults:
        raise Refused(_("The points were not recorded."), faults=faults)
    Score.objects.bulk_create(
        [
            Score(
                bid=bid,
                criterion=criterion,
                evaluator=evaluator,
                points=points[criterion.number],
                scored_at=now,
                scored_by=by,
            )
            for criterion in criteria
        ],
        update_conflicts=True,
        unique_fields=["bid", "criterion", "evaluator"],
        update_fields=["points", "scored_at", "scored_by"],
    )
    _record(Verb.BID_SCORED, bid.lot, by, now, bid=bid.reference)


@action
def sign_evaluation(*, lot: Lot, by: Seat, now: datetime) -> EvaluationSignature:
    """Sign one's scores of a lot; from then on they stay. Refused while a review or score is missing."""
    evaluator = _evaluator(lot, by)
    _held_open(lot)
    _must_be_unsigned(lot, evaluator)
    unreviewed = _readable(lot).filter(formal_review=None)
    if unreviewed.exists():
        raise Refused(_("The formal review of %(bid)s is missing.") % {"bid": unreviewed[0].reference}, code="review")
    scored = Q(scores__evaluator=evaluator)
    to_score = _readable(lot).filter(formal_review__passed=True) if _scored(lot).exists() else Bid.objects.none()
    unscored = to_score.exclude(pk__in=Bid.objects.filter(scored).values("pk"))
    if unscored.exists():
        raise Refused(_("Your points for %(bid)s are missing.") % {"bid": unscored[0].reference}, code="score")
    signature = EvaluationSignature.objects.create(lot=lot, evaluator=evaluator, signed_at=now, signed_by=by)
    _record(Verb.EVALUATION_SIGNED, lot, by, now)
    return signature


@action
def publish_result(*, lot: Lot, by: Seat, now: datetime) -> TechnicalResult:
    """Publish the verdict on every bid of a lot, when every current evaluator has signed.

    From ``final_at`` on, and only for the bids that passed, prices may be opened. With no bid that
    passed the lot fails; with fewer than a price competition needs it goes to negotiation.
    """
    demand(by, Permission.PUBLISH_RESULT)
    if by.organisation_id != lot.tender.agency_id:
        raise Denied(Permission.PUBLISH_RESULT)
    keep_apart(lot.tender, by, Permission.PUBLISH_TENDER)
    lot = _held_open(lot)
    _must_be_complete(lot)
    rules = from_json(lot.tender.rules)
    bids = {bid.reference: bid for bid in _listed(lot)}
    verdicts = evaluate(_marks(lot, list(bids.values())), rules)
    result = _result(lot, verdicts, rules, by, now)
    Qualification.objects.bulk_create(
        Qualification(
            bid=bids[verdict.bid],
            result=result,
            verdict=verdict.outcome,
            score=verdict.score,
            arithmetic=verdict.arithmetic,
        )
        for verdict in verdicts
    )
    passed = sum(verdict.outcome is Outcome.QUALIFIED for verdict in verdicts)
    _move_on(lot, passed, rules, by, now)
    failed = len(verdicts) - passed
    _record(Verb.RESULT_PUBLISHED, lot, by, now, audience=Event.Audience.PUBLIC, passed=passed, failed=failed)
    return result


def end_of_days(now: datetime, days: int) -> datetime:
    """The instant after ``days`` full legal days that follow today; now itself for none."""
    return now if days == 0 else start_of(legal_date(now) + timedelta(days=days + 1), zone())


def end_lot(*, lot: Lot, status: str, reason: str, by: Seat, now: datetime) -> None:
    """End a lot without an award, with its coded reason. Within an action."""
    move(lot, status, reason=reason, ended_at=now, ended_by=by)
    _record(Verb.LOT_ENDED, lot, by, now, audience=Event.Audience.PUBLIC, reason=str(Lot.Reason(reason).label))


def _record(
    verb: Verb, lot: Lot, by: Seat | None, now: datetime, *, audience: str = Event.Audience.AGENCY, **data: Any
) -> None:
    record(verb, lot.tender.reference, by=by, now=now, audience=audience, lot=lot.number, **data)


def _evaluator(lot: Lot, by: Seat) -> Evaluator:
    demand(by, Permission.EVALUATE)
    evaluator = Evaluator.objects.filter(tender=lot.tender_id, seat=by, replaced_at=None).first()
    if evaluator is None:
        raise Refused(_("You are not an evaluator of this tender."), code="not_an_evaluator")
    if evaluator.declared_at is None:
        raise Refused(_("Declare first whether you have an interest in this tender."), code="undeclared")
    if evaluator.has_interest:
        raise Refused(_("You declared an interest and take no part in this evaluation."), code="interest")
    return evaluator


def _held_open(lot: Lot) -> Lot:
    """Lock the lot's row for this transaction; Refused unless its technical evaluation is under way."""
    held = Lot.objects.select_for_update(of=("self",)).select_related("tender__close").get(pk=lot.pk)
    if held.tender.status != held.tender.Status.PUBLISHED or not hasattr(held.tender, "close"):
        raise Refused(_("The tender is not closed, or was cancelled."), code="not_now")
    if held.status != Lot.Status.OPEN:
        raise Conflict(_("The technical result of this lot is published already, or the lot has ended."))
    return held


def _listed(lot: Lot) -> Any:
    """The bids of a lot that are evaluated: all that stood at the deadline."""
    return Bid.objects.filter(lot=lot, pk__in=BidVersion.objects.standing().values("bid")).order_by("reference")


def _readable(lot: Lot) -> Any:
    """The bids whose technical envelope was opened; with one envelope there is none to be opened."""
    if lot.tender.envelopes == 1:
        return _listed(lot)
    opened = OpenedEnvelope.objects.filter(
        envelope=EnvelopeKind.TECHNICAL, outcome=OpenedEnvelope.Outcome.OPENED, bid__lot=lot
    )
    return _listed(lot).filter(pk__in=opened.values("bid"))


def _must_be_readable(bid: Bid) -> None:
    if not _readable(bid.lot).filter(pk=bid.pk).exists():
        raise Refused(_("The technical envelope of this bid is not open."), code="shut")


def _must_be_unsigned(lot: Lot, evaluator: Evaluator) -> None:
    if EvaluationSignature.objects.filter(lot=lot, evaluator=evaluator).exists():
        raise Conflict(_("You have signed the scores of this lot; they stay as they are."))


def _scored(lot: Lot) -> Any:
    return Criterion.objects.filter(tender=lot.tender_id, kind=Criterion.Kind.SCORED)


def _points_fault(criterion: Criterion, points: Decimal | None) -> Fault | None:
    field = criterion.key
    if points is None:
        return Fault(_("Give points for “%(criterion)s”.") % {"criterion": criterion.title}, field)
    if not points.is_finite() or not 0 <= points <= criterion.max_points or points != round(points, 2):
        text = _("Give 0 to %(most)d points with at most two decimals.")
        return Fault(text % {"most": criterion.max_points}, field)
    return None


def _must_be_complete(lot: Lot) -> None:
    if lot.tender.envelopes == 2:
        decided = OpenedEnvelope.objects.filter(envelope=EnvelopeKind.TECHNICAL, bid__lot=lot)
        if _listed(lot).exclude(pk__in=decided.values("bid")).exists():
            raise Refused(_("Not every technical envelope of this lot has been opened."), code="shut")
    current = Evaluator.objects.filter(tender=lot.tender_id, replaced_at=None)
    signed = EvaluationSignature.objects.filter(lot=lot).values("evaluator")
    waiting = current.exclude(pk__in=signed).select_related("seat__person")
    names = [evaluator.seat.person.name for evaluator in waiting]
    if names or not current.exists():
        raise Refused(_("Not all evaluators have signed: %(names)s.") % {"names": ", ".join(names)}, code="unsigned")


def _marks(lot: Lot, bids: Sequence[Bid]) -> list[Marks]:
    readable = set(_readable(lot).values_list("pk", flat=True))
    failures = dict(FormalReview.objects.filter(bid__lot=lot, passed=False).values_list("bid", "reason"))
    points: dict[int, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    current = Score.objects.filter(bid__lot=lot, evaluator__replaced_at=None)
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


def _result(lot: Lot, verdicts: Sequence[Verdict], rules: TenderRules, by: Seat, now: datetime) -> TechnicalResult:
    final_at = end_of_days(now, rules.objection_days)
    passed = [verdict.bid for verdict in verdicts if verdict.outcome is Outcome.QUALIFIED]
    document = sign(
        {
            "format": RESULT,
            "tender": lot.tender.reference,
            "lot": lot.key,
            "close": lot.tender.close.sha256,
            "passed": sorted(passed),
            "failed": sorted(verdict.bid for verdict in verdicts if verdict.bid not in passed),
            "final_at": format_time(final_at),
        }
    )
    return TechnicalResult.objects.create(
        lot=lot,
        document=document,
        sha256=document_hash(document),
        final_at=final_at,
        published_at=now,
        published_by=by,
    )


def _move_on(lot: Lot, passed: int, rules: TenderRules, by: Seat, now: datetime) -> None:
    if passed == 0:
        end_lot(lot=lot, status=Lot.Status.FAILED, reason=Lot.Reason.NONE_QUALIFIED, by=by, now=now)
    elif passed < rules.minimum_for_competition:
        end_lot(lot=lot, status=Lot.Status.NEGOTIATION, reason=Lot.Reason.TOO_FEW, by=by, now=now)
    else:
        move(lot, Lot.Status.EVALUATED)
