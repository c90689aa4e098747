"""Side effects wait in the transaction of their act, and nothing that fails or dies loses one."""

import threading
import time
from datetime import timedelta

import pytest
from celery import current_app
from celery.exceptions import NotRegistered
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core import tasks
from core.models import CalendarDay, OutboxMessage
from core.outbox import queue, queue_each
from core.tasks import delay_after, deliver, sweep
from tests.core import relayed
from tests.world import NOW

DAY, NEXT_DAY = "2026-03-02", "2026-03-03"


@pytest.fixture
def nudges(monkeypatch):
    """The ids of messages that the broker was told of."""
    told = []
    monkeypatch.setattr("core.outbox.deliver.apply_async", lambda args, **options: told.append(*args))
    return told


@pytest.fixture
def no_broker(monkeypatch):
    """An address at which nobody listens."""
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", "redis://:secret@127.0.0.1:1/0")


def effects():
    return [day.isoformat() for day in CalendarDay.objects.values_list("day", flat=True)]


# --- Queueing ---------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_message_is_committed_with_its_act_and_told_after_the_commit(nudges):
    with transaction.atomic():
        message = queue("tests.work", DAY, now=NOW)
        assert nudges == []
    assert nudges == [message.pk]
    stored = OutboxMessage.objects.get()
    assert (stored.task, stored.arguments, stored.due_at) == ("tests.work", [DAY], NOW)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_comes_to_nothing_queues_nothing(nudges):
    with transaction.atomic():
        queue("tests.work", DAY, now=NOW)
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()
    assert nudges == []


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_queued(nudges):
    with pytest.raises(transaction.TransactionManagementError):
        queue("tests.work", DAY, now=NOW)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("typo", ["tests.wrok", "core.tasks", "", "os.system"])
def test_a_task_that_does_not_exist_is_refused_where_it_is_queued(db, typo):
    with pytest.raises(NotRegistered):
        queue(typo, DAY, now=NOW)


def test_a_task_of_a_room_is_known_though_no_worker_has_loaded_it(db, monkeypatch):
    loaded = []
    monkeypatch.setattr(current_app.loader, "import_default_modules", lambda: loaded.append(True))
    queue("tests.work", DAY, now=NOW)
    assert loaded == []
    with pytest.raises(NotRegistered):
        queue("tests.unknown", DAY, now=NOW)
    assert loaded == [True]


