"""Pages on which a published tender is changed, and a bid is confirmed, in a real browser at both widths."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.clock import legal_date
from tenders.models import Tender
from tests.browser.bidding import keep_recovery, seal, submit, write
from tests.tenders.bids import a_bid, by_hand, fresh, handed_in, moved_deadline
from tests.tenders.changing import approved, proposed_amendment, proposed_extension
from tests.tenders.stage import published_tender


@pytest.fixture
def stage(world):
    """A tender that closes in twenty days of the real clock, by which the pages go."""
    stage = published_tender(world)
    moved_deadline(stage.tender, timezone.now() + timedelta(days=20))
    supply = legal_date(timezone.now()) + timedelta(days=90)
    columns = {"supply_from": supply, "supply_to": supply + timedelta(days=364)}
    by_hand(lambda: Tender.objects.filter(pk=stage.tender.pk).update(**columns))
    stage.tender = fresh(stage.tender)
    return stage


def test_proposing_deciding_and_what_everybody_reads(stage, sit_in, look_at):
    world, reference, now = stage.world, stage.tender.reference, timezone.now()
    sit_in(world.preparer)
    for name in ("propose-extension", "propose-amendment", "propose-cancellation"):
        look_at(f"tenders:{name}", reference)
    supply = {"supply_from": stage.tender.supply_from, "supply_to": stage.tender.supply_to}
    amendment = proposed_amendment(stage, at=now, ceiling_price="18.00", summary="Of this year", **supply)
    look_at("tenders:change", reference, 1)
    sit_in(world.officer)
    for name in ("change", "approve-change", "decline-change"):
        look_at(f"tenders:{name}", reference, 1)
    approved(stage, amendment, at=now)
    approved(stage, proposed_extension(stage, at=now), at=now)
    for name in ("tender", "notice"):
        look_at(f"tenders:{name}", reference)


def test_a_supplier_is_told_to_seal_again(stage, sit_in, look_at, page):
    bid, now = a_bid(stage), timezone.now()
    handed_in(bid, "13.50", at=now)
    supply = {"supply_from": stage.tender.supply_from, "supply_to": stage.tender.supply_to}
    approved(stage, proposed_amendment(stage, at=now, ceiling_price="18.00", **supply), at=now)
    sit_in(stage.suppliers[0])
    look_at("tenders:tender-bids", stage.tender.reference)
    look_at("tenders:bid", bid.reference)
    expect(page.get_by_role("link", name="Seal again")).to_have_count(1)
    expect(page.get_by_text("Needs re-confirmation", exact=True)).to_be_visible()


def test_who_seals_again_reads_what_changed_and_finds_its_answers_but_no_price(
    stage, sit_in, look_at, page, live_server, tmp_path
):
    bid, now = a_bid(stage), timezone.now()
    sit_in(bid.prepared_by)
    address = live_server.url + reverse("tenders:submit-bid", args=[bid.reference])
    page.goto(address)
    write(page, price="13.50")
    seal(page)
    keep_recovery(page, tmp_path)
    submit(page)
    page.goto(address)
    expect(page.get_by_label("Quality")).to_have_value(re.compile("."))
    expect(page.get_by_label("Price of one pack")).to_have_value("")
    expect(page.get_by_text("Seal again: the notice was amended")).to_have_count(0)
    supply = {"supply_from": stage.tender.supply_from, "supply_to": stage.tender.supply_to}
    approved(stage, proposed_amendment(stage, at=now, ceiling_price="18.00", **supply), at=timezone.now())
    look_at("tenders:submit-bid", bid.reference)
    expect(page.get_by_role("heading", name="Seal again: the notice was amended")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Ceiling price.*18"))).to_be_visible()
    expect(page.get_by_text("the answers of version 1 are filled in")).to_be_visible()
    page.get_by_label("Price of one pack").fill("13.00")
    seal(page)
    page.get_by_role("button", name="Change the offer").click()
    page.get_by_role("button", name="Forget the draft").click()
    page.reload()
    expect(page.get_by_label("Quality")).to_have_value("")
