"""A bid is sealed in the bidder's browser: what is typed never leaves it, and what leaves it opens again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tenders.sealing.keys import unlock
from tenders.sealing.opening import Outcome, open_with_seed
from tenders.sealing.payloads import read_commercial, read_technical
from tests.browser.bidding import keep_recovery, seal, submit, write
from tests.tenders.bids import a_bid, moved_deadline
from tests.tenders.stage import published_tender
from tests.world import World


@pytest.fixture
def stage(transactional_db):
    stage = published_tender(World(), lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=5))
    return stage


@pytest.fixture
def bid(stage):
    return a_bid(stage)


@pytest.fixture
def at_the_page(page, live_server, sit_in, bid):
    sit_in(bid.prepared_by)
    page.goto(live_server.url + reverse("tenders:submit-bid", args=[bid.reference]))
    expect(page.get_by_label("Price of one pack")).to_be_visible()
    return page


def test_what_is_typed_is_sealed_proved_submitted_and_opens_to_the_same(at_the_page, bid, tmp_path, no_problem):
    page = at_the_page
    no_problem()
    write(page, price="31.123456")
    seal(page)
    no_problem()
    assert page.get_by_role("button", name="Submit the sealed bid").is_disabled()
    file, code = keep_recovery(page, tmp_path)
    submit(page)
    expect(page.locator("[data-checked]")).to_contain_text("the very files")
    version = bid.versions.get()
    seeds = unlock(file.read_bytes(), code, "recovery")["envelopes"]
    opened = {kind: open_with_seed(bytes(getattr(version, kind)), bytes.fromhex(seeds[kind]["seed"])) for kind in seeds}
    assert {verdict.outcome for verdict in opened.values()} == {Outcome.OPENED}
    assert str(read_commercial(opened["commercial"].payload).price) == "31.123456"
    assert read_technical(opened["technical"].payload).answers["C-02"] == "as the annex says 2"
