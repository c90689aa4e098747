"""A long order in a real browser: found by a word, gone through by Tab, summed up while it is typed, kept when left."""

from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from contracts.models import Order
from core.models import Draft
from tests.contracts.builders import Offered, current_contract
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
PRICES = tuple(f"{number}.335" for number in range(1, 13))


@pytest.fixture
def world(live_server):
    return World()


def test_a_pharmacist_goes_through_a_long_order(world, page, sit_in, live_server, no_problem):
    parts = (Offered("800", 1, "30.005"), Offered("25.5", 3, quantity=6), Offered("149", 1))
    sets = current_contract(world, prices=("1000",), parts=parts, volumes={world.hospital: 6})
    many = current_contract(world, prices=PRICES, further=(Offered("13.2", 2, "0.333"),), volumes={world.hospital: 70})
    twelfth = many.lines.get(number=12).products.get().product_version.product.item
    address = live_server.url + reverse("contracts:place-order")
    sit_in(world.pharmacist)
    page.goto(address)
    fields = page.get_by_role("textbox", name="Packs")
    expect(fields).to_have_count(13)
    cell = lambda *key: page.locator(f"#id_packs-{'-'.join((many.reference, *key))}")  # noqa: E731
    bar = page.locator("[data-basket]")

    cell("1", "1").focus()
    for key in (("1", "2"), ("2",), ("3",)):
        page.keyboard.press("Tab")
        expect(cell(*key)).to_be_focused()
    cell("1", "1").fill("3")
    cell("1", "2").fill("5")
    expect(bar.locator("[data-basket-amount]")).to_have_text("71.68")  # 4.005 is 4.01, and 66 with a fee of 1.67
    expect(page.get_by_text("39 tablet left to the agreed volume")).to_have_count(2)
    page.locator(f"#id_packs-{sets.reference}-1").fill("2")
    expect(bar.locator("[data-basket-lines]")).to_have_text("3")
    cell("2").fill("13")
    expect(page.get_by_text("7 tablet more than the maximum")).to_be_visible()
    cell("2").fill("11")
    expect(page.get_by_text("7 tablet beyond the agreed volume")).to_be_visible()

    page.get_by_label("Find").fill(f"{many.reference}   MEDICINE")
    expect(page.get_by_text("13 of 14 shown")).to_be_visible()
    page.get_by_label("Find").fill(f"{twelfth.code_prefix} {twelfth.name.upper()} 20")
    expect(cell("1", "1")).to_be_hidden()
    page.get_by_label("Find").press("Enter")
    expect(cell("12")).to_be_focused()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(cell("12")).to_be_focused()
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.get_by_label("Find").fill("")
        page.get_by_label("Only what is filled in").check()
    expect(page.locator("tbody tr:visible")).to_have_count(5)
    page.evaluate("scrollTo(0, 0)")  # else the bar on top covers a link and makes it small
    no_problem()

    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    page.get_by_role("button", name="Take it over").click()
    expect(bar.locator("[data-basket-lines]")).to_have_text("5")
    shown = bar.locator("[data-basket-amount]").inner_text()
    page.get_by_role("button", name="Review", exact=True).click()
    expect(page.get_by_text(f"2 orders, ¥{shown} in all. Nothing is placed yet.")).to_be_visible()
    assert not Order.objects.exists()
    page.get_by_role("button", name="Place the order").click()
    expect(page.get_by_text("2 orders wait for approval.")).to_be_visible()
    assert sum(order.amount for order in Order.objects.all()) == Decimal(shown.replace(",", ""))
    assert not Draft.objects.exists()
