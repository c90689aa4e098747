"""Lines of several products: models of a registration ordered by model, and sets ordered, sent and accepted by part."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.actions import (
    Batch,
    OrderRow,
    Verdict,
    accept_delivery,
    approve_order,
    cancel_order,
    confirm_order,
    place_order,
    send_delivery,
)
from contracts.measures import fulfilment, saving_of_orders
from contracts.models import AgreedVolume, Contract, Order, OrderLine, Payable
from contracts.rules import owed_by_part
from core.clock import legal_date
from core.errors import Refused
from core.money import line_amount
from core.search import find
from tests.contracts.builders import TERMS, TODAY, Offered, contract_in_force
from tests.contracts.pages import sitting
from tests.contracts.test_api import Program
from tests.roles import as_web
from tests.world import NOW

CAPPED = replace(TERMS, maximum_percent=100)
LASTS = TODAY.replace(year=TODAY.year + 2)
# A stem in one piece, two screws that come singly, and a cup: 800 + 2 x 25.5 + 149 = 1000 a set, and a fee of 30.
SET = (Offered("800", 1, "30"), Offered("25.5", 1, quantity=2), Offered("149", 1))


def today_of_the_clock():
    return legal_date(timezone.now())


def sheet_of(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("order.csv", "\n".join(("contract,line,product,packs", *rows)).encode())


def models(world, **terms) -> Contract:
    """A line of three models that come in packs of 1, 2 and 5, of which 20 are agreed."""
    further = (Offered("13.2", 2), Offered("33", 5, "0.333"))
    return contract_in_force(
        world,
        terms=replace(CAPPED, **terms),
        prices=("6.6",),
        pack_size=1,
        volumes={world.hospital: 20},
        further=further,
    )


def sets(world, parts=SET, **offer) -> Contract:
    return contract_in_force(world, terms=CAPPED, prices=("1000",), volumes={world.hospital: 6}, parts=parts, **offer)


def placed(world, contract, *rows) -> Order:
    return place_order(contract=contract, rows=[OrderRow(*row) for row in rows], by=world.pharmacist, now=NOW)


def confirmed(world, contract, *rows) -> Order:
    approved = approve_order(order=placed(world, contract, *rows), by=world.order_approver, now=NOW)
    return confirm_order(order=approved, by=world.dispatcher, now=NOW)


def ordered(contract) -> Decimal:
    return AgreedVolume.objects.get(line__contract=contract).ordered


def test_what_a_further_specification_spared_is_counted_by_its_own_factor(world):
    """Two packs of 7 whose units count twice, at 12 a pack: 28 units, of which one cost 0.50 before."""
    further = (Offered("12", 7, factor="2"),)
    contract = contract_in_force(
        world, prices=("6",), volumes={world.hospital: 100}, price_before="0.50", further=further
    )
    order = confirmed(world, contract, (1, 2, 2))
    delivery = send_delivery(order=order, batches=[Batch(1, "B1", LASTS, 2)], by=world.dispatcher, now=NOW)
    accept_delivery(delivery=delivery, verdicts=[Verdict(1, 2)], by=world.receiver, now=NOW)
    spared = saving_of_orders(OrderLine.objects.all(), TODAY)
    assert (spared.before, spared.cost, ordered(contract)) == (14, 24, 28)


class TestModels:
    def test_a_hospital_orders_by_model_and_all_draw_on_one_volume(self, world):
        contract = models(world)
        order = placed(world, contract, (1, 3, 3), (1, 2, 1))
        lines = order.lines.values_list("number", "product__number", "packs", "pack_size", "units", "amount", "fee")
        assert list(lines) == [
            (1, 1, 2, 1, 1, Decimal("13.20"), 0),
            (2, 3, 3, 5, 5, Decimal("99.00"), Decimal("1.00")),
        ]
        assert (order.amount, ordered(contract)) == (Decimal("113.20"), 17)
        cancel_order(order=order, reason="no", by=world.pharmacist, now=NOW)
        assert ordered(contract) == 0

    def test_together_they_never_pass_the_maximum(self, world):
        contract = models(world)
        with pytest.raises(Refused, match="2 packs remain") as refusal:
            placed(world, contract, (1, 3, 3), (1, 3, 2))
        assert [(fault.field, fault.row) for fault in refusal.value.faults] == [("packs", 2)]
        placed(world, contract, (1, 3, 3), (1, 2, 2), (1, 1, 1))
        with pytest.raises(Refused, match="Nothing remains"):
            placed(world, contract, (1, 1, 1))

    def test_a_row_says_which_model_it_is_of(self, world):
        contract = models(world)
        for row in ((1, 1), (1, 1, 4)):
            with pytest.raises(Refused, match="Say which product of line 1") as refusal:
                placed(world, contract, row)
            assert refusal.value.faults[0].field == "product"

    def test_one_product_stands_in_an_order_once_however_it_is_named(self, world):
        contract = contract_in_force(world)
        with pytest.raises(Refused, match="Line 2 stands in the order twice") as refusal:
            placed(world, contract, (1, 1), (2, 1), (2, 3, 1))
        assert [(fault.field, fault.row) for fault in refusal.value.faults] == [("line", 3)]

    def test_each_is_confirmed_and_sent_by_its_line_of_the_order(self, world):
        contract = models(world)
        order = approve_order(order=placed(world, contract, (1, 2, 3), (1, 2, 2)), by=world.order_approver, now=NOW)
        confirm_order(order=order, packs={1: 1, 2: 2}, by=world.dispatcher, now=NOW)
        assert ordered(contract) == 2 + 10
        with pytest.raises(Refused, match="line 1 still to be delivered: 1"):
            send_delivery(order=order, batches=[Batch(1, "A", LASTS, 2)], by=world.dispatcher, now=NOW)
        delivery = send_delivery(order=order, batches=[Batch(2, "A", LASTS, 2)], by=world.dispatcher, now=NOW)
        assert delivery.lines.get().batch.product == order.lines.get(number=2).product.product_version.product

    def test_the_page_has_a_row_a_model_and_the_spreadsheet_too(self, world):
        contract = models(world)
        client = sitting(world.pharmacist)
        page = client.get("/orders/place/")
        keys = [f"packs-{contract.reference}-1-{number}" for number in (1, 2, 3)]
        assert all(f'name="{key}"' in page.content.decode() for key in keys)
        rows = client.get("/orders/place/?template=table.csv").getvalue().decode("utf-8-sig").splitlines()
        assert [row.split(",")[:3] for row in rows[2:]] == [[contract.reference, "1", n] for n in "123"]
        submission = page.context["form"]["submission"].value()
        client.post("/orders/place/", {keys[1]: "4", keys[2]: "1", "submission": submission})
        order = Order.objects.get()
        assert list(order.lines.values_list("product__number", "packs")) == [(2, 4), (3, 1)]
        again = client.get(f"/orders/place/?repeat={order.reference}").context["form"]
        assert [row["packs"].value() for row in again.rows] == [None, 4, 1]

    def test_a_spreadsheet_names_the_model_and_a_line_without_one_is_none(self, world):
        contract = models(world)
        rows = [f"{contract.reference},1,2,4", f"{contract.reference},1,3,1", f"{contract.reference},1,,5"]
        sent = {"read": "table", "sheet-table": sheet_of(*rows)}
        form = sitting(world.pharmacist).post("/orders/place/", sent).context["form"]
        assert [row["packs"].value() for row in form.rows] == [None, "4", "1"]
        (told,) = form.non_field_errors()
        assert f"Row 4, column A “contract”: The table has no row “{contract.reference}-1”." in told

    def test_the_list_of_volumes_has_plain_numbers_on_the_page_and_in_its_file(self, world):
        contract = models(world)
        placed(world, contract, (1, 2, 3))
        address = f"/contracts/{contract.reference}/"
        assert "0E-9" not in sitting(world.officer).get(address).content.decode()
        rows = sitting(world.officer).get(address, {"volumes-export": "csv"}).getvalue().decode("utf-8-sig")
        assert rows.splitlines()[1].endswith(",tablet,20,20,10,0")

    def test_a_program_orders_by_model_and_reads_what_it_may_order(self, world):
        contract = models(world, starts_on=today_of_the_clock())
        pharmacist = Program(world.pharmacist)
        (volume,) = pharmacist.get("volumes/").json()["results"]
        assert [(one["product"], one["packs_to_maximum"]) for one in volume["orderable"]] == [(1, 20), (2, 10), (3, 4)]
        rows = [{"line": 1, "product": 3, "packs": 1}, {"line": 1, "product": 2, "packs": 2}]
        placed = pharmacist.post("orders/", {"contract": contract.reference, "lines": rows})
        assert (placed.status_code, placed.json()["amount"]) == (201, "59.73")
        lines = pharmacist.get(f"orders/{placed.json()['reference']}/").json()["lines"]
        assert [(one["line"], one["contract_product"], one["fee"]) for one in lines] == [(1, 2, "0.00"), (2, 3, "0.33")]


class TestSets:
    def test_a_number_of_sets_is_one_line_a_part(self, world):
        contract = sets(world)
        order = placed(world, contract, (1, 4))
        assert list(order.lines.values_list("number", "packs", "units")) == [(1, 4, 1), (2, 8, 0), (3, 4, 0)]
        assert (order.amount, ordered(contract)) == (4 * Decimal("1030"), 4)
        with pytest.raises(Refused, match="2 packs remain"):
            placed(world, contract, (1, 3))
        with pytest.raises(Refused, match="Say which product"):
            placed(world, contract, (1, 1, 2))

    def test_sets_whose_parts_are_no_whole_packs_are_refused_with_the_number_that_is(self, world):
        parts = (Offered("800", 1), Offered("500", 10, quantity=4))
        contract = sets(world, parts)
        with pytest.raises(Refused, match="comes in packs of 10: order a multiple of 5 sets"):
            placed(world, contract, (1, 2))
        order = placed(world, contract, (1, 5))
        assert list(order.lines.values_list("packs", flat=True)) == [5, 2]

    def test_sets_are_confirmed_whole(self, world):
        contract = sets(world)
        order = approve_order(order=placed(world, contract, (1, 4)), by=world.order_approver, now=NOW)
        with pytest.raises(Refused, match="Confirm whole sets"):
            confirm_order(order=order, packs={1: 2, 2: 8, 3: 2}, by=world.dispatcher, now=NOW)
        order.refresh_from_db()
        confirm_order(order=order, packs={1: 2, 2: 4, 3: 2}, by=world.dispatcher, now=NOW)
        assert ordered(contract) == 2

    def test_delivered_and_accepted_by_part_its_debts_add_up_to_price_and_fee(self, world):
        contract = sets(world)
        order = confirmed(world, contract, (1, 3))
        for batches in ([Batch(1, "A", LASTS, 2), Batch(2, "B", LASTS, 5)], [Batch(1, "A", LASTS, 1)]):
            delivery = send_delivery(order=order, batches=batches, by=world.dispatcher, now=NOW)
            verdicts = [Verdict(line.number, line.packs) for line in delivery.lines.all()]
            accept_delivery(delivery=delivery, verdicts=verdicts, by=world.receiver, now=NOW)
        rest = [Batch(2, "B", LASTS, 1), Batch(3, "C", LASTS, 3)]
        delivery = send_delivery(order=order, batches=rest, by=world.dispatcher, now=NOW)
        verdicts = [Verdict(1, 1), Verdict(2, 2, 1, rejection="damaged", replacement=False)]
        accept_delivery(delivery=delivery, verdicts=verdicts, by=world.receiver, now=NOW)
        owed = Payable.objects.aggregate(amount=Sum("amount"), fee=Sum("fee"))
        assert owed == {"amount": 3 * Decimal("1030") - 149, "fee": 90}
        order.refresh_from_db()
        assert (order.stage, ordered(contract)) == ("received", 3)

    def test_what_is_counted_of_sets_is_counted_once(self, world):
        """Two of six sets at 1000, which cost 1200 before, are accepted: the part that counts stands for all."""
        contract = sets(world, price_before="1200")
        order = confirmed(world, contract, (1, 2))
        batches = [Batch(line.number, f"B{line.number}", LASTS, line.packs) for line in order.lines.all()]
        delivery = send_delivery(order=order, batches=batches, by=world.dispatcher, now=NOW)
        verdicts = [Verdict(line.number, line.packs) for line in delivery.lines.all()]
        accept_delivery(delivery=delivery, verdicts=verdicts, by=world.receiver, now=NOW)
        found = fulfilment(AgreedVolume.objects.filter(line__contract=contract), TODAY)
        assert (found.agreed, found.accepted) == (6000, 2000)
        spared = saving_of_orders(OrderLine.objects.all(), TODAY)
        assert (spared.before, spared.cost) == (2400, 2000)
        assert [line.accepted_units for line in contract.lines.with_totals(world.pharmacist)] == [2]

    def test_the_page_names_the_set_and_its_parts(self, world):
        contract = sets(world)
        client = sitting(world.pharmacist)
        page = client.get("/orders/place/").content.decode()
        assert f'name="packs-{contract.reference}-1"' in page
        assert "× 2 ·" in page
        assert "<span>6 set" in page
        assert "0 ordered" in page
        order = placed(world, contract, (1, 2))
        assert (
            client.get(f"/orders/place/?repeat={order.reference}")
            .context["form"]
            .initial[f"packs-{contract.reference}-1"]
            == 2
        )


UNITS = {1: 1, 2: 2, 3: 5}
ROWS = st.dictionaries(st.sampled_from(list(UNITS)), st.integers(1, 8), min_size=1)


def try_basket(world, contract, rows, cancelled, drawn) -> int:
    """Order some models, and perhaps take the order back. Returns what is drawn of the volume then."""
    asked = [(1, packs, number) for number, packs in rows.items()]
    units = sum(packs * UNITS[number] for number, packs in rows.items())
    if drawn + units > 20:
        with pytest.raises(Refused):
            placed(world, contract, *asked)
        return drawn
    order = placed(world, contract, *asked)
    prices = order.lines.values_list("price", "service_fee", "packs")
    assert order.amount == sum(line_amount(p, n) + line_amount(f or Decimal(0), n) for p, f, n in prices)
    if cancelled:
        cancel_order(order=order, reason="no", by=world.pharmacist, now=NOW)
        return drawn
    return drawn + units


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(baskets=st.lists(st.tuples(ROWS, st.booleans()), min_size=1, max_size=6))
def test_whatever_the_mix_of_models_the_drawn_volume_is_exact_and_never_above_the_maximum(three_models, baskets):
    world, contract = three_models
    before, drawn = transaction.savepoint(), 0
    for rows, cancelled in baskets:
        drawn = try_basket(world, contract, rows, cancelled, drawn)
        held = AgreedVolume.objects.get(line__contract=contract)
        counted = held.order_lines.aggregate(units=Sum((F("packs") - F("released")) * F("units"), default=0))["units"]
        assert held.ordered == counted == drawn <= held.maximum
    transaction.savepoint_rollback(before)


@pytest.fixture
def three_models(world):
    return world, models(world)


@given(st.integers(1, 500), st.integers(1, 200), st.integers(1, 200))
def test_a_fee_owed_in_parts_adds_up_to_the_whole(cents, first, second):
    """Price and fee are rounded apart, so that each adds up by itself."""
    fee = Decimal(cents) / 1000
    parts = owed_by_part(fee, 0, first) + owed_by_part(fee, first, second)
    assert parts == line_amount(fee, first + second)
    assert abs(Fraction(parts) - Fraction(fee) * (first + second)) <= Fraction(1, 200)


def test_a_contract_is_found_by_each_of_its_products(world):
    contract = sets(world)
    for product in contract.lines.get().products.select_related("product_version__product__item"):
        with as_web(world.pharmacist):
            assert contract.reference in {
                hit.reference for hit in find(product.product_version.product.item.name, ("contract",), 50)
            }
