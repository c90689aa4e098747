"""The national release on its way into the catalogue: kept, read stretch by stretch, merged in one transaction.

A person stages, merges and discards; workers read and apply. Reading is many transactions, each of which leaves a mark
behind its rows, so that a worker killed anywhere costs one stretch. Merging is one transaction, however long: all rows
are visible at once, or none. Whoever discards the release meanwhile ends both.
"""

from collections import Counter
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

from django.db import connection
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.actions.releases import merging
from catalogue.actions.releases.judging import judge
from catalogue.actions.releases.pieces import KeptFile, keep, measured, unpacked
from catalogue.actions.releases.reading import DelimitedRelease, SheetRelease, rows_from
from catalogue.models import CatalogueImport, ReleaseRow, ReleaseRun, Verb
from catalogue.rules import Layout, read_classes
from catalogue.rules.wording import CodeError
from core.actions import action
from core.clock import legal_date
from core.errors import Refused
from core.events import record
from core.moves import move
from core.outbox import queue
from core.references import next_reference
from core.spreadsheets import SpreadsheetError

STRETCH = 50_000  # rows of one transaction of reading
_CHUNK = 10_000
_CLEARED = 200_000  # rows that one transaction of clearing away takes
_READ = "catalogue.tasks.read_release"
_Status, _Effect = CatalogueImport.Status, ReleaseRow.Effect
_TELL = "UPDATE catalogue_releaserun SET merged_rows = %s, told = clock_timestamp() WHERE batch_id = %s"


class Discarded(Exception):
    """Somebody has laid the release aside while a worker was at it."""


@action
def stage_release(*, file_name: str, file: BinaryIO, classes: str, by: Seat, now: datetime) -> CatalogueImport:
    """Keep a release, packed or not, and have it read: whole, or only the codes that begin with one of ``classes``.

    Refused when it has not the columns of a release.
    """
    require(by, Permission.IMPORT_CATALOGUE)
    try:
        prefixes = read_classes(classes)
    except CodeError as refusal:
        raise Refused(refusal.told(_), field="classes", code="invalid") from None
    file.seek(0)
    size, sha256 = measured(file)
    rows_from(*unpacked(file, file_name), {})
    batch = CatalogueImport.objects.create(
        reference=next_reference("catalogue_import", "CI", now),
        layout=Layout.RELEASE.value,
        file_name=file_name[-200:],
        content=b"",
        sha256=sha256,
        uploaded_at=now,
        uploaded_by=by,
    )
    keep(batch, file)
    ReleaseRun.objects.create(batch=batch, classes=list(prefixes), size=size, mark={}, began=now, told=now)
    record(Verb.RELEASE_STAGED, batch.reference, by=by, now=now, file=batch.file_name, classes=", ".join(prefixes))
    queue(_READ, batch.pk, now=now)
    return batch


