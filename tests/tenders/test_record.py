"""The public record of a tender, and the evidence of one bid: all that is needed to check, and nothing more."""

import base64
import json
from hashlib import sha256

import pytest
from django.urls import reverse

from checking.material import Material
from sealing import tree
from sealing.documents import document_hash
from sealing.opening import open_with_seed
from tenders.actions.bidding import submit_bid, submit_or_record_refusal, withdraw_bid
from tenders.actions.opening import close_tender
from tenders.models import Bid, OpenedEnvelope
from tenders.rules.receipts import Inclusion
from tenders.signing import server_public
from tests.checking.papers import failures
from tests.tenders.bids import HOUR, a_bid, bids_in, body_of, clock_at, fresh, handed_in, sealed, signed_in
from tests.tenders.changing import amended
from tests.tenders.judging import PRICED, judge, open_envelopes, opened_bids, ranked_lot
from tests.tenders.stage import DEADLINE, published_tender
from tests.world import NOW

EMPTY = (
    "amendments",
    "clarifications",
    "results",
    "reports",
    "requests",
    "releases",
    "minutes",
    "destruction",
    "ranking",
    "opened",
)


def bytes_of(client, tender):
    answer = client.get(reverse("record", args=[tender.reference]))
    assert answer["Content-Type"] == "application/json"
    return b"".join(answer.streaming_content)


def record_of(client, tender):
    return json.loads(bytes_of(client, tender))


def evidence_of(client, receipt):
    return client.get(reverse("tenders:evidence", args=[receipt.bid.reference, receipt.sha256]))


def closed(stage):
    with clock_at(DEADLINE + HOUR):
        return close_tender(tender=stage.tender, now=DEADLINE + HOUR)


def test_before_the_close_it_is_the_notice_alone_and_the_same_bytes_whether_somebody_bids_or_not(world, client):
    stage = published_tender(world)
    before = bytes_of(client, stage.tender)
    bid = a_bid(stage)
    handed_in(bid, "13.50")
    handed_in(bid, "13.40")
    assert bytes_of(client, stage.tender) == before
    record = json.loads(before)
    assert record == {
        "format": "tender-record/2",
        "tender": stage.tender.reference,
        "key": server_public(),
        "notice": bytes(stage.tender.notice).decode(),
        "close": "",
        "stamp": "",
        "call": "",
        "decisions": [],
        "committee": None,
        **{name: [] for name in EMPTY},
    }


def test_every_notice_is_in_the_record_and_a_bid_sealed_again_is_checked_against_the_last(world, client):
    stage = published_tender(world, lots=("20.00",))
    bid = a_bid(stage)
    with clock_at(NOW + HOUR):
        first = submit_bid(bid=bid, submission=sealed(bid, "13.50"), by=bid.prepared_by, now=NOW + HOUR)
    with clock_at(NOW + 2 * HOUR):
        amended(stage, at=NOW + 2 * HOUR)
    bid = Bid.objects.get(pk=bid.pk)
    again = handed_in(bid, "13.40")
    stage.tender = fresh(stage.tender)
    closed(stage)
    record = record_of(client, stage.tender)
    assert [body_of(one.encode())["number"] for one in (record["notice"], *record["amendments"])] == [1, 2]
    client = signed_in(client, stage.suppliers[0])
    expected = {again: {}, first: {"included": "no_inclusion"}}
    assert {each: failures(Material(record, evidence_of(client, each).json())) for each in expected} == expected


def test_a_draft_has_no_record(world, client):
    stage = published_tender(world)
    assert client.get(reverse("record", args=["T-2026-9999"])).status_code == 404
    assert client.get(reverse("record", args=[stage.tender.reference])).status_code == 200


def test_at_the_close_number_and_root_are_public_and_nothing_else(world, client):
    stage = published_tender(world)
    bids_in(stage, "13.50", "12.00")
    close = closed(stage)
    record = record_of(client, stage.tender)
    assert body_of(record["close"].encode()) == body_of(close.document)
    assert all(record[name] == [] for name in EMPTY)


def test_of_technical_envelopes_there_are_hashes_only(world, client):
    stage, bids = opened_bids(world, "13.50", "12.00")
    opened = record_of(client, stage.tender)["opened"]
    assert [entry["bid"] for entry in opened] == sorted(bid.reference for bid in bids)
    by_bid = {entry["bid"]: entry for entry in opened}
    version, product = bids[0].versions.get(), bids[0].product_version.product
    assert by_bid[bids[0].reference] == {
        "bid": bids[0].reference,
        "lot": "L-01",
        "envelope": "technical",
        "supplier": bids[0].supplier.credit_code,
        "covers": {
            "kind": "product",
            "registration": None,
            "item": product.item.reference,
            "products": [{"item": product.item.reference, "pack": 10, "product": product.reference, "quantity": 1}],
            "further": [],
        },
        "outcome": "opened",
        "sha256": version.technical_sha256,
        "seed": "",
        "file": "",
        "wrong": [],
    }


def test_files_and_seeds_are_those_of_the_opened_prices_and_of_no_others(world, client):
    stage, bids = opened_bids(world, "13.50", "12.00", "11.00", "10.00")
    judge(stage, dict(zip(bids, ("80", "80", "80", "40"), strict=True)))
    open_envelopes(stage, "commercial", at=PRICED)
    text = bytes_of(client, stage.tender)
    record = json.loads(text)
    prices = [entry for entry in record["opened"] if entry["envelope"] == "commercial"]
    assert {entry["bid"] for entry in prices} == {bid.reference for bid in bids[:3]}
    for entry in prices:
        file = base64.b64decode(entry["file"])
        assert sha256(file).hexdigest() == entry["sha256"]
        assert open_with_seed(file, bytes.fromhex(entry["seed"])).outcome == "opened"
    failed = bids[3].versions.get()
    assert base64.b64encode(bytes(failed.commercial)) not in text
    seeds = OpenedEnvelope.objects.filter(envelope="technical").values_list("seed", flat=True)
    assert [seed for seed in seeds if seed.encode() in text] == []
    assert {(len(record[name])) for name in ("results", "requests")} == {1, 2}
    assert len(record["releases"]) == 6


