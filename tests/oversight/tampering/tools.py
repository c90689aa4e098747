"""What whoever tampers has at hand: the database below Django, its roles, and the trail's own ways of writing."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier

from core.trail import BY_HAND, recorded_models
from core.triggers import FINGERPRINT, TRANSACTION
from oversight.verification import Fault


class NotPossible(Exception):
    """This draw changes nothing: another one is made."""


@dataclass
class Tampering:
    """What was done, in words, and where the check has to find a fault: a table and a row, or any row ("")."""

    told: str
    marks: set[tuple[str, str]] = field(default_factory=set)

    def is_among(self, faults: list[Fault]) -> bool:
        found = {(fault.table, fault.row) for fault in faults} | {(fault.table, "") for fault in faults}
        return bool(self.marks & found)


def execute(statement: Any, *values: Any) -> Any:
    """Straight to the database, past everything that Django and the tests put in between."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def changed(statement: Any, *values: Any) -> None:
    """A statement that has to change a row."""
    if execute(statement, *values) in (0, []):
        raise NotPossible


@contextmanager
def acting_as(who: str) -> Iterator[None]:
    """Of the superuser's rights, or of somebody who signed in as another role; ``replica`` is past every trigger."""
    if who == "replica":
        execute("SET LOCAL session_replication_role = replica")
    elif who != "superuser":
        execute(SQL("SET LOCAL SESSION AUTHORIZATION {}").format(Identifier(who)))
    try:
        yield
    finally:
        # After an error the savepoint, when it is left, sets back both.
        if connection.connection.info.transaction_status != psycopg.pq.TransactionStatus.INERROR:
            execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
            execute("SET LOCAL session_replication_role = origin")


def recorded_tables() -> dict[str, str]:
    """The tables whose rows leave records, with their keys."""
    return {model._meta.db_table: model._meta.pk.column for model in recorded_models()} | BY_HAND


def filled_tables() -> list[str]:
    """Those with rows from before; the clock and the mark of an installation have none, unless another door made it."""
    tables = sorted(recorded_tables().keys() - BY_HAND.keys())
    return [table for table in tables if execute(SQL("SELECT FROM {} LIMIT 1").format(name(table)))]


def every_table() -> list[str]:
    """All tables of the database, but for those that lie in another, and what the tests keep for themselves."""
    return [
        table
        for (table,) in execute(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND NOT relispartition ORDER BY 1"
        )
    ]


def name(*parts: str) -> Identifier:
    return Identifier(*parts)


def a_row(rng: random.Random, table: str) -> str:
    key = recorded_tables().get(table, "id")
    rows = execute(SQL("SELECT {}::text FROM {} ORDER BY 1").format(name(key), name(table)))
    if not rows:
        raise NotPossible
    return rng.choice(rows)[0]


_OTHER = {
    "bool": "NOT coalesce({0}, false)", "timestamptz": "coalesce({0}, now()) - interval '1 day'",
    "date": "coalesce({0}, '2026-01-01') - 1", "text": "coalesce({0}, '') || 'x'", "bytea": "{0} || '\\x00'",
    "varchar": "reverse(left(coalesce({0}, ''), -1)) || '~'", "jsonb": "jsonb_build_array({0})",
}  # fmt: skip
_KINDS = ("int2", "int4", "int8", "numeric", *_OTHER)


def a_change(rng: random.Random, table: str) -> Any:
    """``column = another value`` for one column that is no key."""
    columns = execute(
        "SELECT column_name::text, udt_name::text FROM information_schema.columns WHERE table_schema = 'public'"
        " AND table_name = %s AND column_name <> %s AND udt_name = ANY(%s) AND is_generated = 'NEVER' ORDER BY 1",
        table, recorded_tables().get(table, "id"), list(_KINDS),
    )  # fmt: skip
    if not columns:
        raise NotPossible
    column, kind = rng.choice(columns)
    other = SQL(_OTHER.get(kind, "coalesce({0}, 0) + 1")).format(name(column))
    return SQL("{} = {}").format(name(column), other)


