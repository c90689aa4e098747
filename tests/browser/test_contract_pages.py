"""The pages from contract to payment in a real browser: nothing overflows and axe finds nothing, wide and narrow."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from contracts.actions import OrderRow, approve_order, place_order
from tests.contracts.builders import Offered, awarded_tender, current_contract, trade
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(live_server):
    return World()


def test_every_page_fits_and_keeps_nobody_out(world, sit_in, look_at):
    done = trade(world)
    contract, delivery, account = done.contract.reference, done.under_way.reference, done.payment.account
    for seat, name, *args in (
        (world.officer, "contracts:contracts"),
        (world.bid_manager, "contracts:contract", contract),
        (world.bid_manager, "contracts:name-deliverer", contract),
        (world.awarder, "contracts:terminate-contract", contract),
        (world.pharmacist, "contracts:place-order"),
        (world.pharmacist, "contracts:orders"),
        (world.order_approver, "contracts:order", done.waiting.reference),
        (world.order_approver, "contracts:send-back-order", done.waiting.reference),
        (world.dispatcher, "contracts:confirm-order", done.approved.reference),
        (world.dispatcher, "contracts:order", done.to_send.reference),
        (world.dispatcher, "contracts:send-delivery", done.to_send.reference),
        (world.receiver, "contracts:deliveries"),
        (world.receiver, "contracts:accept-delivery", delivery),
        (world.receiver, "contracts:delivery", done.received.reference),
        (world.receiver, "contracts:reverse-acceptance", done.received.reference, 2),
        (world.finance, "payments:payables"),
        (world.bid_manager, "payments:payables"),
        (world.finance, "payments:record-payment", world.supplier.credit_code),
        (world.finance, "payments:payments"),
        (world.finance, "payments:payment", done.payment.reference),
        (world.awarder, "contracts:payers"),
        (world.awarder, "contracts:set-payer"),
        (world.awarder, "contracts:set-payee"),
        (account.proposed_by, "accounts:bank-accounts"),
        (account.proposed_by, "accounts:propose-bank-account"),
        (world.finance, "accounts:bank-account", account.reference),
        (account.confirmed_by, "accounts:confirm-bank-account", account.reference),
        (world.officer, "contracts:print-contract", contract),
        (world.pharmacist, "contracts:print-order", done.waiting.reference),
        (world.dispatcher, "contracts:print-delivery", delivery),
    ):
        sit_in(seat)
        look_at(name, *args)


def test_the_pages_before_a_contract(world, sit_in, look_at):
    tender = awarded_tender(world)
    sit_in(world.officer)
    look_at("contracts:awards")
    look_at("contracts:prepare-contract", tender.reference, world.supplier.credit_code)


def test_models_and_sets_fit_too(world, sit_in, look_at):
    further = (Offered("13.2", 2, "0.5"), Offered("30", 5))
    current_contract(world, further=further, volumes={world.hospital: 700})
    parts = (Offered("800", 1, "30"), Offered("25.5", 1, quantity=2), Offered("149", 1))
    contract = current_contract(world, prices=("1000",), parts=parts, volumes={world.hospital: 6})
    order = place_order(contract=contract, rows=[OrderRow(1, 2)], by=world.pharmacist, now=timezone.now())
    approve_order(order=order, by=world.order_approver, now=timezone.now())
    for seat, name, *args in (
        (world.pharmacist, "contracts:place-order"),
        (world.officer, "contracts:contract", contract.reference),
        (world.officer, "contracts:print-contract", contract.reference),
        (world.dispatcher, "contracts:order", order.reference),
        (world.dispatcher, "contracts:confirm-order", order.reference),
        (world.dispatcher, "contracts:print-order", order.reference),
    ):
        sit_in(seat)
        look_at(name, *args)


def test_a_receiver_rejects_on_a_phone(world, page, sit_in, look_at):
    page.set_viewport_size({"width": 390, "height": 844})
    done = trade(world)
    sit_in(world.receiver)
    look_at("contracts:accept-delivery", done.under_way.reference)
    page.get_by_text("Something is rejected or missing").first.click()
    page.get_by_label("Accepted, batch 260301", exact=True).fill("28")
    page.get_by_label("Rejected, batch 260301", exact=True).fill("2")
    page.get_by_label("Why rejected, batch 260301").select_option("damaged")
    page.get_by_role("button", name="Record what arrived").click()
    expect(page.get_by_text("Received. What you accepted is now owed.")).to_be_visible()
    expect(page.get_by_text("to be delivered again").first).to_be_visible()


def test_finance_ticks_and_pays(world, page, sit_in, look_at):
    done = trade(world)
    sit_in(world.finance)
    look_at("payments:payables", query="?clock=overdue")
    ticks = page.locator("input[name=pick]")
    for number in range(2):
        ticks.nth(number).check()
    page.get_by_role("button", name="Pay what is ticked").click()
    page.get_by_label("Bank reference").fill("ICBC-2")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("2 payables are settled.")).to_be_visible()
    page.get_by_role("button", name="Record the payment").click()
    expect(page.get_by_text("Recorded. The payee has been told.")).to_be_visible()
    expect(page.get_by_text(done.received.reference).first).to_be_visible()


def test_a_pharmacist_orders_and_is_told_what_is_left(world, page, sit_in, look_at, no_problem):
    contract = current_contract(world)
    sit_in(world.pharmacist)
    look_at("contracts:place-order")
    quantities = page.get_by_role("textbox", name="Packs")
    quantities.nth(0).fill("1201")
    quantities.nth(1).fill("2")
    page.get_by_role("button", name="Review the order").click()
    expect(page.get_by_text("1,200 packs remain").first).to_be_visible()
    expect(page.get_by_role("button", name="Place the rest")).to_be_visible()
    no_problem()
    page.get_by_role("button", name="Go back and change").click()
    expect(quantities.nth(0)).to_have_value("1201")
    quantities.nth(0).fill("1200")
    page.get_by_role("button", name="Review the order").click()
    page.get_by_role("button", name="Place the order").click()
    expect(page.get_by_text("The order waits for approval.")).to_be_visible()
    expect(page.get_by_text(contract.reference).first).to_be_visible()
