"""Paid in 30 days is one figure for every debt; paid by the agreed day is another."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from contracts.actions import Batch, Verdict, accept_delivery, reverse_acceptance, send_delivery
from contracts.models import Acceptance, Payable
from payments.actions import PaymentRow, record_payment
from payments.measures import Paid, paid_by_agreed_day, paid_within_limit, paid_within_limit_lately
from tests.contracts.builders import TERMS, TODAY, confirmed_order, contract_in_force
from tests.world import NOW

pytestmark = pytest.mark.django_db
NOTHING = Paid(Decimal(0), Decimal(0))


def owed(world, **terms):
    """A debt of 66.00 from today under a contract with these terms."""
    contract = contract_in_force(world, terms=replace(TERMS, **terms), prices=("6.60",))
    batches = [Batch(1, f"A{world.number()}", TODAY + timedelta(days=400), 10)]
    delivery = send_delivery(order=confirmed_order(world, contract, 10), batches=batches, by=world.dispatcher, now=NOW)
    return accept_delivery(delivery=delivery, verdicts=[Verdict(1, 10)], by=world.receiver, now=NOW)[0].payable


def pay(world, payable, days, amount=""):
    """Pay it so many days after its first day."""
    record_payment(
        payee=world.supplier,
        rows=[PaymentRow(payable.reference, Decimal(amount or payable.open_amount))],
        bank_reference=f"BANK {world.number()}",
        paid_on=TODAY + timedelta(days=days),
        by=world.finance,
        now=NOW + timedelta(days=days),
    )


def measured(days):
    today = TODAY + timedelta(days=days)
    rows = Payable.objects.all()
    return paid_within_limit(rows, today), paid_by_agreed_day(rows, today)


def whole(in_time):
    return Paid(Decimal("66.00"), Decimal(in_time))


def test_a_long_term_never_makes_thirty_days_longer(world):
    payable = owed(world, payment_days=60, payment_cap=60, cap_policy="Order 802")
    assert measured(30) == (NOTHING, NOTHING), "the thirtieth day is not over yet"
    assert measured(31) == (whole("0"), NOTHING)
    pay(world, payable, 45)
    assert measured(45) == (whole("0"), whole("66.00"))


def test_a_short_term_is_missed_while_the_thirty_days_are_kept(world):
    payable = owed(world, payment_days=10)
    assert measured(11) == (NOTHING, whole("0"))
    pay(world, payable, 30)
    assert measured(30) == (whole("66.00"), whole("0"))


def test_what_is_paid_in_part_by_its_day_is_late_as_a_whole(world):
    payable = owed(world)
    pay(world, payable, 5, "65.99")
    assert measured(31) == (whole("0"), whole("0"))
    pay(world, payable, 31, "0.01")
    assert measured(400) == (whole("0"), whole("0"))


def test_what_was_taken_back_is_counted_nowhere(world):
    payable = owed(world)
    acceptance = Acceptance.objects.get(pk=payable.acceptance_id)
    reverse_acceptance(acceptance=acceptance, reason="counted wrongly", by=world.receiver, now=NOW)
    assert measured(400) == (NOTHING, NOTHING)


def test_lately_is_of_debts_whose_thirty_days_ended_lately(world):
    payable = owed(world)
    pay(world, payable, 30)
    rows = Payable.objects.all()
    for days, expected in ((30, whole("66.00")), (59, whole("66.00")), (60, NOTHING)):
        assert paid_within_limit_lately(rows, TODAY + timedelta(days=days)) == expected
