"""On the page that seals one script runs, the one that the notice prints, or the page says that none does."""

import base64
import hashlib

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tenders.notice import PublishedNotice
from tests.browser.bidding import open_tender
from tests.tenders.bids import a_bid


@pytest.fixture
def bid(transactional_db):
    return a_bid(open_tender("20.00"))


@pytest.fixture
def submit_page(live_server, bid):
    return live_server.url + reverse("tenders:submit-bid", args=[bid.reference])


def test_the_page_runs_the_script_that_the_notice_prints_and_no_other(page, sit_in, submit_page, bid):
    sit_in(bid.prepared_by)
    page.goto(submit_page)
    scripts = page.locator("script[src]").evaluate_all("found => found.map(one => [one.src, one.integrity])")
    printed = PublishedNotice.of(bid.tender).body["programs"]["sealing_page"]
    [(address, integrity)] = scripts
    served = page.request.get(address).body()
    assert hashlib.sha256(served).hexdigest() == printed
    assert integrity == f"sha256-{base64.b64encode(bytes.fromhex(printed)).decode()}"
    expect(page.get_by_text("The signed notice prints the same.")).to_be_visible()


def test_a_script_with_one_other_byte_does_not_run(page, sit_in, submit_page, bid):
    def changed(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body().replace(b"price", b"Price", 1))

    page.route("**/programs/*.js", changed)
    sit_in(bid.prepared_by)
    page.goto(submit_page)
    expect(page.get_by_text("The sealing program does not run")).to_be_visible()
    expect(page.get_by_label("Price of one pack")).to_be_hidden()


def test_without_javascript_the_page_says_so_and_names_the_command(browser, page, sit_in, submit_page, bid):
    sit_in(bid.prepared_by)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    bare = context.new_page()
    bare.goto(submit_page)
    expect(bare.get_by_text("The sealing program does not run")).to_be_visible()
    expect(bare.get_by_text("python -m sealing seal")).to_be_visible()
    expect(bare.locator("[data-part=page]")).to_be_hidden()
    context.close()
