"""A supplier's pages on the server: what they tell the browser that seals, receipts, withdrawal."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sealing.documents import read_document
from tenders.actions.bidding import submit_or_record_refusal
from tenders.models import Bid, Receipt
from tenders.signing import server_public
from tests.tenders.bids import a_bid, moved_deadline, sealed, signed_in
from tests.tenders.stage import published_tender


@pytest.fixture
def stage(world):
    stage = published_tender(world)
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=5))
    return stage


@pytest.fixture
def bid(stage):
    return a_bid(stage)


def offer(bid, price="13.5"):
    """Submit the next version as the page does, sealed outside the platform."""
    return submit_or_record_refusal(bid=bid, submission=sealed(bid, price), by=bid.prepared_by, now=timezone.now())


def test_from_the_lots_of_a_tender_to_a_receipt(client, stage):
    supplier, lot = stage.suppliers[0], stage.lots[0]
    product = stage.product(lot, supplier)
    signed_in(client, supplier)
    page = client.get(reverse("tenders:tender-bids", args=[stage.tender.reference])).content.decode()
    begin = reverse("tenders:prepare-bid", args=[stage.tender.reference, lot.number])
    assert begin in page
    answer = client.post(begin, {"product_version": product.pk})
    bid = Bid.objects.get()
    assert answer.headers["Location"] == reverse("tenders:bid", args=[bid.reference])
    receipt = offer(bid)
    page = client.get(reverse("tenders:receipt", args=[bid.reference, receipt.sha256])).content.decode()
    assert "Receipt of a sealed bid" in page
    file = client.get(reverse("tenders:receipt-document", args=[bid.reference, receipt.sha256])).content
    assert file == bytes(receipt.document)
    assert read_document(file, [server_public()]).hash == receipt.sha256
    assert "submitted, sealed" in client.get(reverse("tenders:bids")).content.decode()


def test_the_page_takes_nothing_and_has_no_field_that_a_form_could_send(client, bid):
    signed_in(client, bid.prepared_by)
    url = reverse("tenders:submit-bid", args=[bid.reference])
    assert client.post(url, {"price": "13.5"}).status_code == 405
    page = client.get(url).content.decode()
    main = page[page.index('<main class="page"') :]
    assert main.count("<input") + main.count("<textarea") > 5
    assert re.findall(r"<(?:input|textarea|select)[^>]* name=[^>]*>", main) == []
    assert "python -m sealing seal" in main


def test_the_page_brings_the_signed_notice_and_the_entries_of_the_next_version(client, bid):
    signed_in(client, bid.prepared_by)
    receipt = offer(bid)
    facts = client.get(reverse("tenders:submit-bid", args=[bid.reference])).context["facts"]
    assert facts["notice"].encode() == bytes(bid.tender.notice)
    assert facts["prev"] == receipt.sha256
    answered = client.get(reverse("api-sealing", args=[bid.reference])).json()
    assert json.loads(json.dumps(facts["sealing"])) == answered
    assert {entry["version"] for entry in answered} == {2}


def test_a_bid_at_the_deadline_is_answered_with_a_kept_refusal(client, bid):
    moved_deadline(bid.tender, timezone.now() - timedelta(seconds=1))
    signed_in(client, bid.prepared_by)
    receipt = offer(bid)
    page = client.get(reverse("tenders:receipt", args=[bid.reference, receipt.sha256])).content.decode()
    assert "The deadline had passed" in page
    assert Receipt.objects.get().kind == "refusal"


def test_withdrawing_says_what_will_happen_and_gives_a_receipt(client, bid):
    signed_in(client, bid.prepared_by)
    offer(bid)
    url = reverse("tenders:withdraw-bid", args=[bid.reference])
    page = client.get(url)
    assert "stay sealed for ever" in page.content.decode()
    answer = client.post(url, {"submission_key": page.context["form"]["submission_key"].value()})
    assert "Receipt of a withdrawal" in client.get(answer.headers["Location"]).content.decode()
    assert "withdrawn" in client.get(reverse("tenders:bid", args=[bid.reference])).content.decode()


def test_the_workspace_says_what_is_missing_and_that_nobody_can_read_it(client, bid):
    signed_in(client, bid.prepared_by)
    page = client.get(reverse("tenders:bid", args=[bid.reference])).content.decode()
    assert "Nobody can read this before the deadline, not even us" in page
    assert page.count("missing") == 4
    offer(bid)
    page = client.get(reverse("tenders:bid", args=[bid.reference])).content.decode()
    assert "missing" not in page
    assert Receipt.objects.get().sha256[:16] in page


def test_a_strangers_bid_is_as_missing_as_one_that_never_was(client, bid, stage):
    signed_in(client, bid.prepared_by)
    offer(bid)
    receipt = Receipt.objects.get()
    signed_in(client, stage.suppliers[1])
    routes = [("bid", []), ("submit-bid", []), ("withdraw-bid", []), ("receipt", [receipt.sha256])]
    for name, rest in [*routes, ("receipt-document", [receipt.sha256])]:
        foreign = client.get(reverse(f"tenders:{name}", args=[bid.reference, *rest]))
        missing = client.get(reverse(f"tenders:{name}", args=["B-ZZZZZZZZZZZZ", *rest]))
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert foreign.content == missing.content


def test_the_signing_key_is_public(client, db):
    page = client.get(reverse("tenders:signing-keys")).content.decode()
    assert server_public() in page


def test_the_lists_ask_the_same_number_of_questions_for_three_rows_and_thirty(client, world):
    stage = published_tender(world, lots=("20.00",) * 30, suppliers=2)
    few, many = stage.suppliers
    for supplier, lots in ((few, stage.lots[:3]), (many, stage.lots)):
        for lot in lots:
            a_bid(stage, supplier=supplier, lot=lot)
    for path in (reverse("tenders:bids"), reverse("tenders:tender-bids", args=[stage.tender.reference])):
        counts = [questions(client, supplier, path) for supplier in (few, many)]
        assert counts[0] == counts[1]


def questions(client, seat, path):
    signed_in(client, seat)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
