"""The worker's part of an import. Each task may run twice: what is done already stays as it is.

They act for who uploaded the file: prices that not everybody sees are compared with those of a file too.
"""

from celery import shared_task
from django.db.models.fields.json import KT
from django.utils import timezone

from catalogue import actions, searching
from catalogue.models import CatalogueImport, Item
from core import search
from core.acting import acting_for


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
