"""A hospital orders whole packs at the contract price, above the agreed volume if it likes, above a maximum never."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions import Letter, authorise
from catalogue.models import Maker
from contracts.actions import OrderRow, cancel_order, place_order, terminate_contract
from contracts.models import AgreedVolume, Order
from core.clock import legal_date
from core.errors import Denied, Refused
from core.models import Event, OutboxMessage
from tests.contracts.builders import TERMS, contract_in_force, order
from tests.tenders.bids import by_hand
from tests.world import NOW

CAPPED = replace(TERMS, maximum_percent=120)


def drawn(contract):
    return list(AgreedVolume.objects.filter(line__contract=contract).order_by("line").values_list("ordered", flat=True))


def test_an_order_is_priced_by_the_contract_and_draws_at_once(world):
    contract = contract_in_force(world)
    placed = order(world, contract, 10, 3)
    assert placed.status == Order.Status.PLACED
    assert placed.amount == Decimal("66.00") + Decimal("53.43")
    assert [(line.packs, line.price, line.amount) for line in placed.lines.order_by("pk")] == [
        (10, Decimal("6.600000"), Decimal("66.00")),
        (3, Decimal("17.810000"), Decimal("53.43")),
    ]
    assert drawn(contract) == [70, 21]
    event = Event.objects.get(subject=placed.reference)
    assert event.data == {"lines": 2, "amount": "119.43"}
    assert {world.hospital.pk, world.supplier.pk} <= set(event.organisations)
    assert OutboxMessage.objects.filter(task="contracts.tasks.tell_of_order", arguments=[placed.pk]).exists()


def test_the_agreed_volume_is_a_floor_and_may_be_passed(world):
    contract = contract_in_force(world)
    order(world, contract, 5000)
    assert drawn(contract) == [35000, 0]


def test_above_the_maximum_the_refusal_names_the_row_and_what_remains(world):
    contract = contract_in_force(world, terms=CAPPED)  # 7,000 tablets agreed, 8,400 at most: 1,200 packs
    order(world, contract, 1100, 1)
    with pytest.raises(Refused) as refusal:
        place_order(contract=contract, rows=[OrderRow(2, 1), OrderRow(1, 101)], by=world.pharmacist, now=NOW)
    (fault,) = refusal.value.faults
    assert (fault.row, fault.field) == (2, "packs")
    assert "100 packs remain" in fault.message
    assert drawn(contract) == [7700, 7]
    order(world, contract, 100)
    with pytest.raises(Refused, match="Nothing remains"):
        order(world, contract, 1)


def test_a_pack_that_does_not_fit_whole_does_not_fit(world):
    contract = contract_in_force(world, terms=CAPPED, volumes={world.hospital: 20})  # at most 24: three packs of 7
    with pytest.raises(Refused, match="3 packs remain"):
        order(world, contract, 4)
    order(world, contract, 3)


def test_an_agreed_volume_below_one_pack_can_be_ordered_once(world):
    terms = replace(TERMS, maximum_percent=100)
    contract = contract_in_force(world, terms=terms, pack_size=30, volumes={world.hospital: 20})
    order(world, contract, 1)
    with pytest.raises(Refused, match="Nothing remains"):
        order(world, contract, 1)


@pytest.mark.parametrize("packs", [0, -1, Decimal("0.5"), Decimal("NaN"), "2", True, 1_000_001])
def test_half_a_pack_and_other_nonsense_is_refused_in_its_row(world, packs):
    contract = contract_in_force(world)
    with pytest.raises(Refused, match=r"^Order whole packs") as refusal:
        place_order(contract=contract, rows=[OrderRow(1, 1), OrderRow(2, packs)], by=world.pharmacist, now=NOW)
    assert refusal.value.faults[0].row == 2
    assert drawn(contract) == [0, 0]


def test_a_line_twice_an_unknown_line_and_no_line_are_refused(world):
    contract = contract_in_force(world)
    for rows, words in (
        ([OrderRow(1, 1), OrderRow(1, 2)], "Line 1 stands in the order twice"),
        ([OrderRow(9, 1)], "Your hospital has no agreed volume of line 9"),
        ([], "quantity for one item"),
    ):
        with pytest.raises(Refused, match=words):
            place_order(contract=contract, rows=rows, by=world.pharmacist, now=NOW)


def test_a_contract_takes_orders_from_its_first_day_to_its_last(world):
    contract = contract_in_force(world, terms=replace(TERMS, starts_on=TERMS.starts_on + timedelta(days=1)))
    first, last = contract.starts_on, contract.ends_on
    for day, open_then in ((-1, False), (0, True), ((last - first).days, True), ((last - first).days + 1, False)):
        then = NOW + timedelta(days=1 + day)
        if open_then:
            place_order(contract=contract, rows=[OrderRow(1, 1)], by=world.pharmacist, now=then)
        else:
            with pytest.raises(Refused, match=f"takes orders from {first} to {last} only"):
                place_order(contract=contract, rows=[OrderRow(1, 1)], by=world.pharmacist, now=then)


def test_the_last_day_ends_at_midnight_in_the_platforms_zone(world):
    contract = contract_in_force(world, terms=replace(TERMS, ends_on=TERMS.starts_on))
    midnight = NOW.replace(hour=16, minute=0)  # 00:00 of the next day in Shanghai
    place_order(contract=contract, rows=[OrderRow(1, 1)], by=world.pharmacist, now=midnight - timedelta(microseconds=1))
    with pytest.raises(Refused, match="takes orders from"):
        place_order(contract=contract, rows=[OrderRow(1, 1)], by=world.pharmacist, now=midnight)


def test_nothing_is_ordered_from_a_terminated_contract(world):
    contract = contract_in_force(world)
    terminate_contract(contract=contract, reason="three refusals", by=world.awarder, now=NOW)
    with pytest.raises(Refused, match="was terminated"):
        order(world, contract, 1)


def test_only_a_hospital_with_a_volume_and_a_seat_that_may_order(world):
    contract = contract_in_force(world)
    stranger = world.seat(world.organisation("hospital"), "pharmacist")
    with pytest.raises(Refused, match="no agreed volume"):
        order(world, contract, 1, by=stranger)
    for seat in (world.order_approver, world.officer, world.dispatcher):
        with pytest.raises(Denied):
            order(world, contract, 1, by=seat)


def test_cancelling_gives_back_what_was_drawn(world):
    contract = contract_in_force(world, terms=CAPPED)
    placed = order(world, contract, 1200, 5)
    cancel_order(order=placed, reason="ordered twice", by=world.pharmacist, now=NOW)
    assert drawn(contract) == [0, 0]
    assert order(world, contract, 1200).reference != placed.reference


def test_statements_do_not_grow_with_the_lines(world):
    contract = contract_in_force(world, prices=("1.00",) * 30)
    order(world, contract, 1)
    counts = []
    for lines in (3, 30):
        with CaptureQueriesContext(connection) as queries:
            order(world, contract, *([2] * lines))
        counts.append(len(queries) - 2)  # without the savepoint that stands for the transaction in tests
    assert counts == [21, 21]


def test_what_the_supplier_may_not_offer_any_more_is_not_ordered(world):
    contract = contract_in_force(world)
    second = contract.lines.get(number=2).products.get().product_version.product
    by_hand(lambda: Maker.objects.filter(pk=second.maker_id).update(organisation=None))
    letter = Letter("dealer", second.maker, second, legal_date(NOW), legal_date(NOW), "Letter 7")
    with pytest.raises(Refused, match="may not offer") as refusal:
        order(world, contract, 1, 1)
    assert [fault.row for fault in refusal.value.faults] == [1, 2]
    authorise(letter=letter, supplier=contract.supplier, by=world.cataloguer, now=NOW)
    with pytest.raises(Refused, match="may not offer") as refusal:
        order(world, contract, 1, 1)
    assert [fault.row for fault in refusal.value.faults] == [1]
    assert not Order.objects.exists()
    order(world, contract, 0, 1)
    with pytest.raises(Refused, match="may not offer"):
        order(world, contract, 0, 1, now=NOW + timedelta(days=1))
