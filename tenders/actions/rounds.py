"""Rounds of judgement: a lot goes back a step, and only the bids concerned are judged anew."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Seat
from core.errors import Refused
from core.models import Event
from core.moves import move
from core.outbox import queue
from tenders.actions.lots import tell
from tenders.models import Bid, Evaluator, FormalReview, JudgedAgain, Lot, OpeningRequest, Round, Score, Verb


def judge_again(*, lot: Lot, bids: Sequence[str], reason: str, by: Seat, now: datetime) -> Round:
    """Have these bids of a lot, by reference, judged anew; what was found of the others is carried over and stays.
    Within an action that holds the lot.

    The lot is under evaluation once more, its technical result no longer stands, and every evaluator signs again.
    While nobody has signed yet, further bids join the round that is under way. Refused once prices were asked for, and
    where evaluators sign at this moment: then its result is awaited.
    """
    chosen = list(Bid.objects.standing().filter(lot=lot, reference__in=bids).order_by("reference"))
    if not chosen or len(chosen) < len(set(bids)):
        raise Refused(_("Name bids of this lot that are to be judged again."), field="again", code="required")
    if not may_be_judged_again(lot):
        raise Refused(
            _("The bids of this lot can no longer be judged again: end it, or reject."), field="again", code="not_now"
        )
    under_way = lot.rounds.filter(number=lot.round).first() if lot.status == Lot.Status.OPEN else None
    round_ = under_way or _next_round(lot, reason, by, now)
    told = {one.bid_id for one in round_.bids.all()}
    JudgedAgain.objects.bulk_create(JudgedAgain(bid=bid, round=round_) for bid in chosen if bid.pk not in told)
    if under_way:
        _forget(lot, chosen)
    else:
        _carry_over(lot, chosen)
    names = ", ".join(bid.reference for bid in chosen)
    audience = Event.Audience.PUBLIC
    tell(Verb.LOT_JUDGED_AGAIN, lot, by, now, audience=audience, round=round_.number, bids=names, reason=reason)
    queue("tenders.tasks.announce_round", round_.pk, now=now)
    return round_


def may_be_judged_again(lot: Lot) -> bool:
    """Whether bids of a lot can be judged anew: no price was asked for, and it waits for nothing but its result, or
    its result ended it. A round under way takes further bids until the first evaluator signs."""
    if OpeningRequest.objects.filter(lot=lot, envelope__endswith="commercial").exists():
        return False
    if lot.status == Lot.Status.OPEN:
        return lot.round > 1 and not lot.signatures.standing().exists()
    return lot.status == Lot.Status.EVALUATED or lot.ending in Lot.JUDGED


def _next_round(lot: Lot, reason: str, by: Seat, now: datetime) -> Round:
    round_ = Round.objects.create(lot=lot, number=lot.round + 1, reason=reason, opened_at=now, opened_by=by)
    back = {"round": round_.number, "technical_result": None, "ending": "", "ended_at": None, "ended_by": None}
    move(lot, Lot.Status.OPEN, **back)
    return round_


def _carry_over(lot: Lot, again: Sequence[Bid]) -> None:
    """Write what was found in the round before of all other bids into this one, as it was found."""
    before = lot.round - 1
    reviews = _others(FormalReview.objects.filter(bid__lot=lot, round=before), again)
    scores = _others(Score.objects.filter(bid__lot=lot, round=before, evaluator__replaced_at=None), again)
    for found in (reviews, scores):
        rows = list(found)
        for row in rows:
            row.pk, row.round, row._state.adding = None, lot.round, True
        found.model.objects.bulk_create(rows)


def _forget(lot: Lot, again: Sequence[Bid]) -> None:
    """Take back what was carried into this round of bids that joined it; the round before keeps it."""
    for model in (FormalReview, Score):
        model.objects.filter(bid__in=again, round=lot.round).delete()


def _others(found: QuerySet, again: Sequence[Bid]) -> QuerySet:
    return found.exclude(bid__in=again)


def carried(lot: Lot, evaluator: Evaluator | None = None) -> set[int]:
    """The bids, by primary key, of which something stays as the round before found it: the review, or all points of an
    evaluator. Nothing in the first round."""
    again = JudgedAgain.objects.filter(round__lot=lot, round__number=lot.round)
    found = Score.objects.filter(evaluator=evaluator) if evaluator else FormalReview.objects
    before = found.filter(bid__lot=lot, round=lot.round - 1).exclude(bid__in=again.values("bid"))
    return set(before.values_list("bid", flat=True))
