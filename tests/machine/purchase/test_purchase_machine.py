"""From the order to the payment, by anybody, in any order: it does what a small model says, and keeps its promises."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.machine.purchase.machine import PurchaseMachine
from tests.machine.purchase.platform import make_setting
from tests.machine.search import SEEDS, search

pytestmark = pytest.mark.whole

# Each act, and each refusal that protects somebody: the way that can be read comes to all of them.
REACHED = {
    ("place", "done"),
    ("place", "above_maximum"),
    ("place", "contract_closed"),
    ("approve", "denied"),
    ("send_back", "done"),
    ("cancel", "not_now"),
    ("refuse", "done"),
    ("confirm", "done"),
    ("send", "done"),
    ("send", "above_confirmed"),
    ("send", "shelf_life"),
    ("accept", "done"),
    ("accept", "verdict_stands"),
    ("accept", "sum_differs"),
    ("reverse", "done"),
    ("reverse", "packs_used_again"),
    ("reverse", "paid"),
    ("reverse", "needs_two"),
    ("reverse_by_two", "done"),
    ("reverse_by_two", "not_now"),
    ("pay", "done"),
    ("pay", "denied"),
    ("pay", "more_than_owed"),
    ("pay", "bank_reference_taken"),
    ("end_contract", "done"),
}


@pytest.fixture
def setting(db):
    """A contract in force, made once: what is done under it is undone after each example."""
    PurchaseMachine.setting = make_setting()
    PurchaseMachine.answers.clear()


def test_on_one_way_from_order_to_payment_every_promise_is_kept(setting):
    machine = PurchaseMachine()
    try:
        walk(machine)
    finally:
        machine.teardown()
    assert set(machine.answers) >= REACHED


@pytest.mark.parametrize("number", range(len(SEEDS) // 2))
def test_buying_does_what_the_model_says_whatever_is_done_to_it(setting, number):
    search(SEEDS[number], PurchaseMachine)


def walk(machine: PurchaseMachine) -> None:
    """A hospital that orders too much and counts wrongly, a deliverer who is short, and a payer who pays twice."""
    machine.act("place", hospital=0, packs={0: 9, 1: 2})
    machine.act("place", hospital=0, packs={0: 6})  # 14 packs are the most
    machine.act("approve", order=0, by="pharmacist")
    machine.act("approve", order=0, by="approver")
    machine.act("confirm", order=0, packs={0: 8, 1: 2})
    machine.act("place", hospital=0, packs={0: 6})  # the pack that was not confirmed is free again
    machine.act("cancel", order=0)
    machine.act("send_back", order=1)
    machine.act("place", hospital=1, packs={1: 3})
    machine.act("approve", order=2, by="approver")
    machine.act("refuse", order=2)
    deliveries(machine)
    payments(machine)
    models(machine)
    machine.act("end_contract")
    machine.act("place", hospital=0, packs={0: 1})


def deliveries(machine: PurchaseMachine) -> None:
    machine.act("send", order=0, batches=[(0, 4, 500), (0, 5, 500)])
    machine.act("send", order=0, batches=[(0, 4, 10)])
    machine.act("send", order=0, batches=[(0, 3, 500), (0, 5, 500), (1, 2, 500)])
    machine.act("accept", delivery=0, verdicts={0: (4, 0, 0, True)})
    machine.act("accept", delivery=0, verdicts={0: (1, 1, 1, True), 1: (5, 0, 0, True)})
    machine.act("accept", delivery=0, verdicts={1: (5, 0, 0, True)})
    machine.act("reverse", delivery=0, place=0)
    machine.act("accept", delivery=0, verdicts={0: (1, 0, 2, True), 2: (2, 0, 0, True)})
    machine.act("send", order=0, batches=[(0, 2, 500)])
    machine.act("reverse", delivery=0, place=0)  # what was missing has come again
    machine.act("accept", delivery=1, verdicts={0: (1, 1, 0, False)})


def models(machine: PurchaseMachine) -> None:
    """Two models of one line share its maximum of 100 units; each is confirmed, sent, judged and owed by itself."""
    machine.act("place", hospital=1, packs={0: 9, 2: 13})  # 63 and 39
    machine.act("place", hospital=1, packs={0: 9, 2: 12})
    order = len(machine.model.orders) - 1
    machine.act("approve", order=order, by="approver")
    machine.act("confirm", order=order, packs={0: 9, 2: 7})
    machine.act("place", hospital=1, packs={2: 5})  # what was not confirmed is free again
    machine.act("cancel", order=order + 1)
    machine.act("send", order=order, batches=[(2, 4, 500), (0, 9, 500), (2, 3, 500)])
    delivery = len(machine.model.deliveries) - 1
    machine.act("accept", delivery=delivery, verdicts={0: (3, 1, 0, False), 1: (9, 0, 0, True), 2: (3, 0, 0, True)})
    machine.act("reverse", delivery=delivery, place=0)
    machine.act("accept", delivery=delivery, verdicts={0: (4, 0, 0, True)})


def payments(machine: PurchaseMachine) -> None:
    first, second = 1, 2  # debt 0 was reversed
    machine.wait(days=15, hours=0)
    machine.act("pay", amounts={first: Decimal("0.10")}, reference="ICBC 0", by="finance")
    machine.act("reverse", delivery=0, place=1)  # a part of it is paid, though others of the line owe enough
    open_amount = machine.model.debts[first].open
    machine.act("pay", amounts={first: open_amount}, reference="ICBC 1", by="officer")
    machine.act("pay", amounts={first: open_amount + Decimal("0.01")}, reference="ICBC 1", by="finance")
    machine.act("pay", amounts={first: open_amount}, reference="ICBC 1", by="finance")
    machine.act("pay", amounts={second: machine.model.debts[second].open}, reference="ICBC 1", by="finance")
    machine.act("reverse", delivery=0, place=1)
    assert machine.model.today - machine.model.debts[first].owed_from == timedelta(days=15)
    machine.act("reverse_by_two", delivery=0, place=2)  # nothing of it is overdue yet
    machine.wait(days=20, hours=0)
    machine.act("reverse", delivery=0, place=2)
    machine.act("reverse_by_two", delivery=0, place=2)
