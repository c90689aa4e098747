"""What the published notice asks of an envelope."""

from sealing.envelope import Requirements
from tenders.models import Lot
from tenders.notice import PublishedNotice


def sealing_notice(lot: Lot, envelope: str) -> Requirements:
    """What the signed notice fixes for one kind of envelope of a lot."""
    return asked_of(PublishedNotice.of(lot.tender), lot, envelope)


def asked_of(published: PublishedNotice, lot: Lot, envelope: str) -> Requirements:
    """The same from a notice that was read already: it may be long."""
    return Requirements(
        tender=lot.tender.reference,
        lot=lot.key,
        terms=published.terms,
        k=published.body["k"],
        openers=published.openers,
        minimum_pad=published.minimum_pad(envelope),
    )
