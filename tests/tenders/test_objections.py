"""Objections: a bidder's challenge stops the lot; the answer, with reasons and only once, decides how it goes on."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import InboxMessage
from core.actions import action
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tenders.actions.objections import answer_objection, file_objection
from tenders.models import Objection
from tenders.tasks import announce_answer, announce_objection
from tests.ruling import ruled
from tests.tenders.bids import TICK
from tests.tenders.judging import AWARDED, JUDGED, judge, now_of, open_envelopes, opened_bids
from tests.tenders.test_evaluation import second_seat

TWO = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)


@pytest.fixture
def judged(world):
    stage, bids = opened_bids(world, "13.50", "12.00", "11.00", evaluators=3, rules=TWO)
    return stage, bids, judge(stage, dict(zip(bids, ("80", "70", "40"), strict=True)))


def objection(stage, bid, *, at, text="The scores do not follow the criteria"):
    return file_objection(lot=now_of(stage.lots[0]), text=text, by=bid.prepared_by, now=at)


def answered(found, stage, answer, *, at=AWARDED, by=None):
    return answer_objection(objection=found, answer=answer, text="Because", by=by or stage.officer, now=at)


def test_a_bidder_who_failed_objects_until_the_result_is_final(judged):
    stage, bids, result = judged
    found = objection(stage, bids[2], at=result.final_at - TICK)
    assert (found.stage, found.supplier, found.answer) == ("technical", bids[2].supplier, "")
    assert found.reference.startswith("OB-2026-")
    with pytest.raises(Refused, match="at this time"):
        objection(stage, bids[0], at=result.final_at)


def test_prices_wait_for_the_answer(judged):
    stage, bids, result = judged
    found = objection(stage, bids[2], at=JUDGED)
    with pytest.raises(Refused, match="stands still"):
        open_envelopes(stage, "commercial", at=result.final_at)
    answered(found, stage, "rejected", at=result.final_at)
    open_envelopes(stage, "commercial", at=result.final_at)
    assert stage.lots[0].status == "opened"


def test_only_a_bidder_of_the_lot_objects_and_with_reasons(world, judged):
    stage, bids, _result = judged
    outsider = world.seat(world.organisation("supplier"), "bid_manager")
    with pytest.raises(Refused, match="Only a bidder"):
        file_objection(lot=stage.lots[0], text="I would have won", by=outsider, now=JUDGED)
    with pytest.raises(Denied):
        file_objection(lot=stage.lots[0], text="No", by=stage.officer, now=JUDGED)
    for text in ("  ", "x" * 5001):
        with pytest.raises(Refused) as refusal:
            objection(stage, bids[0], at=JUDGED, text=text)
        assert refusal.value.faults[0].field == "text"


def test_a_bidder_has_one_waiting_objection_in_a_lot_and_the_database_holds_it(judged):
    stage, bids, _result = judged
    found = objection(stage, bids[2], at=JUDGED)
    with pytest.raises(Conflict, match="filed already"):
        objection(stage, bids[2], at=JUDGED)
    with pytest.raises(IntegrityError), transaction.atomic():
        repeat(found)
    answered(found, stage, "rejected", at=JUDGED)
    assert objection(stage, bids[2], at=JUDGED).reference != found.reference


@action
def repeat(found):
    Objection.objects.create(
        reference="OB-X",
        lot=found.lot,
        supplier=found.supplier,
        stage=found.stage,
        text="again",
        filed_at=JUDGED,
        filed_by=found.filed_by,
    )


def test_an_answer_needs_reasons_and_a_decision(judged):
    stage, bids, _result = judged
    found = objection(stage, bids[0], at=JUDGED)
    for answer, text, field in (("rejected", " ", "text"), ("", "Because", "answer"), ("maybe", "Because", "answer")):
        with pytest.raises(Refused) as refusal:
            answer_objection(objection=found, answer=answer, text=text, by=stage.officer, now=AWARDED)
        assert refusal.value.faults[0].field == field


def test_it_is_answered_once(judged):
    stage, bids, _result = judged
    found = objection(stage, bids[0], at=JUDGED)
    answered(found, stage, "rejected")
    with pytest.raises(Conflict, match="answered already"):
        answered(found, stage, "upheld")
    assert stage.lots[0].status == "evaluated"


def test_nobody_who_evaluated_answers_and_no_other_agency_does(world, judged):
    stage, bids, _result = judged
    found = objection(stage, bids[0], at=JUDGED)
    with pytest.raises(Refused, match="must not"):
        answered(found, stage, "rejected", by=second_seat(world, stage.evaluators[0].seat))
    with pytest.raises(Denied):
        answered(found, stage, "rejected", by=world.seat(world.organisation("agency"), "officer"))


def test_upheld_it_ends_the_lot(judged):
    stage, bids, result = judged
    answered(objection(stage, bids[2], at=JUDGED), stage, "upheld", at=JUDGED)
    lot = stage.lots[0]
    assert (lot.status, lot.ending, lot.ended_by) == ("ended", "objection_upheld", stage.officer)
    with pytest.raises(Refused, match="has ended"):
        open_envelopes(stage, "commercial", at=result.final_at)


def test_a_result_that_ended_the_lot_can_be_objected_to_and_the_end_stays(world):
    stage, bids = opened_bids(world, "13.50", "12.00", evaluators=3, rules=TWO)
    judge(stage, dict.fromkeys(bids, "40"))
    found = objection(stage, bids[0], at=JUDGED)
    answered(found, stage, "upheld", at=JUDGED)
    assert (stage.lots[0].status, stage.lots[0].ending) == ("ended", "none_qualified")


def test_an_objection_is_read_by_its_bidder_the_agency_and_auditors(world, judged):
    stage, bids, _result = judged
    found = objection(stage, bids[0], at=JUDGED)
    for seat, sees in (
        (bids[0].prepared_by, True),
        (stage.officer, True),
        (world.auditor, True),
        (bids[1].prepared_by, False),
        (stage.evaluators[0].seat, False),
    ):
        assert Objection.objects.visible_to(seat).filter(pk=found.pk).exists() == sees
    answered(found, stage, "rejected")
    events = dict(Event.objects.filter(verb__startswith="objection").values_list("verb", "audience"))
    assert events == {"objection.filed": "agency", "objection.answered": "public"}


def test_officers_are_told_of_an_objection_and_its_bidder_of_the_answer(judged):
    stage, bids, _result = judged
    found = objection(stage, bids[0], at=JUDGED)
    assert (announce_objection(found.pk), announce_objection(found.pk)) == (2, 0)
    told = {notice.seat for notice in InboxMessage.objects.filter(about=f"objection:{found.pk}")}
    assert told == {stage.officer, stage.world.preparer}
    answered(found, stage, "rejected")
    assert announce_answer(found.pk) == 1
    assert InboxMessage.objects.get(about=f"answer:{found.pk}").seat == bids[0].prepared_by
