"""Holds: an objection, a complaint or a court stops a lot, and keys outlive them."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from awards.actions import award_lot, propose_award
from awards.models import Decision
from core.actions import action
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tenders.actions.changes import approve_change, propose_cancellation
from tenders.actions.holds import hold_lot, release_lot
from tenders.actions.objections import answer_objection, file_objection
from tenders.models import Hold, KeyDestruction, Lot, OpeningRequest
from tests.tenders.bids import TICK, clock_at, fresh
from tests.tenders.judging import (
    AWARDED,
    JUDGED,
    PRICED,
    PROPOSED,
    judge,
    now_of,
    open_envelopes,
    opened_bids,
    proposed_lot,
    ranked_lot,
)
from tests.tenders.test_key_destruction import destroyed, statement

FILE = {"code": "complaint", "reference": "2026-17", "reason": "The regulator asked for the papers"}


def stopped(stage, *, at=PRICED, **more):
    return hold_lot(lot=now_of(stage.lots[0]), **{**FILE, **more}, by=stage.officer, now=at)


def let_go(stage, *, at=AWARDED, **more):
    given = {"code": "complaint", "reference": "2026-17", "reason": "Dismissed", **more}
    return release_lot(lot=now_of(stage.lots[0]), **given, by=stage.officer, now=at)


def test_an_objection_holds_its_lot_until_the_answer(world):
    stage, bids = opened_bids(world, "13.50", "12.00", "11.00")
    judge(stage, dict.fromkeys(bids, "80"))
    found = file_objection(lot=now_of(stage.lots[0]), text="No", by=bids[0].prepared_by, now=JUDGED)
    held = Hold.objects.get()
    assert (held.code, held.reference, held.lifted_at) == ("objection", found.reference, None)
    answer_objection(objection=found, answer="rejected", text="No", by=stage.officer, now=PRICED)
    held.refresh_from_db()
    assert (held.lifted_at, held.lifted_by) == (PRICED, stage.officer)


@pytest.mark.parametrize("code", ["complaint", "court"])
def test_a_held_lot_is_not_opened_by_anybody(world, code):
    stage, bids = opened_bids(world, "13.50", "12.00", "11.00")
    result = judge(stage, dict.fromkeys(bids, "80"))
    stopped(stage, at=JUDGED, code=code)
    with pytest.raises(Refused, match="stands still"):
        open_envelopes(stage, "commercial", at=result.final_at)
    with pytest.raises(ProgrammingError, match="the lot is held"), transaction.atomic(), clock_at(result.final_at):
        ask_past_us(stage)
    let_go(stage, code=code, at=result.final_at)
    open_envelopes(stage, "commercial", at=result.final_at)
    assert now_of(stage.lots[0]).status == "opened"


@action
def ask_past_us(stage):
    asked = OpeningRequest.objects.get(envelope="technical")
    asked.pk, asked.envelope, asked._state.adding = None, "commercial", True
    asked.save()


def test_a_held_lot_is_neither_proposed_nor_awarded(world):
    stage, _bids = ranked_lot(world, "13.50", "12.00", "11.00")
    stopped(stage)
    assert not Decision.objects.lots_to_propose().exists()
    with pytest.raises(Refused, match="stands still"):
        propose_award(lot=stage.lots[0], by=stage.officer, now=PROPOSED)
    let_go(stage, at=PROPOSED)
    propose_award(lot=stage.lots[0], by=stage.officer, now=PROPOSED)
    stopped(stage, reference="2026-18", at=PROPOSED)
    assert not Decision.objects.ready_to_award(AWARDED).exists()
    with pytest.raises(Refused, match="stands still"):
        award_lot(lot=stage.lots[0], by=world.awarder, now=AWARDED)
    let_go(stage, reference="2026-18")
    assert award_lot(lot=stage.lots[0], by=world.awarder, now=AWARDED).status == "awarded"


def test_keys_outlive_a_complaint_after_the_award(world):
    stage, _bids = proposed_lot(world, "13.50", "12.00", "11.00")
    award_lot(lot=stage.lots[0], by=world.awarder, now=AWARDED)
    stopped(stage, at=AWARDED)
    assert not fresh(stage.tender).over()
    with pytest.raises(Refused, match="keys are kept"):
        destroyed(stage, 1)
    with pytest.raises(ProgrammingError, match="keys are kept"), transaction.atomic():
        destroy_past_us(stage)
    let_go(stage, at=AWARDED + timedelta(days=30))
    destroyed(stage, 1)


@action
def destroy_past_us(stage):
    holder = stage.holders[0]
    facts = {"destroyed_at": AWARDED, "destroyed_by": holder.seat}
    KeyDestruction.objects.create(opener=holder.opener, document=statement(stage, 1), **facts)


def test_keys_are_kept_while_the_result_that_ended_a_lot_can_be_objected_to(world):
    """The worst that could happen: openers destroy their keys in time for an objection that is then upheld."""
    stage, bids = opened_bids(world, "13.50", "12.00")
    result = judge(stage, dict.fromkeys(bids, "40"))
    assert now_of(stage.lots[0]).ending == "none_qualified"
    with clock_at(result.final_at - TICK):
        assert not fresh(stage.tender).over()
        with pytest.raises(ProgrammingError, match="keys are kept"), transaction.atomic():
            destroy_past_us(stage)
    with clock_at(result.final_at):
        assert fresh(stage.tender).over()


def test_keys_of_a_cancelled_tender_are_kept_while_a_court_has_it(world):
    stage, _bids = opened_bids(world, "13.50", "12.00")
    stopped(stage, code="court", at=JUDGED)
    change = propose_cancellation(tender=fresh(stage.tender), reason="No need", by=stage.officer, now=JUDGED)
    approve_change(change=change, by=world.seat(world.agency, "officer"), now=JUDGED)
    assert not fresh(stage.tender).over()
    let_go(stage, code="court")
    assert fresh(stage.tender).over()


def test_a_hold_from_elsewhere_is_put_once_with_its_file_and_lifted_once(world):
    stage, bids = ranked_lot(world, "13.50", "12.00", "11.00")
    for field, bad in (("code", "objection"), ("reference", " "), ("reason", "")):
        with pytest.raises(Refused) as refusal:
            stopped(stage, **{field: bad})
        assert refusal.value.faults[0].field == field
    with pytest.raises(Denied):
        hold_lot(lot=stage.lots[0], **FILE, by=bids[0].prepared_by, now=PRICED)
    held = stopped(stage)
    with pytest.raises(Conflict, match="already"):
        stopped(stage)
    let_go(stage)
    with pytest.raises(Conflict):
        let_go(stage)
    with pytest.raises(ProgrammingError, match="stays"), transaction.atomic():
        lift_again(held)
    assert [event.verb for event in Event.objects.filter(verb__in=("lot.held", "lot.released")).order_by("pk")] == [
        "lot.held",
        "lot.released",
    ]


@action
def lift_again(held):
    Hold.objects.filter(pk=held.pk).update(lift_reason="Otherwise")


def test_what_a_court_decides_may_have_bids_judged_again(world):
    stage, bids = opened_bids(world, "13.50", "12.00", "11.00")
    judge(stage, {bids[0]: "80", bids[1]: "80", bids[2]: "40"})
    stopped(stage, code="court", at=JUDGED)
    let_go(stage, code="court", again=[bids[2].reference], at=JUDGED)
    lot = Lot.objects.get(pk=stage.lots[0].pk)
    assert (lot.status, lot.round, lot.rounds.get().reason) == ("open", 2, "a court has the matter: 2026-17")
