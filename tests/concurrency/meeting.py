"""Two acts that meet: each in a thread with a connection of its own, one held up where it hurts."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection

from core.errors import Denied, Refused
from core.triggers import Guard

WAIT = 30  # seconds for anything
_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def outcome_of(act: Callable[[], Any]) -> Any:
    """What became of an act in a thread of its own, which leaves no connection behind."""
    try:
        return act()
    except (Refused, Denied, DatabaseError) as error:
        return error
    finally:
        connection.close()


@contextmanager
def guard_without(model: Any, name: str, lock: str) -> Iterator[None]:
    """A guard as it would be if nobody had thought of what goes on at the same time."""
    guard = next(trigger for trigger in model._meta.triggers if trigger.name == name)
    assert lock in guard.func
    given = {key: getattr(guard, key) for key in ("name", "operation", "when", "declare")}
    Guard(**given, func=guard.func.replace(lock, "")).install(model)
    try:
        yield
    finally:
        guard.install(model)


def held_up(monkeypatch: Any, module: Any, name: str) -> tuple[threading.Event, threading.Event]:
    """``module.name`` stops when it is called until it is told to go on; returns both signals."""
    reached, go_on = threading.Event(), threading.Event()
    real = getattr(module, name)

    def slow(*args: Any, **kwargs: Any) -> Any:
        reached.set()
        assert go_on.wait(WAIT)
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, slow)
    return reached, go_on


def come_upon(signals: tuple[threading.Event, threading.Event], first: Any, second: Any) -> tuple[Any, Any, bool]:
    """``second`` begins while ``first`` is held up. What became of both, and whether the second waited for a lock."""
    reached, go_on = signals
    with ThreadPoolExecutor(2) as pool:
        held = pool.submit(outcome_of, first)
        assert reached.wait(WAIT)
        coming = pool.submit(outcome_of, second)
        while not coming.done() and not _somebody_waits():
            time.sleep(0.02)
        waited = not coming.done()
        go_on.set()
        return held.result(WAIT), coming.result(WAIT), waited


def _somebody_waits() -> bool:
    """Whether a session stands still until another one lets go; by the database's word, however busy the machine is."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        return cursor.fetchone()[0] > 0


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What became of acts that begin at the same moment."""
    gate = threading.Barrier(len(acts))

    def go(act: Callable[[], Any]) -> Any:
        gate.wait(WAIT)
        return outcome_of(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(go, acts))


def meeting_after(monkeypatch: Any, module: Any, name: str, how_many: int) -> None:
    """Everybody who calls ``module.name`` has its answer before anybody goes on: what a missing lock allows."""
    met = threading.Barrier(how_many)
    real = getattr(module, name)

    def together(*args: Any, **kwargs: Any) -> Any:
        found = real(*args, **kwargs)
        met.wait(WAIT)
        return found

    monkeypatch.setattr(module, name, together)
