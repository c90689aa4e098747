"""The worker's part of an import. Each task may run twice: what is done already stays as it is.

They act for who uploaded the file: prices that not everybody sees are compared with those of a file too.
"""

from datetime import timedelta

from celery import shared_task
from django.db.models.fields.json import KT
from django.utils import timezone

from catalogue import actions, searching
from catalogue.actions.releases import Discarded, Overtaken
from catalogue.models import CatalogueImport, Item, ReleaseRow
from core import search
from core.acting import acting_for
from core.models import OutboxMessage
from core.outbox import queue

LONGEST_MERGE = 24 * 3600  # seconds; of a whole national release it takes hours
LOOKED_AFTER = timedelta(minutes=1)
INDEXED = 20_000  # rows of a release that one message lets be found


@shared_task
def read_import(batch_id: int) -> None:
    """Read a staged file."""
    batch = CatalogueImport.objects.get(pk=batch_id)
    with acting_for(batch.uploaded_by.acting):
        actions.read_import(batch=batch, now=timezone.now())


@shared_task
def apply_import(batch_id: int) -> None:
    """Write an approved file into the catalogue."""
    batch = CatalogueImport.objects.get(pk=batch_id)
    with acting_for(batch.uploaded_by.acting):
        actions.apply_import(batch=batch, now=timezone.now())


@shared_task
def index_import(batch_id: int) -> None:
    """Let what a merged file named be found: of a whole catalogue it takes longer than its merge may."""
    batch = CatalogueImport.objects.get(pk=batch_id)
    if not batch.is_prices:
        names = batch.staged_rows.order_by().values(name=KT("values__name_key")).distinct()
        search.index(searching.of_items(Item.objects.filter(name_key__in=names)))


@shared_task
def read_release(batch_id: int) -> None:
    """Read the next stretch of a release."""
    batch = CatalogueImport.objects.get(pk=batch_id)
    with acting_for(batch.uploaded_by.acting):
        actions.read_release(batch=batch, now=timezone.now())


@shared_task
def start_release(batch_id: int) -> None:
    """Have an approved release merged, and look again in a minute, for as long as it is not: a worker may have died, or
    another file be in its way. Where one is at it, a second one leaves it alone."""
    now = timezone.now()
    if CatalogueImport.objects.filter(pk=batch_id, status=CatalogueImport.Status.MERGING).exists():
        merge_release.delay(batch_id)
        # Not queued as others are, which are delivered at once.
        OutboxMessage.objects.create(
            task="catalogue.tasks.start_release", arguments=[batch_id], due_at=now + LOOKED_AFTER
        )


@shared_task(time_limit=LONGEST_MERGE, soft_time_limit=LONGEST_MERGE)
def merge_release(batch_id: int) -> None:
    """Write an approved release into the catalogue. No message of the outbox: those have minutes."""
    batch = CatalogueImport.objects.get(pk=batch_id)
    now = timezone.now()
    with acting_for(batch.uploaded_by.acting):
        try:
            actions.apply_release(batch=batch, now=now)
        except Overtaken:
            actions.read_again(batch=batch, now=now)
        except Discarded:
            return


@shared_task
def clear_release(batch_id: int) -> None:
    """Remove the rows of a discarded release."""
    actions.clear_release(batch=CatalogueImport.objects.get(pk=batch_id), now=timezone.now())


@shared_task
def index_release(batch_id: int, after: int) -> None:
    """Let some of what a release named be found, and the rest by the next message."""
    written = ReleaseRow.objects.filter(batch=batch_id, effect__in=ReleaseRow.WRITES, pk__gt=after).exclude(code="")
    rows = list(written.order_by("pk").values_list("pk", "code")[:INDEXED])
    if rows:
        search.index(searching.of_codes([code for _pk, code in rows]))
        queue("catalogue.tasks.index_release", batch_id, rows[-1][0], now=timezone.now())
