"""Three openers at their own machines release at the same time, and whoever watches sees it without a key pressed."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.clock import database_clock
from tenders.actions.bidding import submit_bid
from tenders.actions.opening import request_opening
from tests.browser.bidding import PATIENCE
from tests.tenders.bids import a_bid, fresh, moved_deadline, sealed
from tests.tenders.stage import published_tender
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(live_server):
    stage = published_tender(World(), lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=1))
    for supplier in stage.suppliers[:2]:
        bid = a_bid(stage, supplier=supplier)
        submit_bid(bid=bid, submission=sealed(bid, "13.50"), by=supplier, now=NOW)
    moved_deadline(stage.tender, database_clock())
    request_opening(lot=stage.lots[0], envelope="technical", by=stage.officer, now=timezone.now())
    stage.tender = fresh(stage.tender)
    return stage


@pytest.fixture
def machine_of(browser, live_server):
    """A browser of its own for a seat, with a page open in it: ``machine_of(seat, "tenders:opening", reference)``."""
    contexts = []

    def open_page(seat, route, *args):
        client = Client()
        client.force_login(seat.person, backend="django.contrib.auth.backends.ModelBackend")
        context = browser.new_context()
        contexts.append(context)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + reverse(route, args=args))
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_three_openers_in_three_browsers_and_two_who_watch(stage, machine_of):
    reference, root = stage.tender.reference, stage.tender.close.root
    watching = [machine_of(seat, "tenders:opening", reference) for seat in (stage.suppliers[0], stage.suppliers[2])]
    for page in watching:
        expect(page.get_by_text("released the shares")).to_have_count(0)
        page.evaluate("window.neverLeft = true")
    at_work = [machine_of(holder.seat, "tenders:release-shares", reference) for holder in stage.holders[:3]]
    for page, holder in zip(at_work, stage.holders, strict=False):
        file = {"name": "opener.key", "mimeType": "application/octet-stream", "buffer": holder.key_file}
        page.get_by_label("Key file").set_input_files(file)
        page.get_by_label("Code").fill(holder.code)
        page.get_by_label("Root, at least").fill(root[:8])
        page.get_by_role("button", name="Check what is asked for").click()
    for page in at_work:
        expect(page.locator("[data-says]")).to_contain_text("agrees with what was published", timeout=PATIENCE)
    for number, page in enumerate(at_work, 1):
        page.get_by_role("button", name="Release and sign").click()
        page.get_by_role("heading", name="Opening of the envelopes").wait_for()
        for other in watching:
            expect(other.get_by_text("released the shares")).to_have_count(number, timeout=PATIENCE)
    for page in watching:
        expect(page.get_by_text("2 of 2 envelopes")).to_be_visible(timeout=PATIENCE)
        assert page.evaluate("window.neverLeft") is True
