"""The ceremony on pages: everybody watches, the officer asks, openers bring their keys, the minutes print."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.clock import database_clock
from sealing import tree
from sealing.documents import read_document
from tenders.actions.bidding import submit_bid
from tenders.actions.preparation import in_words
from tenders.models import OpenedEnvelope, OpeningRequest
from tenders.signing import server_public
from tests.tenders.bids import a_bid, fresh, moved_deadline, sealed, signed_in, technical_result
from tests.tenders.bids import released as by_program
from tests.tenders.stage import published_tender
from tests.world import NOW


@pytest.fixture
def stage(world):
    """A tender whose deadline has just passed, with three bids in its only lot."""
    stage = published_tender(world, lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=1))
    stage.bids = [a_bid(stage, supplier=supplier) for supplier in stage.suppliers]
    for bid, price in zip(stage.bids, ("1.00", "13.50", "12.90"), strict=True):
        submit_bid(bid=bid, submission=sealed(bid, price), by=bid.prepared_by, now=NOW)
    moved_deadline(stage.tender, database_clock())
    return stage


def page(client, stage, name="opening", *args):
    return client.get(reverse(f"tenders:{name}", args=[stage.tender.reference, *args])).content.decode()


def asked(client, stage, envelope="technical"):
    signed_in(client, stage.officer)
    url = reverse("tenders:request-openings", args=[stage.tender.reference, envelope])
    assert "signed and public before any opener acts" in client.get(url).content.decode()
    return client.post(url)


def released(stage, holder):
    by_program(fresh(stage.tender), holder.pair, holder.seat, timezone.now())


def test_the_officer_asks_and_three_openers_open(client, stage):
    assert asked(client, stage).status_code == 302
    for holder in stage.holders[:3]:
        released(stage, holder)
    signed_in(client, stage.suppliers[1])
    seen = page(client, stage)
    for bid in stage.bids:
        assert bid.supplier.name in seen
        assert bid.reference in seen
    assert "13.50" not in seen
    assert OpenedEnvelope.objects.count() == 3
    minutes = page(client, stage, "opening-minutes")
    assert minutes.count("absent") == 2
    assert fresh(stage.tender).close.root in minutes


def test_who_watches_gets_a_short_answer_until_something_happens(client, stage):
    asked(client, stage)
    signed_in(client, stage.suppliers[1])
    url = reverse("tenders:opening", args=[stage.tender.reference])
    news = re.search(r'"X-News": "(\d+)"', client.get(url).content.decode())[1]
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url, headers={"X-News": news}).status_code == 204
    assert len(queries) < 15
    released(stage, stage.holders[0])
    assert client.get(url, headers={"X-News": news}).status_code == 200


def test_before_the_officer_asks_nothing_is_listed(client, stage):
    signed_in(client, stage.suppliers[1])
    seen = page(client, stage)
    assert not any(bid.reference in seen for bid in stage.bids)


def test_prices_of_failed_bids_are_listed_as_shut_for_ever(client, stage):
    asked(client, stage)
    for holder in stage.holders[:3]:
        released(stage, holder)
    cheap, good, fair = stage.bids
    technical_result(
        fresh(stage.tender).lots.get(), passed=[good, fair], failed=[cheap], by=stage.officer, final_at=timezone.now()
    )
    asked(client, stage, "commercial")
    for holder in stage.holders[1:4]:
        released(stage, holder)
    signed_in(client, stage.suppliers[0])
    seen = page(client, stage)
    assert "13.50" in seen
    assert "12.90" in seen
    assert "Shut for ever" in seen
    assert "1.00" not in page(client, stage, "opening-minutes")
    assert not OpenedEnvelope.objects.filter(bid=cheap, envelope="commercial").exists()


def test_every_document_of_the_opening_can_be_downloaded_and_checked(client, stage):
    asked(client, stage)
    released(stage, stage.holders[0])
    signed_in(client, stage.suppliers[2])
    keys = {"close": server_public(), "request-1-technical": server_public()}
    for name, key in (keys | {"release-1-technical-1": stage.holders[0].pair.sign_public}).items():
        answer = client.get(reverse("tenders:opening-document", args=[stage.tender.reference, name]))
        assert read_document(answer.content, [key]).body["tender"] == stage.tender.reference
    for name in ("request-2-technical", "release-1-technical-2", "shares", "request-x-technical", "close-1-x"):
        answer = client.get(reverse("tenders:opening-document", args=[stage.tender.reference, name]))
        assert answer.status_code == 404


def test_a_supplier_finds_its_receipt_in_the_close(client, stage):
    bid = stage.bids[1]
    path = reverse("tenders:receipt", args=[bid.reference, bid.receipts.get().sha256])
    signed_in(client, stage.suppliers[1])
    assert client.get(path).context["inclusion"] is None
    asked(client, stage)
    signed_in(client, stage.suppliers[1])
    shown = client.get(path)
    proof, close = shown.context["inclusion"], fresh(stage.tender).close
    leaf = tree.leaf(bid.receipts.get().body)
    assert tree.includes(close.root, leaf, index=proof.index, count=close.count, path=proof.path)
    assert close.root in shown.content.decode()


def test_who_may_not_ask_or_release_is_turned_away(client, stage):
    ask_url = reverse("tenders:request-openings", args=[stage.tender.reference, "technical"])
    release_url = reverse("tenders:release-shares", args=[stage.tender.reference])
    for seat in (stage.suppliers[0], stage.holders[1].seat, stage.evaluators[0].seat):
        signed_in(client, seat)
        assert client.post(ask_url).status_code == 403
    signed_in(client, stage.officer)
    assert client.get(release_url).status_code == 403
    assert not OpeningRequest.objects.exists()


def test_the_page_that_asks_the_openers_says_until_when_it_is_too_early(client, world):
    """From the deadline on it offers the act, before anybody has closed the tender: asking does."""
    stage = published_tender(world, lots=("20.00",))
    url = reverse("tenders:request-openings", args=[stage.tender.reference, "technical"])
    for moved, offered in ((timedelta(hours=1), False), (-timedelta(minutes=1), True)):
        until = timezone.now() + moved
        moved_deadline(stage.tender, until)
        signed_in(client, stage.officer)
        shown = client.get(url).content.decode()
        assert ("Sign and publish the lists" in shown) is offered
        assert (in_words(until) in shown) is not offered
    prices = reverse("tenders:request-openings", args=[stage.tender.reference, "commercial"])
    assert "technical result of this lot is not published" in client.get(prices).content.decode()


def test_the_page_asks_the_same_number_of_questions_for_few_and_many_lots(client, world):
    counts = []
    for lots in (1, 8):
        stage = published_tender(world, lots=("20.00",) * lots)
        moved_deadline(stage.tender, timezone.now() + timedelta(hours=1))
        for lot in stage.lots:
            bid = a_bid(stage, lot=lot)
            submit_bid(bid=bid, submission=sealed(bid, "13.50"), by=bid.prepared_by, now=NOW)
        moved_deadline(stage.tender, database_clock())
        asked(client, stage)
        page(client, stage)
        with CaptureQueriesContext(connection) as questions:
            page(client, stage)
        counts.append(len(questions))
    assert counts[0] == counts[1]
