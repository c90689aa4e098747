"""Codes, barcodes, prices over time and many prices at once fit a phone and keep nobody out."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from catalogue import actions
from catalogue.models import Product
from catalogue.rules import ParsedCode, PriceFact
from core.clock import legal_date
from tests.browser.conftest import DESK, PHONE
from tests.catalogue.files import PRECISE, merged, price_recorded, products
from tests.contracts.test_listed_orders import agreement, placed
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)
GTIN = "06901234567892"
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def world(live_server):
    return World()


def priced(world):
    """A product with every code and with prices of three years."""
    rows = products(PRECISE | {"udi_di": GTIN, "standard_code": "86902439000609"})
    merged(world, rows, now=NOW - timedelta(days=900))
    product, today = Product.objects.get(), legal_date(NOW)
    of = {"item_id": product.item_id, "region_code": "420000", "units": 28}
    for days, price, kind in ((800, "30", "ceiling"), (500, "24.5", "ceiling"), (450, "21", "payment_standard")):
        day = today - timedelta(days=days)
        price_recorded(world, PriceFact(**of, price=Decimal(price), valid_from=day, source="notice"), kind)
    for days, price in ((700, "28"), (300, "22.4"), (60, "12.6")):
        day = today - timedelta(days=days)
        fact = PriceFact(**of, price=Decimal(price), valid_from=day, source="award", product_id=product.pk)
        price_recorded(world, fact, "award")
    return product


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_pages_of_codes_and_prices_fit_and_keep_nobody_out(
    world, page, live_server, sit_in, accessibility_problems, width
):
    product = priced(world)
    code = ParsedCode(PRECISE["national_code"], PRECISE["national_code"][:-7] + "0200662", reason="merged")
    actions.set_codes(rows=[code], by=world.cataloguer, now=NOW)
    contract = agreement(world)
    order = placed(world, contract)
    page.set_viewport_size({"width": width, "height": 900})
    sit_in(world.cataloguer)
    barcode = quote(f"(01){GTIN}(17)270131(10)1A2B3C")
    for path, says in (
        (f"/catalogue/items/{product.item.reference}/", "What the codes say"),
        (f"/catalogue/products/{product.reference}/", "Take back"),
        (f"/catalogue/?q={barcode}", "1A2B3C"),
        ("/catalogue/codes/", "merged"),
        (f"/catalogue/codes/{code.code}/remapped/take-back/", "its old one again"),
        ("/catalogue/price-changes/propose/", "Another region"),
        ("/catalogue/lists/?on=2026-03-02", "As it stood on"),
        (order.get_absolute_url(), "Where the prices came from"),
    ):
        if "/orders/" in path:
            sit_in(world.pharmacist)
        page.goto(live_server.url + path)
        expect(page.locator("main")).to_contain_text(says)
        assert page.evaluate(WIDE) <= 0, path
        assert accessibility_problems(page) == [], path


def test_a_grid_of_prices_is_pasted_and_proposed(world, page, live_server, sit_in):
    product = priced(world)
    page.set_viewport_size({"width": DESK, "height": 900})
    sit_in(world.cataloguer)
    page.goto(live_server.url + "/catalogue/price-changes/propose/")
    page.get_by_label("Kind").select_option("guide")
    page.get_by_label("Reason").fill("as published")
    page.get_by_label("Source").fill("notice 9")
    first = page.locator("[name='of-1']")
    first.fill(product.reference)
    page.locator("[name='price-1']").fill("12.60")
    page.get_by_role("button", name="Propose the prices").click()
    expect(page.locator("main")).to_contain_text("notice 9")
