"""Before an order is placed: what would be, with whom and at what cost, and what stands against the rest."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalogue.models import Item
from contracts.actions import DistributionTerms, OrderRow, name_deliverer, place_order, place_orders, plan_orders
from contracts.models import AgreedVolume, Contract, Order
from core.clock import legal_date
from core.errors import Refused
from core.models import Event
from tests.arranging import arranged
from tests.contracts.builders import Offered, current_contract
from tests.contracts.pages import sitting

PLACE = "/orders/place/"


def plan(world, *baskets):
    asked = [(contract, [OrderRow(*row) for row in rows]) for contract, rows in baskets]
    return plan_orders(baskets=asked, by=world.pharmacist, now=timezone.now())


def asked(client, cells, **more):
    submission = client.get(PLACE).context["form"]["submission"].value()
    return client.post(PLACE, {"submission": submission, **cells, **more}, follow=True)


def test_it_is_what_is_placed_and_nothing_is_written(world):
    contract = current_contract(world)
    assert world.pharmacist  # appointed before events are counted
    events = Event.objects.count()
    (planned,) = plan(world, (contract, [(1, 10), (2, 3)])).orders
    assert (planned.order.deliverer, planned.order.amount) == (contract.supplier, Decimal("119.43"))
    assert (Order.objects.count(), Event.objects.count()) == (0, events)
    assert set(AgreedVolume.objects.values_list("ordered", flat=True)) == {0}
    rows = [OrderRow(1, 10), OrderRow(2, 3)]
    placed = place_order(contract=contract, rows=rows, by=world.pharmacist, now=timezone.now())
    facts = ("amount", "deliverer", "latest_arrival_on", "hospital")
    assert [getattr(placed, name) for name in facts] == [getattr(planned.order, name) for name in facts]


def test_what_cannot_be_placed_is_named_by_row_and_the_rest_is_planned(world):
    contract = current_contract(world)
    over = current_contract(world, prices=("2.00",), supplier=world.organisation("supplier"))
    ended_yesterday(over)
    found = plan(world, (contract, [(1, 1201), (2, 3), (9, 1)]), (over, [(1, 1), (1, 2)]))
    assert [fault.row for fault in found.faults] == [1, 3, 4, 5]
    assert "1,200 packs remain" in found.faults[0].message
    assert "takes orders from" in found.faults[2].message
    assert [(line.number, line.packs) for line in found.orders[0].lines] == [(1, 3)]
    with pytest.raises(Refused, match="quantity for one item"):
        plan(world)


def test_two_deliverers_of_one_line_do_not_both_plan_what_is_left(world):
    """Each product of a line goes to another; 84 units are the maximum, of which the two ask for 63 and 30."""
    contract = current_contract(world, prices=("6.60",), volumes={world.hospital: 70}, further=(Offered("5.00", 5),))
    distributor, today = world.organisation("distributor"), legal_date(timezone.now())
    product = contract.lines.get().products.get(number=2).product_version.product
    terms = DistributionTerms(distributor, area=None, product=product, valid_from=today)
    name_deliverer(contract=contract, terms=terms, by=world.bid_manager, now=timezone.now())
    rows = [(1, 9, 1), (1, 6, 2)]
    found = plan(world, (contract, rows))
    assert ([fault.row for fault in found.faults], len(found.orders)) == ([2], 1)
    assert "4 packs remain" in found.faults[0].message
    baskets = [(contract, [OrderRow(*row) for row in rows])]
    with pytest.raises(Refused, match="4 packs remain"):
        place_orders(baskets=baskets, by=world.pharmacist, now=timezone.now())


def test_a_person_sees_it_and_places_the_rest_or_goes_back(world):
    contract = current_contract(world)
    client = sitting(world.pharmacist)
    first, second = (f"packs-{contract.reference}-{line}" for line in (1, 2))
    page = asked(client, {first: "1201", second: "3"}, note="ring", review="yes")
    text = page.content.decode()
    assert all(
        words in text for words in ("Cannot be placed", "1,200 packs remain", contract.supplier.name, "Due 2 work")
    )
    assert "1 order, ¥53.43 in all. Nothing is placed yet." in text
    assert not Order.objects.exists()
    again = client.post(
        PLACE, {name: str(value) for name, value in page.context["all_cells"].items()} | {"change": "y"}
    )
    form = again.context["form"]
    assert ([row["packs"].value() for row in form.rows], form["note"].value()) == (["1201", "3"], "ring")
    assert not form.errors
    assert not Order.objects.exists()
    answers = [client.post(PLACE, page.context["cells"]) for _twice in range(2)]
    order = Order.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {order.get_absolute_url()}
    assert (order.note, order.lines.get().packs) == ("ring", 3)


def test_half_a_pack_is_said_beside_its_cell_and_nothing_at_all_on_top(world):
    contract = current_contract(world)
    client = sitting(world.pharmacist)
    cell = f"packs-{contract.reference}-1"
    assert cell in asked(client, {cell: "2.5"}, review="yes").context["form"].errors
    nothing = asked(client, {}, review="yes").context["form"]
    assert "quantity for one item" in nothing.non_field_errors()[0]


def test_the_whole_basket_is_repeated_and_what_is_gone_is_named(world):
    one = current_contract(world)
    two = current_contract(world, prices=("2.00",), supplier=world.organisation("supplier"))
    rows = [(one, [OrderRow(1, 4), OrderRow(2, 2)]), (two, [OrderRow(1, 7)])]
    first, other = place_orders(baskets=rows, by=world.pharmacist, now=timezone.now())
    alone = place_order(contract=one, rows=[OrderRow(2, 9)], by=world.pharmacist, now=timezone.now())
    assert (first.basket, other.basket, alone.basket) == (first.reference, first.reference, alone.reference)
    client = sitting(world.pharmacist)
    for order in (first, other):
        form = client.get(f"{PLACE}?repeat={order.reference}").context["form"]
        assert [row["packs"].value() for row in form.rows] == [4, 2, 7]
    ended_yesterday(two)
    page = client.get(f"{PLACE}?repeat={other.reference}")
    assert [row["packs"].value() for row in page.context["form"].rows] == [4, 2]
    (gone,) = page.context["gone"]
    assert two.reference in gone
    assert "cannot be ordered any more" in page.content.decode()


def test_a_row_is_found_by_name_maker_code_and_pinyin(world):
    contract = current_contract(world, prices=("6.60",))
    version = contract.lines.get().products.get().product_version
    named(version, "阿司匹林肠溶片", "华东制药", "X0001")
    (row,) = sitting(world.pharmacist).get(PLACE).context["form"].rows
    words = row.row_words.lower()
    assert all(word in words for word in ("阿司匹林", "asipilin", "asplcrp", "华东", "huadong", "hdzy", "x0001"))


@arranged
def named(version, name, maker, code):
    product = version.product
    keys = {"pinyin": "asipilinchangrongpian", "initials": "asplcrp"}
    Item.objects.filter(pk=product.item_id).update(name=name, **keys)
    type(product.maker).objects.filter(pk=product.maker_id).update(name=maker)
    type(version).objects.filter(pk=version.pk).update(national_code=code)


@arranged
def ended_yesterday(contract):
    Contract.objects.filter(pk=contract.pk).update(ends_on=legal_date(timezone.now()) - timedelta(days=1))
