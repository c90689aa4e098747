"""`manage.py reset_demo`: makes the demo anew, as of today, while the old one goes on."""

import os
import subprocess
import sys

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from procurement.celery import app
from procurement.supervisor import demo_accounts


class Command(BaseCommand):
    help = "Replaces everything in the database by a new demo. Only where DEMO is on."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("this installation is no demo (DEMO is off): nothing was touched")
        name = connection.settings_dict["NAME"]
        new, old = f"{name}_new", f"{name}_old"
        # Everything is made in a database beside the one in use. Only when it is finished do they change
        # names, so that a failure or an interruption leaves the old demo as it was.
        with self.maintenance_connection() as maintenance:
            for leftover in (new, old):
                self.drop(maintenance, leftover)
            maintenance.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(new)))
            self.fill(new)
            connection.close()
            self.swap(maintenance, name, new, old)
            self.drop(maintenance, old)
        # What is queued speaks of rows that are gone. The queues themselves stay: whoever listens goes on.
        app.control.purge()
        self.stdout.write("  The demo is new. Everybody has to sign in again.")
        for line in demo_accounts(settings.VAR):
            self.stdout.write(f"  {line}")

    def maintenance_connection(self) -> psycopg.Connection:
        parameters = connection.get_connection_params()
        return psycopg.connect(
            make_conninfo(
                host=parameters.get("host"), port=parameters.get("port"), user=parameters.get("user"),
                password=parameters.get("password"), dbname="postgres",
            ),
            autocommit=True,
        )  # fmt: skip

    def fill(self, database: str) -> None:
        """Prepare the new database in a process of its own, which knows no other."""
        made = subprocess.run(
            [sys.executable, settings.BASE_DIR / "manage.py", "prepare"],
            env={**os.environ, "DATABASE_NAME": database},
            check=False,
        )
        if made.returncode:
            raise CommandError("the new demo could not be made; the old one is untouched")

    def drop(self, maintenance: psycopg.Connection, database: str) -> None:
        maintenance.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def swap(self, maintenance: psycopg.Connection, name: str, new: str, old: str) -> None:
        """Give the new database the name, ending the connections to the old; whoever uses it connects again."""
        identifiers = {"name": sql.Identifier(name), "new": sql.Identifier(new), "old": sql.Identifier(old)}

        def execute(statement: str) -> None:
            maintenance.execute(sql.SQL(statement).format(**identifiers))

        # A database can be renamed only while nobody is connected.
        execute("ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        maintenance.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",
            [name],
        )
        with maintenance.transaction():
            execute("ALTER DATABASE {name} RENAME TO {old}")
            execute("ALTER DATABASE {new} RENAME TO {name}")
