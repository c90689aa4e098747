"""A supplier bids through the pages: form, errors that help, receipt, withdrawal."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tenders.models import Bid, BidVersion, Receipt
from tenders.sealing.documents import read_document
from tenders.signing import server_public
from tests.tenders.bids import a_bid, moved_deadline, signed_in
from tests.tenders.stage import published_tender

ANSWERS = {"answer-C-01": "Licence 2024-117", "answer-C-02": "24 of 24 samples", "answer-C-03": "98.2 percent"}


@pytest.fixture
def stage(world):
    stage = published_tender(world)
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=5))
    return stage


@pytest.fixture
def bid(stage):
    return a_bid(stage)


def offer(client, bid, **changes):
    """Open the form as a browser does, and send it filled in."""
    page = client.get(reverse("tenders:submit-bid", args=[bid.reference]))
    key = page.context["form"]["submission_key"].value()
    given = {**ANSWERS, "price": "13.5", "submission_key": key, **changes}
    return client.post(reverse("tenders:submit-bid", args=[bid.reference]), given)


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
    answer = offer(client, bid)
    receipt = Receipt.objects.get()
    assert answer.headers["Location"] == reverse("tenders:receipt", args=[bid.reference, receipt.sha256])
    assert "Receipt of a sealed bid" in client.get(answer.headers["Location"]).content.decode()
    file = client.get(reverse("tenders:receipt-document", args=[bid.reference, receipt.sha256])).content
    assert file == bytes(receipt.document)
    assert read_document(file, [server_public()]).hash == receipt.sha256
    assert "submitted, sealed" in client.get(reverse("tenders:bids")).content.decode()


@pytest.mark.parametrize(
    "price",
    ["", "NaN", "1e3", "-5", "+5", "13.1234567", "1,000", "十三", "0", "0.0000", "Infinity", "1" * 13, "1.2.3", " . "],
)
def test_a_price_that_is_none_is_told_at_its_field_and_nothing_is_stored(client, bid, price):
    signed_in(client, bid.prepared_by)
    answer = offer(client, bid, price=price)
    assert answer.status_code == 200
    assert answer.context["form"].errors["price"]
    assert not BidVersion.objects.exists()


def test_a_price_above_the_ceiling_is_a_warning_that_can_be_passed(client, bid):
    signed_in(client, bid.prepared_by)
    ceiling = bid.lot.ceiling_price * bid.product_version.pack_size
    answer = offer(client, bid, price=f"{ceiling + 1}")
    assert "above the ceiling" in str(answer.context["form"].errors["above_ceiling"])
    assert not BidVersion.objects.exists()
    assert offer(client, bid, price=f"{ceiling + 1}", above_ceiling="on").status_code == 302
    assert offer(client, bid, price=f"{ceiling}").status_code == 302
    assert BidVersion.objects.count() == 2


def test_the_same_form_sent_twice_is_one_version(client, bid):
    signed_in(client, bid.prepared_by)
    assert offer(client, bid, submission_key="form-of-the-morning").status_code == 302
    answer = offer(client, bid, submission_key="form-of-the-morning", price="9")
    assert "sent before" in str(answer.context["form"].non_field_errors())
    assert BidVersion.objects.count() == 1


def test_a_bid_at_the_deadline_is_answered_with_a_kept_refusal(client, bid):
    moved_deadline(bid.tender, timezone.now() - timedelta(seconds=1))
    signed_in(client, bid.prepared_by)
    answer = offer(client, bid)
    assert "The deadline had passed" in client.get(answer.headers["Location"]).content.decode()
    assert Receipt.objects.get().kind == "refusal"


def test_withdrawing_says_what_will_happen_and_gives_a_receipt(client, bid):
    signed_in(client, bid.prepared_by)
    offer(client, bid)
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
    offer(client, bid)
    page = client.get(reverse("tenders:bid", args=[bid.reference])).content.decode()
    assert "missing" not in page
    assert Receipt.objects.get().sha256[:16] in page


def test_a_strangers_bid_is_as_missing_as_one_that_never_was(client, bid, stage):
    signed_in(client, bid.prepared_by)
    offer(client, bid)
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
