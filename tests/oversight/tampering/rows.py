"""Doors to rows: changed, removed, put in, emptied, put back, by whoever can; and what hides it."""

import random
from collections.abc import Callable

from psycopg.sql import SQL

from tests.oversight.tampering.tools import (
    NotPossible,
    Tampering,
    a_change,
    a_row,
    acting_as,
    an_act,
    changed,
    copied,
    delete,
    execute,
    filled_tables,
    fingerprint,
    last_record,
    name,
    record,
    relink,
    update,
)

# With triggers at work (a record is left, or the statement refused), or past them.
WHO = ("replica", "owner with triggers off", "superuser", "owner", "web")
COVERS = ("none", "none", "record of this act", "record of another act", "record and event", "record and chain")


def _at(who: str, table: str, act: Callable[[], None]) -> None:
    if who != "owner with triggers off":
        with acting_as(who):
            act()
        return
    with acting_as("owner"):
        execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name(table)))
        act()
        execute(SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name(table)))


def _covered(rng: random.Random, table: str, row: str, operation: str, cover: str, marks: set) -> None:
    """Hide what was done past the recorders."""
    if cover == "none":
        return
    was = last_record(table, row)[1] if operation != "insert" else None
    act = an_act(rng) if cover == "record of another act" else None
    with acting_as("replica"):
        id_ = record(table, row, operation, role=rng.choice(("owner", "web")), act=act, before=was)
    marks.add(("core_rowrecord", str(id_)))
    if cover == "record and event":
        forged = _forged_event(rng)
        marks |= {("core_event", forged)}
    elif cover == "record and chain":
        relink()
        marks |= {("head", "")}
    elif rng.random() < 0.5:
        execute("SELECT link_trail(1000000)")


def _forged_event(rng: random.Random) -> str:
    """An event in the transaction of the tampering, with the keyed hash of another one."""
    with acting_as("owner"):
        return execute(
            "INSERT INTO core_event (verb, subject, at, seat_number, actor, data, audience, organisations, origin,"
            " address, mac) SELECT verb, subject, CASE WHEN %s THEN now() ELSE at END, seat_number, actor, data,"
            " audience, organisations, origin, address, mac FROM core_event WHERE id::text = %s RETURNING id::text",
            rng.random() < 0.5,
            a_row(rng, "core_event"),
        )[0][0]


def changed_row(rng: random.Random) -> Tampering:
    """One value of one row; sometimes the platform changes the same row afterwards."""
    who, table, cover = rng.choice(WHO), rng.choice(filled_tables()), rng.choice(COVERS)
    row = a_row(rng, table)
    marks = {(table, row)}
    _at(who, table, lambda: update(table, row, a_change(rng, table)))
    if who in ("replica", "owner with triggers off"):
        _covered(rng, table, row, "update", cover, marks)
    return Tampering(f"{who} changes {table} {row}, {cover}", marks)


def removed_row(rng: random.Random) -> Tampering:
    who, table, cover = rng.choice(WHO), rng.choice(filled_tables()), rng.choice(COVERS)
    row = a_row(rng, table)
    marks = {(table, row)}
    depth = rng.randrange(3)
    _at(who, table, lambda: delete(table, row))
    if who in ("replica", "owner with triggers off"):
        if depth == 0:
            _covered(rng, table, row, "delete", cover, marks)
        else:
            marks |= _records_gone(table, row, links=depth == 2)
    return Tampering(f"{who} removes {table} {row}, {cover if depth == 0 else 'records too'}", marks)


def _records_gone(table: str, row: str, *, links: bool) -> set[tuple[str, str]]:
    """A row's records, and their links, are taken away with it."""
    with acting_as("replica"):
        records = execute('SELECT id FROM core_rowrecord WHERE "table" = %s AND key = %s', table, row)
        numbers = execute("SELECT number FROM core_link WHERE record_id = ANY(%s)", [one for (one,) in records])
        execute("DELETE FROM core_rowrecord WHERE id = ANY(%s)", [one for (one,) in records])
        if links:
            execute("DELETE FROM core_link WHERE number = ANY(%s)", [one for (one,) in numbers])
            return {("core_link", "")}
    return {("core_rowrecord", str(one)) for (one,) in records}


def added_row(rng: random.Random) -> Tampering:
    who, table, cover = rng.choice(WHO), rng.choice(filled_tables()), rng.choice(COVERS)
    put: list[str] = []
    _at(who, table, lambda: put.append(copied(rng, table)))
    marks = {(table, put[0])}
    if who in ("replica", "owner with triggers off"):
        _covered(rng, table, put[0], "insert", cover, marks)
    return Tampering(f"{who} adds {table} {put[0]}, {cover}", marks)


def emptied_table(rng: random.Random) -> Tampering:
    """A whole table, or the trail itself."""
    table = rng.choice([*filled_tables(), "core_link", "core_rowrecord"])
    with acting_as("replica"):
        execute(SQL("TRUNCATE {} CASCADE" if rng.random() < 0.5 else "DELETE FROM {}").format(name(table)))
        if cover := rng.random() < 0.5:
            execute('DELETE FROM core_rowrecord WHERE "table" = %s', table)
    return Tampering(f"{table} is emptied, {'records too' if cover else 'records stay'}",
                     {(table, ""), ("core_rowrecord", ""), ("core_link", "")})  # fmt: skip


