"""Whoever owns the database can change anything in it; with one head from outside, the check finds all of it."""

import random
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, transaction

from core.models import Link, RowRecord
from core.trail import link_waiting, recorded_models
from oversight.actions import sign_head
from oversight.models import TrailHead
from oversight.verification import Report, verify
from tests.oversight.province import busy_province
from tests.world import NOW

pytestmark = pytest.mark.django_db
TAMPERINGS = 200


def execute(statement, *values):
    """Straight to the database, past everything that Django and the tests put in between."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def outside():
    """The heads as somebody else keeps them."""
    return [bytes(document) for document in TrailHead.objects.order_by("pk").values_list("document", flat=True)]


def faults(kept=()):
    return [str(fault) for fault in verify(kept)]


@pytest.fixture
def kept(world):
    """The heads kept outside, of a province in which all has happened."""
    busy_province(world)
    sign_head(now=NOW)
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    return outside()


@contextmanager
def as_superuser():
    """Past every guard, as `session_replication_role` lets a superuser; undone at the end."""
    with transaction.atomic():
        execute("SET LOCAL session_replication_role = replica")
        yield
        transaction.set_rollback(True)


# --- Nothing wrong ------------------------------------------------------------------------------------------
def test_what_was_done_through_the_platform_has_no_fault(kept):
    report = Report()
    assert [str(fault) for fault in verify(kept, report)] == []
    assert report.looked_at["links"] == Link.objects.count() == RowRecord.objects.count() - 1 > 300
    assert report.looked_at["documents"] >= 10
    assert report.looked_at["heads from outside"] == 1
    assert report.looked_at["tables"] > 35


def test_what_waits_for_its_link_is_no_fault(kept, world):
    world.seat(world.agency, "officer")
    assert faults(kept) == []


# --- Two hundred tamperings -----------------------------------------------------------------------------------
def filled_tables(least=1):
    tables = [model for model in recorded_models() if model.objects.count() >= least]
    assert len(tables) > 15
    return [(model._meta.db_table, model._meta.pk.column) for model in tables]


def a_row(rng, table, key):
    return rng.choice(execute(f'SELECT "{key}" FROM {table} ORDER BY 1'))[0]


def change(rng):
    """One value of one row."""
    table, key = rng.choice(filled_tables())
    columns = execute(
        "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s AND column_name <> %s"
        " AND udt_name IN ('text', 'varchar', 'int2', 'int4', 'int8', 'numeric', 'timestamptz', 'date', 'bool')"
        " ORDER BY 1",
        table,
        key,
    )
    column, kind = rng.choice(columns)
    other = {
        "bool": f'NOT coalesce("{column}", false)', "timestamptz": f"coalesce(\"{column}\", now()) - interval '1 day'",
        "date": f"coalesce(\"{column}\", '2026-01-01') - 1", "text": f"coalesce(\"{column}\", '') || 'x'",
        "varchar": f"reverse(left(coalesce(\"{column}\", ''), -1)) || '~'",
    }.get(kind, f'coalesce("{column}", 0) + 1')  # fmt: skip
    execute(f'UPDATE {table} SET "{column}" = {other} WHERE "{key}" = %s', a_row(rng, table, key))


def delete(rng):
    """One row, and its record, or its link too."""
    table, key = rng.choice(filled_tables())
    row = a_row(rng, table, key)
    execute(f'DELETE FROM {table} WHERE "{key}" = %s', row)
    depth = rng.randrange(3)
    if depth > 0:
        records = execute('SELECT id FROM core_rowrecord WHERE "table" = %s AND key = %s', table, str(row))
        execute("DELETE FROM core_rowrecord WHERE id = ANY(%s)", [pk for (pk,) in records])
        if depth > 1:
            execute("DELETE FROM core_link WHERE record_id = ANY(%s)", [pk for (pk,) in records])


def insert(rng):
    """An act that never was: a copy of an event under another number, with or without a record."""
    [(pk,)] = execute(
        "INSERT INTO core_event (verb, subject, at, seat_number, actor, data, audience, organisations, origin, address)"
        " SELECT verb, subject, at, seat_number, actor, data, audience, organisations, origin, address"
        " FROM core_event WHERE id = %s RETURNING id",
        a_row(rng, "core_event", "id"),
    )
    if rng.random() < 0.5:
        execute(
            'INSERT INTO core_rowrecord ("table", key, operation, transaction, role, recorded_at, fingerprint)'
            " SELECT 'core_event', %s, 'insert', transaction, role, recorded_at, (SELECT sha256(convert_to("
            "jsonb_strip_nulls(to_jsonb(e))::text, 'UTF8')) FROM core_event e WHERE id = %s)"
            " FROM core_rowrecord WHERE id = %s",
            str(pk),
            pk,
            a_row(rng, "core_rowrecord", "id"),
        )


def swap(rng):
    """Two neighbours of the chain, or two rows' contents, change places."""
    if rng.random() < 0.5:
        first = rng.randrange(1, Link.objects.count())
        pair = execute(
            "SELECT record_id, recorded_at, hash FROM core_link WHERE number IN (%s, %s) ORDER BY number",
            first,
            first + 1,
        )
        execute("DELETE FROM core_link WHERE number IN (%s, %s)", first, first + 1)
        for number, link in zip((first + 1, first), pair, strict=True):
            execute(
                "INSERT INTO core_link (number, record_id, recorded_at, hash) VALUES (%s, %s, %s, %s)", number, *link
            )
    else:
        one, other = rng.sample([pk for (pk,) in execute("SELECT id FROM core_event")], 2)
        execute(
            "UPDATE core_event e SET verb = o.verb, subject = o.subject, data = o.data || '{\"n\": 1}'"
            " FROM core_event o WHERE (e.id, o.id) IN ((%s, %s), (%s, %s))", one, other, other, one,
        )  # fmt: skip


