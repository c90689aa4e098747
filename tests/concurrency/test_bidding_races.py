"""One bidder at two desks: versions, withdrawals and chunks that come at the same moment.

Real connections. Each control takes away what keeps them apart, and the race is lost.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from core.clock import database_clock
from tenders.actions.bidding import (
    attaching,
    preparing,
    store_chunk,
    submit_or_record_refusal,
    submitting,
    withdraw_or_record_refusal,
)
from tenders.models import AttachmentChunk, Bid, BidVersion, Receipt
from tests.arranging import arranged
from tests.concurrency.meeting import at_once, meeting_after
from tests.tenders.bids import a_bid, body_of, moved_deadline, sealed
from tests.tenders.further import begun, lot_of_two_items, products_of
from tests.tenders.stage import published_tender
from tests.tenders.test_attachments import Sealed, declared
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)
ONCE = "attachment_chunk_once"


@pytest.fixture
def bid(transactional_db):
    stage = published_tender(World(), lots=("20.00",), suppliers=1)
    moved_deadline(stage.tender, database_clock() + timedelta(hours=1))
    return Bid.objects.get(pk=a_bid(stage).pk)


@pytest.fixture
def no_lock(monkeypatch):
    """Nobody holds the bid, and both have counted its versions before either writes one."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    meeting_after(monkeypatch, submitting, "_statement", 2)


def submitted(bid, submission):
    mine = Bid.objects.get(pk=bid.pk)
    return submit_or_record_refusal(bid=mine, submission=submission, by=bid.prepared_by, now=NOW)


def withdrawn(bid):
    mine = Bid.objects.get(pk=bid.pk)
    return withdraw_or_record_refusal(bid=mine, submission_key="the-withdrawal", by=bid.prepared_by, now=NOW)


def two_versions(bid):
    one, other = sealed(bid, "13.50"), sealed(bid, "12.90")
    return at_once(lambda: submitted(bid, one), lambda: submitted(bid, other))


def version_beside_withdrawal(bid):
    submitted(bid, sealed(bid, "13.50"))
    replacement = sealed(bid, "12.90")
    return at_once(lambda: submitted(bid, replacement), lambda: withdrawn(bid))


def is_one_chain(bid) -> bool:
    """Versions are numbered without a gap, and each receipt names the one before it."""
    numbers = list(BidVersion.objects.filter(bid=bid).values_list("number", flat=True))
    receipts = list(Receipt.objects.filter(bid=bid).order_by("pk"))
    named = [body_of(receipt.document)["prev"] for receipt in receipts]
    return numbers == [*range(1, len(numbers) + 1)] and named == ["", *(receipt.sha256 for receipt in receipts[:-1])]


def test_of_two_versions_at_once_one_is_taken_and_the_other_told_with_a_receipt(bid):
    receipts = two_versions(bid)
    assert sorted((receipt.kind, receipt.reason) for receipt in receipts) == [("bid", ""), ("refusal", "superseded")]
    assert BidVersion.objects.count() == 1
    assert is_one_chain(bid)


def test_without_the_lock_the_second_bidder_has_neither_version_nor_receipt(bid, no_lock):
    outcomes = two_versions(bid)
    assert [type(outcome) for outcome in outcomes].count(IntegrityError) == 1
    assert Receipt.objects.count() == 1


def test_a_version_beside_a_withdrawal_is_before_it_or_refused(bid):
    version, withdrawal = version_beside_withdrawal(bid)
    assert withdrawal.kind == "withdrawal"
    assert (version.kind, version.reason) in {("bid", ""), ("refusal", "superseded")}
    assert BidVersion.objects.order_by("number").last().kind == "withdrawal"
    assert is_one_chain(bid)


def test_without_the_lock_one_of_the_two_breaks_on_the_other(bid, request):
    submitted(bid, sealed(bid, "13.50"))
    replacement = sealed(bid, "12.90")
    request.getfixturevalue("no_lock")
    outcomes = at_once(lambda: submitted(bid, replacement), lambda: withdrawn(bid))
    assert [type(outcome) for outcome in outcomes].count(IntegrityError) == 1


def chunk_twice(bid, monkeypatch):
    """The same chunk over two connections, neither of which has seen the other's."""
    file = Sealed(b"a licence")
    attachment = declared(bid, file)
    meeting_after(monkeypatch, attaching, "_require_open", 2)

    def store():
        return store_chunk(attachment=attachment, number=0, data=file.chunks[0], by=bid.prepared_by, now=NOW)

    return at_once(store, store)


def test_a_chunk_sent_twice_at_once_is_stored_once_and_nobody_is_told_of_an_error(bid, monkeypatch):
    assert chunk_twice(bid, monkeypatch) == [None, None]
    assert AttachmentChunk.objects.count() == 1


def test_without_the_constraint_it_is_stored_twice(bid, monkeypatch):
    constraint = next(one for one in AttachmentChunk._meta.constraints if one.name == ONCE)
    with connection.schema_editor() as editor:
        editor.remove_constraint(AttachmentChunk, constraint)
    try:
        assert chunk_twice(bid, monkeypatch) == [None, None]
        assert AttachmentChunk.objects.count() == 2
    finally:
        arranged(AttachmentChunk.objects.all().delete)()
        with connection.schema_editor() as editor:
            editor.add_constraint(AttachmentChunk, constraint)


@pytest.fixture
def both_ways(transactional_db):
    """One supplier begins two bids at once: each offers further what the other is of."""
    stage = lot_of_two_items(World())
    moved_deadline(stage.tender, database_clock() + timedelta(hours=1))
    supplier = stage.suppliers[0]
    one, other, _third = products_of(stage, supplier)
    return [lambda: begun(stage, supplier, [one, other]), lambda: begun(stage, supplier, [other, one])]


def test_of_two_bids_begun_at_once_one_has_the_product_that_both_name(both_ways):
    assert sorted(type(outcome).__name__ for outcome in at_once(*both_ways)) == ["Bid", "Conflict"]


def test_without_the_lock_one_product_has_two_prices(both_ways, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    meeting_after(monkeypatch, preparing, "_check_free", 2)
    assert {type(outcome) for outcome in at_once(*both_ways)} == {Bid}
