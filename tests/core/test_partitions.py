"""Events, row records and links lie in months; a partition is no door past the guards of its table."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from core.events import record
from core.grants import grant_web_role
from core.models import Event, Link, RowRecord
from core.partitions import guard_partitions, make_ahead
from core.tasks import make_partitions
from core.trail import link_waiting
from oversight.verification import verify
from tests.roles import as_web

pytestmark = pytest.mark.django_db
DIVIDED = ("core_event", "core_rowrecord", "core_link")
LONG_AGO = datetime(2019, 5, 17, tzinfo=UTC)
IN_SUMMER = datetime(2019, 7, 2, tzinfo=UTC)


class Verb(models.TextChoices):
    DONE = "thing.done", "it was done"


def execute(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def write(at, subject="X-1"):
    record(Verb.DONE, subject, by=None, now=at, audience="named")


def partitions(table="core_event"):
    found = execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass ORDER BY 1", table)
    return [name for (name,) in found]


def lies_in(subject="X-1"):
    return [name for (name,) in execute("SELECT tableoid::regclass::text FROM core_event WHERE subject = %s", subject)]


def make(month, table="core_event"):
    return execute("SELECT make_partition(%s, %s)", table, month)[0][0]


def straight_into(partition, subject="X-1"):
    """A row that is put into a partition past its table, as like the others as can be."""
    columns = "verb, subject, at, actor, data, audience, organisations, origin, address, mac"
    return execute(
        f"INSERT INTO {partition} (id, {columns}) SELECT id + 1000000, {columns} FROM core_event WHERE subject = %s",
        subject,
    )


# --- Where rows lie ---------------------------------------------------------------------------------------------
def test_this_month_and_the_next_three_are_there_and_one_for_all_others():
    months = execute("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC' + make_interval(months => n), 'YYYY_MM')"
                     " FROM generate_series(0, 3) n")  # fmt: skip
    for table in DIVIDED:
        assert {f"{table}_{month}" for (month,) in months} | {f"{table}_other"} <= set(partitions(table))


def test_a_row_lies_in_its_month_of_universal_time():
    execute("SET LOCAL timezone = 'Asia/Shanghai'")
    assert make("2019-05-01")
    assert make("2019-06-01")
    write(datetime(2019, 5, 31, 23, 59, 59, tzinfo=UTC), "LAST")
    write(datetime(2019, 6, 1, tzinfo=UTC), "FIRST")
    assert (lies_in("LAST"), lies_in("FIRST")) == (["core_event_2019_05"], ["core_event_2019_06"])


def test_an_act_of_a_month_without_a_partition_is_done_all_the_same():
    """The demo's years, and an installation whose schedule stood still for months."""
    write(LONG_AGO)
    assert lies_in() == ["core_event_other"]
    link_waiting()
    assert list(verify()) == []


def test_a_month_that_began_among_the_others_stays_there():
    write(LONG_AGO)
    assert not make("2019-05-01")
    assert "core_event_2019_05" not in partitions()
    assert make("2019-07-01")
    write(IN_SUMMER, "X-2")
    assert (lies_in(), lies_in("X-2")) == (["core_event_other"], ["core_event_2019_07"])


def test_the_sweep_makes_what_is_missing_and_nothing_twice():
    [last] = partitions()[-2:-1]
    execute(f"DROP TABLE {last}")
    with as_web():
        assert make_partitions() == 1
        assert make_ahead() == 0
    assert last in partitions()
    link_waiting()
    assert list(verify()) == []


def test_who_may_make_partitions_may_not_make_any():
    for statement in (
        "SELECT make_partition('core_event', '2019-05-01')",
        "SELECT guard_partition('core_event_other')",
        "SELECT put_triggers('core_event', 'core_outboxmessage', false)",
    ):
        with as_web(), pytest.raises(DatabaseError, match="permission denied"):
            execute(statement)
    with as_web():
        assert execute("SELECT make_partitions(100000)")[0][0] <= 3 * 12


# --- What guards them -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("table", DIVIDED)
def test_the_web_role_has_no_right_to_any_partition_whoever_gave_it_one(table):
    execute(f"GRANT ALL ON {table}_other TO web, PUBLIC")
    guard_partitions(apps.get_app_config("core"), "default")
    for partition in partitions(table):
        for statement in (f"SELECT FROM {partition}", f"INSERT INTO {partition} DEFAULT VALUES"):
            with as_web(), pytest.raises(DatabaseError, match="permission denied"):
                execute(statement)
    grant_web_role(apps.get_app_config("core"), "default")
    with as_web(), pytest.raises(DatabaseError, match="permission denied"):
        execute(f"SELECT FROM {table}_other")


