"""Two officers publish at once: one wins, the other is told. Nobody unlocks demand that is being published.

Each control takes the lock away, and the race is lost.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from core.errors import Conflict, Refused
from core.models import Event
from demand.actions import unlock_demand
from demand.models import DemandWindow
from tenders.actions import notices, publication
from tenders.actions.publication import publish_tender
from tenders.models import LotVolume, Tender
from tests.tenders.stage import draft_tender
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)

WAIT = 10


@pytest.fixture
def stage(transactional_db):
    stage = draft_tender(World(), lots=("1.50",))
    assert stage.world.agency.pk
    return stage


def outcome_of(function):
    """What became of an act in a thread of its own, which leaves no connection behind."""
    try:
        return function()
    except (Refused, IntegrityError) as error:
        return error
    finally:
        connection.close()


def both_at_once(stage):
    """Two officers who saw the same draft publish it. Returns what became of each."""
    officers = [stage.officer, stage.world.seat(stage.world.agency, "officer")]
    together = threading.Barrier(2)

    def act(officer):
        seen = Tender.objects.get(pk=stage.tender.pk)
        together.wait(WAIT)
        return outcome_of(lambda: publish_tender(tender=seen, by=officer, now=NOW))

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(act, officers))


def test_of_two_officers_one_publishes_and_the_other_is_told(stage):
    outcomes = both_at_once(stage)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Tender"]
    assert Event.objects.filter(verb="tender.published").count() == 1
    assert LotVolume.objects.count() == 2


def test_without_lock_and_guard_the_second_officer_breaks_something(stage, monkeypatch):
    together = threading.Barrier(2)

    def careless_lock(tender):
        people = ("prepared_by__person", "published_by__person")
        found = Tender.objects.select_related("agency", "region", "rule_set", *people).get(pk=tender.pk)
        together.wait(WAIT)
        return found

    def careless_move(tender, to, **facts):
        Tender.objects.filter(pk=tender.pk).update(status=to, **facts)

    monkeypatch.setattr(publication, "lock_tender", careless_lock)
    monkeypatch.setattr(publication, "move", careless_move)
    assert not any(isinstance(outcome, Conflict) for outcome in both_at_once(stage))


def unlock_while_publishing(stage, monkeypatch):
    """Somebody unlocks the demand after the checklist was read and before the tender is committed."""
    checked, go_on = threading.Event(), threading.Event()

    def slow(*args, **kwargs):
        checked.set()
        assert go_on.wait(WAIT)
        return sign(*args, **kwargs)

    sign = notices.sign
    monkeypatch.setattr(notices, "sign", slow)
    window = DemandWindow.objects.get(pk=stage.window.pk)
    with ThreadPoolExecutor(2) as pool:
        publishing = pool.submit(outcome_of, lambda: publish_tender(tender=stage.tender, by=stage.officer, now=NOW))
        assert checked.wait(WAIT)
        unlocking = pool.submit(
            outcome_of, lambda: unlock_demand(window=window, reason="more", by=stage.officer, now=NOW)
        )
        waited = not _done(unlocking)
        go_on.set()
        return publishing.result(WAIT), unlocking.result(WAIT), waited


def _done(future, within=0.5):
    try:
        future.result(within)
    except TimeoutError:
        return False
    return True


def test_demand_that_is_being_published_is_not_unlocked(stage, monkeypatch):
    published, unlocked, waited = unlock_while_publishing(stage, monkeypatch)
    assert waited
    assert published.status == Tender.Status.PUBLISHED
    assert isinstance(unlocked, Refused)
    assert DemandWindow.objects.get().locked_at is not None


def test_without_lock_and_use_a_published_tender_stands_on_unlocked_demand(stage, monkeypatch):
    monkeypatch.setattr(publication, "_held_draft", lambda tender: Tender.objects.select_related("rule_set").get())
    monkeypatch.setattr(publication, "use_demand", lambda **_use: None)
    published, _unlocked, waited = unlock_while_publishing(stage, monkeypatch)
    assert not waited
    assert published.status == Tender.Status.PUBLISHED
    assert DemandWindow.objects.get().locked_at is None