@action
def read_release(*, batch: CatalogueImport, now: datetime) -> None:
    """Read and judge the next stretch of a staged release, and have the one after it read, or say what was found.

    A release that somebody else is reading, or that is not being read any more, stays as it is.
    """
    if not _alone(f"catalogue.import.{batch.pk}"):
        return
    _take_time()
    batch.refresh_from_db()
    if batch.status != _Status.STAGING:
        return
    run = ReleaseRun.objects.select_for_update().get(batch=batch)
    kept = KeptFile(batch.pk, run.size)
    rows = rows_from(*unpacked(kept, batch.file_name), dict(run.mark))
    ended = _read_stretch(batch, run, rows, now)
    run.mark, run.rows_read, run.told = rows.mark, rows.mark["row"], now
    run.rows_expected = run.rows_read if ended else max(run.rows_read, run.rows_read * run.size // max(kept.tell(), 1))
    run.save()
    if ended:
        _finish(batch, run, now)
    else:
        queue(_READ, batch.pk, now=now)


@action
def apply_release(*, batch: CatalogueImport, now: datetime) -> None:
    """Write an approved release into the catalogue: every sound row, or none.

    Returns without effect where it is not waiting for that, or another file is being merged. Raises ``Overtaken``, and
    leaves nothing, where the catalogue is no longer what the rows were judged by (``read_again``), and ``Discarded``.
    """
    _take_time()
    if not _alone("catalogue.merge"):
        return
    batch.refresh_from_db()
    approver = batch.approved_by
    if batch.status != _Status.MERGING or approver is None:
        return
    with _Telling(batch) as telling:
        merging.merge(batch, approver, now, telling.tell)
    move(batch, _Status.MERGED, merged_at=now, merged_by=approver)
    counts = ReleaseRun.objects.get(batch=batch).counts
    record(Verb.RELEASE_MERGED, batch.reference, by=approver, now=now, file=batch.file_name, **_told(counts))
    queue("catalogue.tasks.index_release", batch.pk, 0, now=now)


@action
def read_again(*, batch: CatalogueImport, now: datetime) -> None:
    """Have a release judged anew, because the catalogue has changed since; somebody decides on it again."""
    _take_time(statement="0")  # its rows go in one statement, millions of them: cut short, it would never be done
    batch.refresh_from_db()
    if batch.status != _Status.MERGING:
        return
    move(batch, _Status.STAGING, new=0, changed=0, same=0, faulty=0)
    ReleaseRow.objects.filter(batch=batch).delete()
    begun: dict[str, Any] = {"mark": {}, "rows_read": 0, "passed_over": 0, "counts": {}, "merged_rows": 0}
    ReleaseRun.objects.filter(batch=batch).update(began=now, told=now, **begun)
    record(Verb.RELEASE_OVERTAKEN, batch.reference, by=None, now=now, file=batch.file_name)
    queue(_READ, batch.pk, now=now)


@action
def clear_release(*, batch: CatalogueImport, now: datetime) -> None:
    """Remove the rows of a release that was discarded, some at a time; the file itself is kept."""
    _take_time()
    some = ReleaseRow.objects.filter(batch=batch).order_by("pk").values("pk")[:_CLEARED]
    removed, _kinds = ReleaseRow.objects.filter(pk__in=some, batch__status=_Status.DISCARDED).delete()
    if removed:
        queue("catalogue.tasks.clear_release", batch.pk, now=now)


def _read_stretch(
    batch: CatalogueImport, run: ReleaseRun, rows: DelimitedRelease | SheetRelease, now: datetime
) -> bool:
    """Judge as many rows as one transaction takes. Whether the file has ended."""
    columns = {name: name for name in rows.mark.get("columns", ())}
    wanted, counts, stretch = tuple(run.classes), Counter(run.counts), 0
    before = rows.mark["row"]
    try:
        waiting = iter(rows)
        while chunk := list(islice(waiting, _CHUNK)):
            taken = [one for one in chunk if not wanted or _is_of(one, wanted)]
            run.passed_over += len(chunk) - len(taken)
            counts.update(judge(batch, taken, columns, legal_date(now)))
            stretch += len(chunk)
            if stretch >= STRETCH:
                break
        ended = stretch < STRETCH
    except SpreadsheetError as error:
        _note_end(batch, rows.mark["row"] + 1, error)
        counts[_Effect.FAULTY] += 1
        batch.notes = [{"message": error.sentence, "values": dict(error.values)}]
        ended = True
    run.counts = dict(counts)
    return ended and rows.mark["row"] >= before


def _is_of(read: Any, wanted: tuple[str, ...]) -> bool:
    """Whether a row is of a class that was asked for; one whose code cannot be read may be."""
    said = read[1]
    return isinstance(said, list) or (said.code or said.old_code).startswith(wanted)


def _note_end(batch: CatalogueImport, number: int, error: SpreadsheetError) -> None:
    fault = {"column": "", "message": error.sentence, "value": "", "values": dict(error.values)}
    ReleaseRow.objects.create(batch=batch, number=number, effect=_Effect.FAULTY, faults=[fault])


def _finish(batch: CatalogueImport, run: ReleaseRun, now: datetime) -> None:
    """A release with errors may be merged without these rows: nobody here can correct the national list. One that
    breaks off, or holds no sound row, may not."""
    counts = Counter(run.counts)
    sound = counts.total() - counts[_Effect.FAULTY]
    changed = counts[_Effect.CHANGED] + counts[_Effect.REMAPPED] + counts[_Effect.DISABLED]
    facts: dict[str, Any] = {"new": counts[_Effect.ADDED], "changed": changed, "same": counts[_Effect.KEPT]}
    rows = counts.total()
    facts |= {"faulty": counts[_Effect.FAULTY], "rows": rows, "rows_done": rows, "notes": batch.notes}
    move(batch, _Status.READY if sound and not batch.notes else _Status.FAULTY, **facts)
    record(Verb.RELEASE_READ, batch.reference, by=None, now=now, file=batch.file_name, rows=rows, **_told(run.counts))


def _told(counts: dict[str, int]) -> dict[str, Any]:
    return {effect: counts.get(effect, 0) for effect in _Effect.values}


class _Telling:
    """Tells over a connection of its own how far a merge is, which nobody else sees before its end."""

    def __init__(self, batch: CatalogueImport) -> None:
        self._batch = batch
        self._side = connection.copy()

    def __enter__(self) -> "_Telling":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._side.close()

    def tell(self, done: int) -> None:
        """Raises ``Discarded`` where the merge shall not go on."""
        with self._side.cursor() as cursor:
            cursor.execute(_TELL, [done, self._batch.pk])
        if not CatalogueImport.objects.filter(pk=self._batch.pk, status=_Status.MERGING).exists():
            raise Discarded


def _take_time(statement: str = "4min") -> None:
    """Let one statement take so long, or as long as it takes (0)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{statement}'; SET LOCAL lock_timeout = '1min'")


def _alone(name: str) -> bool:
    """Whether nobody else holds the lock of this name; then nobody does until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        return bool(cursor.fetchone()[0])