def test_the_ranking_says_what_is_shown_of_each_price(world, client):
    stage, bids = ranked_lot(world, "13.50", "12.00", "201.00")
    ranking = {row["bid"]: row for row in record_of(client, stage.tender)["ranking"]}
    assert ranking[bids[1].reference] == {
        "lot": "L-01",
        "bid": bids[1].reference,
        "verdict": "valid",
        "price": "12.000000",
        "comparable": "6/5",
        "score": "80.00",
        "rank": 1,
    }
    assert (ranking[bids[2].reference]["verdict"], ranking[bids[2].reference]["rank"]) == ("above_ceiling", None)


def test_many_bids_cost_no_more_queries(world, client, django_assert_num_queries):
    stage, _bids = ranked_lot(world, "13.50", "12.00", "11.00", "10.00")
    with django_assert_num_queries(24):
        record_of(client, stage.tender)


# --- A bidder's evidence ---


def test_evidence_before_the_close_is_the_receipt_and_the_sealed_files(world, client):
    stage = published_tender(world)
    receipt = handed_in(a_bid(stage), "13.50")
    answer = evidence_of(signed_in(client, stage.suppliers[0]), receipt)
    version = receipt.version
    assert answer.json() == {
        "format": "bid-evidence/2",
        "key": server_public(),
        "receipt": bytes(receipt.document).decode(),
        "proof": None,
        "inclusion": None,
        "close": "",
        "files": {
            "technical": base64.b64encode(version.technical).decode(),
            "commercial": base64.b64encode(version.commercial).decode(),
        },
        "seeds": {},
    }


def test_evidence_after_the_close_proves_the_place_under_the_root(world, client):
    stage = published_tender(world)
    bids = bids_in(stage, "13.50", "12.00", "11.00")
    close = closed(stage)
    evidence = evidence_of(signed_in(client, stage.suppliers[0]), bids[0].receipts.get()).json()
    assert document_hash(evidence["close"].encode()) == close.sha256
    own = tree.leaf(evidence["receipt"].split("\n")[0].encode())
    proof = Inclusion(**evidence["inclusion"])
    assert tree.includes(close.root, own, index=proof.index, count=proof.count, path=proof.path)


def test_a_bidder_gets_the_seeds_of_its_own_envelopes_once_they_are_open(world, client):
    stage, bids = opened_bids(world, "13.50", "12.00")
    evidence = evidence_of(signed_in(client, stage.suppliers[0]), bids[0].receipts.get()).json()
    assert evidence["seeds"].keys() == {"technical"}
    file = base64.b64decode(evidence["files"]["technical"])
    assert open_with_seed(file, bytes.fromhex(evidence["seeds"]["technical"])).outcome == "opened"


def test_a_withdrawal_has_its_evidence_and_a_place_in_no_tree(world, client):
    stage = published_tender(world)
    bid = a_bid(stage)
    first = handed_in(bid, "13.50")
    with clock_at(DEADLINE - HOUR):
        withdrawn = withdraw_bid(bid=bid, submission_key="withdraw-1", by=bid.prepared_by, now=NOW)
    closed(stage)
    client = signed_in(client, stage.suppliers[0])
    for receipt, files in ((withdrawn, set()), (first, {"technical", "commercial"})):
        evidence = evidence_of(client, receipt).json()
        assert (evidence["inclusion"], evidence["files"].keys()) == (None, files)


def test_a_refusal_has_its_receipt_and_its_evidence(world, client):
    stage = published_tender(world)
    bid = a_bid(stage)
    late = sealed(bid, "13.50")
    with clock_at(DEADLINE):
        refused = submit_or_record_refusal(bid=bid, submission=late, by=bid.prepared_by, now=DEADLINE)
    closed(stage)
    evidence = evidence_of(signed_in(client, stage.suppliers[0]), refused).json()
    assert body_of(evidence["receipt"].encode())["reason"] == "late"
    assert (evidence["inclusion"], evidence["files"], evidence["seeds"]) == (None, {}, {})


def test_evidence_is_for_its_supplier_alone_on_the_page_and_in_the_api(world, client):
    stage = published_tender(world)
    receipt = handed_in(a_bid(stage), "13.50")
    own, rival = stage.suppliers[:2]
    for route in ("tenders:evidence", "api-evidence"):
        address = reverse(route, args=[receipt.bid.reference, receipt.sha256])
        missing = reverse(route, args=["B-NOSUCHBIDHERE", receipt.sha256])
        assert signed_in(client, own).get(address).json()["receipt"] == bytes(receipt.document).decode()
        for stranger in (rival, stage.holders[1].seat):
            client = signed_in(client, stranger)
            assert client.get(address).status_code == client.get(missing).status_code != 200


@pytest.mark.parametrize("route", ["tenders:evidence", "tenders:receipt-document"])
def test_asked_again_the_answer_is_the_same_bytes(world, client, route):
    stage = published_tender(world)
    receipt = handed_in(a_bid(stage), "13.50")
    address = reverse(route, args=[receipt.bid.reference, receipt.sha256])
    client = signed_in(client, stage.suppliers[0])
    assert client.get(address).content == client.get(address).content
