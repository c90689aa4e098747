"""The worker's part of an import. Both tasks may run twice: what is done already stays as it is.

They act for who uploaded the file: prices that not everybody sees are compared with those of a file too.
"""

from celery import shared_task
from django.utils import timezone

from catalogue import actions
from catalogue.models import CatalogueImport
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
