"""The home page asks this room what is to be paid, and pages of orders which payments belong to them."""

import pytest
from django.utils import timezone

from payments import shell
from tests.contracts.builders import trade

pytestmark = pytest.mark.django_db


def test_finance_has_to_pay_by_the_clock(world):
    trade(world)
    todos = shell.todos(world.finance, timezone.now())
    assert [str(todo.what).partition(":")[0] for todo in todos] == [
        "Pay what is overdue",
        "Pay what is due today",
        "Due within 7 days",
    ]
    assert todos[0].url == "/payables/?clock=overdue"
    assert shell.todos(world.auditor, timezone.now()) == []


def test_whoever_may_read_what_is_owed_finds_it_in_the_navigation(world):
    trade(world)
    assert [entry.url for entry in shell.nav(world.finance)] == ["/payables/"]
    assert shell.nav(world.receiver) == []


def test_an_order_names_the_payments_that_settled_what_it_owed(world):
    done = trade(world)
    order = done.received.order.reference
    assert [thing.reference for thing in shell.related(order, world.finance)] == [done.payment.reference]
    assert shell.related(done.to_send.reference, world.finance) == []
    stranger = world.seat(world.organisation("supplier"), "signatory")
    assert shell.related(order, stranger) == []
