"""Publishing a tender, which freezes what bids are sealed to, and giving a draft up."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import Permission
from core import search
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from core.moves import move
from core.outbox import queue
from demand.actions import release_demand, use_demand
from demand.models import DemandWindow
from tenders import searching
from tenders.actions.drawing import freeze_pool
from tenders.actions.notices import issue_notice
from tenders.actions.preparation import in_words, lock_tender
from tenders.checklist import missing
from tenders.duties import fix_parts_of_named, permit
from tenders.models import Lot, Tender, Verb

# The volumes of all lots, by hospital and item, in one statement: what was reported is what is tendered.
FREEZE_VOLUMES = """
    INSERT INTO tenders_lotvolume (lot_id, hospital_id, item_id, quantity)
    SELECT lot.id, report.hospital_id, entry.item_id, entry.quantity
    FROM tenders_lot lot
    JOIN tenders_lotitem part ON part.lot_id = lot.id
    JOIN demand_demandreport report ON report.window_id = %s
    JOIN demand_demandentry entry ON entry.report_id = report.id AND entry.item_id = part.item_id
    WHERE lot.tender_id = %s
"""


@action
def publish_tender(*, tender: Tender, by: Seat, now: datetime) -> Tender:
    """Publish a complete draft: freeze volumes and rules, sign the notice, and open the tender for bids.

    Refused with every fault at once while anything is missing; the field of a fault is the part of the
    draft, its row the lot. Whoever publishes has no other part in the tender and did not prepare it last.
    Conflict where the draft was prepared anew since ``tender`` was read: nobody publishes what they have not seen.
    """
    permit(tender, by, Permission.PUBLISH_TENDER)
    tender = _held_draft(tender)
    faults = missing(tender, by=by, now=now)
    if faults or tender.window is None:
        raise Refused(_("The tender is not complete and was not published."), faults=faults, code="incomplete")
    use_demand(window=tender.window, reference=tender.reference, by=by, now=now)
    freeze_pool(tender)
    notice = issue_notice(tender, by=by, now=now)
    move(
        tender,
        Tender.Status.PUBLISHED,
        published_at=now,
        published_by=by,
        rules=tender.rule_set.body,
        notice=notice.document,
        terms=notice.sha256,
    )
    with connection.cursor() as cursor:
        cursor.execute(FREEZE_VOLUMES, [tender.window_id, tender.pk])
    fix_parts_of_named(tender)
    record(
        Verb.TENDER_PUBLISHED,
        tender.reference,
        by=by,
        now=now,
        audience=Event.Audience.PUBLIC,
        deadline=in_words(tender.deadline),
        terms=tender.terms,
    )
    search.index([searching.of_tender(tender)])
    queue("tenders.tasks.announce_tender", tender.pk, now=now)
    return tender


@action
def cancel_tender(*, tender: Tender, reason: str, by: Seat, now: datetime) -> Tender:
    """Give a draft up, with the reason.

    What was published is not cancelled by one person alone: it is proposed and approved (``actions.changes``).
    """
    permit(tender, by, Permission.PUBLISH_TENDER)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    seen, tender = tender, lock_tender(tender)
    if tender.status != seen.status:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    if tender.status == Tender.Status.PUBLISHED:
        raise Refused(_("A published tender is cancelled by two people. Propose its cancellation."), code="two_people")
    carry_out_cancellation(tender, reason=reason.strip(), by=by, now=now)
    record(Verb.DRAFT_CANCELLED, tender.reference, by=by, now=now, reason=reason.strip())
    return tender


def carry_out_cancellation(tender: Tender, *, reason: str, by: Seat, now: datetime) -> None:
    """Cancel the tender and end its lots; bids stay sealed for ever. Refused once a lot is awarded: that binds."""
    awarded = tender.lots.filter(ending=Lot.Ending.AWARDED).first()
    if awarded is not None:
        raise Refused(
            _("Lot %(lot)d is awarded, which binds; the tender can no longer be cancelled.") % {"lot": awarded.number},
            code="binding",
        )
    if tender.status == Tender.Status.PUBLISHED and tender.window is not None:
        release_demand(window=tender.window, reference=tender.reference, by=by, now=now)
    move(tender, Tender.Status.CANCELLED, cancelled_at=now, cancelled_by=by, cancel_reason=reason)
    tender.lots.running().update(status=Lot.Status.ENDED, ending=Lot.Ending.CANCELLED, ended_at=now, ended_by=by)


def _held_draft(tender: Tender) -> Tender:
    """The draft and its demand as they are now, held until commit: of two officers who publish, one waits."""
    seen, tender = tender, lock_tender(tender)
    published = tender.status != Tender.Status.DRAFT and seen.status == Tender.Status.DRAFT
    if published or tender.prepared_at != seen.prepared_at:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    if tender.status != Tender.Status.DRAFT:
        raise Refused(_("Only a tender in preparation can be published."), code="not_now")
    if tender.window_id:
        tender.window = DemandWindow.objects.select_for_update(no_key=True).get(pk=tender.window_id)
    return tender
