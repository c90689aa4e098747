"""From the notice of a tender to opened prices, page by page. One bidder, one opener and one evaluator do their part in
the browser, the others by the same actions."""

import pytest

from tenders.actions.evaluation import sign_evaluation
from tenders.models import Bid, Ranking
from tests.browser import stretches
from tests.browser.walk import Key
from tests.tenders.bids import bids_in, fresh, released
from tests.tenders.judging import JUDGED, OPENED, PRICED, score
from tests.tenders.stage import published_tender
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(world):
    """A tender that is open for bids, with three that are sealed already."""
    stage = published_tender(world, lots=("20.00",), suppliers=4)
    bids_in(stage, "71.00", "80.00", "50.00")
    return stage


def test_bids_are_sealed_opened_judged_and_ranked(walk, world, stage, travel, tmp_path):
    second, third, failed, first = stage.suppliers
    stage.product(stage.lots[0], first)
    travel(NOW)
    stretches.seal_bid(walk, first, first.organisation.name, "66.00", tmp_path)

    travel(OPENED)
    stretches.ask_openers(walk, world, "technical envelopes")
    _others_release(stage, OPENED)
    stretches.release_and_sign(walk, [_key(stage.holders[0], tmp_path)])

    travel(JUDGED)
    points = {first: "90", second: "85", third: "80", failed: "30"}
    *others, last = stage.evaluators
    stretches.evaluate(
        walk, last.seat, {seat.organisation.name: _by_criterion(total) for seat, total in points.items()}
    )
    for other in others:
        score(other, {bid: points[bid.prepared_by] for bid in Bid.objects.all()})
        sign_evaluation(lot=stage.lots[0], by=other.seat, now=JUDGED)
    stretches.publish_result(walk, world, rejected=failed)

    travel(PRICED)
    stretches.ask_openers(walk, world, "prices")
    _others_release(stage, PRICED)
    stretches.release_and_sign(walk, [_key(stage.holders[0], tmp_path)])
    ranked = Ranking.objects.order_by("rank").values_list("bid__supplier", "rank")
    assert list(ranked) == [(seat.organisation_id, rank) for rank, seat in enumerate((first, second, third), start=1)]
    assert walk.problems == []


def _others_release(stage, at):
    for holder in stage.holders[1:3]:
        released(fresh(stage.tender), holder.pair, holder.seat, at)


def _key(holder, folder):
    file = folder / "opener.key"
    file.write_bytes(holder.key_file)
    return Key(holder.seat, file, holder.code)


def _by_criterion(total):
    """Points of the two scored criteria, at most 60 and 40."""
    quality = min(int(total), 60)
    return [str(quality), str(int(total) - quality)]
