"""References can be read aloud, tell the legal year, and are never given twice."""

import ast
from collections import Counter
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.db import connection, transaction
from django.db.migrations.operations import RunSQL
from django.db.migrations.writer import OperationWriter

from core.references import ReferenceSequence, next_reference
from tests.guards.house import PROJECT, modules, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(db):
    with connection.cursor() as cursor:
        cursor.execute(ReferenceSequence("thing").sql)


def numbers(count, now=datetime(2026, 3, 2, 1, tzinfo=UTC)):
    return [next_reference("thing", "X", now) for _number in range(count)]


@pytest.mark.usefixtures("counter")
def test_references_count_up():
    assert numbers(3) == ["X-2026-0001", "X-2026-0002", "X-2026-0003"]


@pytest.mark.usefixtures("counter")
def test_the_year_is_the_legal_one():
    assert numbers(1, datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)) == ["X-2026-0001"]
    assert numbers(1, datetime(2026, 12, 31, 16, 0, 0, tzinfo=UTC)) == ["X-2027-0002"]


@pytest.mark.usefixtures("counter")
def test_a_large_number_keeps_all_its_digits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('reference_thing', 12345)")
    assert numbers(1) == ["X-2026-12346"]


@pytest.mark.usefixtures("counter")
def test_a_number_that_came_to_nothing_is_not_given_again():
    with transaction.atomic():
        numbers(1)
        transaction.set_rollback(True)
    assert numbers(1) == ["X-2026-0002"]


def test_a_migration_writes_the_counter_by_name_and_can_take_it_back():
    text, imports = OperationWriter(ReferenceSequence("thing"), indentation=0).serialize()
    assert '"thing"' in text.replace("'", '"')
    assert imports == {"import core.references"}
    operation = ReferenceSequence("thing")
    assert isinstance(operation, RunSQL)
    assert operation.reversible


def counters_and_prefixes(path, call):
    """What a call names, or all that stand in its table: ``next_reference(*TABLE[kind], now)``."""
    if not isinstance(call.args[0], ast.Starred):
        return [tuple(ast.literal_eval(argument) for argument in call.args[:2])]
    module = import_module(".".join(path.relative_to(PROJECT).with_suffix("").parts))
    return getattr(module, call.args[0].value.value.id).values()


def test_no_two_kinds_of_thing_share_a_prefix():
    """A trail is found by reference alone: two things of one reference would share it."""
    taken = [
        pair
        for path in modules()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "next_reference"
        for pair in counters_and_prefixes(path, call)
    ]
    prefixes = Counter(prefix for _counter, prefix in set(taken))
    assert len(prefixes) >= 7
    assert [prefix for prefix, kinds in prefixes.items() if kinds > 1] == []
    assert "B" not in prefixes  # bids draw theirs, so that nobody can count them
