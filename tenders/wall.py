"""The policies on rows that tell of bids: what the models of this room are walled by (``core.wall``).

A bid, and what hangs on it, is shown only where the session acts for its supplier or the bids of its tender are
closed: the deadline has passed by the database's own clock, or the close is signed. A tender cancelled before its
deadline is never closed, and its bids stay their suppliers' own. Who bids writes rows of its own bids only.
"""

from core.acting import ORGANISATION
from core.wall import Policy, changed, kept, seen, written

_OWN = f"supplier_id = {ORGANISATION}"
_CLOSED = """EXISTS (
    SELECT FROM tenders_tender AS tender WHERE tender.id = tender_id AND (
        tender.status = 'published' AND tender.deadline <= (SELECT platform_clock())
        OR EXISTS (SELECT FROM tenders_close WHERE tenders_close.tender_id = tender.id)
    )
)"""
_CALLED = """EXISTS (
    SELECT FROM tenders_revealcall AS call WHERE call.id = call_id AND call.due_at <= (SELECT platform_clock())
)"""


def _seen_bid(bid: str) -> str:
    """The policy of the bids themselves holds inside this one too."""
    return f"EXISTS (SELECT FROM tenders_bid AS seen WHERE seen.id = {bid})"


def _own_bid(bid: str) -> str:
    return f"EXISTS (SELECT FROM tenders_bid AS own WHERE own.id = {bid} AND own.{_OWN})"


def of_bidders(bid: str = "bid_id") -> tuple[Policy, ...]:
    """What a bidder writes; ``bid`` says in SQL where a row has its bid from."""
    return seen(_seen_bid(bid)), written(_own_bid(bid))


# Nothing of a bid is changed, but its bidder's processes lock it.
BIDS = (seen(f"{_OWN} OR {_CLOSED}"), written(_OWN), changed(_OWN))
# Seeds revealed after a call: their bidder's own until the hour of the call.
REVEALS = (seen(f"{_own_bid('bid_id')} OR {_seen_bid('bid_id')} AND {_CALLED}"), written(_own_bid("bid_id")))
# What is found, judged and decided about a bid.
JUDGED = (kept(_seen_bid("bid_id")),)
