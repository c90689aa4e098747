"""Publishing a tender, which freezes what bids are sealed to, and cancelling one."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from core.moves import move
from core.outbox import queue
from tenders.actions.preparation import in_words, lock_tender, permit
from tenders.checklist import missing
from tenders.duties import keep_apart
from tenders.models import DemandWindow, Lot, Tender, Verb
from tenders.notice import notice_body
from tenders.sealing.documents import document_hash
from tenders.signing import sign

# The volumes of all lots, by hospital and item, in one statement: what was reported is what is tendered.
FREEZE_VOLUMES = """
    INSERT INTO tenders_lotvolume (lot_id, hospital_id, item_id, quantity)
    SELECT lot.id, report.hospital_id, entry.item_id, entry.quantity
    FROM tenders_lot lot
    JOIN tenders_lotitem part ON part.lot_id = lot.id
    JOIN tenders_demandreport report ON report.window_id = %s
    JOIN tenders_demandentry entry ON entry.report_id = report.id AND entry.item_id = part.item_id
    WHERE lot.tender_id = %s
"""


@action
def publish_tender(*, tender: Tender, by: Seat, now: datetime) -> Tender:
    """Publish a complete draft: freeze volumes and rules, sign the notice, and open the tender for bids.

    Refused with every fault at once while anything is missing; the field of a fault is the part of the
    draft, its row the lot. Whoever publishes has no other part in the tender.
    """
    permit(tender, by, Permission.PUBLISH_TENDER)
    tender = _held_draft(tender)
    faults = missing(tender, by=by, now=now)
    if faults:
        raise Refused(_("The tender is not complete and was not published."), faults=faults, code="incomplete")
    notice = sign(notice_body(tender, published_at=now))
    move(
        tender,
        Tender.Status.PUBLISHED,
        published_at=now,
        published_by=by,
        rules=tender.rule_set.body,
        notice=notice,
        terms=document_hash(notice),
    )
    with connection.cursor() as cursor:
        cursor.execute(FREEZE_VOLUMES, [tender.window_id, tender.pk])
    record(
        Verb.TENDER_PUBLISHED,
        tender.reference,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        deadline=in_words(tender.deadline),
        terms=tender.terms,
    )
    queue("tenders.tasks.announce_tender", tender.pk, now=now)
    return tender


@action
def cancel_tender(*, tender: Tender, reason: str, by: Seat, now: datetime) -> Tender:
    """Cancel a tender with its reason. Every lot fails, and its bids stay sealed for ever.

    Refused once a lot is awarded: that decision binds.
    """
    permit(tender, by, Permission.PUBLISH_TENDER)
    keep_apart(tender, by, Permission.PUBLISH_TENDER)
    if not reason.strip():
        raise Refused(_("Give the reason: it is published."), field="reason")
    seen, tender = tender, lock_tender(tender)
    if tender.status == Tender.Status.CANCELLED and seen.status != tender.status:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    awarded = tender.lots.filter(status=Lot.Status.AWARDED).first()
    if awarded is not None:
        raise Refused(
            _("Lot %(lot)d is awarded, which binds; the tender can no longer be cancelled.") % {"lot": awarded.number}
        )
    was_public = tender.status == Tender.Status.PUBLISHED
    move(tender, Tender.Status.CANCELLED, cancelled_at=now, cancelled_by=by, cancel_reason=reason.strip())
    tender.lots.exclude(status__in=(Lot.Status.NEGOTIATION, Lot.Status.FAILED)).update(
        status=Lot.Status.FAILED, reason=Lot.Reason.CANCELLED, ended_at=now, ended_by=by
    )
    record(
        Verb.TENDER_CANCELLED,
        tender.reference,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC if was_public else Event.Audience.AGENCY,
        reason=reason.strip(),
    )
    if was_public:
        queue("tenders.tasks.announce_cancellation", tender.pk, now=now)
    return tender


def _held_draft(tender: Tender) -> Tender:
    """The draft and its demand as they are now, held until commit: of two officers who publish, one waits."""
    seen, tender = tender, lock_tender(tender)
    if tender.status != Tender.Status.DRAFT and seen.status == Tender.Status.DRAFT:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    if tender.status != Tender.Status.DRAFT:
        raise Refused(_("Only a tender in preparation can be published."), code="not_now")
    if tender.window_id:
        tender.window = DemandWindow.objects.select_for_update(no_key=True).get(pk=tender.window_id)
    return tender
