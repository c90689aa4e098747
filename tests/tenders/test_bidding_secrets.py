"""What an envelope says is found nowhere before its opening; a failed bid's price is found nowhere, ever."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.clock import database_clock
from tenders.models import OpenedEnvelope
from tests.tenders.bids import a_bid, fresh, moved_deadline, released, signed_in, technical_result
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


def seal_on_the_page(client, bid, price, **changes):
    signed_in(client, bid.prepared_by)
    url = reverse("tenders:submit-bid", args=[bid.reference])
    key = client.get(url).context["form"]["submission_key"].value()
    answers = {f"answer-C-0{number}": f"{ANSWER} {bid.reference}" for number in (1, 2, 3)}
    return client.post(url, {**answers, "price": price, "submission_key": key, **changes})


def bids_on_the_page(client, stage):
    bids = [a_bid(stage, supplier=supplier) for supplier in stage.suppliers]
    for bid, price in zip(bids, PRICES, strict=True):
        assert seal_on_the_page(client, bid, price).status_code == 302
    return bids


def open_on_the_page(client, stage, envelope, places=(0, 1, 2)):
    signed_in(client, stage.officer)
    assert client.post(reverse("tenders:request-openings", args=[stage.tender.reference, envelope])).status_code == 302
    for holder in [stage.holders[place] for place in places]:
        released(fresh(stage.tender), holder.pair, holder.seat, timezone.now())


def test_before_its_opening_nothing_of_an_envelope_is_kept(client, stage, log):
    bids_on_the_page(client, stage)
    for secret in (*PRICES, ANSWER):
        assert places_with(secret, log) == set()


def test_nothing_is_kept_where_a_submission_fails(client, stage, log, monkeypatch):
    bid = a_bid(stage)
    assert seal_on_the_page(client, bid, PRICES[0], **{"answer-C-02": ""}).status_code == 200
    assert seal_on_the_page(client, bid, f"{PRICES[1]}9").status_code == 200
    assert seal_on_the_page(client, bid, PRICES[2], submission_key="x").status_code == 200
    monkeypatch.setattr("tenders.actions.bidding.sealing.submit_or_record_refusal", _broken)
    client.raise_request_exception = False
    assert seal_on_the_page(client, bid, PRICES[0]).status_code == 500
    assert any("the store is away" in line for line in log.lines)
    for secret in (*PRICES, ANSWER):
        assert places_with(secret, log) == set()


def _broken(**given):
    raise OSError("the store is away")


def test_a_failed_bids_price_never_appears_while_the_others_do(client, stage, log):
    failed, good, fair = bids_on_the_page(client, stage)
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
    bids_on_the_page(client, stage)
    moved_deadline(stage.tender, database_clock())
    open_on_the_page(client, stage, "technical")
    assert OpenedEnvelope.objects.count() == 3
    for holder in stage.holders[:3]:
        for secret in (holder.code, holder.code.replace("-", ""), holder.pair.ecdh.hex(), holder.pair.sign.hex()):
            assert places_with(secret, log) == set()
