"""Each role is told what it must do next around bids, and nobody is told more."""

from datetime import timedelta

import pytest

from tenders.tasks import close_tenders
from tenders.todos import bidding
from tests.tenders.bids import HOUR, a_bid, ask, bids_in, clock_at, fresh, handed_in, release, technical_result
from tests.tenders.stage import DEADLINE, published_tender
from tests.world import NOW

LATER = DEADLINE + HOUR


@pytest.fixture
def stage(world):
    return published_tender(world, lots=("20.00",))


def told(seat, now=LATER):
    return [str(todo.what) for todo in bidding.todos(seat, now)]


def test_a_supplier_is_told_of_open_tenders_and_of_bids_begun(stage):
    supplier = stage.suppliers[0]
    assert told(supplier, NOW) == ["Open for bids"]
    bid = a_bid(stage)
    assert told(supplier, NOW) == ["Submit the bids that you began"]
    handed_in(bid, "13.50")
    assert told(supplier, NOW) == []
    assert told(stage.suppliers[1], NOW) == ["Open for bids"]
    assert told(stage.suppliers[1], LATER) == []


def test_the_officer_is_told_when_envelopes_can_be_asked_for(stage):
    (bid,) = bids_in(stage, "13.50")
    assert told(stage.officer, DEADLINE - HOUR) == []
    assert told(stage.officer) == ["Ask the openers: technical envelopes"]
    ask(stage)
    assert told(stage.officer) == []
    release(stage)
    technical_result(fresh(stage.tender).lots.get(), passed=[bid], by=stage.officer, final_at=LATER)
    assert told(stage.officer, LATER - HOUR) == []
    assert told(stage.officer) == ["Ask the openers: prices"]


def test_an_opener_is_told_before_the_opening_and_when_its_shares_are_asked_for(stage):
    bids_in(stage, "13.50")
    seat = stage.holders[0].seat
    assert told(seat, NOW) == []
    assert told(seat, DEADLINE - timedelta(days=1)) == ["Have your key file and code ready for the opening"]
    ask(stage)
    assert told(seat) == ["Release your shares"]
    release(stage, (1,))
    assert told(seat) == []
    assert told(stage.holders[1].seat) == ["Release your shares"]
    release(stage, (2, 3))
    assert told(stage.holders[4].seat) == []


def test_what_is_told_is_the_same_with_and_without_bids(stage, world):
    before = {
        seat: told(seat, NOW) for seat in (stage.officer, stage.holders[0].seat, stage.suppliers[1], world.auditor)
    }
    bids_in(stage, "13.50", "12.90")
    del before[stage.suppliers[1]]
    assert {seat: told(seat, NOW) for seat in before} == before


def test_the_sweep_signs_the_close_of_what_is_due(stage):
    bids_in(stage, "13.50")
    with clock_at(DEADLINE - HOUR):
        assert close_tenders() == 0
    with clock_at(LATER):
        assert close_tenders() == 1
    assert fresh(stage.tender).close.count == 1
