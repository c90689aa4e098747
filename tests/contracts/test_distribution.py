"""Who delivers: named by area, product and period; an order goes to one deliverer and keeps it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Region
from contracts.actions import (
    DistributionTerms,
    OrderRow,
    end_distribution,
    name_deliverer,
    place_order,
    place_orders,
)
from contracts.models import AgreedVolume, Contract, Distribution, Order
from contracts.rules import DeliveryScope, nearest_distribution
from core.clock import legal_date
from core.errors import Denied, Refused
from core.models import Event
from tests.contracts.builders import contract_in_force, order
from tests.roles import program_of
from tests.world import NOW

TODAY = legal_date(NOW)
CITY, COUNTY, PROVINCE = "421000", "421003", "420000"


@pytest.fixture
def contract(world):
    return contract_in_force(world)


@pytest.fixture
def distributor(world):
    return world.organisation("distributor")


def name(world, contract, deliverer, day=TODAY, **said) -> Distribution:
    terms = DistributionTerms(deliverer, day, **said)
    return name_deliverer(contract=contract, terms=terms, by=world.bid_manager, now=NOW)


def product(contract, line):
    return contract.lines.get(number=line).products.get().product_version.product


def test_without_a_row_the_supplier_delivers(world, contract):
    assert order(world, contract, 1).deliverer == world.supplier


def test_a_distributor_named_from_a_day_has_the_orders_of_that_day_on(world, contract, distributor):
    name(world, contract, distributor, TODAY + timedelta(days=1))
    assert order(world, contract, 1).deliverer == world.supplier
    assert order(world, contract, 1, now=NOW + timedelta(days=1)).deliverer == distributor


def test_another_named_later_ends_the_first_the_day_before_and_on_the_same_day_stands_in_its_place(
    world, contract, distributor
):
    other = world.organisation("distributor")
    first = name(world, contract, distributor)
    name(world, contract, other, TODAY + timedelta(days=7))
    first.refresh_from_db()
    assert first.valid_to == TODAY + timedelta(days=6)
    name(world, contract, world.supplier, TODAY + timedelta(days=7))
    assert [row.deliverer for row in contract.distribution.all()] == [distributor, world.supplier]
    with pytest.raises(Refused, match="is named for the same from") as refusal:
        name(world, contract, other, TODAY + timedelta(days=1))
    assert refusal.value.faults[0].field == "valid_from"


def test_what_cannot_be_named_is_refused_at_its_field(world, contract, distributor):
    for terms, field in (
        (DistributionTerms(world.hospital, TODAY), "deliverer"),
        (DistributionTerms(world.organisation("supplier"), TODAY), "deliverer"),
        (DistributionTerms(distributor, TODAY - timedelta(days=1)), "valid_from"),
        (DistributionTerms(distributor, TODAY, product=product(contract_in_force(world), 1)), "product"),
    ):
        with pytest.raises(Refused) as refusal:
            name_deliverer(contract=contract, terms=terms, by=world.bid_manager, now=NOW)
        assert refusal.value.faults[0].field == field
    for stranger in (world.awarder, world.officer, world.seat(world.organisation("supplier"), "signatory")):
        with pytest.raises(Denied):
            name_deliverer(contract=contract, terms=DistributionTerms(distributor, TODAY), by=stranger, now=NOW)
    assert not Distribution.objects.exists()


def test_a_row_ends_on_a_day_and_the_supplier_delivers_again(world, contract, distributor):
    row = name(world, contract, distributor)
    with pytest.raises(Refused, match="A row ends from"):
        end_distribution(row=row, last_day=TODAY - timedelta(days=1), by=world.bid_manager, now=NOW)
    end_distribution(row=row, last_day=TODAY, by=world.bid_manager, now=NOW)
    assert order(world, contract, 1).deliverer == distributor
    assert order(world, contract, 1, now=NOW + timedelta(days=1)).deliverer == world.supplier
    with pytest.raises(Refused, match="never later"):
        end_distribution(row=row, last_day=TODAY + timedelta(days=1), by=world.bid_manager, now=NOW)
    assert Event.objects.get(verb="contract.distribution").data["deliverer"] == distributor.name


def test_one_request_becomes_an_order_a_deliverer_and_faults_keep_their_rows(world, contract, distributor):
    name(world, contract, distributor, product=product(contract, 2))
    rows = [OrderRow(2, 3), OrderRow(1, 2)]
    with pytest.raises(Refused, match="several deliverers") as refusal:
        place_order(contract=contract, rows=rows, by=world.pharmacist, now=NOW)
    assert distributor.name in refusal.value.message
    placed = place_orders(baskets=[(contract, rows)], by=world.pharmacist, now=NOW)
    assert {one.deliverer: one.lines.get().packs for one in placed} == {distributor: 3, world.supplier: 2}
    bad = [OrderRow(2, 3), OrderRow(1, 0), OrderRow(9, 1)]
    with pytest.raises(Refused) as refusal:
        place_orders(baskets=[(contract, bad)], by=world.pharmacist, now=NOW)
    assert [fault.row for fault in refusal.value.faults] == [2, 3]
    assert Order.objects.count() == 2


def test_two_hospitals_of_one_contract_have_their_areas_distributors(world, distributor):
    city, county = Region.objects.get(code=CITY), Region.objects.get(code=COUNTY)
    far, near = (world.organisation("hospital", region=region) for region in (world.region, county))
    contract = contract_in_force(world, volumes={far: 700, near: 700})
    other = world.organisation("distributor")
    name(world, contract, other)
    name(world, contract, distributor, area=city)
    orders = {}
    for hospital in (far, near):
        buyer = world.seat(hospital, "pharmacist")
        orders[hospital] = order(world, contract, 1, by=buyer)
    assert [orders[far].deliverer, orders[near].deliverer] == [other, distributor]
    seats = {one: world.seat(one, "dispatcher") for one in (other, distributor)}
    for seat in seats.values():
        assert contract in Contract.objects.visible_to(seat)
    assert list(Order.objects.visible_to(seats[distributor])) == [orders[near]]
    assert list(Order.objects.visible_to(seats[other])) == [orders[far]]
    seen = AgreedVolume.objects.visible_to(seats[distributor]).values_list("hospital", flat=True)
    assert set(seen) == {near.pk}


def test_the_pages_show_who_delivers_before_anything_is_ordered(world, client, distributor):
    contract = contract_in_force(world, terms=_current())
    client.force_login(world.bid_manager.person)
    address, today = f"/contracts/{contract.reference}/deliverer/", legal_date(timezone.now()).isoformat()
    said = {"deliverer": distributor.pk, "product": product(contract, 2).pk, "valid_from": today}
    assert client.post(address, said).status_code == 302
    page = client.get(f"/contracts/{contract.reference}/").content.decode()
    assert distributor.name in page
    end = f"/contracts/{contract.reference}/distribution/1/end/"
    assert end in page
    client.force_login(world.pharmacist.person)
    ordering = strip_tags(client.get("/orders/place/").content.decode())
    assert ordering.count(distributor.name) == 1
    assert end not in client.get(f"/contracts/{contract.reference}/").content.decode()
    client.force_login(world.bid_manager.person)
    assert client.post(end, {"last_day": today}).status_code == 302
    assert Distribution.objects.get().valid_to == legal_date(timezone.now())


def test_programs_name_and_end_deliverers(world, distributor):
    contract = contract_in_force(world, terms=_current())
    program = program_of(world.bid_manager)
    address = f"/api/v1/contracts/{contract.reference}/deliverer/"
    answer = program.post(address, {"deliverer": distributor.credit_code, "area": CITY}, format="json")
    assert answer.status_code == 200, answer.json()
    (row,) = answer.json()["distribution"]
    assert (row["number"], row["area"], row["product"], row["valid_to"]) == (1, CITY, None, None)
    end = f"/api/v1/contracts/{contract.reference}/distribution/1/end/"
    day = legal_date(timezone.now()).isoformat()
    assert program.post(end, {"last_day": day}, format="json").json()["distribution"][0]["valid_to"] == day
    assert program.post(end.replace("/1/", "/2/"), {"last_day": day}, format="json").status_code == 404


def _current():
    from tests.contracts.builders import TERMS

    today = legal_date(timezone.now())
    return replace(TERMS, starts_on=today, ends_on=today + timedelta(days=364))


AREAS, PRODUCTS = (None, PROVINCE, CITY, COUNTY), (None, 1, 2)


@given(
    st.sets(st.builds(DeliveryScope, st.sampled_from((*AREAS, "110000")), st.sampled_from(PRODUCTS))),
    st.sampled_from(([COUNTY, CITY, PROVINCE], [CITY, PROVINCE], [PROVINCE])),
    st.sampled_from((1, 2, 3)),
)
def test_the_nearest_area_decides_and_then_the_product(rows, regions, product):
    """Beside a walk outwards: each area from the hospital's own to everywhere, in each the product before all."""
    walked = (DeliveryScope(area, one) for area in (*regions, None) for one in (product, None))
    assert nearest_distribution(list(rows), regions, product) == next((row for row in walked if row in rows), None)
