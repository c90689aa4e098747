"""A correction never moves a debt's first day, alone nobody reverses what is overdue, and goods came later only if
the deliverer says so."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import InboxMessage
from contracts import measures, shell, tasks
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
    withdraw_correction,
)
from contracts.models import Acceptance, Correction, Delivery, DeliveryLine, Payable
from core.actions import action
from core.errors import Conflict, Denied, Refused
from core.models import Event, OutboxMessage
from payments.actions import PaymentRow, record_payment
from tests.arranging import arranged
from tests.contracts.builders import TODAY, confirmed_order, contract_in_force, trade
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

pytestmark = pytest.mark.django_db


def on(days):
    return TODAY + timedelta(days=days)


def at(days):
    return NOW + timedelta(days=days)


@pytest.fixture
def delivery(world):
    """Ten packs at 6.60 that have arrived and wait."""
    placed = confirmed_order(world, contract_in_force(world, prices=("6.60",)), 10)
    batches = [Batch(1, "A1", on(400), 10)]
    return send_delivery(order=placed, batches=batches, by=world.dispatcher, now=NOW)


def take(world, delivery, *counts, days=0, **facts):
    verdict = Verdict(1, *counts, **facts)
    return accept_delivery(delivery=delivery, verdicts=[verdict], by=world.receiver, now=at(days))[0]


def undo(world, acceptance, days):
    return reverse_acceptance(acceptance=read(acceptance), reason="counted wrongly", by=world.receiver, now=at(days))


def read(acceptance):
    return Acceptance.objects.select_related("line__delivery__order__contract").get(pk=acceptance.pk)


def ask(world, acceptance, days, **facts):
    return ask_reversal(
        **{"acceptance": read(acceptance), "reason": "counted wrongly", "by": world.receiver, **facts}, now=at(days)
    )


def days_of(acceptance):
    owed = Payable.objects.get(acceptance=acceptance)
    return owed.owed_from, owed.due_on


class TestTheFirstDay:
    def test_what_is_accepted_again_is_owed_from_the_first_verdict(self, world, delivery):
        wrong = take(world, delivery, 10)
        undo(world, wrong, 20)
        right = take(world, delivery, 9, 0, 1, days=25)
        assert days_of(right) == days_of(wrong) == (TODAY, on(30))
        assert right.accepted_on == on(25), "the verdict itself is of its day"

    def test_recalling_a_part_moves_nothing_of_the_rest(self, world, delivery):
        undo(world, take(world, delivery, 10), 29)
        again = take(world, delivery, 8, 2, days=29, rejection="quality")
        assert days_of(again) == (TODAY, on(30))

    def test_neither_does_rejecting_first_and_accepting_later(self, world, delivery):
        undo(world, take(world, delivery, 0, 10, rejection="other", note="late"), 90)
        assert days_of(take(world, delivery, 10, days=90)) == (TODAY, on(30))

    def test_however_often_it_is_done(self, world, delivery):
        for days in (5, 15, 25):
            undo(world, take(world, delivery, 10, days=days - 5), days)
        assert days_of(take(world, delivery, 10, days=29)) == (TODAY, on(30))

    def test_each_batch_has_its_own(self, world):
        placed = confirmed_order(world, contract_in_force(world, prices=("6.60",)), 10)
        batches = [Batch(1, name, on(400), 5) for name in ("A", "B")]
        delivery = send_delivery(order=placed, batches=batches, by=world.dispatcher, now=NOW)
        first = take(world, delivery, 5)
        second = accept_delivery(delivery=delivery, verdicts=[Verdict(2, 5)], by=world.receiver, now=at(3))[0]
        assert (days_of(first)[0], days_of(second)[0]) == (TODAY, on(3))


class TestAnOverdueDebt:
    def test_nobody_reverses_it_alone(self, world, delivery):
        wrong = take(world, delivery, 10)
        with pytest.raises(Refused) as refusal:
            undo(world, wrong, 31)
        assert refusal.value.code == "needs_two"
        undo(world, wrong, 30)  # on its last day it is not overdue yet

    def test_a_second_person_of_the_hospital_approves(self, world, delivery):
        wrong = take(world, delivery, 10)
        correction = ask(world, wrong, 31)
        assert Payable.objects.get().open_amount == Decimal("66.00"), "until then it stays owed"
        approve_correction(correction=correction, by=world.order_approver, now=at(32))
        assert Payable.objects.get().open_amount == 0
        reversal = Acceptance.objects.get(reverses=wrong)
        assert (reversal.accepted_by, reversal.note) == (world.order_approver, "counted wrongly")
        assert days_of(take(world, delivery, 10, days=33)) == (TODAY, on(30))
        sentences = Event.objects.filter(subject=delivery.order.reference).values_list("verb", flat=True)
        assert {"correction.reversal_asked", "delivery.reversed"} <= set(sentences)

    def test_one_person_in_two_seats_is_one_person(self, world, delivery):
        correction = ask(world, take(world, delivery, 10), 31)
        _sits_there_too(world.receiver, world.order_approver)
        both = type(world.order_approver).objects.get(pk=world.order_approver.pk)
        with pytest.raises(Refused, match="Somebody else"):
            approve_correction(correction=correction, by=both, now=at(31))

    def test_others_do_not_approve(self, world, delivery):
        correction = ask(world, take(world, delivery, 10), 31)
        elsewhere = world.seat(world.organisation("hospital"), "order_approver")
        for seat in (elsewhere, world.pharmacist, world.dispatcher, world.finance):
            with pytest.raises(Denied):
                approve_correction(correction=correction, by=seat, now=at(31))

    def test_not_what_is_not_overdue_or_owes_nothing(self, world, delivery):
        wrong = take(world, delivery, 10)
        with pytest.raises(Refused, match="at once"):
            ask(world, wrong, 30)
        undo(world, wrong, 30)
        with pytest.raises(Refused, match="at once"):
            ask(world, wrong, 31)

    def test_one_request_at_a_time_and_never_without_a_reason(self, world, delivery):
        wrong = take(world, delivery, 10)
        with pytest.raises(Refused, match="reason"):
            ask(world, wrong, 31, reason=" ")
        ask(world, wrong, 31)
        with pytest.raises(Conflict, match="waits for its answer"):
            ask(world, wrong, 31)

    def test_declined_withdrawn_or_paid_everything_stays(self, world, delivery):
        wrong = take(world, delivery, 10)
        declined = ask(world, wrong, 31)
        with pytest.raises(Refused, match="reason"):
            decline_correction(correction=declined, reason="", by=world.order_approver, now=at(31))
        decline_correction(correction=declined, reason="they are in the ward", by=world.order_approver, now=at(31))
        with pytest.raises(Refused, match="not possible"):
            approve_correction(correction=declined, by=world.order_approver, now=at(31))
        withdraw_correction(correction=ask(world, wrong, 32), by=world.receiver, now=at(32))
        last = ask(world, wrong, 33)
        pay(world, delivery, "0.01", 33)
        with pytest.raises(Refused, match="has been paid"):
            approve_correction(correction=last, by=world.order_approver, now=at(33))
        last.refresh_from_db()
        assert last.status == Correction.Status.ASKED
        assert Payable.objects.get().reversed == 0

    def test_it_lapses_by_itself_and_can_be_asked_anew(self, world, delivery):
        wrong = take(world, delivery, 10)
        old = ask(world, wrong, 31)
        assert Correction.objects.open(at(44)).exists()
        assert not Correction.objects.open(at(45)).exists()
        with pytest.raises(Refused, match="lapsed"):
            approve_correction(correction=old, by=world.order_approver, now=at(45))
        new = ask(world, wrong, 60)
        old.refresh_from_db()
        assert (old.status, old.answered_at) == (Correction.Status.LAPSED, None)
        assert Event.objects.get(verb="correction.lapsed").at == at(45), "dated when its time was over"
        approve_correction(correction=new, by=world.order_approver, now=at(61))

    def test_the_database_knows_two_people_apart_by_itself(self, world, delivery):
        correction = ask(world, take(world, delivery, 10), 31)
        with pytest.raises(DatabaseError, match="correction_approved_by_another"), transaction.atomic():
            _approve_alone(correction)


class TestGoodsThatCameLater:
    def ask(self, world, day, days=20, reason="the lorry came on Thursday"):
        line = DeliveryLine.objects.select_related("delivery__order__contract").get()
        return ask_later_arrival(line=line, arrived_on=on(day), reason=reason, by=world.receiver, now=at(days))

    def test_the_deliverer_confirms_and_the_debt_counts_from_that_day(self, world, delivery):
        taken = take(world, delivery, 10)
        correction = self.ask(world, 5)
        assert days_of(taken)[0] == TODAY, "asking changes nothing"
        approve_correction(correction=correction, by=world.dispatcher, now=at(21))
        assert days_of(taken) == (on(5), on(35))
        correction.refresh_from_db()
        assert correction.moved_days == 5
        event = Event.objects.get(verb="correction.first_day_moved")
        assert (event.data["day"], event.data["days"]) == (str(on(5)), 5)
        answer = sitting(world.finance).get("/moved-first-days/?export=csv")
        told = f"{world.hospital.name},{world.hospital.credit_code},1,5"
        assert b"".join(answer).decode("utf-8-sig").splitlines()[1:] == [told]

    def test_two_hospitals_of_one_name_are_counted_apart(self, world, delivery):
        take(world, delivery, 10)
        approve_correction(correction=self.ask(world, 5), by=world.dispatcher, now=at(21))
        namesake = world.organisation("hospital", world.hospital.name)
        _moves(delivery, namesake)
        placed = confirmed_order(world, delivery.order.contract, 10)
        again = send_delivery(order=placed, batches=[Batch(1, "B", on(600), 10)], by=world.dispatcher, now=NOW)
        take(world, again, 10)
        line = DeliveryLine.objects.select_related("delivery__order__contract").get(delivery=again)
        asked = ask_later_arrival(line=line, arrived_on=on(3), reason="late", by=world.receiver, now=at(20))
        approve_correction(correction=asked, by=world.dispatcher, now=at(21))
        counted = {row["credit_code"]: row["days"] for row in measures.moved_first_days(Correction.objects.all())}
        assert counted == {namesake.credit_code: 5, world.hospital.credit_code: 3}

    def test_and_so_does_what_is_accepted_after_it(self, world, delivery):
        undo(world, take(world, delivery, 10), 3)
        approve_correction(correction=self.ask(world, 5), by=world.dispatcher, now=at(20))
        assert days_of(take(world, delivery, 10, days=25)) == (on(5), on(35))

    def test_the_hospital_cannot_confirm_it_itself_and_the_deliverer_may_decline(self, world, delivery):
        taken = take(world, delivery, 10)
        correction = self.ask(world, 5)
        for seat in (world.receiver, world.order_approver, world.officer):
            with pytest.raises(Denied):
                approve_correction(correction=correction, by=seat, now=at(20))
        decline_correction(correction=correction, reason="it came on Monday", by=world.dispatcher, now=at(20))
        assert days_of(taken) == (TODAY, on(30))

    @pytest.mark.parametrize("day", [0, -1, 21])
    def test_only_a_later_day_that_is_over(self, world, delivery, day):
        take(world, delivery, 10)
        with pytest.raises(Refused, match="name a later day") as refusal:
            self.ask(world, day)
        assert refusal.value.faults[0].field == "arrived_on"

    def test_not_before_there_is_a_verdict(self, world, delivery):
        with pytest.raises(Refused, match="verdict on this batch first"):
            self.ask(world, 5)

    def test_not_back_beyond_a_payment(self, world, delivery):
        taken = take(world, delivery, 10)
        pay(world, delivery, "1.00", 4)
        with pytest.raises(Refused, match="paid before that day"):
            approve_correction(correction=self.ask(world, 5), by=world.dispatcher, now=at(20))
        assert days_of(taken) == (TODAY, on(30))

    def test_it_never_moves_back_nor_twice_to_one_day(self, world, delivery):
        taken = take(world, delivery, 10)
        approve_correction(correction=self.ask(world, 5), by=world.dispatcher, now=at(20))
        with pytest.raises(Refused, match="name a later day"):
            self.ask(world, 5)
        approve_correction(correction=self.ask(world, 8), by=world.dispatcher, now=at(20))
        assert days_of(taken)[0] == on(8)
        assert list(Correction.objects.values_list("moved_days", flat=True)) == [5, 3]


class TestOnPages:
    def test_two_people_of_the_hospital_reverse_what_is_overdue(self, world):
        done = trade(world)  # its first delivery was accepted 75 days ago, and line 2 is not paid
        place = f"/deliveries/{done.received.reference}/lines/2"
        asked = sitting(world.receiver).get(f"{place}/reverse/")
        assert "second person of your hospital" in asked.content.decode()
        sitting(world.receiver).post(f"{place}/reverse/", {"reason": "counted wrongly"})
        correction = Correction.objects.get()
        assert correction.status == Correction.Status.ASKED
        page = sitting(world.order_approver).get(f"/deliveries/{done.received.reference}/").content.decode()
        assert f"{place}/approve-correction/" in page
        assert f"{place}/withdraw-correction/" not in page
        mine = sitting(world.receiver).get(f"/deliveries/{done.received.reference}/").content.decode()
        assert f"{place}/withdraw-correction/" in mine
        assert f"{place}/approve-correction/" not in mine
        sitting(world.order_approver).post(f"{place}/approve-correction/")
        correction.refresh_from_db()
        assert correction.status == Correction.Status.APPROVED
        assert sitting(world.order_approver).get(f"{place}/approve-correction/").status_code == 404

    def test_the_deliverer_confirms_when_the_goods_came(self, world):
        done = trade(world)
        place = f"/deliveries/{done.received.reference}/lines/2"
        day = Payable.objects.get(reference=f"{done.received.reference}-2-1").owed_from + timedelta(days=2)
        facts = {"arrived_on": day.isoformat(), "reason": "it came on Thursday"}
        sitting(world.receiver).post(f"{place}/ask-later-arrival/", facts)
        sitting(world.dispatcher).post(f"{place}/approve-correction/")
        page = sitting(world.receiver).get(f"/deliveries/{done.received.reference}/").content.decode()
        assert "The deliverer confirmed that the goods came on" in page

    def test_programs_do_the_same(self, world):
        done = trade(world)
        place = f"/api/v1/deliveries/{done.received.reference}/lines/2"
        receiver, approver = program_of(world.receiver), program_of(world.order_approver)

        def post(program, act, **body):
            return program.post(f"{place}/{act}/", body, format="json", headers={"Idempotency-Key": f"key-{act}-000"})

        alone = post(receiver, "reverse", reason="counted wrongly")
        assert (alone.status_code, alone.json()["code"]) == (422, "needs_two")
        waits = post(receiver, "ask-reversal", reason="counted wrongly").json()["lines"][1]["correction"]
        assert (waits["kind"], waits["reason"]) == ("reversal", "counted wrongly")
        assert post(program_of(world.officer), "approve-correction").status_code == 403
        done = post(approver, "approve-correction").json()["lines"][1]
        assert (done["verdict"], done["correction"]) == (None, None)
        again = post(approver, "approve-correction")
        assert (again.json()["lines"][1], again.headers["Idempotency-Replayed"]) == (done, "true")
        assert approver.post(f"{place}/approve-correction/", {}, format="json").status_code == 404

    def test_whoever_answers_has_it_on_the_list_and_is_told(self, world, delivery):
        correction = ask(world, take(world, delivery, 10), 31)
        assert world.order_approver.pk
        (todo,) = shell.todos(world.order_approver, at(32))
        assert todo.url == f"/deliveries/{delivery.reference}/lines/1/approve-correction/"
        assert todo.until_at == at(45)
        assert shell.todos(world.order_approver, at(45)) == []
        for message in OutboxMessage.objects.filter(task="contracts.tasks.tell_of_correction"):
            tasks.tell_of_correction(*message.arguments)
        assert InboxMessage.objects.get(seat=world.order_approver).path == f"/deliveries/{delivery.reference}/"
        decline_correction(correction=correction, reason="they are here", by=world.order_approver, now=at(32))
        tasks.tell_of_correction(correction.pk)
        assert "they are here" in InboxMessage.objects.get(seat=world.receiver).sentence


def pay(world, delivery, amount, days):
    record_payment(
        payee=world.supplier,
        rows=[PaymentRow(f"{delivery.reference}-1-1", Decimal(amount))],
        bank_reference=f"BANK {days}",
        paid_on=on(days),
        by=world.finance,
        now=at(days),
    )


@arranged
def _sits_there_too(seat, other):
    """Two seats of one person: the constraint allows one a person and organisation, so the other one ended."""
    type(seat).objects.filter(pk=seat.pk).update(ended_at=timezone.now(), ended_by=other)
    type(other).objects.filter(pk=other.pk).update(person=seat.person)


@action
def _approve_alone(correction):
    facts = {"status": "approved", "answered_at": NOW, "answered_by": correction.asked_by}
    Correction.objects.filter(pk=correction.pk).update(**facts)


@action
def _moves(delivery, hospital):
    Delivery.objects.filter(pk=delivery.pk).update(hospital=hospital)
