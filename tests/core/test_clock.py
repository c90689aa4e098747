"""The clock that dates bids is the database's own; only a demo or a test may set it, and only its owner."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from core.clock import database_clock, installation_kind, legal_date, mark_installation, set_database_clock, zone

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 3, 2, 1, 0, 0, 1, UTC)
FREE_STATEMENTS = [
    "SELECT set_platform_clock(now())",
    "SELECT set_platform_clock(NULL)",
    "SELECT mark_installation('demo')",
    "INSERT INTO core_clock (instant) VALUES (now())",
    "UPDATE core_clock SET instant = now()",
    "DELETE FROM core_clock",
    "INSERT INTO core_installation (kind) VALUES ('demo')",
    "UPDATE core_installation SET kind = 'demo'",
    "DELETE FROM core_installation",
    "TRUNCATE core_clock",
]


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def is_real(instant):
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        real = cursor.fetchone()[0]
    return timedelta(0) <= real - instant < timedelta(seconds=5)


@pytest.mark.parametrize("kind", ["demo", "test"])
def test_the_owner_sets_the_clock_of_a_demo_or_a_test_and_frees_it(kind):
    mark_installation(kind)
    set_database_clock(THEN)
    assert database_clock() == THEN
    set_database_clock(THEN + timedelta(microseconds=1))
    assert database_clock() == THEN + timedelta(microseconds=1)
    set_database_clock(None)
    assert is_real(database_clock())


def test_in_production_not_even_the_owner_sets_the_clock():
    mark_installation("production")
    with pytest.raises(DatabaseError, match="marked demo or test"), transaction.atomic():
        set_database_clock(THEN)
    assert is_real(database_clock())


def test_an_installation_that_nobody_marked_is_production():
    execute("DELETE FROM core_installation")
    assert installation_kind() == "production"
    with pytest.raises(DatabaseError, match="marked demo or test"), transaction.atomic():
        set_database_clock(THEN)


def test_a_clock_that_was_set_loses_its_force_in_production():
    mark_installation("demo")
    set_database_clock(THEN)
    mark_installation("production")
    assert is_real(database_clock())
    execute("UPDATE core_clock SET instant = '2026-03-02'")
    assert is_real(database_clock())


def test_there_are_three_kinds_of_installation():
    for kind in ("production", "demo", "test"):
        mark_installation(kind)
        assert installation_kind() == kind
    with pytest.raises(DatabaseError, match="check constraint"), transaction.atomic():
        mark_installation("staging")


def test_the_clock_moves_within_a_transaction():
    """The start of the transaction, which now() tells, would date a bid before it arrived."""
    first = database_clock()
    assert database_clock() > first


@pytest.mark.parametrize("kind", ["production", "demo", "test"])
@pytest.mark.parametrize("statement", FREE_STATEMENTS)
def test_the_web_role_neither_sets_the_clock_nor_marks_the_installation(kind, statement):
    mark_installation(kind)
    execute("SET ROLE web")
    with pytest.raises(DatabaseError, match="permission denied"):
        execute(statement)
    assert installation_kind() == kind
    assert is_real(database_clock())


def test_temporary_tables_do_not_deceive_the_clock():
    """They come first for a session, unless a function says where it looks; the careless one is the control."""
    execute("CREATE FUNCTION careless_clock() RETURNS timestamptz LANGUAGE sql AS 'SELECT instant FROM core_clock'")
    execute("SET ROLE web")
    execute("CREATE TEMPORARY TABLE core_installation AS SELECT 'demo' AS kind")
    execute("CREATE TEMPORARY TABLE core_clock AS SELECT timestamptz '2026-03-02' AS instant")
    with connection.cursor() as cursor:
        cursor.execute("SELECT careless_clock()")
        assert not is_real(cursor.fetchone()[0])
    assert is_real(database_clock())
    execute("SET LOCAL search_path = pg_temp, public")
    assert is_real(database_clock())


def test_the_legal_date_is_that_of_the_platforms_zone(settings):
    assert legal_date(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)).isoformat() == "2027-01-01"
    settings.PLATFORM_TIME_ZONE = "Europe/Berlin"
    assert zone().key == "Europe/Berlin"
    assert legal_date(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)).isoformat() == "2026-12-31"
