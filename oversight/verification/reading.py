"""What every part of the check shares: a fault, and rows read a few thousand at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

AT_ONCE = 5000

Counted = dict[str, int]


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written: where, and what is wrong with it."""

    table: str
    row: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.what}"


def stream(statement: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a query from the server's side, so that memory does not grow with them."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values or None)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
