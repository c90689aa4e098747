"""The national release: an import beside COPY of the same rows into the same tables, in processor seconds.

``python -m tests.bench release --rows 1000000`` imports a generated release of a tenth of the rows and one of all of
them, each in a process of its own, through the acts by which workers do it: staged, read and judged in stretches,
approved, merged in one transaction. The yardstick is COPY of the rows that came of it into the same tables, emptied,
with triggers, constraints and indexes on; the bare figure is COPY into tables that have none of them.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg.sql import SQL, Composable, Identifier

from accounts.models import Seat
from catalogue import actions
from catalogue.models import CatalogueImport, Item, Maker, Product, ProductVersion
from core.acting import acting_for
from core.actions import action
from tests.arranging import arranged
from tests.bench.apart import Processor, apart
from tests.bench.release_files import write_release
from tests.world import World

TABLES = (Item, Maker, Product, ProductVersion)
AIM = 0.5


def report(world: World, rows: int) -> Iterator[str]:
    """The sentences to print, as they become known; the catalogue is emptied before and holds the release after."""
    seat, peaks, imported = world.cataloguer.pk, [], {}
    with tempfile.TemporaryDirectory() as folder:
        for count in (rows // 10, rows):
            emptied()
            file = Path(folder) / "release.csv"
            write_release(file, count)
            imported = apart("releasing:imported", file, seat)
            peaks.append(imported["peak"])
        both = imported["reading"] + imported["merging"]
        yield (
            f"A release of {rows:,} rows ({file.stat().st_size / 1e6:.0f} MB): {both:,.1f} processor seconds, "
            f"{imported['reading']:,.1f} to read and judge it and {imported['merging']:,.1f} to merge it; "
            f"{imported['wall']:,.0f} s by the clock. {imported['products']:,} products of {imported['items']:,} items."
        )
        yield (
            f"The process at its largest: {peaks[0]:.0f} MB with {rows // 10:,} rows, {peaks[1]:.0f} MB with {rows:,}."
        )
        dump(Path(folder))
        emptied()
        copied = apart("releasing:copied", folder, seat)
    whole, bare = copied["whole"], copied["bare"]
    yield (
        f"COPY of what came of it into the same tables with triggers on: {whole:,.1f} processor seconds; into bare "
        f"tables: {bare:,.1f}. Ratio of merging: {whole / imported['merging']:.2f} (aim: {AIM}), of the whole import: "
        f"{whole / both:.2f}; to the bare tables: {bare / imported['merging']:.3f} and {bare / both:.3f}."
    )


def imported(file: str, seat: str) -> dict[str, Any]:
    """Take a release into the catalogue. Processor seconds of both halves, and what came of it."""
    by = Seat.objects.get(pk=seat)
    begun = timezone.now()
    with acting_for(by.acting), Path(file).open("rb") as opened:
        batch = actions.stage_release(file_name="release.csv", file=opened, classes="", by=by, now=begun)
    reading = Processor.now()
    while batch.status == CatalogueImport.Status.STAGING:
        with acting_for(by.acting):
            actions.read_release(batch=batch, now=timezone.now())
    merging = Processor.now()
    with acting_for(by.acting):
        actions.merge_import(batch=batch, by=by, now=timezone.now())
        actions.apply_release(batch=batch, now=timezone.now())
    done = Processor.now()
    assert batch.status == CatalogueImport.Status.MERGED, batch.status
    return {
        "reading": merging.since(reading).both,
        "merging": done.since(merging).both,
        "wall": (timezone.now() - begun).total_seconds(),
        "products": Product.objects.count(),
        "items": Item.objects.count(),
    }


@action
def dump(folder: Path) -> None:
    """Write the tables of the catalogue as COPY reads them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        for model in TABLES:
            table = model._meta.db_table
            with (folder / table).open("wb") as file, cursor.copy(SQL("COPY {} TO STDOUT").format(_of(model))) as copy:
                for block in copy:
                    file.write(block)


def copied(folder: str, seat: str) -> dict[str, Any]:
    """Processor seconds to COPY what was dumped, into the tables of the catalogue and into tables without anything."""
    with acting_for(Seat.objects.get(pk=seat).acting):
        return {"bare": _copy(Path(folder), bare=True), "whole": _copy(Path(folder), bare=False)}


@action
def _copy(folder: Path, *, bare: bool) -> float:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        if bare:
            for model in TABLES:
                table = Identifier(model._meta.db_table)
                named = Identifier(f"bare_{model._meta.db_table}")
                cursor.execute(SQL("CREATE TEMPORARY TABLE {} (LIKE {}) ON COMMIT DROP").format(named, table))
        before = Processor.now()
        for model in TABLES:
            statement = SQL("COPY {} FROM STDIN").format(_of(model, "bare_" if bare else ""))
            with (folder / model._meta.db_table).open("rb") as file, cursor.copy(statement) as copy:
                while block := file.read(2**16):
                    copy.write(block)
        return Processor.now().since(before).both


def _of(model: Any, before: str = "") -> Composable:
    """A table with its columns, but those that the database makes itself."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = SQL(", ").join(Identifier(field.column) for field in fields)
    return SQL("{} ({})").format(Identifier(f"{before}{model._meta.db_table}"), columns)


@arranged
def emptied() -> None:
    """Empty the catalogue, with all that hangs on it."""
    with connection.cursor() as cursor:
        tables = SQL(", ").join(Identifier(model._meta.db_table) for model in TABLES)
        cursor.execute(SQL("TRUNCATE {} CASCADE").format(tables))
