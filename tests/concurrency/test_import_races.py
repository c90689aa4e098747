"""Imports on real connections: two merges at once, a worker killed anywhere, a bar that moves while rows are read."""

import threading
from contextlib import nullcontext
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection, connections

from catalogue import actions, tasks
from catalogue.actions import imports, merging_products, reading
from catalogue.models import CatalogueImport, Item, Maker, Product, ProductVersion, StagedRow
from core.errors import Conflict
from core.models import OutboxMessage
from core.tasks import deliver
from tests.catalogue.files import TABLET, counts, numbered, products, read, stage
from tests.world import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """What no code catches: the worker is gone."""


def at_once(*acts):
    """Run each act in a thread with a connection of its own; what it raised, or None, in order."""
    outcomes = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place, act):
        try:
            start.wait(20)
            act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def fresh(batch):
    return CatalogueImport.objects.get(pk=batch.pk)


def approved(world, *rows):
    batch = read(world, products(*rows))
    actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
    return batch


def written():
    return Item.objects.count(), Maker.objects.count(), Product.objects.count(), ProductVersion.objects.count()


def test_two_officers_merging_the_same_import_at_once_merge_it_once(world):
    batch = read(world, products(TABLET))
    by = world.cataloguer
    seen_by_each = [fresh(batch) for _time in range(4)]
    outcomes = at_once(*(lambda seen=seen: actions.merge_import(batch=seen, by=by, now=NOW) for seen in seen_by_each))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Conflict", "Conflict", "NoneType"]
    assert OutboxMessage.objects.filter(task="catalogue.tasks.apply_import").count() == 1


def test_two_workers_applying_the_same_import_at_once_write_it_once(world):
    batch = approved(world, *numbered(200))
    outcomes = at_once(*(lambda: actions.apply_import(batch=fresh(batch), now=NOW) for _time in range(3)))
    assert outcomes == [None, None, None]
    assert written() == (200, 1, 200, 200)


def merge_two_files_that_disagree(world: World, locked: bool) -> list[Exception | None]:
    """Two files that change the same product in different ways, written at once; each plans before the other writes."""
    actions.import_at_once(file_name="a.csv", content=products(TABLET), by=world.cataloguer, now=NOW)
    changes = [TABLET | {"approval_no": number} for number in ("国药准字H20064705", "国药准字H20064706")]
    batches = [approved(world, change) for change in changes]
    met = threading.Barrier(2)
    merge = merging_products.merge

    def merge_together(*what):
        if not locked:
            met.wait(20)
        merge(*what)

    later = NOW + timedelta(days=1)
    with (
        patch.object(merging_products, "merge", merge_together),
        nullcontext() if locked else patch.object(imports, "_wait_for", lambda name: None),
    ):
        return at_once(*(lambda batch=batch: actions.apply_import(batch=fresh(batch), now=later) for batch in batches))


def test_different_imports_are_written_one_after_another(world):
    assert merge_two_files_that_disagree(world, locked=True) == [None, None]
    statuses = sorted(CatalogueImport.objects.values_list("status", flat=True))
    assert statuses == ["faulty", "merged", "merged"]
    assert ProductVersion.objects.count() == 2


def test_without_the_lock_they_break_on_each_other(world):
    outcomes = merge_two_files_that_disagree(world, locked=False)
    assert any(isinstance(outcome, Exception) for outcome in outcomes)


