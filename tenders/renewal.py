"""Keys lost before the deadline: whoever lost one leaves the key list, a successor joins it, and an amendment makes
the renewed list the notice's. Until then bids are sealed to the notice as it was.
"""

from datetime import datetime

from accounts.models import Seat
from accounts.permissions import Permission
from core.clock import legal_date
from tenders.keylist import current_openers
from tenders.models import Opener, Tender
from tenders.notice import PublishedNotice


def is_renewed(tender: Tender, now: datetime) -> bool:
    """Whether bids can come, and an opener is named whose key the published notice does not have."""
    return tender.open_for_bids(now) and any(not _in_notice(opener, tender) for opener in current_openers(tender))


def list_may_change(tender: Tender, now: datetime) -> bool:
    """Whether openers prove their keys and sign the key list now: before the publication of a tender, of a call to
    reveal, or of a renewed list."""
    return tender.openers_may_change() or is_renewed(tender, now)


def may_make_key(opener: Opener, now: datetime) -> bool:
    """Whether the opener may make a key, or another one: no bid is sealed to the one that it has."""
    tender = opener.tender
    return tender.openers_may_change() or (tender.open_for_bids(now) and not _in_notice(opener, tender))


def places_to_give(tender: Tender, now: datetime) -> set[int]:
    """The places of the key list that may be given to somebody else.

    While bids are sealed to an opener's key, only once nobody can use it any more: the opener declared it lost, or
    has no seat from which to release.
    """
    openers = current_openers(tender)
    if tender.openers_may_change():
        return {opener.place for opener in openers}
    if not tender.open_for_bids(now):
        return set()
    seats = Seat.objects.current(legal_date(now)).filter(pk__in=[opener.seat_id for opener in openers])
    able = {seat.pk for seat in seats if seat.may(Permission.OPEN_ENVELOPES)}
    return {
        opener.place
        for opener in openers
        if opener.lost_at or opener.seat_id not in able or not _in_notice(opener, tender)
    }


def _in_notice(opener: Opener, tender: Tender) -> bool:
    return opener.public_key in PublishedNotice.of(tender).openers
