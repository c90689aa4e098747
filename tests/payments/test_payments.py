"""One payment to one payee settles payables, in parts if need be, never more than is owed, and once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from accounts.rules import COOLING
from contracts.actions import Batch, Verdict, accept_delivery, reverse_acceptance, send_delivery
from contracts.models import Payable
from contracts.rules import Clock
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from payments.actions import PaymentRow, record_payment
from payments.models import Payment, PaymentLine
from tests.arranging import arranged
from tests.contracts.builders import TODAY, confirmed_order, contract_in_force
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW


@pytest.fixture
def payables(world):
    """Two payables, of 66.00 and 53.43."""
    return owed(world, contract_in_force(world))


def owed(world, contract):
    placed = confirmed_order(world, contract, 10, 3)
    batches = [Batch(line, "A1", TODAY + timedelta(days=400), packs) for line, packs in ((1, 10), (2, 3))]
    delivery = send_delivery(order=placed, batches=batches, by=world.dispatcher, now=NOW)
    verdicts = [Verdict(1, 10), Verdict(2, 3)]
    accepted = accept_delivery(delivery=delivery, verdicts=verdicts, by=world.receiver, now=NOW)
    return [acceptance.payable for acceptance in accepted]


def pay(world, *rows, bank_reference="ICBC-1", now=NOW, **facts):
    return record_payment(
        payee=facts.pop("payee", world.supplier),
        rows=[PaymentRow(payable.reference, Decimal(amount)) for payable, amount in rows],
        bank_reference=bank_reference,
        **{"paid_on": TODAY, "by": world.finance, **facts},
        now=now,
    )


def open_amounts():
    return [payable.open_amount for payable in Payable.objects.order_by("pk")]


def test_one_transfer_settles_several_payables(world, payables):
    first, second = payables
    payment = pay(world, (second, "53.43"), (first, "66.00"))
    assert payment.amount == Decimal("119.43")
    assert payment.account == world.bank_account(world.supplier)
    assert open_amounts() == [0, 0]
    assert [payable.clock(TODAY + timedelta(days=99)) for payable in Payable.objects.all()] == [Clock.PAID] * 2
    assert Event.objects.get(subject=payment.reference).data == {"amount": "119.43", "payee": world.supplier.name}


def test_a_payable_is_paid_in_parts_and_never_beyond(world, payables):
    first, second = payables
    pay(world, (first, "60"), bank_reference="1")
    with pytest.raises(Refused, match=r"6\.00 is open") as refusal:
        pay(world, (second, "1"), (first, "6.01"), bank_reference="2")
    assert (refusal.value.faults[0].row, refusal.value.faults[0].field) == (2, "amount")
    assert open_amounts() == [Decimal("6.00"), Decimal("53.43")]
    pay(world, (first, "6"), bank_reference="3")
    with pytest.raises(Refused, match=r"0\.00 is open"):
        pay(world, (first, "0.01"), bank_reference="4")


@pytest.mark.parametrize("spelling", ["ICBC-7", "icbc 7", "ＩＣＢＣ７", "ICBC\u200b—7"])
def test_a_bank_reference_is_recorded_once_however_it_is_spelt(world, payables, spelling):
    first, second = payables
    assert pay(world, (first, "1"), bank_reference=" ICBC-7 ").bank_reference == "ICBC-7"
    with pytest.raises(Conflict, match="recorded already"):
        pay(world, (second, "1"), bank_reference=spelling)
    assert open_amounts() == [Decimal("65.00"), Decimal("53.43")]


@pytest.mark.parametrize("reference", ["", " ", "—\u200b-", "x" * 61, "ﷺ" * 10])
def test_a_bank_reference_that_says_nothing_or_too_much_is_refused(world, payables, reference):
    with pytest.raises(Refused) as refusal:
        pay(world, (payables[0], "1"), bank_reference=reference)
    assert [fault.field for fault in refusal.value.faults] == ["bank_reference"]


class TestTheDay:
    def test_nothing_is_paid_before_it_is_owed(self, world, payables):
        with pytest.raises(Refused, match=r"is owed from 2026-03-02") as refusal:
            pay(world, (payables[0], "1"), paid_on=TODAY - timedelta(days=1))
        assert (refusal.value.faults[0].field, refusal.value.faults[0].row) == ("paid_on", 1)

    def test_the_database_keeps_to_it_too(self, world, payables):
        pay(world, (payables[0], "1"))
        with pytest.raises(DatabaseError, match="payable_paid_from_its_first_day"), transaction.atomic():
            _outside(lambda: Payable.objects.filter(pk=payables[0].pk).update(last_paid_on=TODAY - timedelta(days=1)))
        with pytest.raises(DatabaseError, match="payable_due_within_the_longest_cap"), transaction.atomic():
            arranged(Payable.objects.filter(pk=payables[0].pk).update)(due_on=TODAY + timedelta(days=61))

    def test_a_payment_of_more_than_a_month_ago_says_why_it_is_recorded_only_now(self, world, payables):
        later = NOW + timedelta(days=40)
        with pytest.raises(Refused, match="more than a month ago") as refusal:
            pay(world, (payables[0], "1"), now=later)
        assert refusal.value.faults[0].field == "reason"
        payment = pay(world, (payables[0], "1"), now=later, reason="The bank's statement was lost")
        assert (payment.paid_on, payment.reason) == (TODAY, "The bank's statement was lost")
        a_month = NOW + timedelta(days=31)  # 2 April
        assert pay(world, (payables[0], "1"), now=a_month, bank_reference="2").reason == ""

    def test_a_debt_is_settled_on_the_day_of_the_last_money_whenever_it_is_recorded(self, world, payables):
        later = NOW + timedelta(days=9)
        pay(world, (payables[0], "60"), paid_on=TODAY + timedelta(days=7), now=later)
        payable = Payable.objects.get(pk=payables[0].pk)
        assert (payable.last_paid_on, payable.settled_on) == (TODAY + timedelta(days=7), None)
        pay(world, (payables[0], "6"), paid_on=TODAY + timedelta(days=3), now=later, bank_reference="2")
        payable.refresh_from_db()
        assert payable.settled_on == TODAY + timedelta(days=7)
        assert Payable.objects.get(pk=payables[1].pk).settled_on is None


class TestTheAccount:
    def test_what_is_paid_in_the_cooling_time_goes_to_the_old_account(self, world, payables):
        old = world.bank_account(world.supplier)
        new = world.new_bank_account(world.supplier, NOW)
        moment = NOW + COOLING
        within = pay(world, (payables[0], "1"), paid_on=legal_date(moment), now=moment - timedelta(seconds=1))
        after = pay(world, (payables[0], "1"), bank_reference="2", paid_on=legal_date(moment), now=moment)
        assert (within.account, after.account) == (old, new)

    def test_a_transfer_recorded_later_went_where_its_day_says(self, world, payables):
        old, new = world.bank_account(world.supplier), world.new_bank_account(world.supplier, NOW)
        later = NOW + COOLING + timedelta(days=1)
        assert pay(world, (payables[0], "1"), paid_on=TODAY, now=later).account == old
        day = legal_date(later)
        assert pay(world, (payables[0], "1"), bank_reference="2", paid_on=day, now=later).account == new

    def test_a_payment_keeps_its_account(self, world, payables):
        payment = pay(world, (payables[0], "1"))
        world.new_bank_account(world.supplier, NOW)
        later = NOW + COOLING
        pay(world, (payables[0], "1"), bank_reference="2", now=later, paid_on=legal_date(later))
        assert Payment.objects.get(pk=payment.pk).account == payment.account

    def test_a_supplier_without_an_account_is_not_paid(self, world, payables):
        bare = world.organisation("supplier")
        with pytest.raises(Refused, match="no bank account"):
            pay(world, (payables[0], "1"), payee=bare)

    def test_the_whole_number_is_for_its_owner_and_for_whoever_pays(self, world, payables):
        payment = pay(world, (payables[0], "1"))
        whole, end = payment.account.number, payment.account.masked
        for seat, shown in ((world.finance, whole), (world.dispatcher, whole), (world.auditor, end)):
            page = sitting(seat).get(payment.get_absolute_url()).content.decode()
            listed = sitting(seat).get("/payments/").content.decode()
            told = program_of(seat).get(f"/api/v1/payments/{payment.reference}/").json()["account"]
            for text in (page, listed, told):
                assert shown in text
                assert (whole in text) == (shown == whole)


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "Infinity", "1E+17"])
def test_an_amount_is_above_zero_and_has_two_decimals(world, payables, amount):
    with pytest.raises(Refused, match=r"^Enter an amount"):
        pay(world, (payables[0], amount))
    assert not Payment.objects.exists()


def test_what_is_missing_or_wrong_is_said_at_its_field(world, payables):
    with pytest.raises(Refused) as refusal:
        pay(world, (payables[0], "1"), (payables[0], "2"), bank_reference=" ", paid_on=TODAY + timedelta(days=1))
    assert [fault.field for fault in refusal.value.faults] == ["bank_reference", "paid_on", "payable"]
    with pytest.raises(Refused, match="Choose what is paid"):
        pay(world)


def test_one_payment_goes_to_one_payee(world, payables):
    other = world.organisation("supplier")
    world.bank_account(other)
    with pytest.raises(Refused, match="owe this organisation nothing"):
        pay(world, (payables[0], "1"), payee=other)


def test_only_the_payer_pays(world, payables):
    elsewhere = world.seat(world.organisation("payer"), "finance")
    with pytest.raises(Refused, match="owe this organisation nothing"):
        pay(world, (payables[0], "1"), by=elsewhere)
    for seat in (world.officer, world.dispatcher, world.receiver, world.auditor):
        with pytest.raises(Denied):
            pay(world, (payables[0], "1"), by=seat)


def test_the_database_refuses_an_overpayment_and_a_changed_payment_by_itself(world, payables):
    payment = pay(world, (payables[0], "66.00"))
    for change in (
        lambda: Payable.objects.filter(pk=payables[0].pk).update(paid=Decimal("66.01")),
        lambda: Payable.objects.filter(pk=payables[0].pk).update(reversed=Decimal("0.01")),
        lambda: Payment.objects.filter(pk=payment.pk).update(amount=1),
        lambda: PaymentLine.objects.filter(payment=payment).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            _outside(change)


@action
def _outside(change):
    change()


def test_payables_and_payments_are_seen_by_the_two_sides_and_the_regulator(world, payables):
    payment = pay(world, (payables[0], "1"))
    for seat in (world.finance, world.bid_manager, world.dispatcher, world.auditor):
        assert payables[0] in Payable.objects.visible_to(seat)
        assert payment in Payment.objects.visible_to(seat)
    rival = world.seat(world.organisation("supplier"), "signatory")
    assert not Payable.objects.visible_to(rival).exists()
    assert not Payment.objects.visible_to(rival).exists()


def test_the_lists_of_the_clock_hold_each_payable_once(world, payables):
    for days in (-40, -8, -7, -1, 0, 1, 40):
        today = payables[0].due_on + timedelta(days=days)
        for payable in payables:
            found = [clock for clock in Clock if Payable.objects.at(clock, today).filter(pk=payable.pk).exists()]
            assert found == [payable.clock(today)]


def test_what_was_reversed_is_not_called_paid(world, payables):
    back = payables[0]
    reverse_acceptance(acceptance=back.acceptance, reason="counted wrongly", by=world.receiver, now=NOW)
    rows = program_of(world.finance).get("/api/v1/payables/", {"clock": "reversed"}).json()["results"]
    assert [row["reference"] for row in rows] == [back.reference]
    row = rows[0]
    assert (row["reference"], row["owed"], row["paid"], row["clock"]) == (back.reference, "0.00", "0.00", "reversed")
    delivery = back.acceptance.line.delivery
    assert (row["delivery"], row["order"]) == (delivery.reference, delivery.order.reference)
    assert not Payable.objects.settled().exists()
