"""Who is told of money: once, by its day, and with the way there."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from celery import current_app
from django.utils import timezone

from accounts.models import InboxMessage, Seat
from contracts.models import Payable
from core.actions import action
from core.clock import legal_date
from core.models import OutboxMessage
from payments import tasks
from tests.contracts.builders import trade

pytestmark = pytest.mark.django_db


def test_a_payment_is_told_to_the_payee(world):
    done = trade(world)
    (message,) = OutboxMessage.objects.filter(task="payments.tasks.tell_of_payment")
    for seat in (world.bid_manager, world.dispatcher):
        assert seat.pk
    current_app.tasks[message.task](*message.arguments)
    told = InboxMessage.objects.filter(subject=done.payment.reference)
    accountants = Seat.objects.with_role("accountant")
    assert {notice.seat for notice in told} == {world.bid_manager, world.dispatcher, *accountants}


class TestReminders:
    def test_each_due_date_is_reminded_of_once_in_each_state(self, world, monkeypatch):
        trade(world)
        new = tasks.remind_payables()
        assert new == 5  # overdue on three days, due today, due within seven days; not what is due in 27 days
        assert tasks.remind_payables() == 0
        assert {notice.seat for notice in InboxMessage.objects.filter(about__startswith="payables.")} == {world.finance}
        today = legal_date(timezone.now())
        due = InboxMessage.objects.get(about=f"payables.due_today:{today}")
        assert due.sentence == f"2,930.99 to 1 payee(s) is due today, {today}"
        assert due.path == "/payables/?clock=due_today"
        later = timezone.now() + timedelta(days=5)
        monkeypatch.setattr(tasks, "timezone", SimpleNamespace(now=lambda: later))
        assert tasks.remind_payables() == 2, "what was due today and what was due soon are overdue now"

    def test_what_is_paid_is_not_reminded_of(self, world):
        trade(world)
        _pay_everything()
        assert tasks.remind_payables() == 0

    def test_nothing_is_overdue_because_a_task_ran(self, world):
        trade(world)
        before = set(Payable.objects.values_list("pk", "paid", "reversed", "due_on"))
        tasks.remind_payables()
        assert set(Payable.objects.values_list("pk", "paid", "reversed", "due_on")) == before

    def test_they_are_on_the_schedule(self):
        scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
        assert "payments.tasks.remind_payables" in scheduled


@action
def _pay_everything():
    for payable in Payable.objects.all():
        Payable.objects.filter(pk=payable.pk).update(paid=payable.amount)
