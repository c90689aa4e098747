"""Rows and their records: what each record says could have happened, and each row is as its last record says."""

from collections.abc import Iterator

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from core.migrating import Rebaseline
from core.trail import BY_HAND, recorded_models
from core.triggers import FINGERPRINT, recorded_operations
from oversight.verification.reading import Counted, Fault, few, stream

# All tables at once, each row behind its records: everything is then sorted once, whatever the number of tables, and
# each record, and at last the row, is held against the record before it.
_FAULTS = """
    WITH allowed ("table", operations, roles) AS (VALUES {allowed}),
    history AS (
        SELECT "table", key, id, operation, fingerprint, before, role FROM core_rowrecord
        UNION ALL {present}
    ),
    told AS (
        SELECT *, lag(operation) OVER life AS last, lag(fingerprint) OVER life AS was,
            lead(operation) OVER life IS NULL AS ends
        FROM history WINDOW life AS (PARTITION BY "table" COLLATE "C", key COLLATE "C" ORDER BY id)
    )
    SELECT "table", key, id, operation, role, fault
    FROM told LEFT JOIN allowed USING ("table") CROSS JOIN LATERAL (SELECT
        CASE WHEN operation = 'present' THEN
            CASE WHEN last IS NULL THEN 'unrecorded' WHEN last = 'delete' THEN 'again'
                WHEN was <> fingerprint THEN 'other' END
        WHEN operations IS NULL THEN 'no table' WHEN operation <> ALL (operations) THEN 'impossible' END AS can_be,
        CASE operation
            WHEN 'insert' THEN CASE WHEN last <> 'delete' THEN 'twice' END
            WHEN 'update' THEN CASE WHEN last IS NULL OR last = 'delete' THEN 'nothing'
                WHEN before IS DISTINCT FROM was THEN 'before' END
            WHEN 'delete' THEN CASE WHEN last IS NULL OR last = 'delete' THEN 'nothing'
                WHEN fingerprint <> was THEN 'before' END
        END AS follows,
        CASE WHEN operation <> 'present' AND role <> ALL (roles) THEN 'role' END AS may,
        CASE WHEN ends AND operation NOT IN ('present', 'delete') THEN 'gone' END AS stays
    ) AS found CROSS JOIN LATERAL (VALUES (can_be), (follows), (may), (stays)) AS named (fault)
    WHERE coalesce(can_be, follows, may, stays) IS NOT NULL AND fault IS NOT NULL
"""
_PRESENT = (
    """SELECT '{table}', this."{key}"::text, {last}, 'present', {fingerprint}, NULL, NULL FROM "{table}" AS this"""
)
_LAST = 2**63 - 1
_SENTENCES = {
    "unrecorded": "was written without leaving a record",
    "again": "is there again after its removal",
    "other": "is not as its last record says",
    "gone": "is gone, and no record says so",
    "no table": "record {id} is of a table that leaves none",
    "impossible": "record {id} says “{operation}”, which this table allows nobody",
    "twice": "record {id} says that it was written, when it was there already",
    "nothing": "record {id} says “{operation}”, when it was not there",
    "before": "record {id} found another row than the record before it left: something changed it in between",
    "role": "record {id} is of the role {role}, which has no right to it",
}
_OWNER = "SELECT relowner::regrole::text FROM pg_catalog.pg_class WHERE oid = 'public.core_rowrecord'::regclass"
# Rows that were taken as they are, and why, by the event of the same transaction.
_BASELINES = """
    SELECT "table", min(key), count(*), array(
        SELECT event.data ->> 'reason' FROM core_rowrecord AS told JOIN core_event AS event ON event.id::text = told.key
        WHERE told."table" = 'core_event' AND (told.system, told.transaction) = (record.system, record.transaction)
            AND event.verb = %s AND event.data ->> 'table' = record."table"
    )
    FROM core_rowrecord AS record WHERE operation = 'baseline' GROUP BY "table", system, transaction
"""


def verify(looked_at: Counted) -> Iterator[Fault]:
    """Hold every record of every row against what its table allows and the record before it, and every row against
    its last record, in one query that answers with faults only; then what migrations took as it was."""
    tables = {model._meta.db_table: model._meta.pk.column for model in recorded_models()} | BY_HAND
    present = "\nUNION ALL\n".join(_present(table, key) for table, key in tables.items())
    looked_at["tables"] = len(tables)
    statement = _FAULTS.format(allowed=_allowed(), present=present)
    for table, key, id_, operation, role, fault in few(statement):
        yield Fault(table, key, _SENTENCES[fault].format(id=id_, operation=operation, role=role))
    yield from _baselines()


def _present(table: str, key: str) -> str:
    return _PRESENT.format(table=table, key=key, last=_LAST, fingerprint=FINGERPRINT.format(row="this"))


def _allowed() -> str:
    """In SQL, by table the operations that its records may have, and the roles: what has no model is the owner's."""
    [(owner,)] = stream(_OWNER)
    both = f"{owner},{settings.WEB_DATABASE_ROLE}"
    rules = [(model._meta.db_table, sorted(recorded_operations(model)), both) for model in recorded_models()]
    rules += [(table, ["delete", "insert", "update"], owner) for table in BY_HAND]
    return ", ".join(
        f"('{table}', '{{{','.join(operations)},baseline}}'::text[], '{{{roles}}}'::text[])"
        for table, operations, roles in rules
    )


def _baselines() -> Iterator[Fault]:
    """Rows taken as they are without a migration of this version that says so."""
    found = list(stream(_BASELINES, [Rebaseline.verb]))
    declared = _rebaselined() if found else set()
    for table, key, count, reasons in found:
        if not {(table, reason.removeprefix("back: ")) for reason in reasons} & declared:
            yield Fault(table, key, f"was taken as it is, with {count - 1} more, and no migration says so")


def _rebaselined() -> set[tuple[str, str]]:
    """The tables and reasons of all migrations that change rows by changing their table."""
    migrations = MigrationLoader(None)
    return {
        (operation.table, operation.reason)
        for migration in migrations.disk_migrations.values()
        for operation in migration.operations
        if isinstance(operation, Rebaseline)
    }
