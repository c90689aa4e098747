"""A receipt proves what was received and when, to anybody who has the platform's public key."""

import pytest

from core.errors import Refused
from sealing.canonical import format_time
from sealing.documents import document_hash, read_document
from sealing.errors import SignatureError
from sealing.primitives import signing_public
from tenders.actions.bidding import submit_bid, submit_or_record_refusal, withdraw_bid
from tenders.models import BidVersion, Receipt
from tenders.signing import server_public
from tests.tenders.bids import HOUR, a_bid, body_of, clock_at, handed_in, sealed, sealed_pair, submission_of
from tests.tenders.stage import DEADLINE, published_tender
from tests.world import NOW


@pytest.fixture
def bid(world):
    return a_bid(published_tender(world))


def test_a_receipt_says_what_was_received_from_whom_and_when(bid):
    pair = sealed_pair(bid, "13.50")
    with clock_at(DEADLINE - HOUR):
        receipt = submit_bid(bid=bid, submission=submission_of(pair), by=bid.prepared_by, now=NOW)
    assert body_of(receipt.document) == {
        "format": "sealed-bid-receipt/1",
        "kind": "bid",
        "tender": bid.tender.reference,
        "lot": "L-01",
        "bid": bid.reference,
        "terms": bid.tender.terms,
        "supplier": bid.supplier.credit_code,
        "version": 1,
        "technical": {"com": pair["technical"].com, "sha256": pair["technical"].digest},
        "commercial": {"com": pair["commercial"].com, "sha256": pair["commercial"].digest},
        "prev": "",
        "proof": "",
        "received_at": format_time(DEADLINE - HOUR),
    }


def test_nobody_but_the_platform_can_have_signed_it(bid):
    receipt = handed_in(bid, "13.50")
    document = bytes(receipt.document)
    assert read_document(document, [server_public()]).hash == receipt.sha256
    with pytest.raises(SignatureError):
        read_document(document, [signing_public(b"7" * 32)])
    with pytest.raises(SignatureError):
        read_document(document.replace(b'"version":1', b'"version":2'), [server_public()])


def test_each_receipt_of_a_bid_names_the_one_before(bid):
    receipts = [handed_in(bid, "13.50"), handed_in(bid, "12.90")]
    with clock_at(DEADLINE - HOUR):
        receipts.append(withdraw_bid(bid=bid, submission_key="withdraw-1", by=bid.prepared_by, now=NOW))
    with clock_at(DEADLINE):
        late = sealed(bid, "11.90")
        receipts.append(submit_or_record_refusal(bid=bid, submission=late, by=bid.prepared_by, now=NOW))
    chain = [body_of(receipt.document)["prev"] for receipt in receipts]
    assert chain == ["", *(receipt.sha256 for receipt in receipts[:-1])]


def test_what_is_not_stored_has_no_receipt(bid, monkeypatch):
    monkeypatch.setattr("tenders.actions.bidding.submitting.sign", _broken)
    with clock_at(DEADLINE - HOUR), pytest.raises(OSError, match="no signature"):
        submit_bid(bid=bid, submission=sealed(bid, "13.50"), by=bid.prepared_by, now=NOW)
    assert not BidVersion.objects.exists()
    assert not Receipt.objects.exists()


def _broken(body):
    raise OSError("no signature")


def test_a_receipt_is_for_its_supplier_alone(bid, world):
    receipt = handed_in(bid, "13.50")
    assert Receipt.objects.visible_to(bid.prepared_by).get() == receipt
    for stranger in (world.officer, world.bid_manager, world.auditor):
        assert not Receipt.objects.visible_to(stranger).exists()


def test_the_hash_of_a_receipt_is_that_of_its_first_line(bid):
    receipt = handed_in(bid, "13.50")
    assert document_hash(bytes(receipt.document)) == receipt.sha256
    assert receipt.body == bytes(receipt.document).split(b"\n")[0]


def test_nothing_is_withdrawn_where_nothing_stands(bid):
    with clock_at(DEADLINE - HOUR), pytest.raises(Refused):
        withdraw_bid(bid=bid, submission_key="withdraw-1", by=bid.prepared_by, now=NOW)
    assert not Receipt.objects.exists()
