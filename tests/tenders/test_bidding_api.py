"""A supplier's program seals by itself, submits once, and keeps receipts; openers' programs release."""

import base64
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sealing.documents import read_document
from tenders.models import Bid, BidVersion, OpenedEnvelope, Receipt
from tenders.serializers.bids import LARGEST_FILE, LARGEST_SUBMISSION, SealedParser
from tenders.signing import server_public
from tests.tenders.bids import a_bid, moved_deadline, sealed, signed_in
from tests.tenders.openers import OpenerProgram
from tests.tenders.stage import published_tender


@pytest.fixture
def stage(world):
    stage = published_tender(world, lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=5))
    return stage


def posted(client, name, *args, body=None, key=""):
    headers = {"Idempotency-Key": key} if key else {}
    path = reverse(f"api-{name}", args=args)
    return client.post(path, body or {}, content_type="application/json", headers=headers)


def files(submission):
    return {
        "technical": base64.b64encode(submission.technical).decode(),
        "commercial": base64.b64encode(submission.commercial).decode(),
    }


def begun(client, stage):
    supplier, lot = stage.suppliers[0], stage.lots[0]
    signed_in(client, supplier)
    product = stage.product(lot, supplier).product.reference
    return posted(client, "bids", body={"tender": stage.tender.reference, "lot": lot.number, "product": product})


def test_a_bid_is_begun_sealed_submitted_and_read_again(client, stage):
    answer = begun(client, stage)
    assert answer.status_code == 201, answer.content
    reference = answer.json()["reference"]
    assert answer.json()["state"] == "draft"
    sealing = client.get(reverse("api-sealing", args=[reference])).json()
    assert [(one["envelope"], one["version"], one["terms"]) for one in sealing] == [
        ("technical", 1, stage.tender.terms),
        ("commercial", 1, stage.tender.terms),
    ]
    submission = sealed(Bid.objects.get(reference=reference), "13.50")
    answer = posted(client, "submit-bid", reference, body=files(submission), key="first-submission")
    assert answer.status_code == 201, answer.content
    document = answer.json()["document"].encode()
    assert read_document(document, [server_public()]).body["kind"] == "bid"
    assert client.get(reverse("api-bid", args=[reference])).json()["state"] == "bid"
    (kept,) = client.get(reverse("api-receipts", args=[reference])).json()["results"]
    assert kept["document"].encode() == document == bytes(Receipt.objects.get().document)


def test_the_same_request_is_one_version_and_the_same_answer(client, stage):
    bid = a_bid(stage)
    signed_in(client, bid.prepared_by)
    body = files(sealed(bid, "13.50"))
    answers = [posted(client, "submit-bid", bid.reference, body=body, key="sent-five-times") for _again in range(5)]
    assert {answer.content for answer in answers} == {answers[0].content}
    assert answers[0].status_code == 201
    assert BidVersion.objects.count() == 1


def test_the_same_key_with_another_bid_is_refused(client, stage):
    bid = a_bid(stage)
    signed_in(client, bid.prepared_by)
    posted(client, "submit-bid", bid.reference, body=files(sealed(bid, "13.50")), key="used-already")
    answer = posted(client, "submit-bid", bid.reference, body=files(sealed(bid, "9.00")), key="used-already")
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


def test_what_is_late_is_an_error_with_a_signed_refusal(client, stage):
    bid = a_bid(stage)
    submission = sealed(bid, "13.50")
    moved_deadline(stage.tender, timezone.now() - timedelta(seconds=1))
    signed_in(client, bid.prepared_by)
    answers = [posted(client, "submit-bid", bid.reference, body=files(submission), key="too-late") for _again in "12"]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].content == answers[1].content
    assert answers[0].json()["code"] == "late"
    assert answers[0].json()["receipt"]["document"].encode() == bytes(Receipt.objects.get().document)


def test_a_stale_version_is_a_conflict(client, stage):
    bid = a_bid(stage)
    mine, theirs = sealed(bid, "13.50"), sealed(bid, "12.90")
    signed_in(client, bid.prepared_by)
    posted(client, "submit-bid", bid.reference, body=files(theirs), key="their-version")
    answer = posted(client, "submit-bid", bid.reference, body=files(mine), key="my-version")
    assert (answer.status_code, answer.json()["code"]) == (409, "superseded")


def test_withdrawing_gives_a_receipt(client, stage):
    bid = a_bid(stage)
    signed_in(client, bid.prepared_by)
    posted(client, "submit-bid", bid.reference, body=files(sealed(bid, "13.50")), key="a-version")
    answer = posted(client, "withdraw-bid", bid.reference, key="a-withdrawal")
    assert (answer.status_code, answer.json()["kind"]) == (201, "withdrawal")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "commercial"),
        ({"commercial": "no base64!"}, "commercial"),
        ({"commercial": "aGk=", "price": "13.50"}, "price"),
    ],
)
def test_a_malformed_body_is_told_by_field(client, stage, body, field):
    bid = a_bid(stage)
    signed_in(client, bid.prepared_by)
    answer = posted(client, "submit-bid", bid.reference, body=body, key="malformed")
    assert (answer.status_code, answer.json()["faults"][0]["field"]) == (400, field)


