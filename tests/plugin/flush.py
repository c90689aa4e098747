"""Empties the database after a test that really commits.

Django would TRUNCATE every table, which the append-only tables refuse, and lose the rows that migrations made.
Here the database's owner switches the triggers off for one transaction, deletes what the test left, and puts
back the rows that were there when the test database was new.
"""

from django.db import connection
from django.test import TransactionTestCase

# Partitions are filled and emptied by their table.
TABLES = """pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
        AND relname <> 'django_migrations'"""
_KEEP = f"""
DO $$
DECLARE name text; filled boolean;
BEGIN
    DROP SCHEMA IF EXISTS pristine CASCADE;
    CREATE SCHEMA pristine;
    FOR name IN SELECT relname FROM {TABLES}
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
        IF filled THEN
            EXECUTE format('CREATE TABLE pristine.%I AS TABLE public.%I', name, name);
        END IF;
    END LOOP;
END $$
"""
# Thousands of rows come with the migrations, and hardly any test changes one: they are looked at, and stay.
_RESTORE = f"""
DO $$
DECLARE name text; kept boolean; filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name, kept IN
        SELECT relname, to_regclass(format('pristine.%I', relname)) IS NOT NULL FROM {TABLES}
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
        IF kept THEN
            EXECUTE format('DELETE FROM public.%1$I one'
                ' WHERE NOT EXISTS (SELECT FROM pristine.%1$I was WHERE was = one)', name);
            EXECUTE format('INSERT INTO public.%1$I'
                ' SELECT * FROM (TABLE pristine.%1$I EXCEPT TABLE public.%1$I) gone', name);
        ELSIF filled THEN
            EXECUTE format('DELETE FROM public.%I', name);
        END IF;
    END LOOP;
END $$
"""


def keep_pristine_rows() -> None:
    """Remember the rows of the new test database; tests have not touched it yet."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP)


def restore_pristine_rows(*args: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_RESTORE)


def pytest_configure() -> None:
    TransactionTestCase._fixture_teardown = restore_pristine_rows
