"""Rows: each is as its last record says, none is without a record, none vanished without one."""

from collections.abc import Iterator
from typing import Any

from core.trail import recorded_models
from core.triggers import FINGERPRINT
from oversight.verification.reading import Counted, Fault, stream

# All tables at once: the records are then sorted once, whatever the number of tables.
_COMPARED = """
    WITH present AS ({present}),
    last AS (
        SELECT DISTINCT ON ("table", key) "table", key, operation, fingerprint
        FROM core_rowrecord ORDER BY "table", key, id DESC
    )
    SELECT "table", key, last.operation, present.fingerprint IS NOT NULL
    FROM present FULL JOIN last USING ("table", key)
    WHERE CASE
        WHEN last.key IS NULL THEN true
        WHEN present.key IS NULL THEN last.operation <> 'delete'
        ELSE last.operation = 'delete' OR last.fingerprint <> present.fingerprint
    END
"""
_PRESENT = """SELECT '{table}'::text AS "table", this."{key}"::text AS key, {fingerprint} AS fingerprint
    FROM "{table}" AS this"""


def verify(looked_at: Counted) -> Iterator[Fault]:
    """Hold every row of every recorded table against its last record, in one query that answers with faults only."""
    present = "\nUNION ALL\n".join(_present(model) for model in recorded_models())
    looked_at["tables"] = len(recorded_models())
    for table, key, operation, exists in stream(_COMPARED.format(present=present)):
        yield Fault(table, key, _told(operation, exists))


def _present(model: Any) -> str:
    fingerprint = FINGERPRINT.format(row="this")
    return _PRESENT.format(table=model._meta.db_table, key=model._meta.pk.column, fingerprint=fingerprint)


def _told(operation: str | None, exists: bool) -> str:
    if operation is None:
        return "was written without leaving a record"
    if not exists:
        return "is gone, and no record says so"
    return "is there again after its removal" if operation == "delete" else "is not as its last record says"
