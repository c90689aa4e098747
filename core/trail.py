"""The trail: every change of a recorded row leaves a record, and the records form one chain without a gap.

Who wrote a record, in the transaction of the change, is ``core.triggers.Recorder``. The sequencer here gives each
record that has committed its number and its hash, so that nothing in the past can be changed, left out or put in
without changing the hash of everything after it. Signed heads outside this database (``oversight``) hold the chain
to what it was.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.migrations.operations.base import Operation

from core.models import Link, Verb
from core.triggers import FINGERPRINT, is_recorded

AT_ONCE = 100_000  # records linked in one transaction


# What a row's last record is compared with, and the record of each row where the two differ.
_REBASELINE = f"""
    WITH last AS (
        SELECT DISTINCT ON (key) key, operation, fingerprint FROM core_rowrecord
        WHERE "table" = %s ORDER BY key, id DESC
    ), present AS (
        SELECT rows_now.{{key}}::text AS key, {FINGERPRINT.format(row="rows_now")} AS fingerprint
        FROM {{table}} AS rows_now
    ), recorded AS (
        INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)
        SELECT %s, key, 'baseline', pg_current_xact_id()::text::bigint, session_user, clock_timestamp(),
            present.fingerprint
        FROM present LEFT JOIN last USING (key)
        WHERE last.fingerprint IS DISTINCT FROM present.fingerprint OR last.operation = 'delete'
        RETURNING id, recorded_at
    )
    INSERT INTO core_unlinked (record_id, recorded_at) SELECT id, recorded_at FROM recorded
"""
_EVENT = """
    INSERT INTO core_event (verb, subject, at, actor, data, audience, organisations, origin, address)
    VALUES (%s, %s, clock_timestamp(), '',
        jsonb_build_object('table', %s::text, 'rows', %s::bigint, 'reason', %s::text), 'agency',
        '{}', 'command', '')
"""


@dataclass(frozen=True)
class Tip:
    """The end of the chain: how many links there are, and the hash of the last ("" where there is none)."""

    number: int
    hash: str


def link_waiting() -> int:
    """Append every committed record that is not linked yet; returns how many.

    Whoever calls at the same moment waits for the other. What commits meanwhile waits for the next call.
    """
    linked = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT link_trail(%s)", [AT_ONCE])
            made = cursor.fetchone()[0]
        linked += made
        if made < AT_ONCE:
            return linked


def tip() -> Tip:
    """The end of the chain as it is now."""
    last = Link.objects.order_by("-number").first()
    return Tip(last.number, bytes(last.hash).hex()) if last else Tip(0, "")


def waiting_since() -> datetime | None:
    """When the oldest record was written that has no link yet; None where all are linked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(recorded_at) FROM core_unlinked")
        return cursor.fetchone()[0]


def recorded_models() -> list[type[models.Model]]:
    """The models each of whose rows has its last state in the trail."""
    return [model for model in apps.get_models() if is_recorded(model)]


class Rebaseline(Operation):
    """A migration's statement that it changes the rows of a table by changing the table.

    A column that is new and filled, renamed, retyped or dropped gives every row another fingerprint without a
    statement that a recorder could see. This operation, after the one that did it, records each such row as it is
    now, and one event that says how many and why; the check of the trail tells of both.
    """

    reversible = True

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
            cursor.execute(_EVENT, [Verb.TABLE_REBASELINED, table, table, rows, reason])
    return rows
