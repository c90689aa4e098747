"""The worker's part of an import. Both tasks may run twice: what is done already stays as it is."""

from celery import shared_task
from django.utils import timezone

from catalogue import actions
from catalogue.models import CatalogueImport


@shared_task
def read_import(batch_id: int) -> None:
    """Read a staged file."""
    actions.read_import(batch=CatalogueImport.objects.get(pk=batch_id), now=timezone.now())


@shared_task
def apply_import(batch_id: int) -> None:
    """Write an approved file into the catalogue."""
    actions.apply_import(batch=CatalogueImport.objects.get(pk=batch_id), now=timezone.now())