STATEMENTS = (
    "_KEEP_ITEMS",
    "_RENAME_MAKERS",
    "_ADD_MAKERS",
    "_COMPLETE_FORMS",
    "_UPSERT_ITEMS",
    "_MOVE_PRODUCTS",
    "_ADD_PRODUCTS",
    "_CONFIRM_VERSIONS",
    "_CLOSE_VERSIONS",
    "_OPEN_VERSIONS",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_worker_killed_between_any_two_statements_of_a_merge_leaves_nothing_half_done(world, statement):
    batch = approved(world, *numbered(50))
    message = OutboxMessage.objects.get(task="catalogue.tasks.apply_import")
    with patch.object(merging_products, statement, _Deadly()), pytest.raises(Killed):
        deliver(message.pk)
    connection.close()
    assert written() == (0, 0, 0, 0)
    assert (fresh(batch).status, fresh(batch).merged_at) == ("merging", None)
    deliver(message.pk)
    assert written() == (50, 1, 50, 50)
    assert fresh(batch).status == "merged"
    message.refresh_from_db()
    assert message.delivered_at is not None


def test_a_worker_whose_connection_dies_after_the_last_statement_has_written_nothing(world):
    batch = approved(world, *numbered(50))
    message = OutboxMessage.objects.get(task="catalogue.tasks.apply_import")
    merge = merging_products.merge

    def merge_and_die(*what):
        merge(*what)
        assert Item.objects.count() == 50
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with patch.object(merging_products, "merge", merge_and_die):
        at_once(lambda: deliver(message.pk))
    message.refresh_from_db()
    assert (message.attempts, message.last_error, message.delivered_at) == (1, "OperationalError", None)
    assert (written(), fresh(batch).status) == ((0, 0, 0, 0), "merging")
    deliver(message.pk)
    assert (written(), fresh(batch).status) == ((50, 1, 50, 50), "merged")


class _Deadly(str):
    """A statement at which the worker is killed."""

    __slots__ = ()

    def __getattribute__(self, name):
        raise Killed


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_worker_killed_while_reading_leaves_no_rows_and_another_one_finishes(world, after):
    batch = stage(world, products(*numbered(250)))
    message = OutboxMessage.objects.get(task="catalogue.tasks.read_import")
    tell, told = reading.Progress.tell, []

    def tell_and_die(progress, done, expected):
        tell(progress, done, expected)
        told.append(done)
        if len(told) > after:
            raise Killed

    with (
        patch.object(reading, "CHUNK", 100),
        patch.object(reading.Progress, "tell", tell_and_die),
        pytest.raises(Killed),
    ):
        deliver(message.pk)
    connection.close()
    assert not StagedRow.objects.exists()
    assert (fresh(batch).status, fresh(batch).rows_done) == ("staging", told[-1])
    deliver(message.pk)
    assert fresh(batch).status == "ready"
    assert counts(batch) == (250, 0, 0, 0)


def test_the_bar_moves_before_the_rows_are_committed(world):
    batch = stage(world, products(*numbered(250)))
    seen = []
    tell = reading.Progress.tell

    def tell_and_look(progress, done, expected):
        tell(progress, done, expected)
        thread = threading.Thread(target=look)
        thread.start()
        thread.join(20)

    def look():
        here = fresh(batch)
        seen.append((here.status, here.rows_done, here.rows >= here.rows_done, StagedRow.objects.count()))
        connections.close_all()

    with patch.object(reading, "CHUNK", 100), patch.object(reading.Progress, "tell", tell_and_look):
        tasks.read_import(batch.pk)
    assert seen == [("staging", 100, True, 0), ("staging", 200, True, 0), ("staging", 250, True, 0)]


def test_a_file_discarded_while_it_is_read_stays_discarded(world):
    batch = stage(world, products(*numbered(50)))
    by = world.cataloguer
    tell = reading.Progress.tell

    def discard_meanwhile(progress, done, expected):
        tell(progress, done, expected)
        [outcome] = at_once(lambda: actions.discard_import(batch=fresh(batch), by=by, now=NOW))
        assert outcome is None

    with patch.object(reading.Progress, "tell", discard_meanwhile), pytest.raises(Conflict):
        tasks.read_import(batch.pk)
    assert fresh(batch).status == "discarded"
    assert not StagedRow.objects.exists()
    tasks.read_import(batch.pk)
    assert fresh(batch).status == "discarded"


def test_two_prices_of_a_kind_recorded_at_once_become_one(world):
    from datetime import date
    from decimal import Decimal

    from catalogue.models import PriceEntry
    from catalogue.rules import PriceFact

    actions.import_at_once(file_name="a.csv", content=products(TABLET), by=world.cataloguer, now=NOW)
    by = world.cataloguer
    fact = PriceFact(Item.objects.get().pk, world.region.pk, Decimal("0.5"), 1, date(2026, 1, 1), "a notice")
    outcomes = at_once(*(lambda: actions.record_price(fact=fact, kind="guide", by=by, now=NOW) for _time in range(4)))
    assert sum(outcome is None for outcome in outcomes) == 1
    assert PriceEntry.objects.count() == 1
