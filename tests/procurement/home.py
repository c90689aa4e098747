"""What tests of the home page look at: figures by label, days with what falls on them, another agency's world."""

from datetime import timedelta
from decimal import Decimal

from contracts.actions import (
    Batch,
    OrderRow,
    approve_order,
    confirm_order,
    place_order,
    send_delivery,
)
from core.clock import legal_date
from procurement import shell
from tests.world import World

# What ``trade`` has accepted, by days since: 40 + age packs less one of line 1 at 6.60 yuan, and twice as many
# less one of line 2 at 17.81.
OWED = {
    75: Decimal("4830.89"),  # 114 x 6.60 + 229 x 17.81; 200.00 of it is paid
    40: Decimal("3353.19"),
    31: Decimal("2973.21"),
    30: Decimal("2930.99"),  # due today
    26: Decimal("2762.11"),
    3: Decimal("1791.05"),
}
PACKS_OF_LINE_1 = {75: 114, 40: 79, 31: 70, 30: 69, 26: 65, 3: 42}


def shown(seat, now):
    """The figures of a seat by their label."""
    return {str(figure.label): figure for figure in shell.figures(seat, now)}


def days(seat, now):
    return [(thing.day, str(thing.what)) for thing in shell.ahead(seat, now)]


def another_world() -> World:
    """Another agency with its own suppliers and hospitals."""
    return World(made=999)


def one_order(world, contract, now, *, confirmed, sent):
    """An order confirmed so many days ago and sent whole so many days ago, or not yet."""
    at = now - timedelta(days=confirmed)
    placed = place_order(contract=contract, rows=[OrderRow(1, 10)], by=world.pharmacist, now=at)
    approved = approve_order(order=placed, by=world.order_approver, now=at)
    order = confirm_order(order=approved, by=world.dispatcher, now=at)
    if sent is not None:
        at = now - timedelta(days=sent)
        batch = Batch(1, "260301", legal_date(now) + timedelta(days=500), 10)
        send_delivery(order=order, batches=[batch], by=world.dispatcher, now=at)
    return order
