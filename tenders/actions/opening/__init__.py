"""Closing a tender, asking the openers, releasing shares, opening.

A key file, its code and what they unlock exist in the memory of the one request that releases shares. A
seed exists before its envelope is published only inside the transaction that publishes it.
"""

from tenders.actions.opening.closing import close_due_tenders, close_tender
from tenders.actions.opening.releasing import release_shares, release_with_keys
from tenders.actions.opening.requesting import ready_lots, request_opening, request_openings
from tenders.actions.opening.stamping import keep_stamp
from tenders.actions.opening.unlocking import conclude_opening, open_envelopes

__all__ = [
    "close_due_tenders",
    "close_tender",
    "conclude_opening",
    "keep_stamp",
    "open_envelopes",
    "ready_lots",
    "release_shares",
    "release_with_keys",
    "request_opening",
    "request_openings",
]