def restored_row(rng: random.Random) -> Tampering:
    """A row as it was before: changed past the recorders, and back, or an earlier state put in the place of a later."""
    table = rng.choice(filled_tables())
    row = a_row(rng, table)
    key_of = {"core_clock": "one", "core_installation": "one"}.get(table)
    if key_of:
        raise NotPossible
    marks = {(table, row)}
    with acting_as("replica"):
        kept = fingerprint(table, row)
        update(table, row, a_change(rng, table))
        if fingerprint(table, row) == kept:
            raise NotPossible
    if rng.random() < 0.5:
        # Then the platform itself works on: its own record would say what is there now, as if nothing had been.
        with acting_as("owner"):
            update(table, row, a_change(rng, table))
        return Tampering(f"{table} {row} is changed unseen before it is changed again", marks)
    was = last_record(table, row)[1]
    with acting_as("replica"):
        record(table, row, "baseline", role="owner", act=an_act(rng), before=was)
    return Tampering(f"{table} {row} is changed and taken as it is", marks)


def impossible_record(rng: random.Random) -> Tampering:
    """A record that nothing could have left: of an operation, a role, a row or a table that there is not."""
    table = rng.choice(filled_tables())
    row = a_row(rng, table)
    operation, was = last_record(table, row)
    kind = rng.choice(("twice", "role", "table", "row", "before"))
    with acting_as("replica"):
        if kind == "twice":
            record(table, row, "insert", role="web", act=an_act(rng))
        elif kind == "role":
            record(table, row, "update", role="postgres", act=an_act(rng), before=was)
        elif kind == "table":
            table = "django_session"
            execute(
                'INSERT INTO core_rowrecord ("table", key, operation, system, transaction, role, recorded_at,'
                " fingerprint) SELECT %s, %s, 'insert', system, transaction, role, recorded_at, fingerprint"
                " FROM core_rowrecord ORDER BY id LIMIT 1", table, row,
            )  # fmt: skip
        elif kind == "row":
            row = "999999999"
            execute(
                'INSERT INTO core_rowrecord ("table", key, operation, system, transaction, role, recorded_at,'
                " fingerprint) SELECT %s, %s, 'delete', system, transaction, role, recorded_at, fingerprint"
                " FROM core_rowrecord ORDER BY id LIMIT 1", table, row,
            )  # fmt: skip
        else:
            record(table, row, "update", role="web", act=an_act(rng), before=b"\1" * 32)
    return Tampering(f"a record of {table} {row}: {kind} ({operation})", {(table, row)})


def forged_event(rng: random.Random) -> Tampering:
    """An act that never was, or an act told otherwise."""
    forged = _forged_event(rng)
    return Tampering(f"the event {forged} is a copy", {("core_event", forged)})


def forged_chain(rng: random.Random) -> Tampering:
    """Links exchanged, cut off, or written anew; a record dated back; a head taken away."""
    kind = rng.choice(("swap", "cut", "rewrite", "date", "head", "waiting", "renumber"))
    marks = {("core_link", ""), ("head", ""), ("core_rowrecord", ""), ("oversight_trailhead", "")}
    with acting_as("replica"):
        if kind == "swap":
            [(count,)] = execute("SELECT count(*) FROM core_link")
            first = rng.randrange(1, count)
            pair = execute("SELECT record_id, recorded_at, hash FROM core_link WHERE number IN (%s, %s)"
                           " ORDER BY number", first, first + 1)  # fmt: skip
            execute("DELETE FROM core_link WHERE number IN (%s, %s)", first, first + 1)
            for number, link in zip((first + 1, first), pair, strict=True):
                execute("INSERT INTO core_link (number, record_id, recorded_at, hash) VALUES (%s, %s, %s, %s)",
                        number, *link)  # fmt: skip
        elif kind == "cut":
            [(last,)] = execute("SELECT max(number) FROM oversight_trailhead")
            first = last - rng.randrange(1, 40)
            execute("DELETE FROM core_rowrecord WHERE id IN (SELECT record_id FROM core_link WHERE number > %s)", first)
            execute("DELETE FROM core_link WHERE number > %s", first)
            execute("DELETE FROM oversight_trailhead WHERE number > %s", first)
        elif kind == "date":
            changed("UPDATE core_rowrecord SET recorded_at = recorded_at - interval '1 hour' WHERE id = %s",
                    int(a_row(rng, "core_rowrecord")))  # fmt: skip
        elif kind == "head":
            delete("oversight_trailhead", a_row(rng, "oversight_trailhead"))
        elif kind == "waiting":
            id_ = record("core_event", a_row(rng, "core_event"), "insert", role="web", act=an_act(rng))
            execute("DELETE FROM core_unlinked WHERE record_id = %s", id_)
        elif kind == "renumber":
            changed("UPDATE core_link SET number = number + 1000000 WHERE number > (SELECT max(number) - %s"
                    " FROM oversight_trailhead)", rng.randrange(1, 30))  # fmt: skip
        else:
            row = a_row(rng, "core_event")
            update("core_event", row, SQL("actor = actor || ' and another'"))
            execute('UPDATE core_rowrecord SET fingerprint = %s WHERE "table" = %s AND key = %s',
                    fingerprint("core_event", row), "core_event", row)  # fmt: skip
    if kind == "rewrite" or (kind == "date" and rng.random() < 0.5):
        relink()
    return Tampering(f"the chain: {kind}", marks)


DOORS = (
    changed_row,
    removed_row,
    added_row,
    emptied_table,
    restored_row,
    impossible_record,
    forged_event,
    forged_chain,
)
