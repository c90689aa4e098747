"""What the web role may do, written anew after every migration.

The owner of the database migrates; web server and worker run as another role, which owns nothing,
truncates nothing, changes no row of an append-only table and does not touch the clock.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections
from psycopg import sql

from core.triggers import is_append_only

OWNER_TABLES = ("core_clock", "core_installation", "django_migrations")


def grant_web_role(sender: AppConfig, using: str, **kwargs: Any) -> None:
    role = settings.WEB_DATABASE_ROLE
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s <> current_user AND EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role, role])
        if not cursor.fetchone()[0]:
            return
        web = sql.Identifier(role)
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {web}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {web}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {web}",
        ):
            cursor.execute(sql.SQL(statement).format(web=web))
        existing = set(connection.introspection.table_names(cursor))
        frozen = {model._meta.db_table for model in apps.get_models() if is_append_only(model)}
        for privileges, tables in (("UPDATE, DELETE", frozen), ("INSERT, UPDATE, DELETE", set(OWNER_TABLES))):
            for table in sorted(tables & existing):
                statement = sql.SQL("REVOKE " + privileges + " ON {table} FROM {web}")
                cursor.execute(statement.format(table=sql.Identifier(table), web=web))
