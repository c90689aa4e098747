"""What an envelope says is found nowhere before its opening; a failed bid's price is found nowhere, ever."""

import base64
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core.clock import database_clock
from sealing.envelope import parse
from tenders.models import OpenedEnvelope
from tests.tenders.bids import (
    a_bid,
    fresh,
    moved_deadline,
    released,
    sealed_pair,
    signed_in,
    submission_of,
    technical_result,
)
from tests.tenders.stage import published_tender
from tests.tenders.traces import everything_logged, places_with

PRICES = ("7.313171", "13.717131", "12.919193")
ANSWER = "marked answer of supplier"


@pytest.fixture
def log():
    with everything_logged() as log:
        yield log


@pytest.fixture
def stage(world):
    stage = published_tender(world, lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=1))
    return stage


def send(client, bid, submission):
    """Send sealed files as the page does."""
    signed_in(client, bid.prepared_by)
    files = {kind: base64.b64encode(getattr(submission, kind)).decode() for kind in ("technical", "commercial")}
    path = reverse("api-submit-bid", args=[bid.reference])
    headers = {"Idempotency-Key": submission.key}
    return client.post(path, files, content_type="application/json", headers=headers)


def sealed_marked(bid, price):
    """Both envelopes with marks in them that are looked for afterwards."""
    answers = {f"C-0{number}": f"{ANSWER} {bid.reference}" for number in (1, 2, 3)}
    return submission_of(sealed_pair(bid, price, answers=answers))


def bids_sealed_and_sent(client, stage):
    bids = [a_bid(stage, supplier=supplier) for supplier in stage.suppliers]
    for bid, price in zip(bids, PRICES, strict=True):
        assert send(client, bid, sealed_marked(bid, price)).status_code == 201
    return bids


def open_on_the_page(client, stage, envelope, places=(0, 1, 2)):
    signed_in(client, stage.officer)
    assert client.post(reverse("tenders:request-openings", args=[stage.tender.reference, envelope])).status_code == 302
    for holder in [stage.holders[place] for place in places]:
        released(fresh(stage.tender), holder.pair, holder.seat, timezone.now())


def test_before_its_opening_nothing_of_an_envelope_is_kept(client, stage, log):
    bids_sealed_and_sent(client, stage)
    for secret in (*PRICES, ANSWER):
        assert places_with(secret, log) == set()


def test_nothing_is_kept_where_a_submission_fails(client, stage, log, monkeypatch):
    bid = a_bid(stage)
    whole = sealed_marked(bid, PRICES[0])
    cut = replace(whole, commercial=whole.commercial[:-1], key="cut-on-the-way")
    assert send(client, bid, cut).status_code == 422
    monkeypatch.setattr("tenders.actions.bidding.submit_or_record_refusal", _broken)
    client.raise_request_exception = False
    assert send(client, bid, sealed_marked(bid, PRICES[1])).status_code == 500
    assert any("the store is away" in line for line in log.lines)
    for secret in (*PRICES, ANSWER):
        assert places_with(secret, log) == set()


def test_no_log_tells_the_row_that_the_database_refused(client, stage, log):
    """A constraint that breaks makes PostgreSQL quote the row, and Python the error."""
    bid = a_bid(stage)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tenders_bidversion ADD CONSTRAINT only_later CHECK (number > 9)")
    submission = sealed_marked(bid, PRICES[0])
    client.raise_request_exception = False
    assert send(client, bid, submission).status_code == 500
    lines = "\n".join(log.lines)
    server = (Path(settings.VAR) / "log" / "postgresql.log").read_text()
    header = parse(submission.technical).header
    for told in (lines, server):
        assert 'violates check constraint "only_later"' in told
        assert "Failing row" not in told
        for secret in (header.com, submission.hashes[0], submission.technical[:32].hex(), submission.key):
            assert secret not in told
    assert "IntegrityError" in lines
    assert "The above exception was the direct cause" in lines


def _broken(**given):
    raise OSError("the store is away")


def test_a_failed_bids_price_never_appears_while_the_others_do(client, stage, log):
    failed, good, fair = bids_sealed_and_sent(client, stage)
    moved_deadline(stage.tender, database_clock())
    open_on_the_page(client, stage, "technical")
    assert places_with(ANSWER, log) == {"tenders_openedenvelope"}
    for price in PRICES:
        assert places_with(price, log) == set()
    technical_result(
        fresh(stage.tender).lots.get(), passed=[good, fair], failed=[failed], by=stage.officer, final_at=timezone.now()
    )
    open_on_the_page(client, stage, "commercial", (2, 3, 4))
    assert "tenders_openedenvelope" in places_with(PRICES[1], log)
    assert "tenders_openedenvelope" in places_with(PRICES[2], log)
    assert places_with(PRICES[0], log) == set()
    assert OpenedEnvelope.objects.count() == 5


def test_an_openers_key_and_code_are_used_and_dropped(client, stage, log):
    bids_sealed_and_sent(client, stage)
    moved_deadline(stage.tender, database_clock())
    open_on_the_page(client, stage, "technical")
    assert OpenedEnvelope.objects.count() == 3
    for holder in stage.holders[:3]:
        for secret in (holder.code, holder.code.replace("-", ""), holder.pair.ecdh.hex(), holder.pair.sign.hex()):
            assert places_with(secret, log) == set()
