"""The worker's part of an import. Each task may run twice: what is done already stays as it is.

They act for who uploaded the file: prices that not everybody sees are compared with those of a file too.
"""

from datetime import datetime, timedelta

from celery import shared_task
from django.db.models import F
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.actions import notify
from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind, Permission
from accounts.rules import warning_due
from catalogue import actions, searching
from catalogue.actions.lists.notices import tell_of_edition as tell_edition
from catalogue.actions.releases import Discarded, Overtaken
from catalogue.actions.shelf import note_shelf_ends
from catalogue.models import Adjustment, CatalogueImport, Edition, Item, PriceChange, ReleaseRow, ShelfDocument
from core import search
from core.acting import acting_for
from core.clock import legal_date
from core.models import OutboxMessage
from core.outbox import queue

LONGEST_MERGE = 24 * 3600  # seconds; of a whole national release it takes hours
LOOKED_AFTER = timedelta(minutes=1)
CAUGHT_UP = timedelta(days=7)
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


SHELF_ENDS = gettext_noop(
    "%(document)s ends with %(last_day)s. Put the one that follows on the shelf: from then on its products are neither"
    " bid nor ordered without it."
)
SHELF_ENDED = gettext_noop(
    "%(document)s ended with %(last_day)s. Its products are neither bid nor ordered until one in force is on the shelf."
)


@shared_task
def warn_of_shelf() -> None:
    """Tell suppliers 90, 30 and 7 days ahead, and once it has come, that a document ends: each time once."""
    now = timezone.now()
    today = legal_date(now)
    ending = list(ShelfDocument.objects.ending(today))
    heirs = Organisation.objects.heirs(document.supplier_id for document in ending)
    for document in ending:
        days = warning_due(document.valid_until, today)
        if days is None or (document.warned_days is not None and document.warned_days <= days):
            continue
        notify(
            seats=list(Seat.objects.that_may(Permission.BID, [heirs[document.supplier_id]], today)),
            subject=document.reference,
            text=SHELF_ENDS if days else SHELF_ENDED,
            data={"document": str(document), "last_day": document.valid_until.isoformat()},
            path=reverse("catalogue:shelf"),
            about=f"shelf.{days}:{document.reference}",
            now=now,
        )
        note_shelf_ends(document=document, days=days, now=now)


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


WAITED = timedelta(days=7)  # after which whoever must act on a proposal is reminded, week by week
PROPOSALS = {
    "proposed": (True, gettext_noop("Proposal %(adjustment)s to change the catalogue waits for an answer")),
    "asked": (False, gettext_noop("The agency asks back about proposal %(adjustment)s")),
    "accepted": (False, gettext_noop("Proposal %(adjustment)s was accepted: the catalogue says so now")),
    "refused": (False, gettext_noop("Proposal %(adjustment)s was refused")),
    "withdrawn": (True, gettext_noop("Proposal %(adjustment)s was withdrawn by its proposer")),
}
LATE = gettext_noop("Proposals to change the catalogue wait for you, the oldest since %(day)s: %(count)s")


@shared_task
def tell_of_adjustment(reference: str, status: str, proposer: int) -> None:
    """Tell whoever must act on a proposal, or waits for it, how it stands; all that is said comes with the message."""
    to_agency, text = PROPOSALS[status]
    now = timezone.now()
    notify(
        seats=_keepers(now) if to_agency else _proposers(proposer, now),
        subject=reference,
        text=text,
        data={"adjustment": reference},
        path=reverse("catalogue:adjustment", args=[reference]),
        about=f"adjustment.{status}:{reference}",
        now=now,
    )


@shared_task
def remind_of_adjustments() -> None:
    """Tell whoever must act on proposals that have waited for a week, once a week each."""
    now = timezone.now()
    keepers = _keepers(now)
    if not keepers:
        return
    with acting_for(keepers[0].acting):
        late = list(Adjustment.objects.waiting_since(now - WAITED).values_list("status", "organisation", "waits_since"))
    sides = {0: [since for status, _whose, since in late if status == Adjustment.Status.PROPOSED]}
    for status, whose, since in late:
        if status == Adjustment.Status.ASKED:
            sides.setdefault(whose, []).append(since)
    year, number, _day = legal_date(now).isocalendar()
    for whose, waits in sides.items():
        if waits:
            notify(
                seats=_proposers(whose, now) if whose else keepers,
                subject=str(len(waits)),
                text=LATE,
                data={"day": legal_date(waits[0]).isoformat(), "count": str(len(waits))},
                path=reverse("catalogue:adjustments"),
                about=f"adjustments.late:{year}-{number}",
                now=now,
            )


def _keepers(now: datetime) -> list[Seat]:
    agencies = Organisation.objects.of_kind(OrganisationKind.AGENCY).values_list("pk", flat=True)
    return list(Seat.objects.that_may(Permission.IMPORT_CATALOGUE, agencies, legal_date(now)))


def _proposers(organisation: int, now: datetime) -> list[Seat]:
    """The people who may answer for an organisation, each once."""
    seats = {
        seat.pk: seat
        for permission in actions.PROPOSERS
        for seat in Seat.objects.that_may(permission, [organisation], legal_date(now))
    }
    return list(seats.values())


@shared_task
def tell_of_edition(edition_id: int) -> None:
    """Tell whom an edition concerns that it is published."""
    edition = Edition.objects.select_related("list__region").get(pk=edition_id)
    tell_edition(edition=edition, now=timezone.now())


@shared_task
def tell_of_editions_in_force() -> int:
    """Tell the same people once the day of an edition has come; a week in which nobody ran this is caught up. Returns
    how many messages are new."""
    now = timezone.now()
    today = legal_date(now)
    begun = Edition.objects.published().filter(valid_from__range=(today - CAUGHT_UP, today))
    early = begun.filter(published_at__date__lt=F("valid_from")).select_related("list__region")
    return sum(tell_edition(edition=edition, now=now) for edition in early.order_by("pk"))


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
