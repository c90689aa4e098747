"""A bid with all models of a registration, from the choice of the registration to the receipt."""

from django.urls import reverse
from playwright.sync_api import expect

from tenders.models import Bid
from tests.browser.bidding import keep_recovery, open_tender, seal, sealed_offer, submit, write
from tests.tenders.test_registration_bids import STENT, models


def test_one_price_is_sealed_for_all_models_of_the_chosen_registration(
    transactional_db, page, live_server, sit_in, tmp_path
):
    stage = open_tender("700.00", offered="registration")
    supplier = stage.suppliers[0]
    own = models(stage, supplier, 12)
    sit_in(supplier)
    page.goto(live_server.url + reverse("tenders:prepare-bid", args=[stage.tender.reference, 1]))
    page.get_by_label("Registration certificate").select_option(index=1)
    page.get_by_role("button", name="Begin the bid").click()
    expect(page.get_by_text(STENT)).to_be_visible()
    expect(page.get_by_text("all models (12) at one price")).to_be_visible()
    bid = Bid.objects.get()
    page.goto(live_server.url + reverse("tenders:submit-bid", args=[bid.reference]))
    write(page, price="645")
    seal(page)
    kept = keep_recovery(page, tmp_path)
    submit(page)
    offer = sealed_offer(bid, *kept)
    assert (f"{offer.price}", len(offer.products)) == ("645.000000", len(own))
