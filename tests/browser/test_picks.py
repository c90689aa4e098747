"""Payables are ticked over several pages and filters of their list, and paid together."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.contracts.builders import trade
from tests.contracts.copies import copies

pytestmark = pytest.mark.django_db(transaction=True)


def tick(page, place):
    box = page.locator("input[name=pick]").nth(place)
    box.check()
    return box.get_attribute("value")


def test_ticks_survive_turning_the_page_and_filtering(page, live_server, world, sit_in):
    copies(trade(world), 120, apart=0)
    payables = live_server.url + reverse("payments:payables")
    sit_in(world.finance)
    page.goto(payables)
    count, untick = page.locator("[data-picks-count]"), page.get_by_role("button", name="Untick all")
    expect(untick).to_be_hidden()
    chosen = [tick(page, 0), tick(page, 3)]
    page.locator("a[rel=next]").first.click()
    expect(page.locator(f"input[name=pick][value='{chosen[0]}']")).to_have_count(0)
    expect(count).to_have_text("2")
    chosen.append(tick(page, 1))
    page.goto(f"{payables}?q={chosen[0]}")
    expect(page.locator(f"input[name=pick][value='{chosen[0]}']")).to_be_checked()
    expect(count).to_have_text("3")
    page.get_by_role("button", name="Pay what is ticked").click()
    page.wait_for_url("**/record/**")
    assert sorted(parse_qs(urlsplit(page.url).query)["pick"]) == sorted(chosen)
    page.goto(payables)
    expect(count).to_have_text("0")
    tick(page, 0)
    page.locator("a[rel=next]").first.click()
    expect(count).to_have_text("1")
    untick.click()
    expect(count).to_have_text("0")
    page.goto(payables)
    expect(page.locator("input[name=pick]").first).not_to_be_checked()
