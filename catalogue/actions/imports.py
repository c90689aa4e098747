"""An uploaded file on its way into the catalogue: staged, read, merged or discarded.

A person stages, merges and discards; a worker reads and applies. Each of the five is one transaction, so that a
worker killed anywhere leaves the state before it, and the message in the outbox makes another one begin again.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from psycopg.errors import DiskFull

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.actions import merging_prices, merging_products
from catalogue.actions.reading import NoteRecord, Upload, copy_rows
from catalogue.models import CatalogueImport, StagedRow, Verb
from catalogue.rules import Header, Layout
from core.actions import action
from core.clock import legal_date
from core.errors import Fault, Refused
from core.events import record
from core.moves import move
from core.outbox import queue
from core.references import next_reference

_Status = CatalogueImport.Status
_NAME_LENGTH = 200
_TOLD = 10  # rows that a note names
_MERGE_LOCK = "catalogue.merge"
_MARK = """
    UPDATE catalogue_stagedrow s
    SET effect = planned.effect, faults = to_jsonb(planned.faults),
        changes = CASE WHEN planned.effect IN ('changed', 'same') THEN planned.changes ELSE '{}' END
    FROM planned WHERE s.id = planned.staged AND (s.effect <> planned.effect OR planned.effect = 'changed')
"""
_COUNT = "SELECT effect, count(*) FROM catalogue_stagedrow WHERE batch_id = %s GROUP BY effect"


@action
def stage_import(*, file_name: str, content: bytes, by: Seat, now: datetime) -> CatalogueImport:
    """Keep an uploaded file and have it read. Refused when it cannot be read at all or lacks a column."""
    require(by, Permission.IMPORT_CATALOGUE, Permission.RECORD_PRICE)
    layout = Upload(file_name, content).header.layout
    require(by, _needed(layout))
    batch = CatalogueImport(
        reference=next_reference("catalogue_import", "CI", now),
        layout=layout.value,
        file_name=file_name[-_NAME_LENGTH:],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_at=now,
        uploaded_by=by,
    )
    _keep(batch)
    record(Verb.IMPORT_STAGED, batch.reference, by=by, now=now, file=batch.file_name)
    queue("catalogue.tasks.read_import", batch.pk, now=now)
    return batch


@action
def read_import(*, batch: CatalogueImport, now: datetime) -> None:
    """Read a staged file row by row and say what each row would do. A file that was read already stays as it is."""
    _take_time()
    _wait_for(f"catalogue.import.{batch.pk}")
    batch.refresh_from_db()
    if batch.status != _Status.STAGING:
        return
    upload = Upload(batch.file_name, bytes(batch.content))
    rows = copy_rows(batch, upload)
    counts = _judge(batch, upload.header, now)
    status = _Status.FAULTY if counts["faulty"] else _Status.READY
    move(batch, status, rows=rows, rows_done=rows, notes=[*upload.notes, *_repeated(batch)], **counts)
    facts: dict[str, Any] = {"file": batch.file_name, "rows": rows, "faulty": counts["faulty"]}
    record(Verb.IMPORT_READ, batch.reference, by=None, now=now, **facts)


@action
def merge_import(*, batch: CatalogueImport, by: Seat, now: datetime) -> None:
    """Decide that a file without faults goes into the catalogue, and have that done."""
    require(by, _needed(Layout(batch.layout)))
    if batch.status == _Status.FAULTY:
        raise Refused(
            _("A file with errors is not merged: all rows go in, or none. Correct it and upload it again."),
            code="with_errors",
        )
    move(batch, _Status.MERGING, approved_at=now, approved_by=by)
    record(Verb.IMPORT_APPROVED, batch.reference, by=by, now=now, file=batch.file_name)
    queue("catalogue.tasks.apply_import", batch.pk, now=now)


@action
def apply_import(*, batch: CatalogueImport, now: datetime) -> None:
    """Write an approved file into the catalogue: every row, or none.

    Files go in one after another. Each is judged once more, because another one may have come between; if rows
    no longer fit, nothing is written and the file is left with its errors. One that is not waiting stays as it is.
    """
    _take_time()
    _wait_for(_MERGE_LOCK)
    batch.refresh_from_db()
    approver = batch.approved_by
    if batch.status != _Status.MERGING or approver is None:
        return
    counts = _judge(batch, Upload(batch.file_name, bytes(batch.content)).header, now)
    if counts["faulty"]:
        move(batch, _Status.FAULTY, **counts)
        facts: dict[str, Any] = {"file": batch.file_name, "faulty": counts["faulty"]}
        record(Verb.IMPORT_OVERTAKEN, batch.reference, by=None, now=now, **facts)
        return
    with _joined_by_hash():
        if batch.is_prices:
            merging_prices.merge(approver, now)
        else:
            merging_products.merge(batch, approver, now)
    move(batch, _Status.MERGED, merged_at=now, merged_by=approver, **counts)
    queue("catalogue.tasks.index_import", batch.pk, now=now)
    facts = {"file": batch.file_name, "new": counts["new"], "changed": counts["changed"], "same": counts["same"]}
    record(Verb.IMPORT_MERGED, batch.reference, by=approver, now=now, **facts)


@action
def discard_import(*, batch: CatalogueImport, by: Seat, now: datetime) -> None:
    """Lay a file aside that has not been merged; its staged rows go, the file itself is kept."""
    require(by, _needed(Layout(batch.layout)))
    move(batch, _Status.DISCARDED)
    StagedRow.objects.filter(batch=batch).delete()
    record(Verb.IMPORT_DISCARDED, batch.reference, by=by, now=now, file=batch.file_name)


@action
def import_at_once(*, file_name: str, content: bytes, by: Seat, now: datetime) -> CatalogueImport:
    """Stage, read and merge a file without a worker. Refused with every fault, row by row."""
    batch = stage_import(file_name=file_name, content=content, by=by, now=now)
    read_import(batch=batch, now=now)
    if batch.status == _Status.FAULTY:
        raise Refused(_("The file has errors, so none of its rows was imported."), faults=faults_of(batch))
    merge_import(batch=batch, by=by, now=now)
    apply_import(batch=batch, now=now)
    return batch


def faults_of(batch: CatalogueImport) -> list[Fault]:
    """What is wrong with the rows of a file, in the reader's language, in the order of the file."""
    rows = StagedRow.objects.filter(batch=batch).faulty().order_by("number")
    return [fault for row in rows for fault in row.told()]


