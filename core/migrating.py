"""How the tables of a room are made at once, and what a migration says of rows that it writes, or that it changes
without a statement that a recorder could see."""

from typing import Any

from django.db import migrations, transaction
from django.db.migrations.operations.base import Operation
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from core.events import record
from core.models import Verb
from core.triggers import FINGERPRINT, TRANSACTION

# What a row's last record is compared with, and the record of each row where the two differ.
_REBASELINE = f"""
    WITH last AS (
        SELECT DISTINCT ON (key) key, operation, fingerprint FROM core_rowrecord
        WHERE "table" = %s ORDER BY key, id DESC
    ), present AS (
        SELECT rows_now.{{key}}::text AS key, {FINGERPRINT.format(row="rows_now")} AS fingerprint
        FROM {{table}} AS rows_now
    ), recorded AS (
        INSERT INTO core_rowrecord ("table", key, operation, system, transaction, role, recorded_at, fingerprint)
        SELECT %s, key, 'baseline', {TRANSACTION}, session_user, clock_timestamp(), present.fingerprint
        FROM present LEFT JOIN last USING (key)
        WHERE last.fingerprint IS DISTINCT FROM present.fingerprint OR last.operation = 'delete'
        RETURNING id, recorded_at
    )
    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded
"""


class RoomMade(migrations.Migration):
    """The first migration of a room: all its tables at once, as they are when all its operations are done.

    Django draws its picture of the models anew after each operation, with all that points at them, which takes four
    fifths of the time of a first start. Here it is drawn once: each table is created with the fields, constraints and
    indexes that later operations of the same migration would add to it.
    """

    initial = True
    _PART_OF_ITS_TABLE = (migrations.AddField, migrations.AddConstraint, migrations.AddIndex)

    def apply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        vars(project_state).pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            if not isinstance(operation, self._PART_OF_ITS_TABLE):
                operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state


class RowsBrought(Operation):
    """A migration's statement that it put rows into a table: one event says how many there are.

    Rows without an event in their transaction were written past the platform. This operation stands in the migration
    that writes them.
    """

    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(SQL("SELECT count(*) FROM {}").format(Identifier(self.table)))
            rows = cursor.fetchone()[0]
        record(Verb.TABLE_FILLED, self.table, by=None, now=timezone.now(), table=self.table, rows=rows)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """What was told stays told."""

    def describe(self) -> str:
        return f"Tell of the rows of {self.table}"


class Rebaseline(Operation):
    """A migration's statement that it changes the rows of a table by changing the table.

    A column that is new and filled, renamed, retyped or dropped gives every row another fingerprint without a
    statement that a recorder could see. This operation, after the one that did it, records each such row as it is
    now, and one event that says how many and why; the check of the trail tells of both.
    """

    reversible = True
    verb = Verb.TABLE_REBASELINED

    def __init__(self, table: str, *, reason: str) -> None:
        self.table, self.reason = table, reason

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        rebaseline(schema_editor.connection, self.table, reason=self.reason)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        rebaseline(schema_editor.connection, self.table, reason=f"back: {self.reason}")

    def describe(self) -> str:
        return f"Take the rows of {self.table} as they are: {self.reason}"


def rebaseline(database: Any, table: str, *, reason: str) -> int:
    """Record every row of a table whose fingerprint is not that of its last record, and the event that says so.

    Returns how many rows there were. ``database`` is the connection of the table's owner.
    """
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'")
        cursor.execute("SET LOCAL bytea_output = 'hex'")
        key = database.introspection.get_primary_key_column(cursor, table)
        quoted = {"table": database.ops.quote_name(table), "key": database.ops.quote_name(key)}
        cursor.execute(_REBASELINE.format(**quoted), [table, table])
        rows = cursor.rowcount
        if rows:
            now = timezone.now()
            record(Verb.TABLE_REBASELINED, table, by=None, now=now, table=table, rows=rows, reason=reason)
    return rows