def test_a_row_put_straight_into_a_partition_leaves_its_record_under_the_tables_name():
    make("2019-05-01")
    write(LONG_AGO)
    assert straight_into("core_event_2019_05") == 1
    keys = {str(event.pk) for event in Event.objects.filter(subject="X-1")}
    assert len(keys) == 2
    assert keys == set(RowRecord.objects.filter(table="core_event", key__in=keys).values_list("key", flat=True))
    link_waiting()
    assert [fault.what for fault in verify()] == ["is a copy of another event"]


def test_with_the_tables_triggers_alone_such_a_row_would_leave_none():
    """The control: what a partition is that somebody attached without its guards."""
    execute("CREATE TABLE bare (LIKE core_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
    execute("ALTER TABLE core_event ATTACH PARTITION bare FOR VALUES FROM ('2019-05-01Z') TO ('2019-06-01Z')")
    write(LONG_AGO)
    straight_into("bare")
    link_waiting()
    told = [str(fault) for fault in verify()]
    assert [fault for fault in told if fault.endswith("was written without leaving a record")]
    assert {fault.split()[0] for fault in told if "trigger" in fault and "is missing" in fault} == {"bare"}
    assert "bare table: is not as the migrations make it" in told
    assert "bare shape: does not hold the month that its name says" in told


@pytest.mark.parametrize("table", DIVIDED)
def test_rows_of_a_partition_stay_even_for_the_owner(table):
    write(LONG_AGO)
    link_waiting()
    column = {"core_event": "actor", "core_rowrecord": "role", "core_link": "hash"}[table]
    filled = [name for name in partitions(table) if execute(f"SELECT FROM {name}")]
    assert filled
    for partition in filled:
        for statement in (
            f"UPDATE {partition} SET {column} = {column}",
            f"DELETE FROM {partition}",
            f"TRUNCATE {partition}",
        ):
            with pytest.raises(DatabaseError, match="written once and stay"):
                execute(statement)


def test_behind_a_right_that_was_given_by_hand_the_policy_still_stands(world):
    write(LONG_AGO)
    execute("GRANT SELECT ON core_event_other TO web")
    with as_web(world.supplier):
        assert execute("SELECT id FROM core_event_other") == []
    assert "core_event_other rights: others than its owner reach it past its table" in map(str, verify())


def test_the_web_role_gives_no_event_a_number_of_another():
    """Months lie apart, so that no index holds an id to be given once."""
    write(LONG_AGO)
    taken = Event.objects.get(subject="X-1")
    columns = {"id": taken.pk, "verb": "x", "subject": "X-2", "at": IN_SUMMER}
    with as_web(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Event.objects.bulk_create([Event(**columns)])
    with as_web():
        write(IN_SUMMER, "X-2")
    assert Event.objects.get(subject="X-2").pk > taken.pk


# --- What the check finds ---------------------------------------------------------------------------------------
def test_the_check_finds_a_month_that_was_taken_away():
    make("2019-05-01")
    write(LONG_AGO)
    link_waiting()
    key = Event.objects.get(subject="X-1").pk
    execute("ALTER TABLE core_event DETACH PARTITION core_event_2019_05")
    assert f"core_event {key}: is gone, and no record says so" in map(str, verify())


def test_the_check_finds_a_guard_that_was_taken_from_one_partition():
    recorder = next(t for t in Event._meta.triggers if t.name == "event_insert_recorded").get_pgid(Event)
    execute("ALTER TABLE core_event_other DISABLE ROW LEVEL SECURITY")
    execute("DROP POLICY seen ON core_event_other")
    execute(f"DROP TRIGGER {recorder} ON core_event_other")
    link_waiting()
    assert [str(fault) for fault in verify()] == [
        "core_event_other policy seen: is missing",
        "core_event_other table: is not as the migrations make it",
        f"core_event_other trigger {recorder}: is missing",
    ]
    guard_partitions(apps.get_app_config("core"), "default")
    assert list(verify()) == []


def test_each_link_lies_in_the_month_of_its_record():
    write(LONG_AGO)
    link_waiting()
    assert Link.objects.count() > 0
    assert not Link.objects.exclude(recorded_at=models.F("record__recorded_at")).exists()


@pytest.mark.parametrize("table", DIVIDED)
def test_each_partition_has_the_indexes_of_its_table(table):
    def indexes(name):
        return execute("SELECT count(*) FROM pg_index WHERE indrelid = %s::regclass", name)[0][0]

    assert indexes(table) == {"core_event": 5, "core_rowrecord": 1, "core_link": 2}[table]
    assert {indexes(partition) for partition in partitions(table)} == {indexes(table)}
