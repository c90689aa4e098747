"""Every price of an order follows from the register as it stood when it was placed, and says what patients bear."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.db import DatabaseError

from catalogue.models import PriceEntry
from catalogue.rules import PriceFact
from core.actions import action
from tests.catalogue.files import price_recorded
from tests.catalogue.listings import TODAY
from tests.contracts.builders import contract_in_force, order
from tests.contracts.pages import sitting
from tests.contracts.test_listed_orders import agreement, placed
from tests.roles import program_of
from tests.world import NOW

DAY = timedelta(days=1)


@pytest.fixture
def contract(world):
    return agreement(world)


def sold(contract):
    return contract.lines.get().products.get().product_version.product


def standard(world, product, price, units=7, day=TODAY, **said):
    fact = PriceFact(product.item_id, "420000", Decimal(price), units, day, "list of 2026", **said)
    return price_recorded(world, fact, "payment_standard")


def page(seat, order):
    return sitting(seat).get(order.get_absolute_url()).content.decode()


def line(seat, order):
    [told] = program_of(seat).get(f"/api/v1/orders/{order.reference}/").json()["lines"]
    return told["price_entry"], told["payment_standard"], told["borne_by_patient"]


def test_an_order_line_names_its_entry_of_the_register_and_what_the_patient_bears(world, contract):
    of = standard(world, sold(contract), "8.40")
    listing = PriceEntry.objects.get(kind="listing")
    order = placed(world, contract)
    for seat in (world.pharmacist, world.bid_manager):
        assert line(seat, order) == (listing.reference, of.reference, "2.10")
        told = page(seat, order)
        assert listing.reference in told
        assert listing.source in told
        assert "the patient bears 2.10" in told


def test_the_entry_of_a_line_is_kept_with_it_and_no_later_entry_takes_its_place(world, contract):
    listing = PriceEntry.objects.get(kind="listing")
    order = placed(world, contract)
    assert order.lines.get().price_entry == listing
    product, said = sold(contract), {"price": listing.price, "units": listing.units, "valid_from": TODAY}
    found_late = PriceFact(product.item_id, "420000", product_id=product.pk, source="found late", **said)
    price_recorded(world, found_late, "award", now=NOW - timedelta(minutes=1))  # which goes before a listing
    assert line(world.pharmacist, order)[0] == listing.reference
    with pytest.raises(DatabaseError, match="order_line says stays"):
        action(order.lines.update)(price_entry=None)


def test_who_may_not_see_the_entry_of_a_line_is_not_told_of_it(world, contract):
    product = sold(contract)
    agreed = PriceFact(product.item_id, "420000", Decimal("9"), 7, TODAY, "agreement", product_id=product.pk)
    parties = (world.hospital.pk, world.supplier.pk)
    hidden = replace(agreed, hospital_id=world.hospital.pk, parties=parties)
    entry = price_recorded(world, hidden, "own")
    order = placed(world, contract)
    assert order.lines.get().price_entry == entry
    assert line(world.pharmacist, order)[0] == line(world.bid_manager, order)[0] == entry.reference
    action(PriceEntry.objects.filter(pk=entry.pk).update)(parties=[world.hospital.pk])
    assert line(world.pharmacist, order)[0] == entry.reference
    assert line(world.bid_manager, order)[0] is None


def test_what_holds_from_a_later_day_on_changes_nothing_of_it(world, contract):
    listing = PriceEntry.objects.get(kind="listing")
    order = placed(world, contract)
    facts = {"item_id": listing.item_id, "region_code": listing.region_id, "product_id": listing.product_id}
    later = PriceFact(**facts, price=Decimal("9"), units=7, valid_from=TODAY + DAY, source="lower")
    price_recorded(world, later, "listing")
    standard(world, sold(contract), "8.40", day=TODAY + DAY)
    assert line(world.pharmacist, order) == (listing.reference, None, None)
    assert "the patient bears" not in page(world.pharmacist, order)


def test_a_standard_that_was_recorded_after_the_order_is_not_held_against_it(world, contract):
    order = placed(world, contract)
    fact = PriceFact(sold(contract).item_id, "420000", Decimal("7"), 7, TODAY, "found late")
    price_recorded(world, fact, "payment_standard", now=NOW + timedelta(hours=1))
    assert line(world.pharmacist, order)[1:] == (None, None)


def test_an_own_standard_of_the_product_goes_before_its_items(world, contract):
    product = sold(contract)
    standard(world, product, "1.00", units=1)
    own = standard(world, product, "10.50", product_id=product.pk)
    order = placed(world, contract)
    assert line(world.pharmacist, order)[1:] == (own.reference, "0.00")
    assert "the patient bears" not in page(world.pharmacist, order)


def test_a_price_that_no_entry_has_is_said_to_be_the_contracts(world):
    contract = contract_in_force(world)
    made = order(world, contract, 10)
    assert line(world.pharmacist, made)[0] is None
    assert "the price of the contract" in page(world.pharmacist, made)
    awarded = contract.lines.get(number=1).products.get().product_version.product
    fact = PriceFact(awarded.item_id, "420000", Decimal("6.60"), 7, TODAY, "T-1", product_id=awarded.pk)
    entry = price_recorded(world, fact, "award", now=NOW + timedelta(minutes=1))
    assert line(world.pharmacist, made)[0] is None  # it was not in the register yet
    again = order(world, contract, 10, now=NOW + timedelta(minutes=2))
    assert line(world.pharmacist, again)[0] == entry.reference


def test_who_orders_sees_what_the_patient_bears_before_it_is_placed(world, contract):
    standard(world, sold(contract), "8.40")
    placed(world, contract)  # of an agreement on prices, what was ordered before is offered again
    with patch("django.utils.timezone.now", return_value=NOW):
        client = sitting(world.pharmacist)
        told = client.get("/orders/place/", {"contract": contract.reference}).content.decode()
    assert "the patient bears 2.10" in told


def test_the_register_tells_programs_what_lies_above_a_payment_standard(world, contract):
    standard(world, sold(contract), "8.40")
    rows = program_of(world.pharmacist).get("/api/v1/prices/").json()["results"]
    assert {row["kind"]: row["borne_by_patient"] for row in rows} == {"listing": "2.10", "payment_standard": None}
