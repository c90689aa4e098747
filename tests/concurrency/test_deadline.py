"""Around the deadline: what was acknowledged is stored and in the close, and nothing is late.

Real connections, the database's real clock. The control takes the lock away from the database's guard, and
the race is lost: an acknowledged bid is missing from the close.
"""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from core.clock import database_clock
from core.errors import Refused
from core.triggers import Guard
from tenders.actions.bidding import submit_bid, submit_or_record_refusal, submitting
from tenders.actions.opening import close_tender, request_opening
from tenders.models import BidVersion, Close, OpenedEnvelope, Receipt
from tenders.rules.opening import commitment
from tests.tenders.bids import a_bid, moved_deadline, released, sealed
from tests.tenders.stage import published_tender
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)

WAIT = 10
LOCK = "PERFORM pg_advisory_xact_lock_shared(hashtextextended('tender', NEW.tender_id));"


@pytest.fixture
def stage(transactional_db):
    return published_tender(World(), lots=("20.00",), suppliers=6, evaluators=5)


def run(function, *args):
    """Run in a thread of its own, and leave no connection behind."""
    try:
        return function(*args)
    finally:
        connection.close()


@contextmanager
def guard_without_lock() -> Iterator[None]:
    """The guard of the versions as it would be if nobody had thought of bids in flight."""
    guard = next(trigger for trigger in BidVersion._meta.triggers if trigger.name == "bid_version_in_time")
    assert LOCK in guard.func
    careless = Guard(
        name=guard.name,
        operation=guard.operation,
        when=guard.when,
        declare=guard.declare,
        func=guard.func.replace(LOCK, ""),
    )
    careless.install(BidVersion)
    try:
        yield
    finally:
        guard.install(BidVersion)


def bid_in_flight_at_the_close(stage, monkeypatch) -> tuple[Receipt, Close, bool]:
    """Submit just before the deadline, commit after it, and close meanwhile.

    Returns the receipt, the close, and whether the close waited for the commit.
    """
    bid = a_bid(stage)
    submission = sealed(bid, "13.50")
    stored, go_on = threading.Event(), threading.Event()

    def slow(*args, **kwargs):
        stored.set()
        assert go_on.wait(WAIT)
        return record(*args, **kwargs)

    record = submitting.record
    monkeypatch.setattr(submitting, "record", slow)
    moved_deadline(stage.tender, database_clock() + timedelta(seconds=1.5))
    with ThreadPoolExecutor(2) as pool:
        submitted = pool.submit(run, lambda: submit_bid(bid=bid, submission=submission, by=bid.prepared_by, now=NOW))
        assert stored.wait(WAIT)
        time.sleep(1.6)
        closing = pool.submit(run, lambda: close_tender(tender=stage.tender, now=NOW))
        time.sleep(0.5)
        waited = not closing.done()
        go_on.set()
        return submitted.result(WAIT), closing.result(WAIT), waited


def test_the_close_waits_for_a_bid_in_flight(stage, monkeypatch):
    receipt, close, waited = bid_in_flight_at_the_close(stage, monkeypatch)
    assert waited
    assert receipt.kind == Receipt.Kind.BID
    assert (close.count, close.root) == (1, commitment([receipt.body]).root)


def test_without_the_lock_an_acknowledged_bid_is_missing_from_the_close(stage, monkeypatch):
    with guard_without_lock():
        receipt, close, waited = bid_in_flight_at_the_close(stage, monkeypatch)
    assert not waited
    assert receipt.kind == Receipt.Kind.BID
    assert close.count == 0


def test_many_submissions_around_the_deadline_lose_nothing_and_let_nothing_late_in(stage):
    bids = [a_bid(stage, supplier=supplier) for supplier in stage.suppliers]
    deadline = database_clock() + timedelta(seconds=3)
    moved_deadline(stage.tender, deadline)

    def submit_until_late(bid):
        receipts = []
        while not receipts or receipts[-1].kind == Receipt.Kind.BID:
            receipts.append(
                submit_or_record_refusal(bid=bid, submission=sealed(bid, "13.50"), by=bid.prepared_by, now=NOW)
            )
        return receipts

    def close_as_soon_as_possible():
        give_up = time.monotonic() + WAIT * 3
        while time.monotonic() < give_up:
            try:
                return close_tender(tender=stage.tender, now=NOW)
            except Refused:
                time.sleep(0.01)
        raise TimeoutError

    with ThreadPoolExecutor(len(bids) + 2) as pool:
        closings = [pool.submit(run, close_as_soon_as_possible) for _both in range(2)]
        answers = [pool.submit(run, submit_until_late, bid) for bid in bids]
        receipts = [receipt for answer in answers for receipt in answer.result(WAIT * 4)]
        closes = {closing.result(WAIT * 4).pk for closing in closings}

    acknowledged = {receipt.version_id for receipt in receipts if receipt.kind == Receipt.Kind.BID}
    stored = set(BidVersion.objects.values_list("pk", flat=True))
    last = [BidVersion.objects.filter(bid=bid).order_by("number").last().receipt.body for bid in bids]
    assert len(closes) == 1
    assert acknowledged == stored
    assert len(stored) >= len(bids)
    assert not BidVersion.objects.filter(received_at__gte=deadline).exists()
    assert Close.objects.get().root == commitment(last).root
    refused = [receipt for receipt in receipts if receipt.kind == Receipt.Kind.REFUSAL]
    assert len(refused) == len(bids)
    assert all(receipt.received_at >= deadline for receipt in refused)


def test_the_same_submission_five_times_at_once_is_one_version_with_equal_receipts(stage):
    bid = a_bid(stage)
    moved_deadline(stage.tender, database_clock() + timedelta(hours=1))
    submission = sealed(bid, "13.50", key="five-times-at-once")
    gate = threading.Barrier(5)

    def submit():
        gate.wait(WAIT)
        return submit_bid(bid=bid, submission=submission, by=bid.prepared_by, now=NOW)

    with ThreadPoolExecutor(5) as pool:
        receipts = [answer.result(WAIT) for answer in [pool.submit(run, submit) for _again in range(5)]]
    assert len({bytes(receipt.document) for receipt in receipts}) == 1
    assert BidVersion.objects.count() == 1


def test_two_openers_who_release_at_once_open_the_envelopes(stage):
    bid = a_bid(stage)
    moved_deadline(stage.tender, database_clock() + timedelta(seconds=1))
    submit_bid(bid=bid, submission=sealed(bid, "13.50"), by=bid.prepared_by, now=NOW)
    time.sleep(1.1)
    request_opening(lot=stage.lots[0], envelope="technical", by=stage.officer, now=NOW)
    first, *both = stage.holders[:3]
    released(stage.tender, first.pair, first.seat, NOW)
    gate = threading.Barrier(2)

    def release(holder):
        gate.wait(WAIT)
        return released(stage.tender, holder.pair, holder.seat, NOW)

    with ThreadPoolExecutor(2) as pool:
        for answer in [pool.submit(run, release, holder) for holder in both]:
            answer.result(WAIT)
    assert OpenedEnvelope.objects.get().outcome == "opened"
