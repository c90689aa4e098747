"""The close: no job makes it true that a tender is closed, its deadline does. This signs what then stands."""

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from core.actions import action
from core.clock import database_clock
from core.errors import Refused
from core.events import record
from core.models import Event
from core.outbox import queue
from sealing.canonical import format_time
from sealing.documents import CLOSE, document_hash
from tenders.models import Close, Receipt, Tender, Verb
from tenders.rules.opening import commitment
from tenders.signing import sign


def wait_for_bids_in_flight(tender: Tender) -> None:
    """Take the tender's locks for this transaction: every bid in flight commits first, and none can follow.

    The first is the one that the trigger of the bid versions shares. Whoever opens takes it too, so that two
    openers who release at once do not both believe that one share is still missing. The second is the
    tender's row, which whoever cancels holds: a cancelled tender is not opened any more.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('tender', %s))", [tender.pk])
    Tender.objects.select_for_update(no_key=True).get(pk=tender.pk)


@action
def close_tender(*, tender: Tender, now: datetime) -> Close:
    """The signed count and root of the bids that stand; made once, by whoever needs it first.

    Refused before the deadline. The instant is the database's, by whose clock bids are dated: a web
    server whose clock is ahead closes nothing. Everybody is told, and an outside time stamp is asked for later.
    """
    existing = Close.objects.filter(tender=tender).first()
    if existing:
        return existing
    wait_for_bids_in_flight(tender)
    existing = Close.objects.filter(tender=tender).first()
    if existing:
        return existing
    tender.refresh_from_db(fields=["status", "deadline"])
    closed_at = database_clock()
    if tender.deadline is None or not tender.closed(closed_at):
        raise Refused(_("The deadline of this tender has not come, or it is not published."), code="not_closed")
    close = _signed(tender, tender.deadline, closed_at)
    record(Verb.TENDER_CLOSED, tender.reference, by=None, now=now, audience=Event.Audience.PUBLIC, count=close.count)
    queue("tenders.tasks.announce_close", close.pk, now=now)
    if settings.TIME_STAMP_URL:
        queue("tenders.tasks.stamp_close", close.pk, now=now)
    return close


def close_due_tenders(*, now: datetime) -> int:
    """Close every tender whose deadline has passed and that nobody has closed yet. Returns how many."""
    due = list(Tender.objects.closed(database_clock()).filter(close=None))
    for tender in due:
        close_tender(tender=tender, now=now)
    return len(due)


def _signed(tender: Tender, deadline: datetime, closed_at: datetime) -> Close:
    committed = commitment(receipt.body for receipt in Receipt.objects.committed_by(tender))
    document = sign(
        {
            "format": CLOSE,
            "tender": tender.reference,
            "deadline": format_time(deadline),
            "closed_at": format_time(closed_at),
            "count": committed.count,
            "root": committed.root,
        }
    )
    return Close.objects.create(
        tender=tender,
        document=document,
        sha256=document_hash(document),
        count=committed.count,
        root=committed.root,
        closed_at=closed_at,
    )
