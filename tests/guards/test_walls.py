"""What hangs on a secret is a secret: no table escapes the second wall by being new."""

import re

import pytest
from django.db import connection

from core.wall import policies_of, walled_models
from tests.guards.house import ROOMS, models

# Tables that hang on walled rows and are open themselves: why a row of theirs tells nothing too early.
OPEN: dict[str, str] = {
    "contracts_contractline": "it names a listing only once that is listed, which everybody reads",
    "contracts_orderline": "it names the entry that set its price by key, and its parties are told of it by the wall",
}
TABLE = re.compile(rf"\b((?:{'|'.join(ROOMS)})_[a-z]+)\b")


def relations():
    """Which table names which, but for those whose rows are open."""
    for model in models():
        if model._meta.db_table not in OPEN:
            for field in model._meta.concrete_fields:
                if field.related_model:
                    yield model._meta.db_table, field.related_model._meta.db_table


def hanging_on(tables, relations):
    """Every table that names one of these, or one that names one, and so on."""
    reached = set(tables)
    while more := {table for table, named in relations if named in reached} - reached:
        reached |= more
    return reached - set(tables)


def test_every_table_that_hangs_on_a_walled_one_is_walled_itself_or_says_why_not():
    walled = {model._meta.db_table for model in walled_models()}
    assert len(walled) > 10
    assert hanging_on(walled, list(relations())) == set()


def test_what_hangs_on_a_hanging_table_is_found_too():
    """The control."""
    chain = [("review", "bid"), ("appeal", "review"), ("answer", "appeal"), ("lot", "tender")]
    assert hanging_on({"bid"}, chain) == {"review", "appeal", "answer"}


def test_each_open_table_still_hangs_on_a_walled_one():
    walled = {model._meta.db_table for model in walled_models()}
    naming = {
        model._meta.db_table
        for model in models()
        for field in model._meta.concrete_fields
        if field.related_model and field.related_model._meta.db_table in walled
    }
    assert set(OPEN) <= naming - walled


def test_a_policy_knows_tables_of_its_own_room_and_of_rooms_to_its_left():
    wrong = []
    for model in walled_models():
        own = ROOMS.index(model._meta.app_label)
        for policy in policies_of(model):
            named = TABLE.findall(f"{policy.using} {policy.check}")
            wrong += [f"{model.__name__}: {name}" for name in named if ROOMS.index(name.split("_")[0]) > own]
    assert wrong == []


@pytest.mark.django_db
def test_the_database_walls_what_models_declare_and_nothing_else():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname::text FROM pg_class WHERE relrowsecurity AND NOT relispartition")
        walled = {table for (table,) in cursor.fetchall()}
        cursor.execute("SELECT tablename::text, policyname::text, cmd FROM pg_policies WHERE NOT EXISTS ("
                       "SELECT FROM pg_inherits WHERE inhrelid = tablename::regclass)")  # fmt: skip
        policies = set(cursor.fetchall())
    assert walled == {model._meta.db_table for model in walled_models()}
    assert policies == {
        (model._meta.db_table, policy.name, policy.command)
        for model in walled_models()
        for policy in policies_of(model)
    }
