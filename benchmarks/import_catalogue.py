"""Rows a second of a whole catalogue import, beside a bare COPY of the same rows into a bare table.

Both run in the same database, one after the other, and commit. The import reads and checks every cell, stages
and judges every row, and writes items, makers, products and versions with their indexes; the COPY only writes.
"""

import csv
import os
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TypeVar

from django.db import connection, transaction
from django.utils import timezone

from catalogue import actions
from catalogue.models import CatalogueImport
from catalogue.rules import NATIONAL_LIST_COLUMNS
from tests.world import World

ROWS = 10_000
MAKERS = 1_700
ITEMS = 850
Answer = TypeVar("Answer")


def main() -> None:
    """Run on a migrated database without a catalogue, as its owner; prints a small table."""
    content, rows = _published() if "NHSA_DRUG_CODES" in os.environ else _made()
    by = World().cataloguer
    batch, staging = _timed(lambda: _stage(content, by))
    _nothing, reading = _timed(lambda: actions.read_import(batch=batch, now=timezone.now()))
    actions.merge_import(batch=batch, by=by, now=timezone.now())
    _nothing, merging = _timed(lambda: actions.apply_import(batch=batch, now=timezone.now()))
    if batch.new != len(rows):
        raise SystemExit(f"{batch.new} of {len(rows)} rows were new: the catalogue was not empty.")
    _nothing, copying = _timed(lambda: _copy(rows))
    whole = staging + reading + merging
    print(f"Import of {len(rows):,} rows         seconds      rows/s")  # noqa: T201 - what a benchmark is for
    for name, seconds in (
        ("upload kept", staging),
        ("read, checked, staged", reading),
        ("judged again, merged", merging),
        ("whole import", whole),
        ("bare COPY", copying),
    ):
        print(f"  {name:<26} {seconds:>9.3f} {len(rows) / seconds:>11,.0f}")  # noqa: T201
    print(f"  ratio                                  {copying / whole:>9.3f}")  # noqa: T201


def _stage(content: bytes, by: object) -> CatalogueImport:
    return actions.stage_import(file_name="list.csv", content=content, by=by, now=timezone.now())


def _copy(rows: list[list[str]]) -> None:
    columns = ", ".join(f"{name} text" for name in NATIONAL_LIST_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare_rows ({columns})")
        try:
            with transaction.atomic(), cursor.copy("COPY bare_rows FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        finally:
            cursor.execute("DROP TABLE bare_rows")


def _timed(act: Callable[[], Answer]) -> tuple[Answer, float]:
    started = time.perf_counter()
    answer = act()
    return answer, time.perf_counter() - started


def _made() -> tuple[bytes, list[list[str]]]:
    """Rows like those of the national list: as many names and makers to as many products."""
    rows = []
    for number in range(ROWS):
        name, maker = number % ITEMS, number % MAKERS
        parts = ["A02AX", f"X{name:03}", "A001", f"{number // ITEMS + 1:02}", "01", f"{maker:05}"]
        rows.append(["X" + "".join(parts), f"样品{name}号片", "western", "X", *parts])
    text = StringIO()
    csv.writer(text).writerows([NATIONAL_LIST_COLUMNS, *rows])
    return text.getvalue().encode(), rows


def _published() -> tuple[bytes, list[list[str]]]:
    """The published list itself, where the variable NHSA_DRUG_CODES names it."""
    content = Path(os.environ["NHSA_DRUG_CODES"]).read_bytes()
    _header, *rows = csv.reader(StringIO(content.decode("utf-8-sig")))
    return content, rows
