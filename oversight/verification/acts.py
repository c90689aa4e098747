"""Acts: every change was told by an event, every event is the platform's own, and an act is over when it is over."""

from collections.abc import Iterator

from core.authenticity import WORDS, is_ours
from core.trail import recorded_models
from oversight.verification.reading import Counted, Fault, few, stream

# A transaction becomes visible at once, and a head is signed when all that is visible is linked. So no transaction has
# records on both sides of a head: what seems to was joined later, by somebody who wanted to seem part of it. Written
# twice instead of kept: where no act is wrong, the second is never asked.
_WRONG = """
    WITH heads AS (SELECT coalesce(array_agg(number ORDER BY number), '{{}}') AS numbers FROM oversight_trailhead),
    numbered AS NOT MATERIALIZED (
        SELECT record.system, record.transaction, record.id, "table", key, NOT {declared} AS needs_event,
            "table" = 'core_event' AND key <> ALL (%s) AS is_event,
            width_bucket(coalesce(number, {end}) - 1, (SELECT numbers FROM heads)) AS period
        FROM core_rowrecord AS record LEFT JOIN core_link AS link ON link.record_id = record.id
    ),
    acts AS (
        SELECT system, transaction, bool_or(needs_event) AND NOT bool_or(is_event) AS untold,
            min(period) AS first, max(period) AS last
        FROM numbered GROUP BY system, transaction
    ),
    wrong AS MATERIALIZED (
        SELECT * FROM acts WHERE untold
            -- What this very transaction writes is not over yet.
            OR first <> last AND transaction IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint
    )
    SELECT "table", key, id, untold AND needs_event
    FROM wrong JOIN numbered USING (system, transaction)
    WHERE untold AND needs_event OR NOT untold AND period <> first
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
    statement = _WRONG.format(declared=_declared(), end=_END)
    for table, key, id_, untold in few(statement, [sorted(foreign)]):
        if untold:
            yield Fault(table, key, f"record {id_} was left past the platform: no event tells of it")
        else:
            yield Fault("core_rowrecord", str(id_), "says that it belongs to an act that was over before")


def _declared() -> str:
    """In SQL, which records need no event: those of events, what models declare as ``untold`` with their reason, and
    the clock of a demo, which counts only where the installation is marked, and of that an event tells."""
    needless = {("core_event", "insert"), *(("core_clock", operation) for operation in ("insert", "update", "delete"))}
    for model in recorded_models():
        needless |= {(model._meta.db_table, operation) for operation in getattr(model, "untold", ())}
    return "({}) IN ({})".format(
        '"table", operation', ", ".join(f"('{table}', '{operation}')" for table, operation in sorted(needless))
    )
