"""Stages that are slow to set are set once in a process; whoever asks again gets the same rows and objects back.

@kept
def published_tender(world: World, *, suppliers: int = 3) -> Stage: ...

The first call with some arguments does what the function says, through the real actions. What it left in the
database, in the world and in its answer is kept, and a later call with equal arguments copies that back. Only a call
that comes first in its test is either: where something was written already, the function does its work.
"""

import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, TypeVar

from django.db import connection, transaction
from psycopg.sql import SQL, Composed, Identifier

from tests.plugin import flush
from tests.world import World

Answer = TypeVar("Answer")
Rows = dict[str, bytes]


def kept(make: Callable[..., Answer]) -> Callable[..., Answer]:
    """Keep what a function that begins from an untouched world leaves behind."""
    scenes: dict[bytes, Scene] = {}

    @wraps(make)
    def made(world: World, *args: Any, **kwargs: Any) -> Answer:
        if vars(world) != vars(World()) or not _untouched():
            return make(world, *args, **kwargs)
        arguments = pickle.dumps((args, sorted(kwargs.items())))
        if arguments not in scenes:
            answer = make(world, *args, **kwargs)
            scenes[arguments] = Scene.of(world, answer)
            return answer
        return scenes[arguments].set_for(world)

    return made


@dataclass(frozen=True)
class Scene:
    """The rows that were added, and all rows of tables in which others changed, as COPY writes them; the world's
    attributes and the answer, pickled."""

    added: Rows
    changed: Rows
    objects: bytes

    @classmethod
    def of(cls, world: World, answer: Any) -> "Scene":
        """What differs from the untouched database, which has nothing but the rows of the migrations."""
        after = {table: _rows_of(table) for table in _touched()}
        before = {table: _pristine_rows().get(table, b"") for table in after}
        added = {table: rows[len(before[table]) :] for table, rows in after.items() if rows.startswith(before[table])}
        changed = {table: rows for table, rows in after.items() if table not in added}
        file = io.BytesIO()
        pickler = pickle.Pickler(file)
        pickler.persistent_id = lambda one: "world" if one is world else None
        pickler.dump((vars(world), answer))
        return cls(added, changed, file.getvalue())

    def set_for(self, world: World) -> Any:
        with transaction.atomic():
            database = _database()
            database.execute("SET LOCAL session_replication_role = replica")
            for table in self.changed:
                database.execute(SQL("DELETE FROM {}").format(Identifier(table)))
            for table, copied in (*self.added.items(), *self.changed.items()):
                with database.cursor().copy(SQL("COPY {} FROM STDIN").format(Identifier(table))) as copy:
                    copy.write(copied)
            database.execute("SET LOCAL session_replication_role = origin")
        unpickler = pickle.Unpickler(io.BytesIO(self.objects))
        unpickler.persistent_load = lambda _name: world
        attributes, answer = unpickler.load()
        vars(world).update(attributes)
        return answer


@cache
def _pristine_rows() -> Rows:
    """The rows of an untouched database, as COPY writes them."""
    return {table: _copied(Identifier("pristine", table)) for table in _filled()}


def _rows_of(table: str) -> bytes:
    name = Identifier("public", table)
    return _copied(SQL("(TABLE {})").format(name) if table in _parted() else name)


def _copied(source: Composed | Identifier) -> bytes:
    """What COPY writes of a table without its generated columns, or of a query."""
    with _database().cursor().copy(SQL("COPY {} TO STDOUT").format(source)) as copy:
        return b"".join(bytes(part) for part in copy)


@cache
def _parted() -> frozenset[str]:
    """The tables whose rows lie in partitions, and have to be asked for to be copied."""
    found = _database().execute(f"SELECT relname FROM {flush.TABLES} AND relkind = 'p'")
    return frozenset(name for (name,) in found)


@cache
def _filled() -> frozenset[str]:
    """The tables that have rows of the migrations."""
    found = _database().execute("SELECT tablename FROM pg_tables WHERE schemaname = 'pristine'")
    return frozenset(name for (name,) in found)


@cache
def _new_rows() -> dict[str, Composed]:
    """By table, the condition that it has a row which the migrations did not give it; the quickest to answer first."""
    found = _database().execute(f"SELECT relname FROM {flush.TABLES}")
    some, new = SQL("EXISTS (TABLE public.{0})"), SQL("EXISTS (TABLE public.{0} EXCEPT TABLE pristine.{0})")
    return {
        name: (new if name in _filled() else some).format(Identifier(name))
        for name in sorted((name for (name,) in found), key=lambda name: name in _filled())
    }


def _touched() -> list[str]:
    """The tables that have a new row, and those that have lost one."""
    lost = SQL("EXISTS (TABLE pristine.{0} EXCEPT TABLE public.{0})")
    differs = [
        SQL("({} OR {})").format(new, lost.format(Identifier(name))) if name in _filled() else new
        for name, new in _new_rows().items()
    ]
    answers = _database().execute(SQL("SELECT {}").format(SQL(", ").join(differs))).fetchone()
    return [name for name, touched in zip(_new_rows(), answers, strict=True) if touched]


def _untouched() -> bool:
    """Whether the test, which acts as the database's owner, has written nothing yet."""
    if _database().execute("SELECT current_user").fetchone() != ("owner",):
        return False
    return _database().execute(SQL("SELECT {}").format(SQL(" OR ").join(_new_rows().values()))).fetchone() == (False,)


def _database() -> Any:
    """The connection below Django's, so that none of this counts as a test's query."""
    connection.ensure_connection()
    return connection.connection
