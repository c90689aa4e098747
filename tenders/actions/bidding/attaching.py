"""Storing sealed attachments ahead of a submission: any day, chunk by chunk, resumed by sending what is missing.

The platform learns how long an attachment is and nothing else of it: name and key lie sealed in the envelope.
What is stored stays, so that what a submission names can never be missing later.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Seat
from core.actions import action
from core.errors import Refused
from core.events import record
from core.models import Event
from sealing.primitives import sha256
from tenders.actions.bidding.submitting import require_own
from tenders.models import AttachmentChunk, Bid, SealedAttachment, Verb
from tenders.rules.attachments import Declaration, chunk_length, within_quota


@action
def declare_attachment(*, bid: Bid, declaration: Declaration, by: Seat, now: datetime) -> SealedAttachment:
    """Begin to store a sealed attachment of a bid. The same declaration gets the same attachment.

    Refused once the tender is not open for bids, for a length that so many chunks cannot have, and above the
    quota of the bid.
    """
    require_own(bid, by)
    if not declaration.possible:
        raise Refused(_("A sealed file of this length does not have these chunks."), field="length", code="impossible")
    Bid.objects.select_for_update(no_key=True).get(pk=bid.pk)
    earlier = bid.attachments.filter(blob=declaration.id).first()
    if earlier:
        return earlier
    _require_open(bid, now)
    if not within_quota(list(bid.attachments.values_list("length", flat=True)), declaration.length):
        raise Refused(_("The attachments of this bid would take more room than a bid has."), code="quota")
    attachment = SealedAttachment(
        bid=bid,
        blob=declaration.id,
        length=declaration.length,
        count=len(declaration.chunks),
        hashes=list(declaration.chunks),
        declared_at=now,
        declared_by=by,
    )
    attachment.save(force_insert=True)
    record(Verb.BID_ATTACHED, bid.reference, by=by, now=now, audience=Event.Audience.NAMED)
    return attachment


@action
def store_chunk(*, attachment: SealedAttachment, number: int, data: bytes, by: Seat, now: datetime) -> None:
    """Store one sealed chunk (``number`` from 0) that is the one declared. The same chunk again changes nothing.

    Refused for a number that the attachment does not have, and for bytes cut short or changed on the way.
    """
    bid = attachment.bid
    require_own(bid, by)
    if number >= attachment.count:
        raise Refused(_("This attachment has no chunk of this number."), field="number", code="no_such_chunk")
    cut = len(data) != chunk_length(attachment.length, attachment.count, number)
    if cut or sha256(data) != attachment.hashes[number]:
        raise Refused(
            _("These bytes are not the chunk that was declared: they were cut short or changed on the way."),
            field="data",
            code="not_as_declared",
        )
    if attachment.parts.filter(number=number).exists():
        return
    _require_open(bid, now)
    try:
        with transaction.atomic():
            AttachmentChunk(attachment=attachment, number=number, data=data).save(force_insert=True)
    except IntegrityError:
        # The same chunk came over another connection at the same moment.
        return


def _require_open(bid: Bid, now: datetime) -> None:
    if not bid.tender.open_for_bids(now):
        raise Refused(_("This tender is not open for bids."), code="not_open")
