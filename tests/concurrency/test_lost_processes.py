"""Processes are killed without warning: a worker in the middle of an import, the broker with all it holds.

PostgreSQL decides what is true; what the others lose is found again by the sweep.
"""

import os
import signal
import sys
import time
from contextlib import contextmanager, suppress

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from kombu.exceptions import OperationalError

from catalogue import actions
from catalogue.models import CatalogueImport, Item, Product, ProductVersion, StagedRow
from core.models import OutboxMessage
from procurement.tasks import heartbeat
from tests.catalogue.files import numbered, products, read, stage
from tests.concurrency.workers import sweep, wait_for, worker, worker_seen
from tests.contracts.pages import sitting
from tests.plugin import servers
from tests.world import NOW

pytestmark = [
    pytest.mark.whole,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes through /proc"),
]
ROWS = 300
# Versions are written last: items, makers and products of this merge are there already, not committed.
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%catalogue_productversion%'
"""


@contextmanager
def held(table: str):
    """Nobody may write to a table: who comes to it in the middle of an import stands still there."""
    parameters = {**connection.get_connection_params(), "cursor_factory": None}
    own = {name: parameters[name] for name in ("host", "port", "user", "password", "dbname")}
    with psycopg.connect(**own) as other:
        other.execute(f"LOCK TABLE {table} IN SHARE MODE")
        yield


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


def status_of(batch: CatalogueImport) -> str:
    return CatalogueImport.objects.values_list("status", flat=True).get(pk=batch.pk)


def becomes(batch: CatalogueImport, status: str) -> bool:
    """Whether it has got there; the scheduler's sweep goes on meanwhile, as it does every minute."""
    with suppress(OperationalError):  # the broker is not back yet
        sweep()
    return status_of(batch) == status


def written() -> tuple[int, int, int]:
    return Item.objects.count(), Product.objects.count(), ProductVersion.objects.count()


@pytest.mark.parametrize("whom", ["the whole worker", "the child that runs the task"])
def test_a_worker_killed_in_the_middle_of_a_merge_has_written_nothing_and_the_sweep_ends_it(world, tmp_path, whom):
    batch = read(world, products(*numbered(ROWS)))
    with worker(tmp_path) as doomed:
        with held("catalogue_productversion"):
            actions.merge_import(batch=batch, by=world.cataloguer, now=NOW)
            wait_for(somebody_waits, seconds=30)
            if whom == "the whole worker":
                doomed.kill()
            else:
                os.kill(doomed.child(), signal.SIGKILL)
            assert status_of(batch) == "merging"
        wait_for(lambda: not somebody_waits(), seconds=30)
        if whom == "the child that runs the task":
            # Its parent starts another child and goes on.
            wait_for(lambda: becomes(batch, "merged"), seconds=60, every=0.5)
    if whom == "the whole worker":
        assert written() == (0, 0, 0)
        assert OutboxMessage.objects.get(task="catalogue.tasks.apply_import").delivered_at is None
        with worker(tmp_path):
            wait_for(lambda: becomes(batch, "merged"), seconds=60, every=0.5)
    assert written() == (ROWS, ROWS, ROWS)
    assert OutboxMessage.objects.get(task="catalogue.tasks.apply_import").delivered_at is not None


def test_a_worker_killed_in_the_middle_of_reading_has_staged_nothing_and_the_next_one_reads_it_all(world, tmp_path):
    with worker(tmp_path) as doomed:
        batch = stage(world, products(*numbered(30_000)))
        # The first rows are copied, and not all of them.
        wait_for(lambda: CatalogueImport.objects.get(pk=batch.pk).rows_done, seconds=30, every=0.01)
        doomed.kill()
    half = CatalogueImport.objects.get(pk=batch.pk)
    assert (half.status, 0 < half.rows_done < 30_000) == ("staging", True)
    assert not StagedRow.objects.exists()
    with worker(tmp_path):
        wait_for(lambda: becomes(batch, "ready"), seconds=120, every=0.5)
    assert StagedRow.objects.count() == 30_000


def broker_killed() -> None:
    process = servers.RUN.servers.processes["valkey"]
    process.kill()
    process.wait()


def broker_back() -> None:
    servers.RUN.servers.revive("valkey")


def test_what_was_queued_in_a_broker_that_is_lost_is_done_all_the_same(world, tmp_path):
    """No worker runs, so that the message lies in the broker; this one keeps nothing when it dies."""
    batch = stage(world, products(*numbered(ROWS)))
    broker_killed()
    broker_back()
    with worker(tmp_path):
        time.sleep(2)
        assert status_of(batch) == "staging"  # the worker was told nothing: the queue is gone
        wait_for(lambda: becomes(batch, "ready"), seconds=60, every=0.5)
    assert StagedRow.objects.count() == ROWS


def test_the_broker_restarts_under_web_and_worker_and_nothing_that_was_asked_meanwhile_is_lost(world, tmp_path):
    client = sitting(world.cataloguer)
    with worker(tmp_path) as running:
        before = stage(world, products(*numbered(3)), "before.csv")
        wait_for(lambda: becomes(before, "ready"), seconds=60, every=0.5)
        broker_killed()
        meanwhile = _upload(client)
        health = Client().get("/healthz")
        assert (health.status_code, health.json()["broker"], health.json()["database"]) == (503, False, True)
        assert client.get("/catalogue/imports/").status_code == 200
        broker_back()
        wait_for(lambda: becomes(meanwhile, "ready"), seconds=120, every=0.5)
        wait_for(worker_seen_again, seconds=60, every=0.5)
        assert running.process.poll() is None
    assert not OutboxMessage.objects.filter(delivered_at=None).exists()


def worker_seen_again() -> bool:
    """The same worker takes what the scheduler sends."""
    with suppress(OperationalError):
        heartbeat.delay()
    return worker_seen()


def _upload(client: Client) -> CatalogueImport:
    started = time.monotonic()
    answer = client.post(
        "/catalogue/imports/stage/", {"file": SimpleUploadedFile("meanwhile.csv", products(*numbered(ROWS)))}
    )
    assert answer.status_code == 302
    assert time.monotonic() - started < 10
    return CatalogueImport.objects.get(file_name="meanwhile.csv")