def update(table: str, row: str, change: Any) -> None:
    key = recorded_tables().get(table, "id")
    changed(SQL("UPDATE {} SET {} WHERE {}::text = %s").format(name(table), change, name(key)), row)


def delete(table: str, row: str) -> None:
    key = recorded_tables().get(table, "id")
    changed(SQL("DELETE FROM {} WHERE {}::text = %s").format(name(table), name(key)), row)


def copied(rng: random.Random, table: str) -> str:
    """A row like another one, under a number of its own; returns its key."""
    key = recorded_tables().get(table, "id")
    columns = [
        column
        for (column,) in execute(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attname <> %s AND attgenerated = '' ORDER BY 1",
            table,
            key,
        )
    ]
    if execute(SQL("SELECT pg_typeof({})::text FROM {} LIMIT 1").format(name(key), name(table)))[0][0] != "bigint":
        raise NotPossible
    listed = SQL(", ").join(map(name, columns))
    found = execute(
        SQL(
            "INSERT INTO {table} ({key}, {columns}) OVERRIDING SYSTEM VALUE"
            " SELECT (SELECT max({key}) + 1 FROM {table}), {columns} FROM {table} WHERE {key}::text = %s"
            " RETURNING {key}::text"
        ).format(table=name(table), key=name(key), columns=listed),
        a_row(rng, table),
    )
    return found[0][0]


def fingerprint(table: str, row: str) -> bytes | None:
    key = recorded_tables()[table]
    execute("SET LOCAL timezone = 'UTC'")
    execute("SET LOCAL bytea_output = 'hex'")
    found = execute(
        SQL("SELECT " + FINGERPRINT.format(row="this") + " FROM {} AS this WHERE {}::text = %s").format(
            name(table), name(key)
        ),
        row,
    )
    return found[0][0] if found else None


def record(table: str, row: str, operation: str, *, role: str, act: tuple[int, int] | None, before: Any = None) -> int:
    """A record as the recorder would have written it, of this act or of another one, waiting for its link."""
    said = fingerprint(table, row) or before or b"\0" * 32
    system = SQL(TRANSACTION) if act is None else SQL("{}, {}").format(*act)
    [(id_, at)] = execute(
        SQL(
            'INSERT INTO core_rowrecord ("table", key, operation, system, transaction, role, recorded_at, fingerprint,'
            " before) SELECT %s, %s, %s, {}, %s, clock_timestamp(), %s, %s RETURNING id, recorded_at"
        ).format(system),
        table, row, operation, role, said, before if operation == "update" else None,
    )  # fmt: skip
    execute("INSERT INTO core_unlinked VALUES (%s, %s)", id_, at)
    return id_


def an_act(rng: random.Random) -> tuple[int, int]:
    """The number of an act that an event tells of, from before the last head."""
    return rng.choice(
        execute(
            "SELECT DISTINCT system, transaction FROM core_rowrecord JOIN core_link ON record_id = core_rowrecord.id"
            " WHERE \"table\" = 'core_event' AND number <= (SELECT max(number) FROM oversight_trailhead) ORDER BY 1, 2"
        )
    )


def last_record(table: str, row: str) -> tuple[str, bytes]:
    """Operation and fingerprint of a row's last record."""
    found = execute(
        'SELECT operation, fingerprint FROM core_rowrecord WHERE "table" = %s AND key = %s ORDER BY id DESC LIMIT 1',
        table,
        row,
    )
    if not found:
        raise NotPossible
    return found[0]


def relink() -> None:
    """The whole chain, written anew from the records."""
    with acting_as("replica"):
        execute("DELETE FROM core_link")
        execute("DELETE FROM core_unlinked")
        execute("INSERT INTO core_unlinked SELECT id, recorded_at FROM core_rowrecord")
    execute("SELECT link_trail(1000000)")