def cut(rng):
    """The end of the chain, with its records and rows, as if the last acts had not been."""
    last = Link.objects.count()
    first = last - rng.randrange(1, 40)
    execute("CREATE TEMPORARY TABLE gone ON COMMIT DROP AS SELECT r.* FROM core_rowrecord r"
            " JOIN core_link l ON l.record_id = r.id WHERE l.number > %s", first)  # fmt: skip
    if rng.random() < 0.5:
        for (table,) in execute('SELECT DISTINCT "table" FROM gone'):
            key = next(key for name, key in filled_tables(0) if name == table)
            execute(f'DELETE FROM {table} WHERE "{key}"::text IN (SELECT key FROM gone WHERE "table" = %s)', table)
    execute("DELETE FROM core_rowrecord WHERE id IN (SELECT id FROM gone)")
    execute("DELETE FROM core_link WHERE number > %s", first)
    execute("DELETE FROM oversight_trailhead WHERE number > %s", first)
    execute("DROP TABLE gone")


def rewrite(rng):
    """The perfect crime: a row, its record, and every hash after it, made as if it had always been so."""
    table, key = "core_event", a_row(rng, "core_event", "id")
    execute("UPDATE core_event SET actor = actor || ' and another' WHERE id = %s", key)
    execute(
        "UPDATE core_rowrecord SET fingerprint = (SELECT sha256(convert_to(jsonb_strip_nulls(to_jsonb(e))::text,"
        " 'UTF8')) FROM core_event e WHERE id = %s) WHERE \"table\" = %s AND key = %s",
        key, table, str(key),
    )  # fmt: skip
    _write_the_chain_anew()
    if rng.random() < 0.5:
        _forget_the_heads()


