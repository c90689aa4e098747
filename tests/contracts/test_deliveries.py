"""Goods come by batch, never more than confirmed; each batch is accepted, rejected or short; acceptance is owed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from contracts.actions import (
    Batch,
    Verdict,
    accept_delivery,
    approve_order,
    confirm_order,
    reverse_acceptance,
    send_delivery,
)
from contracts.models import Acceptance, AgreedVolume, Delivery, Payable
from core.errors import Conflict, Denied, Refused
from payments.actions import PaymentRow, record_payment
from tests.contracts.builders import TERMS, TODAY, confirmed_order, contract_in_force, order
from tests.world import NOW

LASTS = TODAY + timedelta(days=400)


@pytest.fixture
def contract(world):
    return contract_in_force(world, prices=("0.335", "17.81"))


def batch(line=1, packs=10, name="A1", expires_on=LASTS):
    return Batch(line, name, expires_on, packs)


def sent(world, placed, *batches):
    return send_delivery(order=placed, batches=batches, by=world.dispatcher, now=NOW)


def take(world, delivery, *verdicts, now=NOW):
    return accept_delivery(delivery=delivery, verdicts=verdicts, by=world.receiver, now=now)


def counters(placed):
    return list(placed.lines.order_by("pk").values_list("released", "delivered", "accepted"))


class TestSending:
    def test_batches_of_one_line_come_in_parts(self, world, contract):
        placed = confirmed_order(world, contract, 10, 4)
        delivery = sent(world, placed, batch(packs=3), batch(packs=4, name="A2"), batch(line=2, packs=4))
        assert [(line.number, line.batch.number, line.packs) for line in delivery.lines.all()] == [
            (1, "A1", 3),
            (2, "A2", 4),
            (3, "A1", 4),
        ]
        assert counters(placed) == [(0, 7, 0), (0, 4, 0)]
        assert list(Delivery.objects.waiting()) == [delivery]

    def test_never_more_than_is_still_to_come(self, world, contract):
        placed = confirmed_order(world, contract, 10)
        sent(world, placed, batch(packs=7))
        with pytest.raises(Refused, match="still to be delivered: 1") as refusal:
            sent(world, placed, batch(packs=2, name="B"), batch(packs=2, name="C"))
        assert refusal.value.faults[0].row == 2
        assert counters(placed) == [(0, 7, 0)]

    def test_never_more_than_was_confirmed(self, world, contract):
        waiting = order(world, contract, 10)
        with pytest.raises(Refused, match="confirmed"):
            sent(world, waiting, batch())

    def test_a_line_confirmed_in_part_is_full_with_that_part(self, world, contract):
        approved = approve_order(order=order(world, contract, 10), by=world.order_approver, now=NOW)
        placed = confirm_order(order=approved, packs={1: 6}, by=world.dispatcher, now=NOW)
        with pytest.raises(Refused, match="still to be delivered: 6"):
            sent(world, placed, batch(packs=7))
        sent(world, placed, batch(packs=6))

    @pytest.mark.parametrize("days", [179, 0, -1])
    def test_a_batch_must_last_as_long_as_the_contract_says(self, world, contract, days):
        placed = confirmed_order(world, contract, 10)
        with pytest.raises(Refused, match="the contract asks for 180") as refusal:
            sent(world, placed, batch(packs=1), batch(packs=1, name="B", expires_on=TODAY + timedelta(days=days)))
        assert (refusal.value.faults[0].row, refusal.value.faults[0].field) == (2, "expires_on")
        sent(world, placed, batch(expires_on=TODAY + timedelta(days=180)))

    @pytest.mark.parametrize(
        ("batches", "words"),
        [
            ([], "one batch at least"),
            ([batch(packs=0)], "whole packs"),
            ([batch(packs=Decimal("0.5"))], "whole packs"),
            ([batch(name=" ")], "batch number"),
            ([batch(packs=1), batch(packs=2)], "twice"),
            ([batch(line=7)], "no line 7"),
        ],
    )
    def test_rows_that_make_no_sense_are_refused(self, world, contract, batches, words):
        placed = confirmed_order(world, contract, 10)
        with pytest.raises(Refused, match=words):
            sent(world, placed, *batches)
        assert not Delivery.objects.exists()

    def test_only_the_deliverer_of_the_order_sends(self, world, contract):
        placed = confirmed_order(world, contract, 10)
        stranger = world.seat(world.organisation("distributor"), "dispatcher")
        for seat in (stranger, world.bid_manager, world.pharmacist):
            with pytest.raises(Denied):
                send_delivery(order=placed, batches=[batch()], by=seat, now=NOW)


class TestAccepting:
    def test_what_is_accepted_is_owed_thirty_days_later(self, world, contract):
        placed = confirmed_order(world, contract, 10)
        delivery = sent(world, placed, batch())
        (acceptance,) = take(world, delivery, Verdict(1, 10))
        payable = acceptance.payable
        assert payable.amount == Decimal("3.35")
        assert (payable.supplier, payable.payer, payable.hospital) == (world.supplier, world.agency, world.hospital)
        assert (payable.owed_from, payable.due_on) == (date(2026, 3, 2), date(2026, 4, 1))
        assert payable.reference == f"{delivery.reference}-1-1"
        assert counters(placed) == [(0, 10, 10)]
        assert not Delivery.objects.waiting().exists()

    def test_the_clock_starts_with_the_day_in_the_platforms_zone(self, world, contract):
        delivery = sent(world, confirmed_order(world, contract, 10), batch())
        before_midnight = NOW.replace(hour=15, minute=59, second=59)
        (acceptance,) = take(world, delivery, Verdict(1, 10), now=before_midnight + timedelta(seconds=1))
        assert acceptance.accepted_on == date(2026, 3, 3)
        assert acceptance.payable.due_on == date(2026, 4, 2)

    @pytest.mark.parametrize(
        ("terms", "due_on"),
        [
            ({"payment_days": 20}, date(2026, 3, 22)),
            ({"payment_days": 90}, date(2026, 4, 1)),
            ({"payment_days": 45, "payment_cap": 60, "cap_policy": "Order 802"}, date(2026, 4, 16)),
            ({"payment_rule": "end_of_next_month", "payment_days": None}, date(2026, 4, 1)),
            (
                {
                    "payment_rule": "end_of_next_month",
                    "payment_days": None,
                    "payment_cap": 60,
                    "cap_policy": "Order 802",
                },
                date(2026, 4, 30),
            ),
        ],
    )
    def test_the_day_is_that_of_the_contracts_rule_and_never_beyond_its_cap(self, world, terms, due_on):
        contract = contract_in_force(world, terms=replace(TERMS, **terms))
        delivery = sent(world, confirmed_order(world, contract, 10), batch())
        (acceptance,) = take(world, delivery, Verdict(1, 10))
        assert acceptance.payable.due_on == due_on

    def test_parts_are_never_more_or_less_than_the_whole(self, world, contract):
        placed = confirmed_order(world, contract, 3)
        for name in "ABC":
            take(world, sent(world, placed, batch(packs=1, name=name)), Verdict(1, 1))
        assert list(Payable.objects.order_by("pk").values_list("amount", flat=True)) == [
            Decimal("0.34"),
            Decimal("0.33"),
            Decimal("0.34"),
        ]

    def test_two_batches_of_a_line_on_one_note_add_up_too(self, world, contract):
        placed = confirmed_order(world, contract, 3)
        delivery = sent(world, placed, batch(packs=1), batch(packs=2, name="B"))
        take(world, delivery, Verdict(2, 2), Verdict(1, 1))
        assert list(Payable.objects.order_by("pk").values_list("reference", "amount")) == [
            (f"{delivery.reference}-1-1", Decimal("0.34")),
            (f"{delivery.reference}-2-1", Decimal("0.67")),
        ]

    def test_rejected_and_short_packs_can_be_delivered_again(self, world, contract):
        placed = confirmed_order(world, contract, 10)
        delivery = sent(world, placed, batch())
        take(world, delivery, Verdict(1, 6, rejected=3, short=1, rejection="damaged"))
        assert counters(placed) == [(0, 6, 6)]
        with pytest.raises(Refused, match="still to be delivered: 4"):
            sent(world, placed, batch(packs=5, name="B"))
        take(world, sent(world, placed, batch(packs=4, name="B")), Verdict(1, 4))
        assert sum(Payable.objects.values_list("amount", flat=True)) == Decimal("3.35")

    def test_or_are_released_where_no_replacement_is_wanted(self, world, contract):
        placed = confirmed_order(world, contract, 10)
        take(world, sent(world, placed, batch()), Verdict(1, 6, short=4, replacement=False))
        assert counters(placed) == [(4, 6, 6)]
        assert AgreedVolume.objects.order_by("line").values_list("ordered", flat=True)[0] == 42
        with pytest.raises(Refused, match="still to be delivered: 0"):
            sent(world, placed, batch(packs=1, name="B"))

    def test_nothing_accepted_owes_nothing(self, world, contract):
        delivery = sent(world, confirmed_order(world, contract, 10), batch())
        take(world, delivery, Verdict(1, 0, rejected=10, rejection="cold_chain"))
        assert not Payable.objects.exists()

    def test_one_bad_line_does_not_hold_up_the_others(self, world, contract):
        delivery = sent(world, confirmed_order(world, contract, 10, 4), batch(), batch(line=2, packs=4))
        take(world, delivery, Verdict(2, 4))
        assert list(Delivery.objects.waiting()) == [delivery]
        take(world, delivery, Verdict(1, 10))
        assert not Delivery.objects.waiting().exists()

    @pytest.mark.parametrize(
        ("verdict", "words"),
        [
            (Verdict(1, 11), "packs make 11; sent: 10"),
            (Verdict(1, 9), "packs make 9; sent: 10"),
            (Verdict(1, 11, short=-1), "whole packs, 0 or more"),
            (Verdict(1, Decimal("9.5"), short=Decimal("0.5")), "whole packs, 0 or more"),
            (Verdict(1, 9, rejected=1), "choose a reason"),
            (Verdict(1, 9, short=1, rejection="damaged"), "only there"),
            (Verdict(1, 9, rejected=1, rejection="nonsense"), "choose a reason"),
            (Verdict(1, 9, rejected=1, rejection="other"), "say what is wrong"),
            (Verdict(2, 1), "no line 2"),
        ],
    )
    def test_a_verdict_that_does_not_fit_is_refused(self, world, contract, verdict, words):
        delivery = sent(world, confirmed_order(world, contract, 10), batch())
        with pytest.raises(Refused, match=words):
            take(world, delivery, verdict)
        with pytest.raises(Refused):
            take(world, delivery)
        assert not Acceptance.objects.exists()

    def test_a_line_is_accepted_once(self, world, contract):
        delivery = sent(world, confirmed_order(world, contract, 10), batch())
        take(world, delivery, Verdict(1, 10))
        with pytest.raises(Conflict, match="given already"):
            take(world, delivery, Verdict(1, 10))
        with pytest.raises(Refused, match="twice"):
            take(world, delivery, Verdict(1, 10), Verdict(1, 10))
        assert Payable.objects.count() == 1

    def test_only_the_hospitals_receiver_accepts(self, world, contract):
        delivery = sent(world, confirmed_order(world, contract, 10), batch())
        stranger = world.seat(world.organisation("hospital"), "receiver")
        for seat in (stranger, world.pharmacist, world.dispatcher, world.finance):
            with pytest.raises(Denied):
                accept_delivery(delivery=delivery, verdicts=[Verdict(1, 10)], by=seat, now=NOW)


class TestReversing:
    def undo(self, world, acceptance, reason="counted wrongly"):
        return reverse_acceptance(acceptance=acceptance, reason=reason, by=world.receiver, now=NOW)

    def test_a_mistake_is_appended_to_and_then_judged_anew(self, world, contract):
        placed = confirmed_order(world, contract, 10)
        delivery = sent(world, placed, batch())
        (wrong,) = take(world, delivery, Verdict(1, 10))
        reversal = self.undo(world, wrong)
        assert (reversal.reverses, reversal.number, reversal.accepted) == (wrong, 2, 10)
        assert counters(placed) == [(0, 10, 0)]
        assert list(Delivery.objects.waiting()) == [delivery]
        assert Payable.objects.get().open_amount == 0
        (right,) = take(world, delivery, Verdict(1, 8, short=2))
        assert right.number == 3
        assert Payable.objects.get(acceptance=right).amount == Decimal("2.68")

    def test_the_line_still_adds_up_to_the_hundredth(self, world, contract):
        placed = confirmed_order(world, contract, 3)
        taken = [
            take(world, sent(world, placed, batch(packs=1, name=name)), Verdict(1, 1))[0] for name in "ABC"
        ]  # 0.34 + 0.33 + 0.34
        for acceptance, owed in zip(taken, ("0.67", "0.34", "0.00"), strict=True):
            self.undo(world, acceptance)
            assert sum(payable.open_amount for payable in Payable.objects.all()) == Decimal(owed)

    def test_released_packs_are_drawn_again(self, world, contract):
        placed = confirmed_order(world, contract, 10)
        (wrong,) = take(world, sent(world, placed, batch()), Verdict(1, 6, short=4, replacement=False))
        self.undo(world, wrong)
        assert counters(placed) == [(0, 10, 0)]
        assert AgreedVolume.objects.order_by("line").values_list("ordered", flat=True)[0] == 70

    def test_not_when_the_maximum_has_no_room_for_them_any_more(self, world):
        capped = contract_in_force(world, terms=replace(TERMS, maximum_percent=100), volumes={world.hospital: 70})
        placed = confirmed_order(world, capped, 10)
        (wrong,) = take(world, sent(world, placed, batch()), Verdict(1, 6, short=4, replacement=False))
        order(world, capped, 4)
        with pytest.raises(Refused, match="ordered again"):
            self.undo(world, wrong)

    def test_not_once_the_missing_packs_came_again(self, world, contract):
        placed = confirmed_order(world, contract, 10)
        (wrong,) = take(world, sent(world, placed, batch()), Verdict(1, 6, short=4))
        sent(world, placed, batch(packs=4, name="B"))
        with pytest.raises(Refused, match="delivered again"):
            self.undo(world, wrong)

    def test_not_once_something_of_it_was_paid(self, world, contract):
        placed = confirmed_order(world, contract, 10)
        (acceptance,) = take(world, sent(world, placed, batch()), Verdict(1, 10))
        record_payment(
            payee=world.supplier,
            rows=[PaymentRow(acceptance.payable.reference, Decimal("0.01"))],
            bank_reference="BANK-1",
            paid_on=TODAY,
            by=world.finance,
            now=NOW,
        )
        with pytest.raises(Refused, match="has been paid"):
            self.undo(world, acceptance)

    def test_neither_twice_nor_a_reversal_nor_without_a_reason(self, world, contract):
        (acceptance,) = take(world, sent(world, confirmed_order(world, contract, 10), batch()), Verdict(1, 10))
        with pytest.raises(Refused, match="reason"):
            self.undo(world, acceptance, reason="")
        reversal = self.undo(world, acceptance)
        for done in (acceptance, reversal):
            with pytest.raises(Conflict, match="reversed already"):
                self.undo(world, done)