def test_without_a_key_nothing_is_submitted(client, stage):
    bid = a_bid(stage)
    signed_in(client, bid.prepared_by)
    answer = posted(client, "submit-bid", bid.reference, body=files(sealed(bid, "13.50")))
    assert (answer.status_code, answer.json()["code"]) == (422, "key_missing")


def test_a_bid_that_is_too_large_is_refused_with_a_receipt_and_read_no_further(client, stage, monkeypatch):
    bid = a_bid(stage)
    signed_in(client, bid.prepared_by)
    monkeypatch.setattr(SealedParser, "most", 3_000)
    body = files(sealed(bid, "13.50"))
    answers = [posted(client, "submit-bid", bid.reference, body=body, key="too-large") for _again in "12"]
    assert [answer.status_code for answer in answers] == [413, 413]
    assert answers[0].content == answers[1].content
    assert answers[0].json()["code"] == "too_large"
    refusal = read_document(answers[0].json()["receipt"]["document"].encode(), [server_public()]).body
    assert (refusal["kind"], refusal["reason"], refusal["bid"]) == ("refusal", "too_large", bid.reference)
    moved_deadline(stage.tender, timezone.now() - timedelta(seconds=1))
    late = posted(client, "submit-bid", bid.reference, body=body, key="too-large-and-late")
    assert (late.status_code, late.json()["code"]) == (422, "late")
    assert not BidVersion.objects.exists()


def test_a_bid_of_the_largest_envelopes_is_read(client, stage):
    bid = a_bid(stage)
    signed_in(client, bid.prepared_by)
    largest = base64.b64encode(bytes(LARGEST_FILE)).decode()
    answer = posted(
        client, "submit-bid", bid.reference, body={"technical": largest, "commercial": largest}, key="large-one"
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "not_as_sealed"), answer.content[:300]
    assert answer.json()["receipt"]["kind"] == "refusal"


@pytest.mark.parametrize(
    "kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
@pytest.mark.parametrize("name", ["bids", "submit-bid", "withdraw-bid", "me", "nothing"])
def test_no_body_is_so_large_that_a_program_is_answered_with_a_page(client, stage, kind, name):
    bid = a_bid(stage)
    client.force_login(bid.prepared_by.person)
    args = [bid.reference] if name.endswith("-bid") else []
    path = "/api/v1/nothing/" if name == "nothing" else reverse(f"api-{name}", args=args)
    key = {"Idempotency-Key": "a-large-one"}
    answer = client.post(path, "x" * (LARGEST_SUBMISSION + 1), content_type=kind, headers=key)
    assert answer.status_code in (404, 405, 413, 415), answer.content
    assert answer.json()["code"]


def test_another_suppliers_bid_answers_like_a_missing_one(client, stage):
    bid = a_bid(stage)
    signed_in(client, stage.suppliers[1])
    for name in ("bid", "sealing", "receipts"):
        foreign = client.get(reverse(f"api-{name}", args=[bid.reference]))
        missing = client.get(reverse(f"api-{name}", args=["B-ZZZZZZZZZZZZ"]))
        assert (foreign.status_code, foreign.content) == (404, missing.content)
    assert client.get(reverse("api-bids")).json()["results"] == []


def test_the_opening_by_programs(client, stage):
    bid = a_bid(stage)
    signed_in(client, bid.prepared_by)
    posted(client, "submit-bid", bid.reference, body=files(sealed(bid, "13.50")), key="a-version")
    moved_deadline(stage.tender, timezone.now() - timedelta(seconds=1))
    signed_in(client, stage.officer)
    answer = posted(client, "opening", stage.tender.reference, body={"envelope": "technical"})
    assert answer.status_code == 201, answer.content
    close = json.loads(answer.json()["close"].partition("\n")[0])

    def call(method, path, body):
        answer = getattr(client, method)(f"/api/v1/tenders/{stage.tender.reference}/{path}", body, "application/json")
        assert answer.status_code < 300, answer.content
        return answer.json()

    for holder in stage.holders[:3]:
        signed_in(client, holder.seat)
        OpenerProgram(call, holder.pair).release(close["root"])
    (opened,) = client.get(reverse("api-opening", args=[stage.tender.reference])).json()["opened"]
    assert (opened["bid"], opened["outcome"], opened["offer"]) == (bid.reference, "opened", "")
    assert OpenedEnvelope.objects.get().outcome == "opened"
