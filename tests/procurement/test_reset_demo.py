"""`manage.py reset_demo`: the new demo takes the old one's place in one step, or the old one stays."""

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from procurement import embedded
from procurement.management.commands.reset_demo import Command


class Database:
    """The database of the embedded servers, which the tests' own does not touch."""

    def __init__(self) -> None:
        urls = embedded.environment(embedded.folder())
        self.owner_url, self.web_url = urls["DATABASE_OWNER_URL"], urls["DATABASE_URL"]

    def make_table(self, name: str, database: str = embedded.DATABASE) -> None:
        with psycopg.connect(self.owner_url, dbname=database) as owner:
            owner.execute(sql.SQL("CREATE TABLE {} (id int)").format(sql.Identifier(name)))

    def tables(self) -> set[str]:
        with psycopg.connect(self.owner_url) as owner:
            return {name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}

    def names(self) -> set[str]:
        with psycopg.connect(self.owner_url) as owner:
            return {
                name for (name,) in owner.execute("SELECT datname FROM pg_database WHERE datname LIKE 'procurement%'")
            }


@pytest.fixture
def database(monkeypatch):
    """The embedded database with a table of the old demo, as the command would find it."""
    monkeypatch.setitem(connection.settings_dict, "NAME", embedded.DATABASE)
    database = Database()
    database.make_table("old_demo")
    yield database
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("DROP TABLE IF EXISTS old_demo, new_demo")


def test_the_new_demo_takes_the_place_of_the_old_one_under_its_visitors(database, monkeypatch):
    monkeypatch.setattr(Command, "fill", lambda self, name: database.make_table("new_demo", name))
    with psycopg.connect(database.web_url) as visitor:
        visitor.execute("SELECT 1")
        call_command("reset_demo")
        with pytest.raises(psycopg.OperationalError):
            visitor.execute("SELECT 1")
    assert database.tables() == {"new_demo"}
    assert database.names() == {embedded.DATABASE}
    with psycopg.connect(database.web_url) as visitor:
        assert visitor.execute("SELECT 1").fetchone() == (1,)


def test_a_new_demo_that_fails_leaves_the_old_one_and_the_next_try_succeeds(database, monkeypatch):
    def fail(self, name):
        database.make_table("half_made", name)
        raise CommandError("the new demo could not be made")

    with monkeypatch.context() as failing:
        failing.setattr(Command, "fill", fail)
        with pytest.raises(CommandError, match="could not be made"):
            call_command("reset_demo")
    assert database.tables() == {"old_demo"}

    monkeypatch.setattr(Command, "fill", lambda self, name: database.make_table("new_demo", name))
    call_command("reset_demo")
    assert database.tables() == {"new_demo"}
    assert database.names() == {embedded.DATABASE}


def test_an_installation_that_is_no_demo_is_left_alone(database, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="nothing was touched"):
        call_command("reset_demo")
    assert database.tables() == {"old_demo"}
