"""Sealing a bid on the server, inside the request: plaintext in, sealed files out, nothing kept."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.access import demand
from accounts.models import Seat
from accounts.permissions import Permission
from core.errors import Conflict
from tenders.actions.bidding.notice import sealing_notice
from tenders.actions.bidding.submitting import Submission, submit_or_record_refusal
from tenders.models import Bid, EnvelopeKind, Receipt
from tenders.sealing import envelope, payloads
from tenders.sealing.errors import SealError
from tenders.sealing.opening import Outcome, open_with_seed


@dataclass(frozen=True)
class Offer:
    """What a bid says: answers by the criteria's keys, and the price of one pack of the product."""

    answers: dict[str, str] = field(repr=False)
    price: Decimal = field(repr=False)


@sensitive_variables()
def seal_and_submit(*, bid: Bid, offer: Offer, submission_key: str, by: Seat, now: datetime) -> Receipt:
    """Seal an offer as the bid's next version and submit it; the receipt's kind tells whether it was taken.

    Conflict where the key was used before: the offer may have been changed since, and sealing hides
    whether it was, so nobody must believe that this one was submitted.
    """
    demand(by, Permission.BID)
    earlier = bid.receipts.filter(submission_key=submission_key).first()
    if earlier:
        raise Conflict(_("This form was sent before and has its receipt. Open it again to submit another version."))
    submission = _sealed(bid, offer, submission_key)
    return submit_or_record_refusal(bid=bid, submission=submission, by=by, now=now)


@sensitive_variables()
def _sealed(bid: Bid, offer: Offer, submission_key: str) -> Submission:
    number = bid.versions.count() + 1
    contents = {
        EnvelopeKind.COMMERCIAL.value: payloads.commercial_payload(
            currency=settings.CURRENCY, pack=bid.product_version.pack_size or 0, price=offer.price
        )
    }
    if bid.tender.envelopes == 2:
        contents[EnvelopeKind.TECHNICAL.value] = payloads.technical_payload(offer.answers)
    files = {
        kind: _proved(
            payload,
            sealing_notice(bid.lot, kind),
            envelope.Slot(bid.supplier.credit_code, bid.reference, number, kind),
        )
        for kind, payload in contents.items()
    }
    return Submission(submission_key, files.get("technical"), files["commercial"])


@sensitive_variables()
def _proved(payload: bytes, notice: envelope.Notice, slot: envelope.Slot) -> bytes:
    """The sealed file, after opening it again: a bid that cannot be opened must not leave the bidder's hands."""
    sealed = envelope.seal(payload, notice, slot)
    verdict = open_with_seed(sealed.file, sealed.seed)
    if verdict.outcome is not Outcome.OPENED or verdict.payload != payload:
        raise SealError("the sealed envelope does not open again")
    return sealed.file
