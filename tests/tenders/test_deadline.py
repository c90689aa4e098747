"""The database keeps the deadline: received before it is in time, received at it is late, to the microsecond."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from core.clock import mark_installation, set_database_clock
from core.models import Event
from sealing.canonical import format_time
from tenders.actions.bidding import (
    Submission,
    SubmissionRefused,
    submit_bid,
    submit_or_record_refusal,
    withdraw_or_record_refusal,
)
from tenders.actions.opening import close_tender
from tenders.models import BidVersion, Receipt
from tests.tenders.bids import HOUR, TICK, a_bid, body_of, by_hand, clock_at, handed_in, sealed
from tests.tenders.stage import DEADLINE, cancelled, published_tender
from tests.world import NOW

YEARS = timedelta(days=700)


@pytest.fixture
def stage(world):
    return published_tender(world)


@pytest.fixture
def bid(stage):
    return a_bid(stage)


def test_a_microsecond_before_the_deadline_is_in_time(bid):
    receipt = handed_in(bid, "13.50", at=DEADLINE - TICK)
    assert receipt.kind == Receipt.Kind.BID
    assert body_of(receipt.document)["received_at"] == format_time(DEADLINE - TICK)


@pytest.mark.parametrize("late_by", [0 * TICK, TICK])
def test_at_the_deadline_and_after_it_is_late_and_the_refusal_is_kept(bid, late_by):
    submission = sealed(bid, "13.50")
    with clock_at(DEADLINE + late_by):
        receipt = submit_or_record_refusal(bid=bid, submission=submission, by=bid.prepared_by, now=NOW)
    body = body_of(receipt.document)
    assert (body["kind"], body["reason"], body["received_at"]) == (
        "refusal",
        "late",
        format_time(DEADLINE + late_by),
    )
    assert (body["technical"]["sha256"], body["commercial"]["sha256"]) == submission.hashes
    assert not BidVersion.objects.exists()
    assert Event.objects.about(bid.reference).filter(verb="bid.refused").count() == 1


def test_the_web_servers_clock_decides_nothing(bid):
    with clock_at(DEADLINE), pytest.raises(SubmissionRefused):
        submit_bid(bid=bid, submission=sealed(bid, "13.50"), by=bid.prepared_by, now=NOW)
    with clock_at(DEADLINE - TICK):
        submit_bid(bid=bid, submission=sealed(bid, "13.50"), by=bid.prepared_by, now=DEADLINE + HOUR)
    assert BidVersion.objects.get().received_at == DEADLINE - TICK


@pytest.mark.parametrize("wrong", ["superseded", "not_as_sealed", "envelope_missing"])
def test_at_the_deadline_nothing_else_is_looked_at(bid, wrong):
    """A bid that was taken is sent again, as it is or spoilt, under a new key, a microsecond before and at the hour."""
    first = handed_in(bid, "13.50", at=DEADLINE - HOUR).version
    technical, commercial = bytes(first.technical), bytes(first.commercial)
    again = {
        "superseded": (technical, commercial),
        "not_as_sealed": (technical, commercial[:-1]),
        "envelope_missing": (technical, None),
    }[wrong]
    for instant, reason in ((DEADLINE - TICK, wrong), (DEADLINE, "late")):
        with clock_at(instant):
            replay = Submission(f"replay-{reason}", *again)
            receipt = submit_or_record_refusal(bid=bid, submission=replay, by=bid.prepared_by, now=NOW)
        assert (receipt.kind, receipt.reason, receipt.received_at) == ("refusal", reason, instant)
        assert body_of(receipt.document)["reason"] == reason


def test_the_same_late_submission_gets_the_same_refusal(bid):
    submission = sealed(bid, "13.50", key="late-once")
    with clock_at(DEADLINE):
        refusals = [
            submit_or_record_refusal(bid=bid, submission=submission, by=bid.prepared_by, now=NOW) for _again in range(3)
        ]
    assert len({bytes(receipt.document) for receipt in refusals}) == 1


def test_a_late_withdrawal_is_refused_and_the_bid_stands(bid):
    handed_in(bid, "13.50")
    with clock_at(DEADLINE):
        receipt = withdraw_or_record_refusal(bid=bid, submission_key="withdraw", by=bid.prepared_by, now=NOW)
    assert (receipt.kind, receipt.reason) == ("refusal", "late")
    assert BidVersion.objects.standing().count() == 1


def test_a_cancelled_tender_takes_no_bid(stage, bid):
    cancelled(stage)
    with clock_at(DEADLINE - HOUR):
        receipt = submit_or_record_refusal(bid=bid, submission=sealed(bid, "13.50"), by=bid.prepared_by, now=NOW)
    assert receipt.reason == "cancelled"


def test_a_clock_that_is_set_back_after_the_close_lets_nothing_in(stage, bid):
    with clock_at(DEADLINE):
        close_tender(tender=stage.tender, now=DEADLINE)
    with clock_at(DEADLINE - HOUR):
        receipt = submit_or_record_refusal(bid=bid, submission=sealed(bid, "13.50"), by=bid.prepared_by, now=NOW)
    assert receipt.reason == "late"


def test_the_guard_cannot_be_passed_by_bulk_or_by_hand(bid):
    version = BidVersion(
        bid=bid,
        tender=bid.tender,
        number=1,
        kind="bid",
        commercial=b"x",
        submission_key="by-hand",
        received_at=NOW,
        submitted_by=bid.prepared_by,
    )
    with clock_at(DEADLINE), pytest.raises(DatabaseError, match="LATE"):
        by_hand(lambda: BidVersion.objects.bulk_create([version]))


def test_the_web_role_cannot_set_the_clock_or_pass_the_guard(db, request):
    mark_installation("test")
    request.getfixturevalue("as_web_role")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        set_database_clock(DEADLINE - YEARS)
    with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic():
        connection.cursor().execute("ALTER TABLE tenders_bidversion DISABLE TRIGGER ALL")