def back_date(rng):
    """An act or its record gets an earlier time; sometimes with all hashes made to fit."""
    if rng.random() < 0.5:
        execute("UPDATE core_event SET at = at - interval '1 hour' WHERE id = %s", a_row(rng, "core_event", "id"))
    else:
        record = a_row(rng, "core_rowrecord", "id")
        execute("UPDATE core_rowrecord SET recorded_at = recorded_at - interval '1 hour' WHERE id = %s", record)
        if rng.random() < 0.5:
            _write_the_chain_anew()


def switch_off(rng):
    """A guard or a recorder is switched off, dropped or hollowed out; sometimes a change follows unseen."""
    table, key = rng.choice(filled_tables())
    triggers = execute(
        "SELECT tgname, p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY 1",
        table,
    )
    name, function = rng.choice(triggers)
    execute(rng.choice([
        f"ALTER TABLE {table} DISABLE TRIGGER {name}",
        f"ALTER TABLE {table} DISABLE TRIGGER USER",
        f"DROP TRIGGER {name} ON {table}",
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    ]))  # fmt: skip
    if rng.random() < 0.5:
        execute(f'DELETE FROM {table} WHERE "{key}" = %s', a_row(rng, table, key))


def unhinge(rng):
    """A month is taken away, opened to others, or stripped of its guards."""
    partitions = execute("SELECT inhparent::regclass::text, inhrelid::regclass::text FROM pg_inherits"
                         " JOIN pg_class ON oid = inhrelid WHERE relkind = 'r' ORDER BY 2")  # fmt: skip
    table, partition = rng.choice([pair for pair in partitions if execute(f"SELECT FROM {pair[1]} LIMIT 1")])
    execute(rng.choice([
        f"ALTER TABLE {table} DETACH PARTITION {partition}",
        f"GRANT SELECT ON {partition} TO PUBLIC",
        f"ALTER TABLE {partition} DISABLE TRIGGER USER",
    ]))  # fmt: skip


def empty(rng):
    """A whole table, with or without its records; or the trail itself."""
    table, _key = rng.choice([*filled_tables(), ("core_link", ""), ("core_rowrecord", ""), ("oversight_trailhead", "")])
    execute(f"DELETE FROM {table}" if rng.random() < 0.5 else f"TRUNCATE {table} CASCADE")
    if rng.random() < 0.5:
        execute('DELETE FROM core_rowrecord WHERE "table" = %s', table)


def _write_the_chain_anew():
    execute("DELETE FROM core_link")
    execute("DELETE FROM core_unlinked")
    execute("INSERT INTO core_unlinked SELECT id, recorded_at FROM core_rowrecord")
    link_waiting()


def _forget_the_heads():
    execute("DELETE FROM oversight_trailhead")
    execute("DELETE FROM core_rowrecord WHERE \"table\" = 'oversight_trailhead'")
    _write_the_chain_anew()


def tamper(way, rng):
    """Once, so that it succeeds: what a constraint refuses even a superuser is tried in another place."""
    for _try in range(50):
        try:
            with transaction.atomic():
                return way(rng)
        except (psycopg.errors.IntegrityError, psycopg.errors.DataError):
            continue
    raise AssertionError(f"{way.__name__} never succeeded")


WAYS = (change, delete, insert, swap, cut, rewrite, back_date, switch_off, unhinge, empty)


def test_two_hundred_tamperings_are_found_with_a_head_from_outside(kept):
    missed = []
    for number in range(TAMPERINGS):
        way = WAYS[number % len(WAYS)]
        with as_superuser():
            tamper(way, random.Random(number))
            if not next(iter(verify(kept)), None):
                missed.append(f"{number}: {way.__name__}")
    assert missed == []
    assert faults(kept) == []


def test_without_a_head_from_outside_a_chain_written_anew_is_not_found(kept):
    """Why heads go elsewhere: the control."""
    with as_superuser():
        rng = next(random.Random(n) for n in range(99) if random.Random(n).random())
        rewrite(rng)
        _forget_the_heads()
        assert faults() == []
        assert len(faults(kept)) == 2  # the head is missing, and the chain is another one
