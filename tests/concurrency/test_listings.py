"""Two officers, an order and a suspension, a cut and a listing, each pair at the same moment.

Each control takes away what keeps them apart, and the race is lost.
"""

from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection
from django.db.models import QuerySet

from catalogue.actions import (
    Letter,
    ListingApplication,
    apply_for_listing,
    authorise,
    confirm_price_change,
    list_product,
    propose_prices,
    review_listing,
    suspend_listing,
    withdraw_product,
)
from catalogue.actions.listings import deciding, steps
from catalogue.actions.prices import deciding as prices_deciding
from catalogue.actions.prices import recording
from catalogue.models import Listing, PriceEntry
from catalogue.rules import Ground, PlannedPrice, PriceFact
from contracts.actions import OrderRow, place_order, planning, take_up_listings
from contracts.models import Contract, Order
from core.errors import Refused
from tests.catalogue.listings import TODAY, applied, listed
from tests.concurrency.meeting import at_once, come_upon, held_up, meeting_after
from tests.concurrency.test_orders import without
from tests.contracts.builders import contract_in_force, product
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


@contextmanager
def without_index(model, name):
    """Take a unique index off until what it forbids is gone again; it comes back as the migrations make it.

    The text in which PostgreSQL gives a condition back is not the text that made it: made from that, the index would
    differ from the manifest.
    """
    (constraint,) = (known for known in model._meta.constraints if known.name == name)
    with connection.schema_editor(atomic=False) as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        with connection.schema_editor(atomic=False) as editor:
            editor.add_constraint(model, constraint)


class TestTwoOfficersListTheSame:
    """The same application; and the same product of its maker and of a dealer."""

    @pytest.fixture
    def same(self, world):
        reviewed = review_listing(listing=applied(world), by=world.cataloguer, now=NOW)
        officers = [world.awarder, world.seat(world.agency, "awarder")]
        return [partial(listed_by, reviewed.pk, officer) for officer in officers]

    @pytest.fixture
    def rivals(self, world):
        version = product("Listed medicine", maker=world.supplier)
        dealer = world.seat(world.organisation("supplier"), "bid_manager", "signatory")
        letter = Letter("dealer", version.product.maker, version.product, TODAY, TODAY + timedelta(99), "Letter 7")
        authorise(letter=letter, supplier=dealer.organisation, by=world.cataloguer, now=NOW)
        one = ListingApplication(version.product, Decimal("9.90"), [world.region], TODAY, "direct", "Notice 12")
        waiting = [applied(world, version=version), *apply_for_listing(applications=[one], by=dealer, now=NOW)]
        for listing in waiting:
            review_listing(listing=listing, by=world.cataloguer, now=NOW)
        officers = [world.awarder, world.seat(world.agency, "awarder")]
        return [partial(listed_by, one.pk, officer) for one, officer in zip(waiting, officers, strict=True)]

    def test_one_lists_it_and_the_other_is_told(self, same):
        assert kinds(at_once(*same)) == ["Listing", "Refused"]
        assert Listing.objects.get().steps.filter(status="listed").count() == 1
        assert PriceEntry.objects.count() == 1

    def test_without_the_lock_the_second_is_told_by_the_guarded_move_alone(self, same, monkeypatch):
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
        meeting_after(monkeypatch, deciding, "held", 2)
        assert kinds(at_once(*same)) == ["Conflict", "Listing"]

    def test_of_two_suppliers_one_is_listed(self, rivals):
        assert kinds(at_once(*rivals)) == ["Listing", "Refused"]
        assert Listing.objects.filter(status="listed").count() == 1

    def test_without_the_lock_on_the_product_the_second_supplier_meets_the_constraint(self, rivals, monkeypatch):
        monkeypatch.setattr(deciding, "let_orders_end", lambda _product: None)
        meeting_after(monkeypatch, deciding, "_replace", 2)
        assert kinds(at_once(*rivals)) == ["Conflict", "Listing"]

    def test_without_lock_and_constraints_both_are_listed_at_two_prices(self, rivals, monkeypatch):
        meeting_after(monkeypatch, deciding, "_replace", 2)
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
        monkeypatch.setattr(recording, "to_end", lambda *_facts, **_how: [])
        emptied = "catalogue_priceentry, catalogue_listing"
        with (
            without_index(Listing, "listing_one_of_a_product_and_region"),
            without("price_entry_one_at_a_time", emptied=emptied),
        ):
            assert kinds(at_once(*rivals)) == ["Listing", "Listing"]
            assert PriceEntry.objects.values("price").distinct().count() == 2


def listed_by(key, officer):
    return list_product(listing=Listing.objects.get(pk=key), by=officer, now=NOW)


