"""From opened envelopes to an award, in tests: reviewed, scored, signed, published, ranked, proposed.

stage, bids = opened_bids(world, "13.50", "12.00", "11.00")     # technical envelopes of lot 1 are open
judge(stage, {bids[0]: "80", bids[1]: "70", bids[2]: "40"})     # every evaluator gives these points
ranked_lot(world, "13.50", "12.00", "11.00")                    # ... and the prices of those that passed
proposed_lot(world, "13.50", "12.00", "11.00")                  # ... and the award of the lowest proposed
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from awards.actions import propose_award
from tenders.actions.evaluation import publish_result, review_bid, score_bids, sign_evaluation
from tenders.actions.opening import close_tender, request_opening
from tenders.models import Bid, Evaluator, Lot, TechnicalResult
from tests.kept import kept
from tests.tenders.bids import HOUR, bids_in, clock_at, fresh, released
from tests.tenders.stage import DEADLINE, Stage, published_tender
from tests.world import World

OPENED = DEADLINE + HOUR
JUDGED = DEADLINE + timedelta(days=1)
PRICED = DEADLINE + timedelta(days=8)
PROPOSED = PRICED + HOUR
AWARDED = PRICED + timedelta(days=8)


@kept
def opened_bids(world: World, *prices: str, **draft: object) -> tuple[Stage, list[Bid]]:
    """A closed tender with one bid a price in its first lot, whose technical envelopes are open."""
    stage = published_tender(world, suppliers=max(len(prices), 1), **{"lots": ("20.00",), **draft})
    bids = bids_in(stage, *prices)
    if stage.tender.envelopes == 2:
        open_envelopes(stage, "technical", at=OPENED)
    else:
        with clock_at(OPENED):
            close_tender(tender=stage.tender, now=OPENED)
    stage.tender = fresh(stage.tender)
    return stage, bids


def open_envelopes(stage: Stage, envelope: str, *, at: datetime, lot: Lot | None = None) -> None:
    """The officer asks for one lot, and three openers release their shares."""
    with clock_at(at):
        request_opening(lot=lot or stage.lots[0], envelope=envelope, by=stage.officer, now=at)
        for holder in stage.holders[:3]:
            released(stage.tender, holder.pair, holder.seat, at)


def points(total: str) -> dict[int, Decimal]:
    """Points of the two scored criteria, at most 60 and 40, that add up to ``total``."""
    quality = min(Decimal(total), Decimal(60))
    return {2: quality, 3: Decimal(total) - quality}


def review(stage: Stage, bids: list[Bid], failures: Mapping[Bid, str] | None = None) -> None:
    """The first evaluator reviews; ``failures`` gives the reason by bid."""
    reasons = failures or {}
    for bid in bids:
        reason = reasons.get(bid, "")
        review_bid(bid=bid, passed=not reason, reason=reason, by=stage.evaluators[0].seat, now=JUDGED)


def score(evaluator: Evaluator, totals: Mapping[Bid, str]) -> None:
    given = {bid: points(total) for bid, total in totals.items()}
    if given:
        score_bids(lot=next(iter(given)).lot, points=given, by=evaluator.seat, now=JUDGED)


def judge(
    stage: Stage, totals: Mapping[Bid, str], failures: Mapping[Bid, str] | None = None, *, at: datetime = JUDGED
) -> TechnicalResult:
    """Review and score as every evaluator, sign, and publish the result of the bids' lot."""
    reasons = failures or {}
    review(stage, [*totals, *reasons], reasons)
    lot = next(iter([*totals, *reasons])).lot
    for evaluator in stage.evaluators:
        if stage.tender.envelopes == 2:
            score(evaluator, totals)
        sign_evaluation(lot=lot, by=evaluator.seat, now=at)
    return publish_result(lot=now_of(lot), by=stage.officer, now=at)


@kept
def ranked_lot(
    world: World, *prices: str, totals: Mapping[int, str] | None = None, **draft: object
) -> tuple[Stage, list[Bid]]:
    """A lot whose prices are ranked. ``totals`` gives the technical score by position, 80 for the others."""
    stage, bids = opened_bids(world, *prices, **draft)
    judge(stage, {bid: (totals or {}).get(place, "80") for place, bid in enumerate(bids)})
    open_envelopes(stage, "commercial", at=PRICED)
    return stage, bids


@kept
def proposed_lot(world: World, *prices: str, **more: object) -> tuple[Stage, list[Bid]]:
    stage, bids = ranked_lot(world, *prices, **more)
    propose_award(lot=stage.lots[0], by=stage.officer, now=PROPOSED)
    return stage, bids


def now_of(lot: Lot) -> Lot:
    """The lot as the database has it now."""
    return Lot.objects.select_related("tender").get(pk=lot.pk)
