"""The steps bar and the status of a tender follow its lots: run, awarded, ended without an award."""

from datetime import timedelta

import pytest

from awards.actions import award_lot
from procurement.shell import steps
from tenders.models import Tender
from tenders.tables import stage_of
from tests.tenders.bids import HOUR, ask, clock_at, fresh, signed_in
from tests.tenders.judging import AWARDED, judge, now_of, opened_bids, proposed_lot
from tests.tenders.stage import DEADLINE, published_tender
from tests.world import NOW

pytestmark = pytest.mark.django_db
LATER = AWARDED + timedelta(days=30)


def states(tender, now):
    return [step.state for step in steps(fresh(tender), None, now)]


def test_before_the_deadline_a_tender_is_open_and_waits_for_bids(world):
    tender = published_tender(world).tender
    assert stage_of(fresh(tender), NOW) == "open"
    assert states(tender, NOW) == ["done", "done", "now", *["next"] * 9]


def test_a_tender_whose_lots_are_awarded_is_completed_and_no_longer_cancelled(world):
    stage, _bids = proposed_lot(world, "13.50", "12.00", "11.00")
    assert stage_of(fresh(stage.tender), LATER) == "closed"
    assert fresh(stage.tender).may_be_cancelled()
    award_lot(lot=now_of(stage.lots[0]), by=world.awarder, now=AWARDED)
    assert stage_of(fresh(stage.tender), LATER) == "completed"
    assert set(states(stage.tender, LATER)) == {"done"}
    assert not fresh(stage.tender).may_be_cancelled()


def test_a_tender_that_nobody_bid_for_stops_before_its_first_opening(world):
    stage = published_tender(world)
    with clock_at(DEADLINE + HOUR):
        ask(stage)
    assert stage_of(fresh(stage.tender), LATER) == "completed"
    assert states(stage.tender, LATER) == ["done", "done", "done", "stopped", *["next"] * 8]


def test_a_tender_in_which_nobody_qualified_stops_at_its_prices(world):
    stage, bids = opened_bids(world, "13.50", "12.00")
    judge(stage, dict.fromkeys(bids, "20"))
    assert stage_of(fresh(stage.tender), LATER) == "completed"
    assert states(stage.tender, LATER) == [*["done"] * 7, "stopped", *["next"] * 4]


def test_the_list_shows_and_filters_by_the_same_status(world, client):
    completed, _bids = opened_bids(world, "13.50")
    judge(completed, dict.fromkeys(_bids, "20"))
    signed_in(client, completed.officer)
    rows = client.get("/tenders/?status=completed").context["table"].rows
    assert [row.object.reference for row in rows] == [completed.tender.reference]
    assert [cell.value for cell in rows[0].cells if cell.key == "stage"] == ["completed"]
    assert not client.get("/tenders/?status=closed").context["table"].rows
    assert Tender.objects.for_list().get().runs is False
