"""The pages from contract to payment in a real browser: nothing overflows and axe finds nothing, wide and narrow."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.contracts.builders import awarded_tender, current_contract, trade
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = [1440, 390]


@pytest.fixture
def world(live_server):
    return World()


@pytest.fixture
def visit(page, live_server):
    """Open a page as a seat."""

    def go(seat, name, *args, query=""):
        client = Client()
        client.force_login(seat.person, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page.goto(live_server.url + reverse(f"contracts:{name}", args=args) + query)
        return page

    return go


def no_problem(page, accessibility_problems, width):
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    assert accessibility_problems(page) == [], page.url


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_keeps_nobody_out(world, page, visit, accessibility_problems, width):
    page.set_viewport_size({"width": width, "height": 900})
    done = trade(world)
    contract, delivery = done.contract.reference, done.under_way.reference
    for seat, name, *args in (
        (world.officer, "contracts"),
        (world.bid_manager, "contract", contract),
        (world.bid_manager, "name-deliverer", contract),
        (world.awarder, "terminate-contract", contract),
        (world.pharmacist, "place-order"),
        (world.pharmacist, "orders"),
        (world.order_approver, "order", done.waiting.reference),
        (world.order_approver, "send-back-order", done.waiting.reference),
        (world.dispatcher, "confirm-order", done.approved.reference),
        (world.dispatcher, "order", done.to_send.reference),
        (world.dispatcher, "send-delivery", done.to_send.reference),
        (world.receiver, "deliveries"),
        (world.receiver, "accept-delivery", delivery),
        (world.receiver, "delivery", done.received.reference),
        (world.receiver, "reverse-acceptance", done.received.reference, 2),
        (world.finance, "payables"),
        (world.bid_manager, "payables"),
        (world.finance, "record-payment", world.supplier.credit_code),
        (world.finance, "payments"),
        (world.finance, "payment", done.payment.reference),
        (world.officer, "print-contract", contract),
        (world.pharmacist, "print-order", done.waiting.reference),
        (world.dispatcher, "print-delivery", delivery),
    ):
        no_problem(visit(seat, name, *args), accessibility_problems, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_before_a_contract(world, page, visit, accessibility_problems, width):
    page.set_viewport_size({"width": width, "height": 900})
    tender = awarded_tender(world)
    no_problem(visit(world.officer, "awards"), accessibility_problems, width)
    prepare = visit(world.officer, "prepare-contract", tender.reference, world.supplier.credit_code)
    no_problem(prepare, accessibility_problems, width)


def test_a_receiver_rejects_on_a_phone(world, page, visit):
    page.set_viewport_size({"width": 390, "height": 844})
    done = trade(world)
    visit(world.receiver, "accept-delivery", done.under_way.reference)
    page.get_by_text("Something is rejected or missing").first.click()
    page.get_by_label("Accepted, 260301", exact=True).fill("28")
    page.get_by_label("Rejected, 260301", exact=True).fill("2")
    page.get_by_label("Why rejected, batch 260301").select_option("damaged")
    page.get_by_role("button", name="Record what arrived").click()
    assert page.get_by_text("Received. What you accepted is now owed to the supplier.").is_visible()
    assert page.get_by_text("to be delivered again").first.is_visible()


def test_finance_ticks_and_pays(world, page, visit):
    done = trade(world)
    visit(world.finance, "payables", query="?clock=overdue")
    ticks = page.locator("input[name=pick]")
    for number in range(2):
        ticks.nth(number).check()
    page.get_by_role("button", name="Pay what is ticked").click()
    page.get_by_label("Bank reference").fill("ICBC-2")
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_text("2 payables are settled.").is_visible()
    page.get_by_role("button", name="Record the payment").click()
    assert page.get_by_text("Recorded. The supplier has been told.").is_visible()
    assert page.get_by_text(done.received.reference).first.is_visible()


def test_a_pharmacist_orders_and_is_told_what_is_left(world, page, visit):
    contract = current_contract(world)
    visit(world.pharmacist, "place-order")
    quantities = page.get_by_role("textbox", name="Packs")
    quantities.nth(0).fill("1201")
    page.get_by_role("button", name="Place the order").click()
    assert page.get_by_text("1,200 packs remain").first.is_visible()
    page.get_by_role("textbox", name="Packs").nth(0).fill("1200")
    page.get_by_role("button", name="Place the order").click()
    assert page.get_by_text("The order waits for approval.").is_visible()
    assert page.get_by_text(contract.reference).first.is_visible()
