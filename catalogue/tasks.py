"""The worker's part of an import. Each task may run twice: what is done already stays as it is.

They act for who uploaded the file: prices that not everybody sees are compared with those of a file too.
"""

from celery import shared_task
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.actions import notify
from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind, Permission
from catalogue import actions, searching
from catalogue.models import CatalogueImport, Item, PriceChange
from core import search
from core.acting import acting_for
from core.clock import legal_date


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
def tell_of_price_change(change_id: int) -> None:
    """Tell whoever confirmed prices touch: who may offer the products, and the hospitals of the region that order."""
    change = PriceChange.objects.get(pk=change_id)
    with acting_for(change.proposed_by.acting):
        actions.tell_of_price_change(change=change, now=timezone.now())


NEWS = {
    "applied": (
        Permission.REVIEW_LISTING,
        gettext_noop("Application for listing %(listing)s waits for review"),
    ),
    "reviewed": (
        Permission.LIST_PRODUCT,
        gettext_noop("Listing %(listing)s waits for a second person"),
    ),
    "asked": (Permission.APPLY_FOR_LISTING, gettext_noop("The agency asks back about listing %(listing)s")),
    "refused": (Permission.APPLY_FOR_LISTING, gettext_noop("Listing %(listing)s was refused")),
    "listed": (Permission.APPLY_FOR_LISTING, gettext_noop("Listing %(listing)s is listed: hospitals may order")),
    "suspended": (Permission.APPLY_FOR_LISTING, gettext_noop("Listing %(listing)s is suspended")),
    "delisted": (Permission.APPLY_FOR_LISTING, gettext_noop("Listing %(listing)s has ended")),
    "withdrawn": (Permission.REVIEW_LISTING, gettext_noop("The supplier withdrew application %(listing)s")),
}


@shared_task
def tell_of_listing(reference: str, status: str, supplier: int) -> None:
    """Tell whoever must act on a listing, or waits for it, how it stands; its page says why. The worker acts for
    nobody and reads no application: all that it says comes with the message."""
    permission, text = NEWS[status]
    now = timezone.now()
    agencies = Organisation.objects.of_kind(OrganisationKind.AGENCY).values_list("pk", flat=True)
    told = [supplier] if permission == Permission.APPLY_FOR_LISTING else list(agencies)
    notify(
        seats=Seat.objects.that_may(permission, told, legal_date(now)),
        subject=reference,
        text=text,
        data={"listing": reference},
        path=reverse("catalogue:listing", args=[reference]),
        about=f"listing.{status}:{reference}",
        now=now,
    )
