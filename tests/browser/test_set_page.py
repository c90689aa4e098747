"""A bid with a set of parts: a product for each, a price for each, a fee beside; what is sealed adds up."""

from decimal import Decimal

from django.urls import reverse
from playwright.sync_api import expect

from sealing.offers import OfferKind
from tenders.models import Bid
from tests.browser.bidding import ANSWER, keep_recovery, open_tender, seal, sealed_offer, submit, wait_for_draft
from tests.tenders.stage import product_of


def test_the_prices_of_the_parts_add_up_and_an_error_stands_at_its_part(
    transactional_db, page, live_server, sit_in, tmp_path
):
    stage = open_tender("9000.00", offered="system", parts=(1, 4), with_service_fee=True)
    supplier = stage.suppliers[0]
    parts = list(stage.lots[0].parts.all())
    for part, pack in zip(parts, (1, 2), strict=True):
        product_of(part.item, supplier.organisation, pack)
    sit_in(supplier)
    page.goto(live_server.url + reverse("tenders:prepare-bid", args=[stage.tender.reference, 1]))
    for part in parts:
        page.get_by_label(f"{part.item}, {part.quantity} in a set").select_option(index=1)
    page.get_by_role("button", name="Begin the bid").click()
    expect(page.get_by_text("packs in a set: 2")).to_be_visible()
    bid = Bid.objects.get()

    page.goto(live_server.url + reverse("tenders:submit-bid", args=[bid.reference]))
    expect(page.locator("#price-1")).to_be_visible()
    for field in page.locator("[data-criterion]").all():
        field.fill(ANSWER)
    page.locator("#price-1").fill("7999.5")
    page.locator("#price-2").fill("0")
    page.locator("#service-fee").fill("1e3")
    page.get_by_role("button", name="Seal", exact=True).click()
    expect(page.locator("#price-2-error")).to_contain_text("Enter a price above zero")
    expect(page.locator("#service-fee-error")).to_contain_text("Enter digits")
    expect(page.locator("#price-1-error")).to_be_hidden()
    page.locator("#price-2").fill("500.25")
    page.locator("#service-fee").fill("300")
    expect(page.locator("[data-part=set-price]")).to_have_text("9,000.00")
    page.locator("#price-2").fill("500.26")
    page.get_by_role("button", name="Seal", exact=True).click()
    expect(page.locator("#above-ceiling-error")).to_contain_text("9,000.02")
    page.locator("#price-2").fill("500.24")
    wait_for_draft(page, "500.24")  # kept a moment after the last key
    page.reload()
    expect(page.locator("[data-part=set-price]")).to_have_text("8,999.98")
    seal(page)
    kept = keep_recovery(page, tmp_path)
    submit(page)
    offer = sealed_offer(bid, *kept)
    assert (offer.kind, offer.price, offer.service_fee) == (OfferKind.SYSTEM, Decimal("8999.98"), 300)
    assert [(part.pack, part.price, part.quantity) for part in offer.parts] == [
        (1, Decimal("7999.5"), 1),
        (2, Decimal("500.24"), 2),
    ]