class TestAnOrderAndASuspension:
    @pytest.fixture
    def acts(self, world):
        listing = listed(world)
        (contract,) = take_up_listings(now=NOW)
        buyer, lister = world.pharmacist, world.awarder

        def order():
            mine = Contract.objects.get(pk=contract.pk)
            return place_order(contract=mine, rows=[OrderRow(1, 1)], by=buyer, now=NOW)

        def suspend():
            return suspend_listing(
                listing=Listing.objects.get(pk=listing.pk), reason="Quality alert", by=lister, now=NOW
            )

        return order, suspend

    def test_a_suspension_waits_for_the_order_that_has_read_the_listing(self, acts, monkeypatch):
        order, suspend = acts
        placed, suspended, waited = come_upon(held_up(monkeypatch, planning, "_deliverer"), order, suspend)
        assert (kinds([placed, suspended]), waited) == (["Listing", "Order"], True)

    def test_an_order_that_comes_while_it_is_suspended_waits_and_is_refused(self, acts, monkeypatch):
        order, suspend = acts
        signals = held_up(monkeypatch, steps, "record_all")
        suspended, refused, waited = come_upon(signals, suspend, order)
        assert (suspended.status, refused.code, waited) == ("suspended", "suspended", True)
        assert not Order.objects.exists()

    def test_without_the_lock_it_is_ordered_after_its_suspension(self, acts, monkeypatch):
        order, suspend = acts
        monkeypatch.setattr(planning, "hold_listed", lambda _products: None)
        placed, suspended, waited = come_upon(held_up(monkeypatch, planning, "_deliverer"), order, suspend)
        assert (kinds([placed, suspended]), waited) == (["Listing", "Order"], False)


class TestAnOrderOfAnAwardAndWhatStopsItsPrice:
    """A contract from an award, and a lower listing of its supplier, at whose price it is ordered."""

    @pytest.fixture
    def acts(self, world):
        contract = contract_in_force(world)
        version = contract.lines.get(number=1).products.get().product_version
        listing = listed(world, version=version, price="1.00")
        lister, officer = world.awarder, world.cataloguer

        def order():
            mine = Contract.objects.get(pk=contract.pk)
            return place_order(contract=mine, rows=[OrderRow(1, 1)], by=world.pharmacist, now=NOW)

        def suspend():
            mine = Listing.objects.get(pk=listing.pk)
            return suspend_listing(listing=mine, reason="Quality alert", by=lister, now=NOW)

        def withdraw():
            gone = {"product": version.product, "starts_on": TODAY, "reason": "Recalled"}
            return withdraw_product(**gone, by=officer, now=NOW)

        world.pharmacist  # noqa: B018  # made before the race
        return order, suspend, withdraw

    @pytest.mark.parametrize("stopping", [1, 2])
    def test_what_stops_it_waits_for_the_order_that_has_read_the_price(self, acts, monkeypatch, stopping):
        order, stop = acts[0], acts[stopping]
        placed, stopped, waited = come_upon(held_up(monkeypatch, planning, "_deliverer"), order, stop)
        assert not isinstance(stopped, Exception)
        assert (placed.lines.get().price, waited) == (Decimal("1.00"), True)

    def test_an_order_that_comes_while_it_is_suspended_is_placed_at_the_price_of_the_contract(self, acts, monkeypatch):
        order, suspend, _withdraw = acts
        _suspended, placed, waited = come_upon(held_up(monkeypatch, steps, "record_all"), suspend, order)
        assert (placed.lines.get().price > 1, waited) == (True, True)

    @pytest.mark.parametrize("stopping", [1, 2])
    def test_without_the_lock_it_is_stopped_before_the_order_at_its_price_is_placed(self, acts, monkeypatch, stopping):
        monkeypatch.setattr(planning, "hold_listed", lambda _products: None)
        order, stop = acts[0], acts[stopping]
        placed, _stopped, waited = come_upon(held_up(monkeypatch, planning, "_deliverer"), order, stop)
        assert (placed.lines.get().price, waited) == (Decimal("1.00"), False)


class TestACutAndAListing:
    """A guide price below the application is confirmed while another officer lists at the old price."""

    @pytest.fixture
    def acts(self, world):
        reviewed = review_listing(listing=applied(world), by=world.cataloguer, now=NOW)
        product = reviewed.product
        fact = PriceFact(product.item_id, world.region.pk, Decimal("1.00"), 1, TODAY, "Notice 9", guide_class="ceiling")
        ground = Ground("Cut by decision", "Notice 9")
        change = propose_prices(prices=[PlannedPrice("guide", fact)], ground=ground, by=world.cataloguer, now=NOW)
        lister, second = world.awarder, world.second_cataloguer

        def list_it():
            return list_product(listing=Listing.objects.get(pk=reviewed.pk), by=lister, now=NOW)

        def confirm():
            return confirm_price_change(change=change, by=second, now=NOW)

        return list_it, confirm

    @staticmethod
    def above():
        return PriceEntry.objects.filter(kind="listing", price__gt=7).exists()

    def test_the_listing_that_comes_later_is_refused(self, acts, monkeypatch):
        list_it, confirm = acts
        signals = held_up(monkeypatch, prices_deciding, "bind_listings")
        confirmed, refused, waited = come_upon(signals, confirm, list_it)
        assert (confirmed.status, waited) == ("confirmed", True)
        assert isinstance(refused, Refused)
        assert refused.faults[0].code == "above_guide"
        assert not self.above()

    def test_without_the_lock_it_is_listed_above_the_guide_price(self, acts, monkeypatch):
        list_it, confirm = acts
        for module in (recording, prices_deciding):
            monkeypatch.setattr(module, "hold_items", lambda _items: None)
        signals = held_up(monkeypatch, prices_deciding, "bind_listings")
        confirmed, listing, _waited = come_upon(signals, confirm, list_it)
        assert (confirmed.status, listing.status) == ("confirmed", "listed")
        assert self.above()
