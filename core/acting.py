"""For whom the session of the database acts: what the policies on its rows go by.

A request acts from its seat until its answer has gone out (``accounts.access``). Everything else acts for nobody,
and is shown what nobody in particular may see. A task that has to look at the rows of organisations takes them in
turn, each in a block of ``acting_for``.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import DatabaseError, connection

# In SQL, what stands in the settings of the session: primary keys, or NULL.
ORGANISATION = "nullif(current_setting('procurement.organisation', true), '')::bigint"
SEAT = "nullif(current_setting('procurement.seat', true), '')::bigint"
_SAY = """
    SELECT set_config('procurement.organisation', %s, false), set_config('procurement.seat', %s, false),
        set_config('procurement.reads', %s, false), set_config('procurement.predecessors', %s, false)
"""


class Reads(StrEnum):
    """What a session is shown besides what names its organisation."""

    PUBLIC = ""
    AGENCY = "agency"
    ALL = "all"


@dataclass(frozen=True)
class Acting:
    """Who acts, by primary keys: an organisation, and one of its seats where it is a person or a program.

    What its ``predecessors`` were told it is told too; what is sealed stays theirs alone.
    """

    organisation: int
    seat: int | None = None
    reads: Reads = Reads.PUBLIC
    predecessors: tuple[int, ...] = ()


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


def act_for(acting: Acting) -> None:
    """From now on this session acts for somebody."""
    _acting.set(acting)
    _say(acting)


def say_again(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Let a session that takes the place of a broken one, in the middle of a request, act for the same."""
    if acting := _acting.get():
        _say(acting)


def act_for_nobody() -> None:
    """What a session begins with. Where it cannot be said the session is ended: the next request may get it."""
    _acting.set(None)
    try:
        _say(None)
    except DatabaseError:
        connection.close()


@contextmanager
def acting_for(acting: Acting) -> Iterator[None]:
    """Act for somebody within a block, and for nobody after it."""
    act_for(acting)
    try:
        yield
    finally:
        act_for_nobody()


def streamed_for(acting: Acting, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts of an answer that are made while it goes out, made for somebody."""
    with acting_for(acting):
        yield from parts


def _say(acting: Acting | None) -> None:
    said = ["", "", "", ""]
    if acting:
        before = f"{{{','.join(map(str, acting.predecessors))}}}" if acting.predecessors else ""
        said = [str(acting.organisation), str(acting.seat or ""), acting.reads.value, before]
    with connection.cursor() as cursor:
        cursor.execute(_SAY, said)
