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
            before = _all_rows()
            answer = make(world, *args, **kwargs)
            scenes[arguments] = Scene.of(world, answer, before)
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
    def of(cls, world: World, answer: Any, before: Rows) -> "Scene":
        after = {table: rows for table, rows in _all_rows().items() if rows != before[table]}
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


def _all_rows() -> Rows:
    rows = {}
    for table, is_parted in _tables().items():
        rows_of = SQL("(TABLE {})" if is_parted else "{}").format(Identifier(table))
        with _database().cursor().copy(SQL("COPY {} TO STDOUT").format(rows_of)) as copy:
            rows[table] = b"".join(bytes(part) for part in copy)
    return rows


@cache
def _tables() -> dict[str, bool]:
    """Every table, and whether it is parted: then its rows have to be asked for to be copied."""
    return dict(_database().execute(f"SELECT relname, relkind = 'p' FROM {flush.TABLES}"))


@cache
def _any_row_is_new() -> Composed:
    """The query for whether any table has a row that the migrations did not give it."""
    found = _database().execute("SELECT tablename FROM pg_tables WHERE schemaname = 'pristine'")
    filled = {name for (name,) in found}
    new = SQL("EXISTS (TABLE public.{0} EXCEPT TABLE pristine.{0})")
    some = SQL("EXISTS (TABLE public.{0})")
    return SQL("SELECT {}").format(
        SQL(" OR ").join((new if name in filled else some).format(Identifier(name)) for name in _tables())
    )


def _untouched() -> bool:
    """Whether the test, which acts as the database's owner, has written nothing yet."""
    if _database().execute("SELECT current_user").fetchone() != ("owner",):
        return False
    return _database().execute(_any_row_is_new()).fetchone() == (False,)


def _database() -> Any:
    """The connection below Django's, so that none of this counts as a test's query."""
    connection.ensure_connection()
    return connection.connection
