"""Acts: every change was told by an event, every event is the platform's own, and an act is over when it is over."""

from collections.abc import Iterator

from core.authenticity import WORDS, is_ours
from core.trail import recorded_models
from oversight.verification.reading import Counted, Fault, few, stream

# A transaction becomes visible at once, and a head is signed when all that is visible is linked. So no transaction has
# records on both sides of a head: one that seems to was joined later, by somebody who wanted to seem part of it.
_UNTOLD = """
    WITH heads AS (SELECT coalesce(array_agg(number ORDER BY number), '{{}}') AS numbers FROM oversight_trailhead),
    acts AS (
        SELECT record.system, record.transaction, bool_or("table" = 'core_event' AND key <> ALL (%s)) AS told,
            min("table" || ' ' || key COLLATE "C") FILTER (WHERE NOT {declared}) AS row,
            count(*) AS records, max(record.id) AS last,
            min(coalesce(number, {end})) AS first_number, max(coalesce(number, {end})) AS last_number
        FROM core_rowrecord AS record LEFT JOIN core_link AS link ON link.record_id = record.id
        GROUP BY record.system, record.transaction
    )
    SELECT row, records, last, row IS NOT NULL AND NOT told
    FROM acts CROSS JOIN heads
    WHERE row IS NOT NULL AND NOT told
        OR first_number <> last_number
            -- What this very transaction writes is not over yet.
            AND transaction IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint
            AND width_bucket(first_number - 1, numbers) <> width_bucket(last_number - 1, numbers)
"""
_END = 2**62
_EVENTS = f"SELECT id, mac, {WORDS} FROM core_event"
_COPIES = "SELECT max(id) FROM core_event GROUP BY mac HAVING count(*) > 1"


def verify(looked_at: Counted) -> Iterator[Fault]:
    """Hold every event against the key of the platform, and every transaction against the events that stand that."""
    looked_at["events"], foreign = 0, set[str]()
    for pk, mac, words in stream(_EVENTS):
        looked_at["events"] += 1
        if not is_ours(bytes(mac), words):
            foreign.add(str(pk))
            yield Fault("core_event", str(pk), "was not written by the platform")
    for (pk,) in stream(_COPIES):
        foreign.add(str(pk))
        yield Fault("core_event", str(pk), "is a copy of another event")
    statement = _UNTOLD.format(declared=_declared(), end=_END)
    for row, records, last, untold in few(statement, [sorted(foreign)]):
        if untold:
            table, key = row.split(" ", 1)
            yield Fault(table, key, f"was written past the platform: no event tells of it ({records} records at once)")
        else:
            yield Fault("core_rowrecord", str(last), "says that it belongs to an act that was over before")


def _declared() -> str:
    """In SQL, which records need no event: those of events, what models declare as ``untold`` with their reason, and
    the clock of a demo, which counts only where the installation is marked, and of that an event tells."""
    needless = {("core_event", "insert"), *(("core_clock", operation) for operation in ("insert", "update", "delete"))}
    for model in recorded_models():
        needless |= {(model._meta.db_table, operation) for operation in getattr(model, "untold", ())}
    return "({}) IN ({})".format(
        '"table", operation', ", ".join(f"('{table}', '{operation}')" for table, operation in sorted(needless))
    )
