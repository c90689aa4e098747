"""What two people list can be ordered at the price that its supplier applied for, and at no other."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import InboxMessage
from catalogue.actions import (
    ListingApplication,
    answer_listing,
    apply_for_listing,
    ask_back,
    delist,
    list_product,
    refuse_listing,
    resume_listing,
    return_listing,
    review_listing,
    suspend_listing,
    withdraw_listing,
)
from catalogue.models import Listing, PriceEntry
from catalogue.ordering import may_order
from catalogue.rules import PriceFact
from catalogue.tasks import tell_of_listing
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tests.catalogue.files import price_recorded
from tests.catalogue.listings import TODAY, applied, listed
from tests.contracts.builders import product
from tests.roles import as_web
from tests.world import NOW

DAY = timedelta(days=1)


def answer(world, listing, day=TODAY):
    found = may_order([listing.product_id], region=world.region, hospital=world.hospital, day=day)
    return found[listing.product_id]


def test_a_listing_writes_its_price_into_the_register_once_two_people_have_looked(world):
    listing = applied(world)
    assert not PriceEntry.objects.exists()
    review_listing(listing=listing, by=world.cataloguer, now=NOW)
    assert not PriceEntry.objects.exists()
    list_product(listing=listing, by=world.awarder, now=NOW)
    entry = PriceEntry.objects.get()
    assert (entry.kind, entry.price, entry.units, entry.source) == ("listing", Decimal("10.50"), 7, listing.reference)
    assert answer(world, listing).entry == entry
    verbs = Event.objects.about(listing.reference).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["listing.applied", "listing.reviewed", "listing.listed"]


def test_whoever_reviewed_does_not_list_from_any_seat(world):
    both = world.seat(world.agency, "cataloguer", "awarder")
    listing = review_listing(listing=applied(world), by=both, now=NOW)
    with pytest.raises(Refused) as refusal:
        list_product(listing=listing, by=both, now=NOW)
    assert refusal.value.code == "same_person"
    with pytest.raises(Denied):
        list_product(listing=listing, by=world.cataloguer, now=NOW)
    with pytest.raises(Denied):
        review_listing(listing=listing, by=world.awarder, now=NOW)


def test_what_the_supplier_may_not_offer_is_refused_row_by_row(world):
    own, foreign = product("Own", maker=world.supplier), product("Foreign")
    rows = [
        ListingApplication(one.product, Decimal(price), [world.region], TODAY, "direct", "a notice")
        for one, price in ((own, "1"), (foreign, "1"), (own, "0"))
    ]
    with pytest.raises(Refused) as refusal:
        apply_for_listing(applications=rows, by=world.bid_manager, now=NOW)
    found = [(fault.row, fault.field, fault.code) for fault in refusal.value.faults]
    assert found == [(2, "product", "not_offered"), (3, "price", "min_value"), (3, "product", "pending")]
    assert not Listing.objects.exists()


def test_an_application_is_asked_back_answered_returned_and_withdrawn(world):
    listing = ask_back(listing=applied(world), reason="Which notice?", by=world.cataloguer, now=NOW)
    with pytest.raises(Refused):
        review_listing(listing=listing, by=world.cataloguer, now=NOW)
    said = {"price": Decimal("9.90"), "valid_from": TODAY, "evidence": "Notice 13"}
    listing = answer_listing(listing=listing, **said, by=world.bid_manager, now=NOW)
    listing = review_listing(listing=listing, by=world.cataloguer, now=NOW)
    listing = return_listing(listing=listing, reason="The notice has ended", by=world.awarder, now=NOW)
    assert (listing.status, listing.price, listing.reviewed_by) == ("applied", Decimal("9.90"), None)
    withdraw_listing(listing=listing, reason="No more stock", by=world.bid_manager, now=NOW)
    with pytest.raises(Refused):
        review_listing(listing=listing, by=world.cataloguer, now=NOW)
    applied(world, version=listing.product.versions.get())  # and may be applied for anew


def test_suspended_delisted_and_refused_say_why(world):
    listing = suspend_listing(listing=listed(world), reason="Quality alert", by=world.awarder, now=NOW)
    found = answer(world, listing)
    assert found.entry is None
    assert found.code == "suspended"
    assert "Quality alert" in found.why
    resume_listing(listing=listing, reason="Tested", by=world.awarder, now=NOW)
    assert answer(world, listing).entry is not None
    delist(listing=listing, reason="Not made any more", by=world.awarder, now=NOW)
    assert answer(world, listing).code == "delisted"
    assert PriceEntry.objects.get().valid_to == TODAY
    other = applied(world, version=product("Other", maker=world.supplier))
    refuse_listing(listing=other, reason="Too dear", by=world.cataloguer, now=NOW)
    assert answer(world, other).code == "no_price"


def test_a_further_listing_replaces_the_first_from_its_day(world):
    first = listed(world)
    later = listed(world, version=first.product.versions.get(), price="9.00", day=TODAY + 5 * DAY)
    assert answer(world, first, TODAY + 4 * DAY).price_of(7) == Decimal("10.50")
    assert answer(world, first, TODAY + 4 * DAY).listing == first
    assert answer(world, first, TODAY + 5 * DAY).price_of(7) == Decimal("9.00")
    assert answer(world, first, TODAY + 5 * DAY).listing == later


def test_above_a_binding_guide_price_nothing_is_listed_nor_ordered(world):
    listing = listed(world)
    item = listing.product.item_id
    fact = PriceFact(item, world.region.pk, Decimal("1.00"), 1, TODAY, "a notice", guide_class="ceiling")
    price_recorded(world, fact, "guide")
    assert answer(world, listing).code == "above_guide"
    again = applied(world, version=listing.product.versions.get(), day=TODAY + DAY)
    with pytest.raises(Refused) as refusal:
        review_listing(listing=again, by=world.cataloguer, now=NOW)
    assert refusal.value.code == "above_guide"


def test_an_application_is_hidden_from_others_also_by_the_database(world):
    listing = applied(world)
    other = world.seat(world.organisation("supplier"), "signatory")
    assert not Listing.objects.visible_to(other).exists()
    with as_web(other):
        assert not Listing.objects.exists()
    with as_web(world.cataloguer):
        review_listing(listing=listing, by=world.cataloguer, now=NOW)
    with as_web(world.awarder):
        list_product(listing=Listing.objects.get(), by=world.awarder, now=NOW)
    with as_web(other):
        assert Listing.objects.get().steps.count() == 1  # what came before it was listed stays between the two


def test_of_two_that_decide_on_stale_pages_the_second_is_told(world):
    listing = applied(world)
    stale = Listing.objects.get()
    refuse_listing(listing=listing, reason="Too dear", by=world.cataloguer, now=NOW)
    with pytest.raises((Refused, Conflict)):
        review_listing(listing=stale, by=world.cataloguer, now=NOW)
    assert Listing.objects.get().status == "refused"


def test_who_must_act_is_told_and_not_who_may_only_read(world):
    listing = applied(world)
    reviewer, lister = world.cataloguer, world.awarder
    tell_of_listing(listing.reference, "applied", world.supplier.pk)
    assert InboxMessage.objects.filter(seat=reviewer, subject=listing.reference).count() == 1
    assert not InboxMessage.objects.filter(seat=lister).exists()


def test_a_supplier_does_not_change_an_application_that_nobody_asked_back(world):
    reviewed = review_listing(listing=applied(world), by=world.cataloguer, now=NOW)
    with pytest.raises(Refused) as refusal:
        answer_listing(
            listing=reviewed, price=Decimal("99"), valid_from=TODAY, evidence="dearer", by=world.bid_manager, now=NOW
        )
    assert refusal.value.code == "not_now"
