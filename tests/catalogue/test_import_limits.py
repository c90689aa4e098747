"""What an upload may cost: memory, disk, and the time to refuse what is made to hurt."""

import time
import tracemalloc
import zipfile
from io import BytesIO
from unittest.mock import patch

import psycopg
import pytest
from django.db import OperationalError

from catalogue import actions
from catalogue.actions.reading import Upload
from catalogue.models import CatalogueImport
from core.errors import Refused
from tests.catalogue.files import TABLET, as_xlsx, counts, numbered, products, read
from tests.world import NOW

MEGABYTE = 2**20


def bomb() -> bytes:
    """A workbook whose sheet unpacks to a gigabyte of blanks."""
    file = BytesIO(as_xlsx(TABLET, [TABLET]))
    with zipfile.ZipFile(file) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if not name.startswith("xl/worksheets/"):
                archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _time in range(64):
                sheet.write(b" " * 4 * MEGABYTE)
    return packed.getvalue()


def test_a_zip_bomb_is_refused_at_once_and_in_little_memory(world):
    content, by = bomb(), world.cataloguer
    assert len(content) < MEGABYTE
    tracemalloc.start()
    started = time.monotonic()
    with pytest.raises(Refused) as refusal:
        actions.stage_import(file_name="a.xlsx", content=content, by=by, now=NOW)
    seconds, (_now, peak) = time.monotonic() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refusal.value.faults[0].field == "file"
    assert seconds < 1
    assert peak < 50 * MEGABYTE
    assert not CatalogueImport.objects.exists()


def test_memory_does_not_grow_with_the_rows(world):
    """Ten thousand rows more cost the file itself, one piece of rows, and no more."""
    read(world, products(TABLET))  # what a process loads once
    content = products(*numbered(10_000))
    tracemalloc.start()
    batch = read(world, content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert counts(batch) == (10_000, 0, 0, 0)
    assert peak < 3 * len(content) + 16 * MEGABYTE


def test_an_import_costs_the_same_statements_for_three_rows_and_for_three_hundred(world, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    numbers = []
    by, rows = world.cataloguer, numbered(303)
    for some in (rows[:3], rows[3:]):
        with CaptureQueriesContext(connection) as queries:
            actions.import_at_once(file_name="a.csv", content=products(*some), by=by, now=NOW)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_a_full_disk_refuses_the_upload_in_words_and_keeps_nothing(world):
    by = world.cataloguer
    full = OperationalError("could not extend file")
    full.__cause__ = psycopg.errors.DiskFull("could not extend file: No space left on device")
    with patch.object(CatalogueImport, "save", side_effect=full), pytest.raises(Refused) as refusal:
        actions.stage_import(file_name="a.csv", content=products(TABLET), by=by, now=NOW)
    assert refusal.value.code == "storage_full"
    assert refusal.value.message.startswith("The platform's storage is full")
    assert not CatalogueImport.objects.exists()


def test_another_failure_of_the_database_is_not_taken_for_a_full_disk(world):
    by = world.cataloguer
    gone = patch.object(CatalogueImport, "save", side_effect=OperationalError("server closed the connection"))
    with gone, pytest.raises(OperationalError):
        actions.stage_import(file_name="a.csv", content=products(TABLET), by=by, now=NOW)


def test_the_guess_of_the_rows_comes_true_at_the_end():
    upload = Upload("a.csv", products(*numbered(3000)))
    done = 0
    for done, _row in enumerate(upload.rows(), start=1):
        assert upload.expected(done) >= done
    assert upload.expected(done) == 3000
