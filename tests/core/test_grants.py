"""The web role reads and adds rows, changes those that may change, and can do nothing else to the database."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from core.grants import OWNER_TABLES, grant_web_role
from core.models import Event
from core.triggers import is_append_only
from tests.guards.house import models

pytestmark = pytest.mark.django_db
FROZEN = sorted({model._meta.db_table for model in models() if is_append_only(model)})
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN")
ROWS_STAY = {"SELECT", "INSERT"}
ROWS_CHANGE = {"SELECT", "INSERT", "UPDATE", "DELETE"}


def query(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def rights_on(table):
    return {right for right in PRIVILEGES if query("SELECT has_table_privilege('web', %s, %s)", table, right)[0][0]}


def tables():
    """Every table but partitions, which are nobody's (``test_partitions``)."""
    found = query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                  " AND relkind IN ('r', 'p') AND NOT relispartition")  # fmt: skip
    return sorted(table for (table,) in found)


def test_the_tables_that_hold_evidence_are_written_once():
    """A table that is taken from this list needs a reason that a losing bidder would accept."""
    assert {
        "core_event",
        "tenders_bidversion",
        "tenders_receipt",
        "tenders_close",
        "tenders_openingrequest",
        "tenders_release",
        "tenders_openedenvelope",
        "tenders_evaluationsignature",
        "tenders_technicalresult",
        "tenders_qualification",
        "tenders_ranking",
        "contracts_acceptance",
        "payments_payment",
        "payments_paymentline",
    } <= set(FROZEN)


@pytest.mark.parametrize("table", sorted({*FROZEN} - {*OWNER_TABLES, "core_event"}))
def test_the_web_role_only_reads_and_adds_to_a_table_that_is_written_once(table):
    assert rights_on(table) == ROWS_STAY


@pytest.mark.parametrize("table", FROZEN)
def test_the_owner_meets_a_trigger_for_rows_and_one_for_the_table(table):
    found = query(
        "SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
        " AND tgname LIKE %s",
        table,
        "%stay%",
    )
    definitions = " ".join(definition for definition, _enabled in found)
    assert "BEFORE DELETE OR UPDATE ON" in definitions
    assert "FOR EACH ROW EXECUTE" in definitions
    assert "WHEN (" not in definitions
    assert {enabled for _definition, enabled in found} == {"O"}
    with pytest.raises(DatabaseError, match="written once and stay"):
        execute(f"TRUNCATE {table} CASCADE")


def test_the_web_role_changes_rows_everywhere_else_and_never_more():
    others = set(tables()) - set(FROZEN) - set(OWNER_TABLES)
    assert len(others) > 20
    assert {table: rights_on(table) for table in others} == dict.fromkeys(others, ROWS_CHANGE)


@pytest.mark.parametrize("table", OWNER_TABLES)
def test_the_owners_tables_are_read_only(table):
    assert rights_on(table) == {"SELECT"}


def test_the_web_role_takes_numbers_and_sets_none():
    sequences = query("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
    assert sequences
    for (name,) in sequences:
        rights = {
            r for r in ("USAGE", "UPDATE") if query("SELECT has_sequence_privilege('web', %s, %s)", name, r)[0][0]
        }
        assert rights == {"USAGE"}, name


def test_the_web_role_owns_nothing_and_is_nobody_else():
    assert query("SELECT relname FROM pg_class WHERE relowner = 'web'::regrole") == []
    assert query("SELECT proname FROM pg_proc WHERE proowner = 'web'::regrole") == []
    assert query("SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = 'web'") == [
        (False, False, False, False)
    ]
    assert query("SELECT roleid FROM pg_auth_members WHERE member = 'web'::regrole") == []


@pytest.mark.usefixtures("as_web_role")
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE VIEW mine AS SELECT 1",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION platform_clock() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
        "DROP FUNCTION platform_clock()",
        "ALTER FUNCTION platform_clock() RENAME TO old_clock",
        "CREATE SCHEMA mine",
        "CREATE EXTENSION citext",
        "CREATE TRIGGER mine BEFORE INSERT ON core_event EXECUTE FUNCTION platform_clock()",
        "DROP TRIGGER pgtrigger_event_rows_stay_eb237 ON core_event",
        "ALTER TABLE core_event DISABLE TRIGGER USER",
        "ALTER TABLE core_event OWNER TO web",
        "ALTER TABLE core_event DROP CONSTRAINT event_audience_is_a_choice",
        "CREATE RULE mine AS ON INSERT TO core_event DO INSTEAD NOTHING",
        "CREATE POLICY mine ON core_event USING (false)",
        "SET session_replication_role = replica",
        "ALTER ROLE web SUPERUSER",
        "COPY core_event TO PROGRAM 'cat'",
        "SELECT setval('core_event_id_seq', 1)",
        "SELECT pg_read_file('/etc/hostname')",
    ],
)
def test_the_web_role_cannot(statement):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        execute(statement)


def test_a_right_that_somebody_gave_by_hand_does_not_last():
    execute("GRANT ALL ON core_event, core_clock, core_outboxmessage TO web")
    assert rights_on("core_event") == set(PRIVILEGES)
    grant_web_role(apps.get_app_config("core"), "default")
    assert rights_on("core_event") == {"SELECT"}
    assert rights_on("core_clock") == {"SELECT"}
    assert rights_on("core_outboxmessage") == ROWS_CHANGE


def test_where_one_role_does_everything_nothing_is_granted(settings, django_assert_num_queries):
    settings.WEB_DATABASE_ROLE = "owner"
    with django_assert_num_queries(3):  # a savepoint, the question and the release
        grant_web_role(apps.get_app_config("core"), "default")


def test_every_guard_looks_in_our_tables_first():
    """A function without a search path of its own would find a session's temporary table of the same name."""
    functions = dict(
        query(
            "SELECT DISTINCT proname, proconfig FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
            " WHERE n.nspname = 'public' AND (proname LIKE '%%platform_clock' OR proname = 'mark_installation'"
            " OR pg_proc.oid IN (SELECT tgfoid FROM pg_trigger WHERE NOT tgisinternal))"
        )
    )
    assert len(functions) > 20
    careless = [name for name, options in functions.items() if "search_path=public, pg_temp" not in options]
    assert careless == []


def test_the_events_of_an_installation_are_among_the_guarded(db):
    assert is_append_only(Event)
