"""Close, extension and amendment at the deadline, and bids in flight meanwhile: exactly one of them wins.

Real connections, the database's real clock. The controls take the locks away, and the race is lost.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from core.clock import database_clock, legal_date
from core.errors import Refused
from tenders.actions.bidding import submit_bid, submit_or_record_refusal, submitting
from tenders.actions.changes import approve_change, deciding, propose_amendment, propose_extension
from tenders.actions.opening import close_tender, closing
from tenders.models import Bid, BidVersion, Change, Close, Tender
from tests.concurrency.meeting import WAIT, come_upon, guard_without, held_up, outcome_of
from tests.tenders.bids import a_bid, by_hand, fresh, moved_deadline, sealed
from tests.tenders.changing import new_terms
from tests.tenders.stage import published_tender
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)

EXCLUSIVE = "PERFORM pg_advisory_xact_lock(hashtextextended('tender', OLD.id));"
SHARED = "PERFORM pg_advisory_xact_lock_shared(hashtextextended('tender', NEW.tender_id));"


@pytest.fixture
def stage(transactional_db):
    return published_tender(World(), lots=("20.00",), suppliers=2)


def proposal_of_an_extension(stage, *, closes_in):
    """A proposal that waits, and a deadline so many seconds from now on the real clock."""
    moved_deadline(stage.tender, database_clock() + timedelta(seconds=closes_in))
    supply = legal_date(database_clock()) + timedelta(days=60)
    columns = {"supply_from": supply, "supply_to": supply + timedelta(days=364)}
    by_hand(lambda: Tender.objects.filter(pk=stage.tender.pk).update(**columns))
    stage.tender = fresh(stage.tender)
    return propose_extension(
        tender=stage.tender,
        deadline=stage.tender.deadline + timedelta(hours=1),
        reason="An outage",
        by=stage.world.preparer,
        now=NOW,
    )


def extension_in_flight_at_the_deadline(stage, monkeypatch):
    """An extension is written just before the deadline and committed after it; the close comes meanwhile.

    Returns what became of both, and whether the close waited.
    """
    change = proposal_of_an_extension(stage, closes_in=1.5)
    written, go_on = held_up(monkeypatch, deciding, "_tell_of_extension")
    with ThreadPoolExecutor(2) as pool:
        extending = pool.submit(outcome_of, lambda: approve_change(change=change, by=stage.officer, now=NOW))
        assert written.wait(WAIT)
        time.sleep(1.6)
        closing_it = pool.submit(outcome_of, lambda: close_tender(tender=stage.tender, now=NOW))
        time.sleep(0.5)
        waited = not closing_it.done()
        go_on.set()
        return extending.result(WAIT), closing_it.result(WAIT), waited


def test_a_close_that_comes_upon_an_extension_waits_and_then_does_not_close(stage, monkeypatch):
    extended, closed, waited = extension_in_flight_at_the_deadline(stage, monkeypatch)
    assert waited
    assert extended.status == Change.Status.APPROVED
    assert isinstance(closed, Refused)
    assert not Close.objects.exists()


def test_without_the_locks_a_tender_is_both_closed_and_extended(stage, monkeypatch):
    monkeypatch.setattr(closing, "wait_for_bids_in_flight", lambda tender: None)
    monkeypatch.setattr(deciding, "wait_for_bids_in_flight", lambda tender: None)
    monkeypatch.setattr(deciding, "lock_tender", lambda tender: Tender.objects.get(pk=tender.pk))
    with guard_without(Tender, "tender_published_stays", EXCLUSIVE):
        extended, closed, waited = extension_in_flight_at_the_deadline(stage, monkeypatch)
    assert not waited
    assert extended.status == Change.Status.APPROVED
    assert isinstance(closed, Close)


def test_an_extension_that_comes_upon_the_close_is_refused(stage, monkeypatch):
    change = proposal_of_an_extension(stage, closes_in=0.5)
    signed, go_on = held_up(monkeypatch, closing, "_signed")
    time.sleep(0.6)
    with ThreadPoolExecutor(2) as pool:
        closing_it = pool.submit(outcome_of, lambda: close_tender(tender=stage.tender, now=NOW))
        assert signed.wait(WAIT)
        extending = pool.submit(outcome_of, lambda: approve_change(change=change, by=stage.officer, now=NOW))
        time.sleep(0.5)
        assert not extending.done()
        go_on.set()
        assert isinstance(closing_it.result(WAIT), Close)
        assert extending.result(WAIT).code == "closed"
    assert fresh(stage.tender).deadline == change.deadline_before


def test_both_at_once_around_the_deadline_one_wins(stage):
    """Whoever asks first, the deadline never moves after a close, and no close commits to less than the deadline."""
    change = proposal_of_an_extension(stage, closes_in=0.4)
    gate = threading.Barrier(2)

    def at_the_deadline(act):
        gate.wait(WAIT)
        left = (change.deadline_before - database_clock()).total_seconds()
        time.sleep(max(0, left - 0.002))
        while True:
            outcome = outcome_of(act)
            if not isinstance(outcome, Refused) or database_clock() > change.deadline_before:
                return outcome

    with ThreadPoolExecutor(2) as pool:
        extending = pool.submit(at_the_deadline, lambda: approve_change(change=change, by=stage.officer, now=NOW))
        closing_it = pool.submit(at_the_deadline, lambda: close_tender(tender=stage.tender, now=NOW))
        extended = not isinstance(extending.result(WAIT), Exception)
        closed = not isinstance(closing_it.result(WAIT), Exception)
    assert not (extended and closed)
    assert (fresh(stage.tender).deadline > change.deadline_before) == extended
    assert Close.objects.exists() == closed


def bid_while_extending(stage, monkeypatch):
    """A bid comes after the old deadline while an extension decided before it is not committed yet."""
    change, bid = proposal_of_an_extension(stage, closes_in=1.5), a_bid(stage)
    submission = sealed(bid, "13.50")
    written = held_up(monkeypatch, deciding, "_tell_of_extension")

    def bid_late():
        time.sleep(max(0, (change.deadline_before - database_clock()).total_seconds()) + 0.05)
        return submit_or_record_refusal(bid=bid, submission=submission, by=bid.prepared_by, now=NOW)

    extended, receipt, waited = come_upon(
        written, lambda: approve_change(change=change, by=stage.officer, now=NOW), bid_late
    )
    assert extended.status == Change.Status.APPROVED
    return receipt, waited


def test_a_bid_that_comes_upon_an_extension_waits_and_is_in_time(stage, monkeypatch):
    receipt, waited = bid_while_extending(stage, monkeypatch)
    assert waited
    assert (receipt.kind, BidVersion.objects.count()) == ("bid", 1)


def test_without_the_lock_it_is_refused_as_late_under_a_deadline_that_was_extended(stage, monkeypatch):
    with guard_without(BidVersion, "bid_version_in_time", SHARED):
        receipt, waited = bid_while_extending(stage, monkeypatch)
    assert not waited
    assert (receipt.kind, receipt.reason) == ("refusal", "late")


def proposal_of_an_amendment(stage):
    moved_deadline(stage.tender, database_clock() + timedelta(days=20))
    stage.tender = fresh(stage.tender)
    supply = stage.tender.deadline.date() + timedelta(days=30)
    terms = new_terms(stage.tender, ceiling_price="18.00", supply_from=supply, supply_to=supply + timedelta(days=364))
    return propose_amendment(
        tender=stage.tender, terms=terms, reason="The market has moved", by=stage.world.preparer, now=NOW
    )


def bid_while_amending(stage, monkeypatch):
    """A bid sealed to the old notice comes while an amendment is written. Its receipt, and whether it waited."""
    change, bid = proposal_of_an_amendment(stage), a_bid(stage)
    submission = sealed(bid, "13.50")
    written, go_on = held_up(monkeypatch, deciding, "queue")
    with ThreadPoolExecutor(2) as pool:
        amending = pool.submit(outcome_of, lambda: approve_change(change=change, by=stage.officer, now=NOW))
        assert written.wait(WAIT)
        bidding = pool.submit(
            outcome_of,
            lambda: submit_or_record_refusal(bid=bid, submission=submission, by=bid.prepared_by, now=NOW),
        )
        time.sleep(0.7)
        waited = not bidding.done()
        go_on.set()
        assert amending.result(WAIT).status == Change.Status.APPROVED
        return bidding.result(WAIT), waited


def test_a_bid_to_the_old_notice_waits_for_the_amendment_and_is_refused(stage, monkeypatch):
    receipt, waited = bid_while_amending(stage, monkeypatch)
    assert waited
    assert (receipt.kind, receipt.reason) == ("refusal", "amended")
    assert not BidVersion.objects.exists()


def test_without_the_lock_a_bid_is_acknowledged_that_does_not_count(stage, monkeypatch):
    with guard_without(BidVersion, "bid_version_in_time", SHARED):
        receipt, waited = bid_while_amending(stage, monkeypatch)
    assert not waited
    assert receipt.kind == "bid"
    assert not Bid.objects.standing().exists()


def test_an_amendment_waits_for_a_bid_in_flight_which_then_has_to_be_confirmed(stage, monkeypatch):

    change, bid = proposal_of_an_amendment(stage), a_bid(stage)
    submission = sealed(bid, "13.50")
    stored, go_on = held_up(monkeypatch, submitting, "record")
    with ThreadPoolExecutor(2) as pool:
        bidding = pool.submit(
            outcome_of, lambda: submit_bid(bid=bid, submission=submission, by=bid.prepared_by, now=NOW)
        )
        assert stored.wait(WAIT)
        amending = pool.submit(outcome_of, lambda: approve_change(change=change, by=stage.officer, now=NOW))
        time.sleep(0.5)
        assert not amending.done()
        go_on.set()
        assert bidding.result(WAIT).kind == "bid"
        assert amending.result(WAIT).status == Change.Status.APPROVED
    assert list(Bid.objects.unconfirmed()) == [bid]


def test_two_officers_approve_at_once_and_one_is_told(stage):
    change = proposal_of_an_extension(stage, closes_in=3600)
    officers = [stage.officer, stage.world.seat(stage.world.agency, "officer")]
    gate = threading.Barrier(2)

    def approve(officer):
        gate.wait(WAIT)
        return outcome_of(lambda: approve_change(change=change, by=officer, now=NOW))

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(approve, officers))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Change", "Conflict"]
