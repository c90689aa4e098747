"""The pages of demand and preparation in a real browser: nothing overflows, axe finds nothing, a key is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.clock import legal_date
from demand.actions import ReportedLine, WindowPlan, open_window, report_demand
from tenders.actions.preparation import TenderPlan, prepare_tender
from tests.demand.stage import item_of
from tests.tenders.stage import draft_tender, published_tender, rule_set
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(live_server):
    return World()


def an_open_window(world):
    today = legal_date(timezone.now())
    items = [item_of(world, name) for name in ("Amlodipine", "Cefuroxime axetil", "Entecavir")]
    plan = WindowPlan("Demand of next year", today.year + 1, today, today + timedelta(days=9))
    asked = [world.hospital, world.organisation("hospital")]
    window = open_window(plan=plan, items=items, hospitals=asked, by=world.officer, now=timezone.now())
    lines = [ReportedLine(1, 120_000), ReportedLine(2, 4_500)]
    report_demand(window=window, lines=lines, by=world.pharmacist, now=timezone.now())
    return window


def test_pages_of_demand(world, sit_in, look_at):
    window = an_open_window(world)
    for seat, name in (
        (world.officer, "windows"),
        (world.officer, "open-window"),
        (world.officer, "window"),
        (world.officer, "lock-demand"),
        (world.pharmacist, "report-demand"),
    ):
        sit_in(seat)
        look_at(f"demand:{name}", *([] if name in ("windows", "open-window") else [window.reference]))


def test_pages_of_a_draft(world, sit_in, look_at):
    stage = draft_tender(world)
    sit_in(world.officer)
    for name in ("tender", "set-lots", "set-schedule", "set-criteria", "people", "publish-tender", "cancel-tender"):
        look_at(f"tenders:{name}", stage.tender.reference)
    plan = TenderPlan("Empty", "drug", world.region, rule_set())
    empty = prepare_tender(plan=plan, by=world.officer, now=NOW)
    for name in ("tender", "set-lots", "set-criteria", "people", "publish-tender"):
        look_at(f"tenders:{name}", empty.reference)


def test_pages_of_a_published_tender(world, sit_in, look_at):
    tender = published_tender(world).tender
    sit_in(world.officer)
    for name in ("tender", "people", "notice"):
        look_at(f"tenders:{name}", tender.reference)
    sit_in(world.bid_manager)
    for name in ("tenders", "notices"):
        look_at(f"tenders:{name}")
