"""What every part of the check shares: a fault, and rows read a few thousand at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

AT_ONCE = 5000
MOST_FAULTS = 100_000  # of one kind, more than anybody reads

Counted = dict[str, int]


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written: where, and what is wrong with it."""

    table: str
    row: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.what}"


@contextmanager
def reading() -> Iterator[None]:
    """One snapshot of everything, read as ``core.triggers`` writes, by somebody from whom no row is kept."""
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL timezone = 'UTC'")
        cursor.execute("SET LOCAL bytea_output = 'hex'")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL search_path = public, pg_temp")
        # Rows kept from this role would be taken for missing: rather no answer than a wrong one.
        cursor.execute("SET LOCAL row_security = off")
        yield


def stream(statement: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a query from the server's side, so that memory does not grow with them."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values or None)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def few(statement: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that answers with faults only, no more than so many: planned for all cores, which a query
    whose rows are fetched one after the other is not."""
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT {MOST_FAULTS}", values or None)
        yield from cursor.fetchall()
