"""The trail: what a record costs the statement that makes it, and how fast all is linked and checked."""

import os
import resource
import time
from collections.abc import Callable, Iterator

from django.db import connection
from django.utils import timezone

from core.events import record_all
from core.models import Verb
from core.trail import link_waiting
from oversight.verification import verify

EVENTS = int(os.environ.get("EVENTS", "200000"))
AT_ONCE = 5000
AIM_RECORDS, AIM_SECONDS = 10_000_000, 600

_WRITE = """
    INSERT INTO core_event (verb, subject, at, actor, data, audience, organisations, origin, address, mac)
    SELECT 'data.exported', 'prices', now(), 'Demo person (Demo hospital)', jsonb_build_object('n', n), 'named',
        ARRAY[n %% 100], 'web', '0123456789abcdef', ''
    FROM generate_series(1, %s) AS n
"""


def report() -> Iterator[str]:
    """The sentences to print, as they become known."""
    _execute("ALTER TABLE core_event DISABLE TRIGGER USER")
    bare = _seconds(lambda: _execute(_WRITE, EVENTS))
    _forget()
    _execute("ALTER TABLE core_event ENABLE TRIGGER USER")
    recorded = _seconds(lambda: _execute(_WRITE, EVENTS))
    _forget()
    yield (
        f"{EVENTS:,} events in one statement: {bare:.1f} s without their records, {recorded:.1f} s with them "
        f"({(recorded - bare) / EVENTS * 1e6:.0f} µs a row)."
    )
    _tell()
    linked = _seconds(link_waiting)
    yield f"Linking them: {linked:.1f} s, {EVENTS / linked:,.0f} a second."
    _execute("VACUUM ANALYZE")
    faults: list[object] = []
    took = _seconds(lambda: faults.extend(verify()))
    assert faults == [], faults[:3]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield (
        f"Checking everything: {took:.1f} s, at most {most:.0f} MB; {AIM_RECORDS:,} records would take "
        f"{took * AIM_RECORDS / EVENTS:.0f} s (aim: {AIM_SECONDS})."
    )


def _tell() -> None:
    """The same events, as the platform writes them."""
    for _turn in range(EVENTS // AT_ONCE):
        record_all(Verb.DATA_EXPORTED, [("prices", {"n": n}) for n in range(AT_ONCE)], by=None, now=timezone.now())


def _forget() -> None:
    """Take away what was written by hand, with its records."""
    _execute("SET session_replication_role = replica")
    _execute("DELETE FROM core_rowrecord WHERE \"table\" = 'core_event' AND key IN (SELECT id::text FROM core_event"
             " WHERE verb = 'data.exported')")  # fmt: skip
    _execute("DELETE FROM core_unlinked WHERE record_id NOT IN (SELECT id FROM core_rowrecord)")
    _execute("DELETE FROM core_event WHERE verb = 'data.exported'")
    _execute("SET session_replication_role = origin")


def _execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def _seconds(act: Callable[[], object]) -> float:
    start = time.monotonic()
    act()
    return time.monotonic() - start
