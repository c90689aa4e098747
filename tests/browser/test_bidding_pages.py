"""Bidding and opening in a real browser: usable by everybody, at a desk and on a phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.clock import database_clock
from tenders.actions.bidding import submit_bid
from tenders.actions.opening import request_opening
from tenders.models import Receipt
from tests.browser.bidding import keep_recovery, open_tender, seal, submit, write
from tests.tenders.bids import a_bid, fresh, moved_deadline, released, sealed, technical_result
from tests.world import NOW


@pytest.fixture
def stage(transactional_db):
    stage = open_tender("20.00", "35.00")
    stage.bids = [a_bid(stage, supplier=supplier, lot=lot) for lot in stage.lots for supplier in stage.suppliers]
    for bid, price in zip(stage.bids[:5], ("13.50", "12.90", "1.00", "30.10", "29.95"), strict=True):
        submit_bid(bid=bid, submission=sealed(bid, price), by=bid.prepared_by, now=NOW)
    return stage


def test_a_supplier_bids(page, sit_in, look_at, no_problem, stage, tmp_path):
    bid, unsent, reference = stage.bids[0], stage.bids[5], stage.tender.reference
    sit_in(stage.suppliers[0])
    shown = (
        ("bids",),
        ("tender-bids", reference),
        ("prepare-bid", reference, 1),
        ("bid", bid.reference),
        ("submit-bid", bid.reference),
        ("withdraw-bid", bid.reference),
        ("receipt", bid.reference, Receipt.objects.get(bid=bid).sha256),
        ("signing-keys",),
        ("opening", reference),
    )
    for name, *args in shown:
        look_at(f"tenders:{name}", *args)
    sit_in(stage.suppliers[2])
    look_at("tenders:submit-bid", unsent.reference)
    write(page, price="31.123456")
    seal(page)
    keep_recovery(page, tmp_path)
    submit(page)
    assert unsent.versions.count() == 1
    no_problem()


def test_everybody_watches_the_opening(page, sit_in, look_at, stage):
    reference, now = stage.tender.reference, timezone.now()
    moved_deadline(stage.tender, database_clock())
    sit_in(stage.officer)
    look_at("tenders:request-openings", reference, "technical")
    page.get_by_role("button", name="Sign and publish the lists").click()
    page.get_by_role("heading", name="Opening of the envelopes").wait_for()
    sit_in(stage.holders[0].seat)
    look_at("tenders:release-shares", reference)
    for other in stage.holders[:3]:
        released(fresh(stage.tender), other.pair, other.seat, now)
    good, fair, cheap = stage.bids[:3]
    lot = fresh(stage.tender).lots.get(number=1)
    technical_result(lot, passed=[good, fair], failed=[cheap], by=stage.officer, final_at=now)
    request_opening(lot=lot, envelope="commercial", by=stage.officer, now=timezone.now())
    for other in stage.holders[2:5]:
        released(fresh(stage.tender), other.pair, other.seat, timezone.now())
    sit_in(stage.suppliers[1])
    look_at("tenders:opening", reference)
    expect(page.get_by_text("Shut for ever").first).to_be_visible()
    look_at("tenders:opening-minutes", reference)
