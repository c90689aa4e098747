"""Who is told what: once, by name of the thing, and with the way there."""

from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from accounts.models import InboxMessage
from contracts import tasks
from contracts.actions import (
    cancel_order,
    prepare_contract,
    refuse_order,
    reverse_acceptance,
    send_back_order,
    sign_contract,
    terminate_contract,
)
from contracts.models import Acceptance, Delivery
from core.models import OutboxMessage
from tests.arranging import arranged
from tests.contracts.builders import TERMS, awarded_tender, contract_in_force, current_contract, order, trade
from tests.world import NOW

pytestmark = pytest.mark.django_db


def told(reference):
    notices = InboxMessage.objects.filter(subject=reference).select_related("seat").order_by("pk")
    return [(notice.seat, notice.sentence) for notice in notices]


def test_an_order_tells_whoever_is_next(world):
    done = trade(world)
    waiting, approved, confirmed = done.waiting, done.approved, done.to_send
    for placed in (waiting, approved, confirmed):
        tasks.tell_of_order(placed.pk)
        tasks.tell_of_order(placed.pk)
    assert told(waiting.reference) == [(world.order_approver, f"Order {waiting.reference} waits for approval")]
    assert told(approved.reference) == [
        (world.dispatcher, f"Order {approved.reference} of {world.hospital.name} waits for your confirmation")
    ]
    assert told(confirmed.reference) == [
        (world.pharmacist, f"{world.supplier.name} confirmed order {confirmed.reference}")
    ]
    assert InboxMessage.objects.get(subject=waiting.reference).path == waiting.get_absolute_url()


def test_an_order_that_ends_tells_the_other_side_why(world):
    done = trade(world)
    refuse_order(order=done.approved, reason="out of stock", by=world.dispatcher, now=NOW)
    tasks.tell_of_order(done.approved.pk)
    assert told(done.approved.reference)[0][1].endswith("out of stock")
    send_back_order(order=done.waiting, reason="over budget", by=world.order_approver, now=NOW)
    tasks.tell_of_order(done.waiting.pk)
    assert told(done.waiting.reference) == [
        (world.pharmacist, f"Order {done.waiting.reference} was not approved: over budget")
    ]


def test_nobody_hears_of_an_order_cancelled_before_the_deliverer_knew_it(world):
    placed = order(world, contract_in_force(world), 5)
    cancel_order(order=placed, reason="typed wrongly", by=world.pharmacist, now=NOW)
    tasks.tell_of_order(placed.pk)
    assert told(placed.reference) == []


def test_a_contract_asks_for_signatures_then_tells_the_hospitals(world):
    tender = awarded_tender(world)
    for seat in (world.bid_manager, world.awarder, world.pharmacist):
        assert seat.pk
    contract = prepare_contract(
        source=tender.reference, supplier=world.supplier, terms=TERMS, by=world.officer, now=NOW
    )
    tasks.tell_of_contract(contract.pk)
    assert {seat for seat, _sentence in told(contract.reference)} == {world.bid_manager, world.awarder}
    sign_contract(contract=contract, by=world.bid_manager, now=NOW)
    contract = sign_contract(contract=contract, by=world.awarder, now=NOW)
    tasks.tell_of_contract(contract.pk)
    assert told(contract.reference)[-1] == (
        world.pharmacist,
        f"Contract {contract.reference} is in force: order from it",
    )
    terminate_contract(contract=contract, reason="breach", by=world.awarder, now=NOW)
    tasks.tell_of_contract(contract.pk)
    assert told(contract.reference)[-1][1] == f"Contract {contract.reference} was terminated: breach"


def test_a_delivery_and_its_verdict_are_told(world):
    done = trade(world)
    tasks.tell_of_delivery(done.under_way.pk)
    assert told(done.under_way.reference) == [
        (world.receiver, f"{world.supplier.name} sent delivery {done.under_way.reference}")
    ]
    tasks.tell_of_verdict(done.received.pk)
    tasks.tell_of_verdict(done.received.pk)
    acceptance = Acceptance.objects.get(line__delivery=done.received, line__number=2)
    reverse_acceptance(acceptance=acceptance, reason="counted wrongly", by=world.receiver, now=NOW)
    tasks.tell_of_verdict(done.received.pk)
    assert [seat for seat, _sentence in told(done.received.reference)] == [world.dispatcher] * 2


class TestReminders:
    @pytest.mark.parametrize(
        ("days", "expected"),
        [(2, set()), (3, {"receiver"}), (6, {"receiver"}), (7, {"receiver", "approver", "officer"})],
    )
    def test_acceptance_has_a_clock_of_its_own(self, world, days, expected):
        done = trade(world)
        names = {world.receiver: "receiver", world.order_approver: "approver", world.officer: "officer"}
        _sent_days_ago(done.under_way, days)
        new = tasks.remind_deliveries()
        assert tasks.remind_deliveries() == 0
        found = [names[seat] for seat, _sentence in told(done.under_way.reference)]
        assert (set(found), len(found)) == (expected, new)

    def test_they_are_on_the_schedule(self):
        scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
        assert "contracts.tasks.remind_deliveries" in scheduled
        assert scheduled <= set(current_app.tasks)


def test_every_message_of_a_trade_can_be_delivered(world):
    current_contract(world)
    trade(world)
    messages = OutboxMessage.objects.filter(task__startswith="contracts.")
    assert messages.values("task").distinct().count() == 4
    for message in messages:
        current_app.tasks[message.task](*message.arguments)


@arranged
def _sent_days_ago(delivery, days):
    Delivery.objects.filter(pk=delivery.pk).update(sent_at=timezone.now() - timedelta(days=days))
