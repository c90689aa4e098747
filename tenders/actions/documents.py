"""Documents of a tender: attached to the draft, or for an amendment that will name them."""

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.documents import Paper
from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.clock import database_clock
from core.errors import Refused
from core.events import record
from tenders.actions.preparation import lock_draft, lock_tender, touch
from tenders.duties import permit
from tenders.models import Tender, TenderDocument, Verb

MOST_DOCUMENTS = 20


@action
def attach_document(*, tender: Tender, kind: str, paper: Paper, by: Seat, now: datetime) -> TenderDocument:
    """Attach a file to a tender in preparation, whose notice will name it, or to one that is open for bids, where it
    counts once an amendment names it."""
    permit(tender, by, Permission.PREPARE_TENDER)
    tender = lock_tender(tender)
    draft = tender.status == Tender.Status.DRAFT
    if not draft and not tender.open_for_bids(database_clock()):
        raise Refused(_("Documents are attached before the deadline."), code="not_now")
    if kind not in TenderDocument.Kind.values:
        raise Refused(_("Say what kind of document it is."), field="kind", code="invalid_choice")
    if not paper.fits:
        raise Refused(_("Attach a PDF, an OFD or a picture of at most 10 MB."), field="document", code="document")
    if tender.documents.filter(sha256=paper.sha256).exists():
        raise Refused(_("This very file is attached already."), field="document", code="twice")
    if tender.documents.count() >= MOST_DOCUMENTS:
        raise Refused(_("A tender has at most %(most)d documents.") % {"most": MOST_DOCUMENTS}, code="out_of_range")
    last = tender.documents.aggregate(last=Max("number"))["last"] or 0
    facts = {"name": paper.name, "content": paper.content, "sha256": paper.sha256}
    made = TenderDocument.objects.create(
        tender=tender, number=last + 1, kind=kind, attached_at=now, attached_by=by, **facts
    )
    if draft:
        touch(tender, by, now)
    record(Verb.DOCUMENT_ATTACHED, tender.reference, by=by, now=now, name=made.name, sha256=made.sha256)
    return made


@action
def remove_document(*, tender: Tender, number: int, by: Seat, now: datetime) -> None:
    """Take a document off a draft. What was published is only left out of the next notice."""
    tender = lock_draft(tender, by)
    document = tender.documents.filter(number=number).first()
    if document is None:
        raise Refused(_("There is no such document any more."), code="does_not_exist")
    record(Verb.DOCUMENT_REMOVED, tender.reference, by=by, now=now, name=document.name, sha256=document.sha256)
    document.delete()
    touch(tender, by, now)
