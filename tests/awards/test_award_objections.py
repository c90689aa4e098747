"""Objections to a proposed award: until the standstill ends, and what the answer does to the proposal."""

from datetime import timedelta
from decimal import Decimal

import pytest

from awards.actions import answer_objection, award_lot, fail_lot, file_objection, propose_award
from awards.models import Decision
from core.errors import Refused
from tenders.actions import objections
from tests.ruling import ruled
from tests.tenders.bids import TICK
from tests.tenders.judging import AWARDED, JUDGED, PROPOSED, judge, now_of, opened_bids, proposed_lot

TWO = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)


@pytest.fixture
def proposed(world):
    return proposed_lot(world, "13.50", "12.00", evaluators=3, rules=TWO)


def objection(stage, bid, *, at, text="The licence is not theirs"):
    return file_objection(lot=now_of(stage.lots[0]), text=text, by=bid.prepared_by, now=at)


def answered(found, stage, answer):
    return answer_objection(objection=found, answer=answer, text="Because", by=stage.officer, now=AWARDED)


def test_the_proposed_award_is_objected_to_until_the_standstill_ends(proposed):
    stage, bids = proposed
    until = Decision.objects.get().standstill_until
    assert objection(stage, bids[0], at=until - TICK).stage == "award"
    with pytest.raises(Refused, match="at this time"):
        objection(stage, bids[1], at=until)


def test_upheld_it_ends_the_lot(world, proposed):
    stage, bids = proposed
    answered(objection(stage, bids[0], at=PROPOSED), stage, "upheld")
    lot = stage.lots[0]
    assert (lot.status, lot.ending, lot.ended_by) == ("ended", "objection_upheld", stage.officer)
    assert (Decision.objects.get().status, Decision.objects.get().withdrawn_by) == ("withdrawn", stage.officer)
    with pytest.raises(Refused, match="not possible while"):
        award_lot(lot=lot, by=world.awarder, now=AWARDED)


def test_upheld_it_sets_the_proposed_bid_aside_where_the_officer_says_so(world, proposed):
    stage, bids = proposed
    found = objection(stage, bids[0], at=PROPOSED)
    answer_objection(objection=found, answer="upheld", text="Because", set_aside=1, by=stage.officer, now=AWARDED)
    lot = stage.lots[0]
    assert (lot.status, lot.ending) == ("opened", "")
    assert list(Decision.objects.lots_to_propose()) == [lot]
    second = propose_award(lot=lot, by=stage.officer, now=AWARDED)
    assert [award.bid for award in second.awards.all()] == [bids[0].reference]
    assert [(one.number, one.status, one.set_aside) for one in Decision.objects.order_by("number")] == [
        (1, "withdrawn", 1),
        (2, "proposed", None),
    ]
    with pytest.raises(Refused, match="not over"):
        award_lot(lot=lot, by=world.awarder, now=second.standstill_until - TICK)
    assert award_lot(lot=lot, by=world.awarder, now=second.standstill_until).number == 2


def test_when_the_last_bid_is_set_aside_somebody_ends_the_lot(proposed):
    stage, bids = proposed
    lot, at = stage.lots[0], PROPOSED
    for _ in bids:
        found = objection(stage, bids[0], at=at)
        at += timedelta(hours=1)
        answer_objection(objection=found, answer="upheld", text="Because", set_aside=1, by=stage.officer, now=at)
        if Decision.objects.lots_to_propose().exists():
            propose_award(lot=lot, by=stage.officer, now=at)
    with pytest.raises(Refused, match="No opened price"):
        propose_award(lot=lot, by=stage.officer, now=at)
    assert list(Decision.objects.lots_to_fail()) == [lot]
    assert fail_lot(lot=lot, by=stage.officer, now=at).ending == "none_left"


def test_a_rejected_objection_sets_nobody_aside(proposed):
    stage, bids = proposed
    found = objection(stage, bids[0], at=PROPOSED)
    with pytest.raises(Refused, match="only where"):
        answer_objection(objection=found, answer="rejected", text="No", set_aside=1, by=stage.officer, now=AWARDED)
    assert Decision.objects.get().status == "proposed"


def test_rejected_the_lot_goes_on(world, proposed):
    stage, bids = proposed
    found = answered(objection(stage, bids[0], at=PROPOSED), stage, "rejected")
    assert (found.answer, found.answer_text, found.answered_by) == ("rejected", "Because", stage.officer)
    assert award_lot(lot=stage.lots[0], by=world.awarder, now=AWARDED).awarded_at == AWARDED


def test_each_stage_is_answered_where_it_is_decided(world, proposed):
    stage, bids = proposed
    found = objection(stage, bids[0], at=PROPOSED)
    facts = {"answer": "upheld", "text": "Because", "by": stage.officer, "now": AWARDED}
    with pytest.raises(Refused) as refusal:
        objections.answer_objection(objection=found, **facts)
    assert refusal.value.code == "other_stage"
    assert (stage.lots[0].status, Decision.objects.get().status) == ("opened", "proposed")
    judged, others = opened_bids(world, "13.50", "12.00", evaluators=3, rules=TWO)
    judge(judged, dict.fromkeys(others, "80"))
    by = others[0].prepared_by
    early = objections.file_objection(lot=now_of(judged.lots[0]), text="No", by=by, now=JUDGED)
    with pytest.raises(Refused) as refusal:
        answer_objection(objection=early, **{**facts, "by": judged.officer})
    assert refusal.value.code == "other_stage"