def test_many_messages_are_one_statement(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        messages = queue_each("tests.work", [(DAY,), (NEXT_DAY,)] * 150, now=NOW)
    assert len({message.pk for message in messages}) == 300


def test_no_messages_at_all_are_no_trouble(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert queue_each("tests.work", [], now=NOW) == []


# --- The broker -------------------------------------------------------------------------------------------
def test_the_broker_is_told_the_number_of_the_message_and_nothing_else(db, django_capture_on_commit_callbacks):
    from kombu.pools import connections

    with django_capture_on_commit_callbacks(execute=True):
        message = queue("tests.work", relayed.SECRET, now=NOW)
    with connections[current_app.connection_for_write()].acquire(block=True) as broker:
        waiting = broker.default_channel.client.lrange("celery", 0, -1)
        broker.default_channel.client.delete("celery")
    [told] = [text for text in waiting if b"core.tasks.deliver" in text]
    assert f'"argsrepr": "[{message.pk}]"'.encode() in told
    assert relayed.SECRET.encode() not in told


def test_request_threads_speak_to_the_same_broker():
    """Celery keeps its current application by thread; a thread without one would call on a broker of its own."""
    seen = []
    thread = threading.Thread(target=lambda: seen.append(current_app.conf.broker_url))
    thread.start()
    thread.join()
    assert seen == [settings.CELERY_BROKER_URL]


@pytest.mark.usefixtures("no_broker")
def test_a_broker_that_is_away_loses_nothing_and_keeps_nobody_waiting(db, django_capture_on_commit_callbacks):
    began = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        queue_each("tests.work", [(DAY,), (NEXT_DAY,)], now=NOW)
    assert time.monotonic() - began < 3
    assert sweep() == 2
    assert effects() == [DAY, NEXT_DAY]


# --- Delivery ---------------------------------------------------------------------------------------------
def test_a_message_delivered_twice_has_one_effect_and_one_mark(db):
    message = queue("tests.work", DAY, now=NOW)
    deliver(message.pk)
    message.refresh_from_db()
    first = message.delivered_at
    deliver(message.pk)
    message.refresh_from_db()
    assert first is not None
    assert message.delivered_at == first
    assert effects() == [DAY]


def test_a_message_that_is_gone_is_no_trouble(db):
    deliver(123456789)
    assert effects() == []


def test_a_failed_task_leaves_no_effect_and_waits_with_the_name_of_its_trouble_only(db, caplog):
    message = queue("tests.fail", DAY, now=NOW)
    before = timezone.now()
    deliver(message.pk)
    message.refresh_from_db()
    assert effects() == []
    assert (message.attempts, message.last_error, message.delivered_at) == (1, "LookupError", None)
    assert message.due_at >= before + delay_after(1)
    kept = caplog.text + str(OutboxMessage.objects.values().get())
    assert "tests.fail failed with LookupError" in caplog.text
    assert relayed.SECRET not in kept


def test_a_task_that_breaks_its_transaction_is_put_off_like_any_other(db, monkeypatch):
    def break_the_transaction(day):
        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_function()")

    message = queue("tests.work", DAY, now=NOW)
    monkeypatch.setattr(relayed.work, "run", break_the_transaction)
    deliver(message.pk)
    message.refresh_from_db()
    assert (message.attempts, message.last_error) == (1, "ProgrammingError")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_in_the_middle_has_done_nothing(nudges, monkeypatch):
    def die(day):
        CalendarDay.objects.create(day=day, working=True)
        raise SystemExit

    with transaction.atomic():
        message = queue("tests.work", DAY, now=NOW)
    with monkeypatch.context() as patched:
        patched.setattr(relayed.work, "run", die)
        with pytest.raises(SystemExit):
            deliver(message.pk)
    assert effects() == []
    assert sweep() == 1
    assert effects() == [DAY]


def test_a_task_that_an_older_worker_does_not_know_waits(db):
    message = OutboxMessage.objects.create(task="rooms.tasks.to_come", arguments=[1], due_at=NOW)
    deliver(message.pk)
    message.refresh_from_db()
    assert (message.attempts, message.last_error) == (1, "NotRegistered")


# --- Sweeps -----------------------------------------------------------------------------------------------
def test_a_sweep_delivers_what_is_due_and_nothing_else(db):
    now = timezone.now()
    queue("tests.work", NEXT_DAY, now=now - timedelta(seconds=1))
    queue("tests.work", DAY, now=now - timedelta(seconds=2))
    queue("tests.work", "2026-03-04", now=now + timedelta(hours=1))
    assert sweep() == 2
    assert sweep() == 0
    assert effects() == [DAY, NEXT_DAY]


def test_a_failing_message_stands_in_nobodys_way_however_often_it_failed(db):
    stubborn = queue("tests.fail", DAY, now=NOW - timedelta(days=1))
    OutboxMessage.objects.filter(pk=stubborn.pk).update(attempts=1000)
    queue("tests.work", NEXT_DAY, now=NOW)
    assert sweep() == 2
    assert effects() == [NEXT_DAY]
    stubborn.refresh_from_db()
    assert stubborn.attempts == 1001
    assert timedelta(minutes=59) < stubborn.due_at - timezone.now() <= timedelta(hours=1)


def test_a_sweep_ends_before_the_next_begins(db, monkeypatch):
    monkeypatch.setattr(tasks, "SWEEP_SECONDS", -1)
    queue("tests.work", DAY, now=NOW)
    assert sweep() == 0
    assert effects() == []


@given(attempts=st.integers(min_value=1, max_value=32_767))
def test_the_delay_grows_to_an_hour(attempts):
    assert timedelta(seconds=10) <= delay_after(attempts) <= delay_after(attempts + 1) <= timedelta(hours=1)


def test_the_first_delays_double():
    assert [delay_after(attempts).total_seconds() for attempts in (1, 2, 3, 9, 10)] == [10, 20, 40, 2560, 3600]
