"""Races on real connections. Each is run twice: with the lock, and with the lock taken away, when it is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from threading import Barrier

import pytest
from django.db import connection, connections
from django.db.models import QuerySet

from contracts import actions
from contracts.actions import (
    Batch,
    OrderRow,
    Verdict,
    accept_delivery,
    approve_order,
    cancel_order,
    close_rest,
    confirm_order,
    place_order,
    refuse_order,
    send_delivery,
    terminate_contract,
)
from contracts.models import Acceptance, AgreedVolume, Contract, Delivery, Order, OrderLine, Payable
from core.errors import Refused
from payments.actions import PaymentRow, record_payment
from payments.models import Payment
from tests.arranging import arranged
from tests.contracts.builders import TERMS, TODAY, Offered, confirmed_order, contract_in_force, order
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)
CAPPED = replace(TERMS, maximum_percent=100)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each act in a thread with a connection of its own; what it returned or raised, in order."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(20)
            return act()
        except Exception as error:  # the outcome of a race is what the test looks at
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@contextmanager
def without(*constraints: str, emptied: str = "contracts_contract"):
    """Take constraints off, so that a race without its lock shows the harm; then the rows go and they come back."""
    found = (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = ANY(%s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(found, [list(constraints)])
        taken = cursor.fetchall()
        assert len(taken) == len(constraints)
        for table, name, _definition in taken:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")  # no trigger fires: the rows may go
            cursor.execute(f"TRUNCATE {emptied} CASCADE")
            cursor.execute("SET session_replication_role = origin")
            for table, name, definition in taken:
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


@pytest.fixture
def no_locks(monkeypatch):
    """Rows are read without a lock, and everybody has read before anybody goes on."""

    def install(module: object, reader: str, readers: int) -> None:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
        met = Barrier(readers)
        real = getattr(module, reader)

        def read_together(*args: object, **kwargs: object) -> object:
            found = real(*args, **kwargs)
            met.wait(20)
            return found

        monkeypatch.setattr(module, reader, read_together)

    return install


def wins(outcomes: list[object]) -> list[object]:
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)]


class TestTheLastBox:
    @pytest.fixture
    def contract(self, world: World) -> Contract:
        return contract_in_force(world, terms=CAPPED, prices=("6.60",), volumes={world.hospital: 7})

    def rush(self, world: World, contract: Contract, orders: int) -> list[object]:
        buyer = world.pharmacist

        def buy() -> Order:
            mine = Contract.objects.get(pk=contract.pk)
            return place_order(contract=mine, rows=[OrderRow(1, 1)], by=buyer, now=NOW)

        return at_once(*[buy] * orders)

    def test_fifty_orders_one_wins_and_the_others_are_told_what_remains(self, world, contract):
        outcomes = self.rush(world, contract, 50)
        assert len(wins(outcomes)) == 1
        losers = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert all(isinstance(error, Refused) and "Nothing remains" in error.message for error in losers)
        assert AgreedVolume.objects.get().ordered == 7
        assert OrderLine.objects.count() == Order.objects.count() == 1

    def test_two_models_of_one_line_race_for_what_remains_of_both(self, world):
        """Three packs of 7, or four of 5, are all that 20 agreed units let be bought: 21."""
        further = (Offered("5.00", 5),)
        contract = contract_in_force(
            world, terms=CAPPED, prices=("6.60",), volumes={world.hospital: 20}, further=further
        )

        def buy(row: OrderRow) -> Order:
            mine = Contract.objects.get(pk=contract.pk)
            return place_order(contract=mine, rows=[row], by=world.pharmacist, now=NOW)

        acts = [partial(buy, OrderRow(1, 2, product=1)), partial(buy, OrderRow(1, 3, product=2))] * 10
        outcomes = at_once(*acts)
        assert len(wins(outcomes)) == 1
        assert all(isinstance(outcome, Order | Refused) for outcome in outcomes)
        assert AgreedVolume.objects.get().ordered in (14, 15)

    def test_without_the_lock_the_last_box_is_sold_more_than_once(self, world, contract, no_locks):
        no_locks(actions.planning, "_lock_volumes", 4)
        with without("agreed_volume_maximum_holds"):
            assert len(wins(self.rush(world, contract, 4))) == 4
            assert AgreedVolume.objects.get().ordered == 28

    def test_and_with_the_constraint_alone_it_is_sold_once_with_no_word_to_the_others(self, world, contract, no_locks):
        no_locks(actions.planning, "_lock_volumes", 4)
        outcomes = self.rush(world, contract, 4)
        assert len(wins(outcomes)) == 1
        assert not [outcome for outcome in outcomes if isinstance(outcome, Refused)]

    def test_orders_with_their_lines_in_any_order_never_wait_in_a_circle(self, world):
        contract = contract_in_force(world, prices=("1.00",) * 6)
        buyer = world.pharmacist
        rows = [OrderRow(line, 1) for line in range(1, 7)]

        def buy(chosen: list[OrderRow]) -> Order:
            mine = Contract.objects.get(pk=contract.pk)
            return place_order(contract=mine, rows=chosen, by=buyer, now=NOW)

        outcomes = at_once(*[lambda: buy(rows), lambda: buy(rows[::-1])] * 6)
        assert len(wins(outcomes)) == 12
        assert set(AgreedVolume.objects.filter(line__contract=contract).values_list("ordered", flat=True)) == {84}

    def test_an_order_beside_a_termination_is_before_it_or_refused(self, world):
        contract = contract_in_force(world)
        buyer, awarder = world.pharmacist, world.awarder
        copies = [Contract.objects.get(pk=contract.pk) for _copy in range(9)]
        ends = partial(terminate_contract, contract=copies[0], reason="breach", by=awarder, now=NOW)
        buys = [partial(place_order, contract=mine, rows=[OrderRow(1, 1)], by=buyer, now=NOW) for mine in copies[1:]]
        outcomes = at_once(*buys[:4], ends, *buys[4:])
        assert not [error for error in outcomes if isinstance(error, Exception) and not isinstance(error, Refused)]
        assert AgreedVolume.objects.order_by("pk").first().ordered == 7 * Order.objects.count()


class TestAnswers:
    @pytest.fixture
    def contract(self, world: World) -> Contract:
        return contract_in_force(world, prices=("6.60",))

    def race(self, world: World, contract: Contract) -> list[object]:
        placed = order(world, contract, 5)
        approver, buyer = world.order_approver, world.pharmacist
        one, other = (Order.objects.select_related("contract", "placed_by").get(pk=placed.pk) for _copy in range(2))
        return at_once(
            lambda: approve_order(order=one, by=approver, now=NOW),
            lambda: cancel_order(order=other, reason="typed wrongly", by=buyer, now=NOW),
        )

    def test_approving_and_cancelling_at_once_one_of_them_counts(self, world, contract):
        for _round in range(5):
            before = AgreedVolume.objects.get().ordered
            (winner,) = wins(self.race(world, contract))
            kept = Order.objects.get(pk=winner.pk)
            assert kept.status == winner.status
            drew = 35 if kept.status == Order.Status.APPROVED else 0
            assert AgreedVolume.objects.get().ordered == before + drew

    def test_without_the_guard_both_count_and_a_cancelled_order_is_approved(self, world, contract, monkeypatch):
        met = Barrier(2)

        def unguarded(thing: Order, to: str, **facts: object) -> None:
            met.wait(20)
            arranged(Order.objects.filter(pk=thing.pk).update)(status=to, **facts)
            thing.status = to

        monkeypatch.setattr(actions.orders, "move", unguarded)
        assert len(wins(self.race(world, contract))) == 2

    def test_confirming_and_refusing_at_once_one_of_them_counts(self, world, contract):
        placed = approve_order(order=order(world, contract, 5), by=world.order_approver, now=NOW)
        driver = world.dispatcher
        one, other = (Order.objects.select_related("contract").get(pk=placed.pk) for _copy in range(2))
        outcomes = at_once(
            lambda: confirm_order(order=one, packs={1: 3}, by=driver, now=NOW),
            lambda: refuse_order(order=other, reason="out of stock", by=driver, now=NOW),
        )
        assert len(wins(outcomes)) == 1
        line = placed.lines.get()
        assert AgreedVolume.objects.get().ordered == (line.packs - line.released) * 7


class TestDeliveries:
    def batch(self, name: str, packs: int) -> Batch:
        return Batch(1, name, TODAY + timedelta(days=400), packs)

    @pytest.fixture
    def placed(self, world: World) -> Order:
        return confirmed_order(world, contract_in_force(world, prices=("0.335",)), 10)

    def send_twice(self, world: World, placed: Order) -> list[object]:
        driver = world.dispatcher
        one, other = (Order.objects.select_related("contract").get(pk=placed.pk) for _copy in range(2))
        return at_once(
            lambda: send_delivery(order=one, batches=[self.batch("A", 6)], by=driver, now=NOW),
            lambda: send_delivery(order=other, batches=[self.batch("B", 6)], by=driver, now=NOW),
        )

    def test_two_deliveries_at_once_never_pass_what_was_confirmed(self, world, placed):
        outcomes = self.send_twice(world, placed)
        assert len(wins(outcomes)) == 1
        assert [error.message for error in outcomes if isinstance(error, Refused)] == [
            "Confirmed packs of line 1 still to be delivered: 4."
        ]
        assert placed.lines.get().delivered == 6

    def test_without_the_lock_they_do(self, world, placed, no_locks):
        no_locks(actions.deliveries, "lock_order_lines", 2)
        with without("order_line_delivered_within_confirmed"):
            assert len(wins(self.send_twice(world, placed))) == 2
            assert placed.lines.get().delivered == 12

    def take_twice(self, world: World, placed: Order) -> list[object]:
        delivery = send_delivery(order=placed, batches=[self.batch("A", 10)], by=world.dispatcher, now=NOW)
        receiver = world.receiver
        one, other = (Delivery.objects.select_related("order__contract").get(pk=delivery.pk) for _copy in range(2))
        return at_once(
            lambda: accept_delivery(delivery=one, verdicts=[Verdict(1, 10)], by=receiver, now=NOW),
            lambda: accept_delivery(delivery=other, verdicts=[Verdict(1, 9, short=1)], by=receiver, now=NOW),
        )

    def test_a_delivery_accepted_twice_at_once_is_owed_once(self, world, placed):
        outcomes = self.take_twice(world, placed)
        assert len(wins(outcomes)) == 1
        assert [error.code for error in outcomes if isinstance(error, Refused)] == ["verdict_stands"]
        line = placed.lines.get()
        assert Payable.objects.get().acceptance == Acceptance.objects.get()
        assert line.accepted == line.delivered == Acceptance.objects.get().accepted

    def test_without_the_lock_it_is_owed_twice(self, world, placed, no_locks):
        no_locks(actions.deliveries, "_turns", 2)
        kept_by_the_database = (
            "acceptance_number",
            "contracts_payable_reference_key",
            "order_line_accepted_within_delivered",
        )
        with without(*kept_by_the_database):
            assert len(wins(self.take_twice(world, placed))) == 2
            assert sum(Payable.objects.values_list("amount", flat=True)) > Decimal("3.35")


class TestTheRest:
    """The hospital gives the rest of an order up while the deliverer sends of it."""

    @pytest.fixture
    def placed(self, world: World) -> Order:
        return confirmed_order(world, contract_in_force(world, prices=("6.60",)), 10)

    def race(self, world: World, placed: Order, packs: int) -> list[object]:
        buyer, driver, late = world.pharmacist, world.dispatcher, NOW + timedelta(days=14)
        one, other = (Order.objects.select_related("contract").get(pk=placed.pk) for _copy in range(2))
        batches = [Batch(1, "A", TODAY + timedelta(days=400), packs)]
        return at_once(
            partial(close_rest, order=one, closing=Order.Closing.LATE, reason="too late", by=buyer, now=late),
            partial(send_delivery, order=other, batches=batches, by=driver, now=late),
        )

    @pytest.mark.parametrize("packs", [6, 10])
    def test_what_is_sent_is_never_released_and_what_is_released_never_sent(self, world, placed, packs):
        closed, sent = self.race(world, placed, packs)
        line, order = placed.lines.get(), Order.objects.get()
        if isinstance(sent, Delivery):
            assert (line.delivered, line.released) == (packs, 10 - packs)
            assert isinstance(closed, Order) == bool(order.closing) == (packs < 10)
        else:
            assert isinstance(sent, Refused)
            assert (line.delivered, line.released, order.closing) == (0, 10, Order.Closing.LATE)
        assert isinstance(closed, Order | Refused)
        assert AgreedVolume.objects.get().ordered == (10 - line.released) * 7

    def test_without_the_lock_packs_are_on_their_way_that_nobody_ordered_any_more(self, world, placed, monkeypatch):
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
        met, real = Barrier(2), actions.locks.lock_order_lines

        def read_together(*args: object, **kwargs: object) -> object:
            found = real(*args, **kwargs)
            met.wait(20)
            return found

        for module in (actions.closing, actions.deliveries):
            monkeypatch.setattr(module, "lock_order_lines", read_together)
        with without("order_line_delivered_within_confirmed"):
            assert len(wins(self.race(world, placed, 6))) == 2
            line = placed.lines.get()
            assert (line.delivered, line.released) == (6, 10)


class TestPayments:
    @pytest.fixture
    def payable(self, world: World) -> Payable:
        placed = confirmed_order(world, contract_in_force(world, prices=("6.60",)), 10)
        batches = [Batch(1, "A", TODAY + timedelta(days=400), 10)]
        delivery = send_delivery(order=placed, batches=batches, by=world.dispatcher, now=NOW)
        return accept_delivery(delivery=delivery, verdicts=[Verdict(1, 10)], by=world.receiver, now=NOW)[0].payable

    def pay(self, world: World, payable: Payable, amounts: list[str], references: list[str]) -> list[object]:
        supplier, payer = world.supplier, world.finance

        def act(amount: str, reference: str) -> Payment:
            return record_payment(
                payee=supplier,
                rows=[PaymentRow(payable.reference, Decimal(amount))],
                bank_reference=reference,
                paid_on=TODAY,
                by=payer,
                now=NOW,
            )

        pairs = list(zip(amounts, references, strict=True))
        return at_once(
            *[lambda amount=amount, reference=reference: act(amount, reference) for amount, reference in pairs]
        )

    def test_a_payable_paid_twice_at_once_is_paid_once(self, world, payable):
        outcomes = self.pay(world, payable, ["66.00"] * 4, ["A", "B", "C", "D"])
        assert len(wins(outcomes)) == 1
        losers = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert all(isinstance(error, Refused) and "0.00 is open" in error.message for error in losers)
        assert Payable.objects.get().open_amount == 0

    def test_parts_at_once_never_add_up_to_more(self, world, payable):
        outcomes = self.pay(world, payable, ["20.00"] * 5, list("ABCDE"))
        assert len(wins(outcomes)) == 3
        assert Payable.objects.get().open_amount == Decimal("6.00")

    def test_without_the_lock_it_is_paid_twice(self, world, payable, no_locks):
        no_locks(actions.debts, "_lock_payables", 2)
        with without("payable_never_overpaid"):
            assert len(wins(self.pay(world, payable, ["66.00"] * 2, ["A", "B"]))) == 2
            assert Payable.objects.get().open_amount == Decimal("-66.00")

    def test_one_bank_reference_at_once_is_one_payment(self, world, payable):
        outcomes = self.pay(world, payable, ["1.00"] * 3, ["SAME"] * 3)
        assert len(wins(outcomes)) == 1
        assert Payment.objects.get().amount == Decimal("1.00")
        assert Payable.objects.get().paid == Decimal("1.00")
