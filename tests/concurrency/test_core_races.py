"""Moves, keys, messages and references at the same moment on real connections.

Each lock is taken away once, as a control, and then the race is lost.
"""

import threading
import time
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.utils import timezone

from core import tasks
from core.actions import action
from core.errors import Conflict
from core.idempotency import once
from core.models import CalendarDay, IdempotencyKey, OutboxMessage
from core.moves import move
from core.outbox import queue_each
from core.references import ReferenceSequence, next_reference
from core.tasks import deliver, sweep
from tests.core import relayed
from tests.core.races import WAIT, at_once
from tests.core.things import Thing, table_of_things
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def execute(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# --- Moves ------------------------------------------------------------------------------------------------
@pytest.fixture
def thing(transactional_db):
    with table_of_things():
        yield Thing.objects.create()


@action
def open_thing(*, moving, number, gate, now=NOW):
    """Read, wait until everybody has read, move, and stay in the transaction for a moment."""
    seen = Thing.objects.get()
    gate.wait(WAIT)
    moving(seen, "open", moved_at=now, moved_by=number)
    time.sleep(0.1)
    return number


def read_then_write(thing, to, **facts):
    """How a move would be without its guard: what was read is believed."""
    assert to in thing.MOVES[thing.status]
    Thing.objects.filter(pk=thing.pk).update(status=to, **facts)


def race_of_moves(moving):
    gate = threading.Barrier(3)
    return at_once(*(lambda n=n: open_thing(moving=moving, number=n, gate=gate) for n in (1, 2, 3)))


def test_of_several_moves_at_once_exactly_one_wins(thing):
    outcomes = race_of_moves(move)
    winners = [outcome for outcome in outcomes if isinstance(outcome, int)]
    assert len(winners) == 1
    assert [type(outcome) for outcome in outcomes if outcome not in winners] == [Conflict, Conflict]
    assert Thing.objects.get().moved_by == winners[0]


def test_without_the_guard_all_of_them_believe_to_have_won(thing):
    assert sorted(race_of_moves(read_then_write)) == [1, 2, 3]


def test_a_move_that_waits_too_long_is_a_conflict(thing):
    holding, release = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            move(Thing.objects.get(), "open")
            holding.set()
            release.wait(WAIT)

    @action
    def in_a_hurry():
        holding.wait(WAIT)
        execute("SET LOCAL lock_timeout = '50ms'")
        try:
            move(Thing.objects.get(), "open")
        finally:
            release.set()

    _held, hurried = at_once(hold, in_a_hurry)
    assert isinstance(hurried, Conflict)
    assert hurried.code == "busy"


def test_a_deadlock_is_a_conflict_for_one_of_the_two(thing):
    other = Thing.objects.create()
    gate = threading.Barrier(2)

    @action
    def move_both(*, first, second):
        move(first, "open")
        gate.wait(WAIT)
        move(second, "open")

    outcomes = at_once(
        lambda: move_both(first=Thing.objects.get(pk=thing.pk), second=Thing.objects.get(pk=other.pk)),
        lambda: move_both(first=Thing.objects.get(pk=other.pk), second=Thing.objects.get(pk=thing.pk)),
    )
    assert outcomes.count(None) == 1
    assert [outcome.code for outcome in outcomes if outcome] == ["busy"]
    assert set(Thing.objects.values_list("status", flat=True)) == {"open"}


# --- Idempotency keys -------------------------------------------------------------------------------------
def effect():
    """Takes its time, and answers how many effects there are."""
    OutboxMessage.objects.create(task="effect", due_at=NOW)
    time.sleep(0.1)
    return 201, {"effects": effects(), "at": timezone.now()}


def effects():
    return OutboxMessage.objects.filter(task="effect").count()


def send(act=effect):
    return once(seat_number=1, key="the-same-key", fingerprint="f" * 64, now=NOW, act=act)


def test_five_times_at_once_has_one_effect_and_five_equal_answers(transactional_db):
    answers = at_once(*[send] * 5)
    assert {type(answer) for answer in answers} == {tuple}
    assert len({repr(answer) for answer in answers}) == 1
    assert answers[0][1]["effects"] == effects() == 1


@contextmanager
def keys_not_unique():
    name, table = "idempotency_key_once_a_seat", IdempotencyKey._meta.db_table
    execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    try:
        yield
    finally:
        execute(f"DELETE FROM {table}")
        execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE (seat_number, key)")


def test_without_the_unique_key_it_has_five_effects(transactional_db):
    gate = threading.Barrier(5)

    def together():
        gate.wait(WAIT)
        return effect()

    with keys_not_unique():
        answers = at_once(*[lambda: send(together)] * 5)
    assert [answer[0] for answer in answers] == [201] * 5
    assert effects() == 5


def test_who_waits_for_an_act_that_fails_acts_itself(transactional_db):
    begun = threading.Event()

    def fail():
        effect()
        begun.set()
        time.sleep(0.2)
        raise LookupError

    def second():
        begun.wait(WAIT)
        return send()

    first, answer = at_once(lambda: send(fail), second)
    assert isinstance(first, LookupError)
    assert (answer[0], answer[1]["effects"]) == (201, 1)


def test_who_waits_too_long_for_the_answer_meets_a_conflict(transactional_db):
    begun, release = threading.Event(), threading.Event()

    def slow():
        begun.set()
        release.wait(WAIT)
        return effect()

    def impatient():
        begun.wait(WAIT)
        execute("SET lock_timeout = '50ms'")
        try:
            return send()
        finally:
            release.set()

    first, second = at_once(lambda: send(slow), impatient)
    assert first[0] == 201
    assert (type(second), second.code) == (Conflict, "busy")
    assert effects() == 1


# --- The outbox -------------------------------------------------------------------------------------------
@contextmanager
def watched(monkeypatch):
    """What runs of the task begin and end while it runs, by argument."""
    trail, lock = [], threading.Lock()

    def run(day):
        with lock:
            trail.append(("begins", day))
        time.sleep(0.05)
        with lock:
            trail.append(("ends", day))

    with monkeypatch.context() as patched:
        patched.setattr(relayed.work, "run", run)
        yield trail


@pytest.fixture
def messages(transactional_db, monkeypatch):
    monkeypatch.setattr("core.outbox.deliver.apply_async", lambda args, **options: None)
    with transaction.atomic():
        return queue_each("tests.work", [(f"2026-03-{day:02d}",) for day in range(1, 7)], now=NOW)


def test_several_sweeps_at_once_deliver_each_message_once(messages, monkeypatch):
    with watched(monkeypatch) as trail:
        assert all(isinstance(tried, int) for tried in at_once(*[sweep] * 4))
    assert sorted(trail) == sorted((what, *message.arguments) for message in messages for what in ("begins", "ends"))
    assert not OutboxMessage.objects.filter(delivered_at=None).exists()


def test_a_nudge_and_a_sweep_do_not_meet_at_one_message(messages, monkeypatch):
    with watched(monkeypatch) as trail:
        at_once(sweep, *(lambda pk=message.pk: deliver(pk) for message in messages))
    assert len(trail) == 2 * len(messages)


def test_a_message_that_somebody_is_at_keeps_no_sweep_waiting(messages, monkeypatch):
    begun, release = threading.Event(), threading.Event()

    def slow(day):
        begun.set()
        release.wait(WAIT)

    def sweep_meanwhile():
        begun.wait(WAIT)
        monkeypatch.setattr(relayed.work, "run", lambda day: None)
        execute("SET lock_timeout = '50ms'")
        try:
            sweep()
            return set(OutboxMessage.objects.filter(delivered_at=None).values_list("pk", "attempts"))
        finally:
            release.set()

    monkeypatch.setattr(relayed.work, "run", slow)
    _delivered, waiting = at_once(lambda: deliver(messages[0].pk), sweep_meanwhile)
    assert waiting == {(messages[0].pk, 0)}
    assert not OutboxMessage.objects.filter(delivered_at=None).exists()


def test_without_the_lock_messages_are_delivered_several_times(messages, monkeypatch):
    def unlocked(message_id):
        return OutboxMessage.objects.filter(pk=message_id, delivered_at__isnull=True).first()

    monkeypatch.setattr(tasks, "_claimed", unlocked)
    with watched(monkeypatch) as trail:
        at_once(*[sweep] * 4)
    assert len(trail) > 2 * len(messages)


def test_a_message_whose_worker_lost_its_connection_is_delivered_by_the_next(messages, monkeypatch):
    def lose_the_connection(day):
        CalendarDay.objects.create(day=day, working=True)
        execute("SELECT pg_terminate_backend(pg_backend_pid())")

    [message, *_others] = messages
    with monkeypatch.context() as patched:
        patched.setattr(relayed.work, "run", lose_the_connection)
        assert at_once(lambda: deliver(message.pk)) == [None]
    message.refresh_from_db()
    assert (message.attempts, message.last_error, message.delivered_at) == (1, "OperationalError", None)
    assert not CalendarDay.objects.exists()
    deliver(message.pk)
    assert CalendarDay.objects.count() == 1


# --- References -------------------------------------------------------------------------------------------
@pytest.fixture
def counter(transactional_db):
    operation = ReferenceSequence("thing")
    execute(operation.sql)
    yield
    execute(operation.reverse_sql)


@pytest.mark.usefixtures("counter")
def test_references_taken_at_once_are_all_different():
    def take_fifty():
        with transaction.atomic():
            return [next_reference("thing", "X", NOW) for _number in range(50)]

    taken = [reference for some in at_once(*[take_fifty] * 4) for reference in some]
    assert len(set(taken)) == 200


@pytest.mark.usefixtures("counter")
def test_an_open_transaction_with_a_reference_keeps_nobody_waiting():
    took, release = threading.Event(), threading.Event()

    def keep_open():
        with transaction.atomic():
            first = next_reference("thing", "X", NOW)
            took.set()
            release.wait(WAIT)
            return first

    def pass_by():
        took.wait(WAIT)
        execute("SET lock_timeout = '50ms'")
        try:
            with transaction.atomic():
                return next_reference("thing", "X", NOW)
        finally:
            release.set()

    assert at_once(keep_open, pass_by) == ["X-2026-0001", "X-2026-0002"]
