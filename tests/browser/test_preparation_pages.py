"""The pages of demand and preparation in a real browser: nothing overflows, axe finds nothing, a key is kept."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.clock import legal_date
from tenders.actions.demand import ReportedLine, WindowPlan, open_window, report_demand
from tenders.actions.people import name_opener
from tenders.actions.preparation import TenderPlan, prepare_tender
from tenders.models import Opener
from tests.tenders.stage import draft_tender, item_of, published_tender, rule_set
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = [1440, 390]


@pytest.fixture
def world(live_server):
    return World()


@pytest.fixture
def visit(page, live_server):
    """Open a page as a seat."""

    def go(seat, name, *args):
        client = Client()
        client.force_login(seat.person, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page.goto(live_server.url + reverse(f"tenders:{name}", args=args))
        return page

    return go


def an_open_window(world):
    today = legal_date(timezone.now())
    items = [item_of(world, name) for name in ("Amlodipine", "Cefuroxime axetil", "Entecavir")]
    plan = WindowPlan("Demand of next year", today.year + 1, today, today + timedelta(days=9))
    asked = [world.hospital, world.organisation("hospital")]
    window = open_window(plan=plan, items=items, hospitals=asked, by=world.officer, now=timezone.now())
    lines = [ReportedLine(1, 120_000), ReportedLine(2, 4_500)]
    report_demand(window=window, lines=lines, by=world.pharmacist, now=timezone.now())
    return window


def no_problem(page, accessibility_problems, width):
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_problems(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_demand(visit, page, world, accessibility_problems, width):
    page.set_viewport_size({"width": width, "height": 900})
    window = an_open_window(world)
    for seat, name in (
        (world.officer, "windows"),
        (world.officer, "open-window"),
        (world.officer, "window"),
        (world.officer, "lock-demand"),
        (world.pharmacist, "report-demand"),
        (world.pharmacist, "upload-demand"),
    ):
        visit(seat, name, *([] if name in ("windows", "open-window") else [window.reference]))
        no_problem(page, accessibility_problems, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_a_draft(visit, page, world, accessibility_problems, width):
    page.set_viewport_size({"width": width, "height": 900})
    stage = draft_tender(world)
    for name in ("tender", "set-lots", "set-schedule", "set-criteria", "people", "publish-tender", "cancel-tender"):
        visit(world.officer, name, stage.tender.reference)
        no_problem(page, accessibility_problems, width)
    plan = TenderPlan("Empty", "drug", world.region, rule_set())
    empty = prepare_tender(plan=plan, by=world.officer, now=NOW)
    for name in ("tender", "set-lots", "set-criteria", "people", "publish-tender"):
        visit(world.officer, name, empty.reference)
        no_problem(page, accessibility_problems, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_a_published_tender(visit, page, world, accessibility_problems, width):
    page.set_viewport_size({"width": width, "height": 900})
    tender = published_tender(world).tender
    for name in ("tender", "people", "notice"):
        visit(world.officer, name, tender.reference)
        no_problem(page, accessibility_problems, width)
    for name in ("tenders", "notices"):
        visit(world.bid_manager, name)
        no_problem(page, accessibility_problems, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_opener_saves_the_key_and_proves_it(visit, page, world, accessibility_problems, width):
    page.set_viewport_size({"width": width, "height": 900})
    stage = draft_tender(world, lots=("1.50",), evaluators=0)
    seat = world.seat(world.payer, "opener")
    opener = name_opener(tender=stage.tender, seat=seat, by=world.officer, now=NOW)
    visit(seat, "make-key", stage.tender.reference)
    no_problem(page, accessibility_problems, width)
    page.get_by_role("button", name="Make the key").click()
    no_problem(page, accessibility_problems, width)
    code = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", page.content())[0]
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the key file").click()
    assert saved.value.suggested_filename == f"{stage.tender.reference}-opener-{opener.place}.key"
    page.get_by_role("link", name="Prove it now").click()
    no_problem(page, accessibility_problems, width)
    page.locator("input[type=file]").set_input_files(saved.value.path())
    page.get_by_label("Code").fill(code.lower())
    page.get_by_role("button", name="Prove it").click()
    page.get_by_text("Proved: your file and code open").wait_for()
    assert Opener.objects.get(pk=opener.pk).key_proved_at is not None
