"""Rows of a catalogue file: through the import, and by a bare COPY of the same rows."""

import csv
import io
import time
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from catalogue.actions import import_at_once
from catalogue.models import Product
from tests.catalogue.files import numbered, products
from tests.world import World

ROWS = 10_000


def report(world: World) -> Iterator[str]:
    """The sentences to print."""
    content = products(*numbered(ROWS))
    start = time.monotonic()
    import_at_once(file_name="bench.csv", content=content, by=world.cataloguer, now=timezone.now())
    imported = ROWS / (time.monotonic() - start)
    assert Product.objects.count() >= ROWS
    yield f"Import of {ROWS:,} products, read, checked, planned and merged: {imported:,.0f} rows a second."
    copied = ROWS / _copy(content)
    yield f"A bare COPY of the same rows: {copied:,.0f} rows a second. Ratio: {imported / copied:.3f}."


def _copy(content: bytes) -> float:
    """Seconds to copy the file's rows, as text, into a table without checks."""
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    with connection.cursor() as cursor:
        columns = ", ".join(f'"{name}" text' for name in header)
        cursor.execute(f"CREATE TABLE bare ({columns})")
        start = time.monotonic()
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        took = time.monotonic() - start
        cursor.execute("DROP TABLE bare")
    return took
