"""Corrections in a race: two who ask or answer at once, a payment meanwhile, two expiries of one batch."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest

from contracts import actions
from contracts.actions import (
    Batch,
    Verdict,
    accept_delivery,
    approve_correction,
    ask_later_arrival,
    ask_reversal,
    decline_correction,
    reverse_acceptance,
    send_delivery,
)
from contracts.models import Acceptance, Correction, Delivery, DeliveryLine, Order, Payable, ProductBatch
from core.errors import Conflict, Refused
from payments.actions import PaymentRow, record_payment
from tests.concurrency.test_orders import at_once, wins
from tests.contracts.builders import TODAY, confirmed_order, contract_in_force
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)
LATE = NOW + timedelta(days=31)


@pytest.fixture
def acceptance(world):
    """Ten packs at 6.60, accepted and by LATE overdue."""
    placed = confirmed_order(world, contract_in_force(world, prices=("6.60",)), 10)
    batches = [Batch(1, "A", TODAY + timedelta(days=400), 10)]
    delivery = send_delivery(order=placed, batches=batches, by=world.dispatcher, now=NOW)
    return accept_delivery(delivery=delivery, verdicts=[Verdict(1, 10)], by=world.receiver, now=NOW)[0]


def verdict(acceptance):
    return Acceptance.objects.select_related("line__delivery__order__contract").get(pk=acceptance.pk)


def asked(correction):
    return Correction.objects.select_related("line__delivery__order__contract", "asked_by").get(pk=correction.pk)


def losers(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_two_who_ask_at_once_ask_once(world, acceptance):
    receiver = world.receiver
    copies = [verdict(acceptance) for _copy in range(3)]
    outcomes = at_once(
        *[lambda mine=mine: ask_reversal(acceptance=mine, reason="wrong", by=receiver, now=LATE) for mine in copies]
    )
    assert len(wins(outcomes)) == 1
    assert all(isinstance(error, Conflict) for error in losers(outcomes))
    assert Correction.objects.count() == 1


def test_approved_and_declined_at_once_one_of_them_counts(world, acceptance):
    correction = ask_reversal(acceptance=verdict(acceptance), reason="wrong", by=world.receiver, now=LATE)
    approver = world.order_approver
    one, two, three = (asked(correction) for _copy in range(3))
    outcomes = at_once(
        lambda: approve_correction(correction=one, by=approver, now=LATE),
        lambda: approve_correction(correction=two, by=approver, now=LATE),
        lambda: decline_correction(correction=three, reason="no", by=approver, now=LATE),
    )
    (winner,) = wins(outcomes)
    assert all(isinstance(error, Refused) for error in losers(outcomes))
    reversed_ = Decimal("66.00") if winner.status == Correction.Status.APPROVED else 0
    assert Payable.objects.get().reversed == reversed_
    assert Acceptance.objects.count() == (2 if reversed_ else 1)


def test_a_payment_beside_the_approval_is_before_it_or_after_it(world, acceptance):
    correction = ask_reversal(acceptance=verdict(acceptance), reason="wrong", by=world.receiver, now=LATE)
    approver, payer, supplier, mine = world.order_approver, world.finance, world.supplier, asked(correction)
    reference = Payable.objects.get().reference

    def pay():
        rows = [PaymentRow(reference, Decimal("66.00"))]
        facts = {"bank_reference": "BANK", "paid_on": TODAY + timedelta(days=31), "by": payer, "now": LATE}
        return record_payment(payee=supplier, rows=rows, **facts)

    outcomes = at_once(pay, lambda: approve_correction(correction=mine, by=approver, now=LATE))
    assert len(wins(outcomes)) == 1
    payable = Payable.objects.get()
    assert (payable.paid, payable.reversed) in ((Decimal("66.00"), 0), (0, Decimal("66.00")))


def judged_while_confirmed(world, acceptance):
    """The goods are accepted anew while the deliverer confirms that they came on the fifth day."""
    reverse_acceptance(acceptance=verdict(acceptance), reason="wrong", by=world.receiver, now=NOW)
    line = DeliveryLine.objects.select_related("delivery__order__contract").get()
    day = TODAY + timedelta(days=5)
    correction = ask_later_arrival(line=line, arrived_on=day, reason="late", by=world.receiver, now=LATE)
    receiver, driver, mine = world.receiver, world.dispatcher, asked(correction)
    delivery = Delivery.objects.select_related("order__contract").get()
    outcomes = at_once(
        lambda: accept_delivery(delivery=delivery, verdicts=[Verdict(1, 10)], by=receiver, now=LATE),
        lambda: approve_correction(correction=mine, by=driver, now=LATE),
    )
    assert len(wins(outcomes)) == 2
    return Payable.objects.get(reversed=0).owed_from


def test_what_is_accepted_while_the_deliverer_confirms_counts_from_the_confirmed_day(world, acceptance):
    assert judged_while_confirmed(world, acceptance) == TODAY + timedelta(days=5)


def test_without_the_lock_it_counts_from_the_first_verdict(world, acceptance, monkeypatch):
    read = Barrier(2)
    first_days, counts_from = actions.deliveries._first_days, actions.corrections._counts_from

    def read_before_the_other_writes(real, thing):
        found = real(thing)
        read.wait(20)
        return found

    def let_go(lines, **options):
        return {line.pk: line for line in actions.locks.OrderLine.objects.select_related("volume__line")}

    for module in (actions.deliveries, actions.corrections):
        monkeypatch.setattr(module, "lock_order_lines", let_go)
    monkeypatch.setattr(actions.deliveries, "_first_days", lambda rows: read_before_the_other_writes(first_days, rows))

    calls = []

    def counted(line):
        calls.append(line)  # the first call is the asking's, which races with nobody
        return read_before_the_other_writes(counts_from, line) if len(calls) > 1 else counts_from(line)

    monkeypatch.setattr(actions.corrections, "_counts_from", counted)
    assert judged_while_confirmed(world, acceptance) == TODAY


def test_a_batch_sent_twice_at_once_with_two_expiries_has_one(world):
    placed = confirmed_order(world, contract_in_force(world, prices=("6.60",)), 10)
    driver = world.dispatcher
    copies = [Order.objects.select_related("contract").get(pk=placed.pk) for _copy in range(4)]

    def send(order, days):
        batches = [Batch(1, "A", TODAY + timedelta(days=days), 1)]
        return send_delivery(order=order, batches=batches, by=driver, now=NOW)

    outcomes = at_once(*[lambda mine=mine, n=n: send(mine, 400 + n) for n, mine in enumerate(copies)])
    assert len(wins(outcomes)) == 1
    assert {error.code for error in losers(outcomes)} == {"another_expiry"}
    assert ProductBatch.objects.count() == 1
