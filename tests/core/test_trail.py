"""Every change of a recorded row leaves a record, whatever statement made it, and all records form one chain."""

import time
from hashlib import sha256
from threading import Event as Flag

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.events import record_all
from core.migrating import Rebaseline
from core.models import CalendarDay, Event, Link, RowRecord, Verb
from core.trail import link_waiting, recorded_models, tip, waiting_since
from tests.core.races import WAIT, at_once
from tests.world import NOW

OWN = ("core_rowrecord", "core_link", "oversight_trailhead")


def execute(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def write_events(count, subject="X-1"):
    record_all(Verb.DATA_EXPORTED, [(subject, {})] * count, by=None, now=NOW)


def records(table="core_calendarday"):
    return list(RowRecord.objects.filter(table=table).values_list("key", "operation"))


def chain():
    return list(Link.objects.order_by("number").values_list("number", "record", "hash"))


def add_day(day):
    return execute("INSERT INTO core_calendarday (day, working, name) VALUES (%s, true, '') RETURNING id", day)[0][0]


# --- Records ----------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_record_says_what_was_written_by_which_role_in_which_transaction():
    with transaction.atomic():
        key = add_day("2026-05-01")
        write_events(1)
        number = execute("SELECT pg_current_xact_id()::text::bigint")[0][0]
    row = RowRecord.objects.get(table="core_calendarday")
    assert (row.key, row.operation, row.transaction, row.role) == (str(key), "insert", number, "owner")
    assert RowRecord.objects.filter(table="core_event").last().transaction == number
    json = execute("SELECT jsonb_strip_nulls(to_jsonb(d))::text FROM core_calendarday d")[0][0]
    assert bytes(row.fingerprint) == sha256(json.encode()).digest()


WRITES = {
    "insert": "INSERT INTO core_calendarday (day, working, name) SELECT date '2026-01-01' + n, true, '' "
    "FROM generate_series({a}, {a} + {b}) AS n ON CONFLICT (day) DO NOTHING",
    "upsert": "INSERT INTO core_calendarday (day, working, name) SELECT date '2026-01-01' + n, true, '' "
    "FROM generate_series({a}, {a} + {b}) AS n ON CONFLICT (day) DO UPDATE SET working = NOT core_calendarday.working",
    "update": "UPDATE core_calendarday SET name = name || '{b}' WHERE day >= date '2026-01-01' + {a}",
    "delete": "DELETE FROM core_calendarday WHERE day < date '2026-01-01' + {a}",
    "merge": "MERGE INTO core_calendarday d USING (SELECT date '2026-01-01' + {a} AS day) AS s ON d.day = s.day "
    "WHEN MATCHED THEN UPDATE SET name = 'merged' "
    "WHEN NOT MATCHED THEN INSERT (day, working, name) VALUES (s.day, false, '')",
    "with": "WITH gone AS (DELETE FROM core_calendarday WHERE day = date '2026-01-01' + {a} RETURNING day) "
    "INSERT INTO core_calendarday (day, working, name) SELECT day + 100, true, 'moved' FROM gone "
    "ON CONFLICT (day) DO NOTHING",
}
steps = st.lists(
    st.tuples(st.sampled_from(sorted(WRITES)), st.integers(0, 8), st.integers(0, 4)), min_size=1, max_size=8
)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_there_are_as_many_records_as_changes_by_raw_and_bulk_statements(steps):
    """Counted by a second witness: a plain trigger a row, as somebody would write it by hand."""
    with transaction.atomic():
        execute("CREATE TEMPORARY TABLE witness (key text, operation text) ON COMMIT DROP")
        execute(
            "CREATE FUNCTION pg_temp.witness() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " INSERT INTO witness VALUES (coalesce(NEW.id, OLD.id)::text, lower(TG_OP)); RETURN NULL; END $$"
        )
        execute(
            "CREATE TRIGGER witness AFTER INSERT OR UPDATE OR DELETE ON core_calendarday"
            " FOR EACH ROW EXECUTE FUNCTION pg_temp.witness()"
        )
        for name, a, b in steps:
            execute(WRITES[name].format(a=a, b=b))
        seen = execute("SELECT key, operation FROM witness")
        assert sorted(records()) == sorted(seen)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_orm_in_bulk_leaves_a_record_a_row():
    with transaction.atomic():
        days = CalendarDay.objects.bulk_create(CalendarDay(day=f"2026-03-0{n}", working=True) for n in range(1, 6))
        CalendarDay.objects.update(name="all of them")
        CalendarDay.objects.filter(pk=days[0].pk).delete()
    told = [operation for _key, operation in records()]
    assert sorted(told) == ["delete"] + ["insert"] * 5 + ["update"] * 5


@pytest.mark.django_db
def test_a_fingerprint_is_the_same_in_every_zone_and_notation_of_a_session():
    write_events(1)
    execute("SET LOCAL timezone = 'Asia/Shanghai'")
    execute("SET LOCAL bytea_output = 'escape'")
    write_events(1)
    event = "to_jsonb(e) - 'id' - 'mac'"
    rows = execute(f"SELECT count(*), count(DISTINCT {event}) FROM core_event e WHERE subject = 'X-1'")
    assert rows == [(2, 1)]
    execute("SET LOCAL timezone = 'UTC'")
    execute("SET LOCAL bytea_output = 'hex'")
    wrong = execute(
        "SELECT r.id FROM core_rowrecord r JOIN core_event e ON e.id::text = r.key AND r.table = 'core_event'"
        " WHERE r.fingerprint <> sha256(convert_to(jsonb_strip_nulls(to_jsonb(e))::text, 'UTF8'))"
    )
    assert wrong == []


@pytest.mark.django_db
def test_what_is_undone_leaves_no_record():
    before = records("core_event")
    with transaction.atomic():
        write_events(3)
        transaction.set_rollback(True)
    assert records("core_event") == before


@pytest.mark.django_db
def test_a_recorded_table_is_not_emptied_past_the_recorder():
    for model in recorded_models():
        with pytest.raises(DatabaseError, match=r"removed one by one|written once and stay"):
            execute(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.django_db
@pytest.mark.usefixtures("as_web_role")
def test_the_web_role_is_recorded_and_writes_no_record_or_link_itself():
    write_events(1)
    assert link_waiting() > 0
    assert records("core_event")[-1][1] == "insert"
    for table in OWN[:2]:
        for statement in (
            f"INSERT INTO {table} SELECT * FROM {table}",
            f"UPDATE {table} SET id = 1" if table == "core_rowrecord" else f"UPDATE {table} SET number = 1",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        ):
            with pytest.raises(DatabaseError, match="permission denied"):
                execute(statement)
    for statement in ("DELETE FROM core_unlinked", "INSERT INTO core_unlinked VALUES (1)"):
        with pytest.raises(DatabaseError, match="permission denied"):
            execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("table", OWN)
def test_the_trail_is_written_once_even_for_its_owner(table):
    write_events(1)
    link_waiting()
    if table == "oversight_trailhead":
        execute(
            "INSERT INTO oversight_trailhead (number, hash, document, sha256, signed_at) VALUES (1, '', '', '', now())"
        )
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(DatabaseError, match="written once and stay"):
            execute(statement)
    column = "hash" if table != "core_rowrecord" else "role"
    with pytest.raises(DatabaseError, match="written once and stay"):
        execute(f"UPDATE {table} SET {column} = {column}")


# --- The chain --------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_chain_is_hashed_as_written_down():
    """The definition, once more by hand: hash over the hash before and the record's words, a line each."""
    write_events(5)
    link_waiting()
    before, expected = b"", []
    for number, row in enumerate(RowRecord.objects.order_by("pk"), start=1):
        words = [row.pk, row.operation, row.system, row.transaction, row.role]
        words += [f"{row.recorded_at:%Y-%m-%dT%H:%M:%S.%fZ}", bytes(row.fingerprint).hex()]
        words += [bytes(row.before or b"").hex(), row.table, row.key]
        before = sha256(before + "\n".join(map(str, words)).encode()).digest()
        expected.append((number, row.pk, before))
    assert [(number, record, bytes(hash_)) for number, record, hash_ in chain()] == expected
    assert (tip().number, tip().hash) == (len(expected), before.hex())


@pytest.mark.django_db
def test_what_waits_is_known_by_its_age_until_it_is_linked():
    link_waiting()
    assert waiting_since() is None
    write_events(2)
    assert waiting_since() == RowRecord.objects.order_by("-pk")[1].recorded_at
    assert link_waiting() == 2
    assert waiting_since() is None
    assert link_waiting() == 0


@pytest.mark.django_db
def test_a_hundred_thousand_events_are_linked_in_seconds(django_assert_max_num_queries):
    execute(
        "INSERT INTO core_event (verb, subject, at, actor, data, audience, organisations, origin, address, mac)"
        " SELECT 'x', 'X-1', now(), '', '{}', 'agency', '{}', 'task', '', '' FROM generate_series(1, 100000)"
    )
    start = time.monotonic()
    with django_assert_max_num_queries(12):
        assert link_waiting() >= 100_000
    assert time.monotonic() - start < 30  # three seconds on a machine that does nothing else
    assert tip().number == Link.objects.count() == RowRecord.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_slow_commit_is_linked_later_and_leaves_no_gap():
    written, linked = Flag(), Flag()

    def slow():
        with transaction.atomic():
            write_events(3, "slow")
            written.set()
            assert linked.wait(WAIT)

    def quick():
        assert written.wait(WAIT)
        write_events(2, "quick")
        made = link_waiting()
        linked.set()
        return made

    before = Link.objects.count()
    link_waiting()
    _none, made = at_once(slow, quick)
    assert made == 2
    assert link_waiting() == 3
    order = [Event.objects.get(pk=row.record.key).subject for row in Link.objects.order_by("number")[before:]
             if row.record.table == "core_event"]  # fmt: skip
    assert order[-5:] == ["quick"] * 2 + ["slow"] * 3
    assert [number for number, _record, _hash in chain()] == list(range(1, len(chain()) + 1))


@pytest.mark.django_db(transaction=True)
def test_sequencers_beside_writers_leave_no_gap_and_link_nothing_twice():
    def writing(name):
        def write():
            for turn in range(20):
                write_events(1 + turn % 3, name)

        return write

    def sequence():
        for _turn in range(25):
            link_waiting()

    raised = [one for one in at_once(writing("a"), sequence, writing("b"), sequence, sequence) if one is not None]
    assert raised == []
    link_waiting()
    links = chain()
    assert [number for number, _record, _hash in links] == list(range(1, len(links) + 1))
    assert {record for _number, record, _hash in links} == set(RowRecord.objects.values_list("pk", flat=True))
    assert Event.objects.filter(subject__in=("a", "b")).count() == 2 * sum(1 + turn % 3 for turn in range(20))


# --- When a table changes -----------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_new_column_that_may_be_empty_changes_no_fingerprint():
    add_day("2026-05-01")
    execute("ALTER TABLE core_calendarday ADD COLUMN colour text")
    assert rebaselined() == []


@pytest.mark.django_db
def test_a_migration_that_changes_rows_by_changing_their_table_says_so():
    add_day("2026-05-01")
    execute("ALTER TABLE core_calendarday ADD COLUMN colour text NOT NULL DEFAULT 'red'")
    [(_key, operation)] = rebaselined()
    assert operation == "baseline"
    event = Event.objects.get(verb=Verb.TABLE_REBASELINED)
    assert event.data == {"table": "core_calendarday", "rows": 1, "reason": "days have a colour"}
    assert rebaselined() == []


def rebaselined():
    """The records that a migration's statement leaves."""
    before = set(RowRecord.objects.values_list("pk", flat=True))
    operation = Rebaseline("core_calendarday", reason="days have a colour")
    with connection.schema_editor() as editor:
        operation.database_forwards("core", editor, None, None)
    made = RowRecord.objects.filter(table="core_calendarday").exclude(pk__in=before)
    return list(made.values_list("key", "operation"))
