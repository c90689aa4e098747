"""A bid with further specifications: one price is typed, the others follow from it and are sealed with it."""

from decimal import Decimal

from django.urls import reverse
from playwright.sync_api import expect

from tenders.models import Bid
from tests.browser.bidding import keep_recovery, open_tender, seal, sealed_offer, submit, write
from tests.tenders.further import products_of


def test_what_follows_is_shown_and_sealed_and_never_asked_for(transactional_db, page, live_server, sit_in, tmp_path):
    stage = open_tender("20.00", others=("2",))
    supplier = stage.suppliers[0]
    main, more, other = products_of(stage, supplier)
    sit_in(supplier)
    page.goto(live_server.url + reverse("tenders:prepare-bid", args=[stage.tender.reference, 1]))
    page.get_by_label("Product").select_option(label=main.label)
    for version in (more, other):
        page.get_by_label(version.label).check()
    page.get_by_role("button", name="Begin the bid").click()
    expect(page.get_by_text("at the price that follows by conversion")).to_have_count(2)
    bid = Bid.objects.get()

    page.goto(live_server.url + reverse("tenders:submit-bid", args=[bid.reference]))
    threefold, converted = (page.locator(f"[data-part=further-{one.product.reference}]") for one in (more, other))
    expect(threefold).to_have_text("–")
    write(page, price="0.0000001")
    expect(converted).to_have_text("–")
    write(page, price="100.01")
    expect(threefold).to_have_text("300.03")
    expect(converted).to_have_text("140.014")
    assert page.locator("input[inputmode=decimal]").count() == 1
    seal(page)
    kept = keep_recovery(page, tmp_path)
    submit(page)
    offer = sealed_offer(bid, *kept)
    assert {one.price for one in offer.further} == {Decimal("300.03"), Decimal("140.014")}
