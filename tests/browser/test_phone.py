"""What only a phone shows: the menu in its drawer, the steps of a tender in short."""

from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.tenders.stage import draft_tender


def test_the_drawer_and_the_short_steps_are_there_for_everybody(
    page, live_server, world, sit_in, accessibility_problems
):
    stage = draft_tender(world)
    sit_in(stage.officer)
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.goto(live_server.url + reverse("tenders:tender", args=[stage.tender.reference]))
    page.locator(".steps-short summary").click()
    assert accessibility_problems(page) == []
    page.locator(".drawer summary").click()
    expect(page.get_by_role("link", name="Catalogue")).to_be_visible()
    assert accessibility_problems(page) == []
