"""What the web role may do, written anew after every migration.

The owner of the database migrates; web server and worker run as another role, which owns nothing,
truncates nothing, changes no row of an append-only table, does not touch the clock and writes no trail by hand.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections, transaction
from psycopg import sql

from core.triggers import is_append_only

OWNER_TABLES = (
    "core_clock",
    "core_installation",
    "core_link",
    "core_rowrecord",
    "core_searchentry",
    "core_unlinked",
    "django_migrations",
)

_GRANTS = (
    # First nothing, so that a right which somebody gave by hand, or an earlier version gave, does not last.
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {web}",
    "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {web}",
    "GRANT USAGE ON SCHEMA public TO {web}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {web}",
    # To take the next number, not to set it back.
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {web}",
)


# No index over many months keeps a key from being given twice, so that the database alone gives it.
_KEYS_ARE_GIVEN = """
    SELECT whole.relname::text, (
        SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
        WHERE attrelid = whole.oid AND attnum > 0 AND NOT attisdropped AND attidentity = ''
    ) FROM pg_class AS whole
    WHERE relkind = 'p' AND relnamespace = 'public'::regnamespace
"""
_PARTITIONS = "SELECT relname::text FROM pg_class WHERE relispartition AND relkind = 'r'"


def grant_web_role(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Give the web role its rights, in one transaction. Does nothing where there is no such role, or where
    migrations run as the web role itself: then only the triggers protect what is written once."""
    role = settings.WEB_DATABASE_ROLE
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT %s <> current_user AND EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role, role])
        if not cursor.fetchone()[0]:
            return
        web = sql.Identifier(role)
        for statement in _GRANTS:
            cursor.execute(sql.SQL(statement).format(web=web))
        _take_back_partitions(cursor, web)
        existing = set(connection.introspection.table_names(cursor))
        frozen = {model._meta.db_table for model in apps.get_models() if is_append_only(model)}
        for privileges, tables in (("UPDATE, DELETE", frozen), ("INSERT, UPDATE, DELETE", set(OWNER_TABLES))):
            for table in sorted(tables & existing):
                revoke = sql.SQL("REVOKE " + privileges + " ON {table} FROM {web}")
                cursor.execute(revoke.format(table=sql.Identifier(table), web=web))


def _take_back_partitions(cursor: Any, web: sql.Identifier) -> None:
    """A partition is reached through its table alone, past which no policy of the table would hold."""
    cursor.execute(_PARTITIONS)
    for (partition,) in cursor.fetchall():
        cursor.execute(sql.SQL("REVOKE ALL ON {table} FROM {web}").format(table=sql.Identifier(partition), web=web))
    cursor.execute(_KEYS_ARE_GIVEN)
    for table, columns in cursor.fetchall():
        names = {"table": sql.Identifier(table), "web": web, "columns": sql.SQL(columns)}
        cursor.execute(sql.SQL("REVOKE INSERT ON {table} FROM {web}").format(**names))
        cursor.execute(sql.SQL("GRANT INSERT ({columns}) ON {table} TO {web}").format(**names))
