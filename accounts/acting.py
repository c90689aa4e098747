"""For which organisation the session of the database acts: what the policies on its rows go by.

A request acts for the organisation of its seat until its answer has gone out (``accounts.access``). Everything else
acts for nobody, and is shown what nobody in particular may see. A task that has to look at the rows of organisations
takes them in turn, each in a block of ``acting_for``.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, connection

# In SQL, what stands in it: the organisation's primary key, or NULL.
ORGANISATION = "nullif(current_setting('procurement.organisation', true), '')::bigint"
_SAY = "SELECT set_config('procurement.organisation', %s, false)"


_acting: ContextVar[int | None] = ContextVar("acting", default=None)


def act_for(organisation: int) -> None:
    """From now on this session acts for an organisation, given by its primary key."""
    _acting.set(organisation)
    with connection.cursor() as cursor:
        cursor.execute(_SAY, [str(organisation)])


def say_again(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Let a session that takes the place of a broken one, in the middle of a request, act for the same organisation."""
    if (organisation := _acting.get()) is not None:
        with connection.cursor() as cursor:
            cursor.execute(_SAY, [str(organisation)])


def act_for_nobody() -> None:
    """What a session begins with. Where it cannot be said the session is ended: the next request may get it."""
    _acting.set(None)
    try:
        with connection.cursor() as cursor:
            cursor.execute(_SAY, [""])
    except DatabaseError:
        connection.close()


@contextmanager
def acting_for(organisation: int) -> Iterator[None]:
    """Act for an organisation within a block, and for nobody after it."""
    act_for(organisation)
    try:
        yield
    finally:
        act_for_nobody()


def streamed_for(organisation: int, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts of an answer that are made while it goes out, made for an organisation."""
    with acting_for(organisation):
        yield from parts