def _judge(batch: CatalogueImport, header: Header, now: datetime) -> dict[str, int]:
    """Say of each staged row what it would do to the catalogue as it is now, and count."""
    with _joined_by_hash():
        if batch.is_prices:
            merging_prices.plan(batch, header, batch.uploaded_by.organisation.region_id)
        else:
            merging_products.plan(batch, header, legal_date(now))
    with connection.cursor() as cursor:
        cursor.execute(_MARK)
        cursor.execute(_COUNT, [batch.pk])
        counted = dict(cursor.fetchall())
    return {effect: counted.get(effect, 0) for effect in StagedRow.Effect.values}


def _repeated(batch: CatalogueImport) -> list[NoteRecord]:
    """Which rows fell together with earlier ones."""
    again = StagedRow.objects.filter(batch=batch, changes__has_key="row").order_by("number")
    numbers = list(again.values_list("number", flat=True)[: _TOLD + 1])
    if not numbers:
        return []
    rows = ", ".join(map(str, numbers[:_TOLD])) + (", …" if len(numbers) > _TOLD else "")
    message = gettext_noop(
        "Rows that say the same as an earlier one, however spelt, count once: %(count)s (row %(rows)s)."
    )
    return [{"message": message, "values": {"count": again.count(), "rows": rows}}]


def _needed(layout: Layout) -> Permission:
    return Permission.RECORD_PRICE if layout is Layout.PRICES else Permission.IMPORT_CATALOGUE


def _keep(batch: CatalogueImport) -> None:
    try:
        with transaction.atomic():
            batch.save(force_insert=True)
    except OperationalError as error:
        if not isinstance(error.__cause__, DiskFull):
            raise
        message = _("The platform's storage is full, so the file was not kept. Nothing else was lost; try again later.")
        raise Refused(message, field="file", code="storage_full") from None


def _take_time() -> None:
    """Large files take longer than a page may; this holds for the running transaction only."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '4min'; SET LOCAL lock_timeout = '1min'")


@contextmanager
def _joined_by_hash() -> Iterator[None]:
    """Keep the planner from joining row by row: it knows nothing yet of rows that this transaction has written."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop = on")


def _wait_for(name: str) -> None:
    """Let nobody else hold the lock of this name until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
