"""Two officers award at once, on two real connections: one does, the other is told.

The controls take the guards away, lock first and then the guarded update, and the decision is taken twice.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from awards.actions import answer_objection, award_lot, awarding, file_objection
from awards.models import Decision
from catalogue.models import PriceEntry
from core.errors import Conflict, Refused
from core.models import Event
from tenders.actions import lots
from tenders.models import Lot, Objection
from tests.arranging import arranged
from tests.ruling import ruled
from tests.tenders.judging import AWARDED, PROPOSED, now_of, proposed_lot
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

RULES = ruled(pass_mark=Decimal(60), minimum_for_competition=2, minimum_evaluators=3)


@pytest.fixture
def proposed(transactional_db):
    return proposed_lot(World(), "13.50", "12.00", evaluators=3, rules=RULES)


def at_once(*acts):
    """Run each in a thread with a connection of its own; what they return or how they were refused."""

    def run(act):
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def awards_at_once(stage):
    lot = now_of(stage.lots[0])
    officers = [stage.world.seat(stage.world.agency, "awarder") for _two in range(2)]
    return at_once(*(lambda by=by: award_lot(lot=now_of(lot), by=by, now=AWARDED) for by in officers))


def meeting(function):
    """The function, at whose end both threads wait for each other, as far as a lock lets them."""
    barrier = Barrier(2, timeout=2)

    def met(*args, **kwargs):
        found = function(*args, **kwargs)
        with suppress(BrokenBarrierError):
            barrier.wait()
        return found

    return met


def careless_hold(lot, *statuses):
    return Lot.objects.select_related("tender__close").get(pk=lot.pk)


@arranged
def careless_move(thing, to, **facts):
    """Read, compare, write: what everybody writes first."""
    assert to in thing.MOVES[thing.status]
    type(thing).objects.filter(pk=thing.pk).update(status=to, **facts)


def awarded_events():
    return Event.objects.filter(verb="lot.awarded").count()


def test_of_two_officers_who_award_at_once_one_does_and_the_other_is_told(proposed, monkeypatch):
    stage, _bids = proposed
    monkeypatch.setattr(awarding, "hold", meeting(awarding.hold))
    outcomes = awards_at_once(stage)
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1
    assert (awarded_events(), PriceEntry.objects.count()) == (1, 1)


def test_without_the_lock_the_guarded_update_still_lets_one_through(proposed, monkeypatch):
    stage, _bids = proposed
    monkeypatch.setattr(awarding, "hold", meeting(careless_hold))
    outcomes = awards_at_once(stage)
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1
    assert (awarded_events(), PriceEntry.objects.count()) == (1, 1)


def test_the_control_reads_then_writes_and_awards_twice(proposed, monkeypatch):
    stage, _bids = proposed
    written = []
    monkeypatch.setattr(awarding, "hold", meeting(careless_hold))
    for module in (awarding, lots):
        monkeypatch.setattr(module, "move", careless_move)
    monkeypatch.setattr(awarding, "record_award_prices", lambda **price: written.append(price))
    outcomes = awards_at_once(stage)
    assert not any(isinstance(outcome, Refused) for outcome in outcomes)
    assert (awarded_events(), len(written)) == (2, 2)


def test_an_objection_and_the_award_at_once_never_both_succeed(proposed):
    stage, bids = proposed
    until = Decision.objects.get().standstill_until
    lot = now_of(stage.lots[0])
    awarder = stage.world.awarder
    objected, awarded = at_once(
        lambda: file_objection(
            lot=now_of(lot), text="No", by=bids[0].prepared_by, now=until - timedelta(microseconds=1)
        ),
        lambda: award_lot(lot=now_of(lot), by=awarder, now=until),
    )
    assert isinstance(objected, Refused) != isinstance(awarded, Refused)


def test_an_objection_is_answered_once_by_two_officers_at_once(proposed):
    stage, bids = proposed
    found = file_objection(lot=stage.lots[0], text="No", by=bids[0].prepared_by, now=PROPOSED)
    officers = [stage.world.seat(stage.world.agency, "officer") for _two in range(2)]
    outcomes = at_once(
        *(
            lambda by=by, answer=answer: answer_objection(
                objection=Objection.objects.select_related("lot__tender").get(pk=found.pk),
                answer=answer,
                text="Because",
                by=by,
                now=AWARDED,
            )
            for by, answer in zip(officers, ("upheld", "rejected"), strict=True)
        )
    )
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1
    assert Event.objects.filter(verb="objection.answered").count() == 1
