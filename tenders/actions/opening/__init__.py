"""Closing a tender, asking the openers, taking their shares, opening, minutes, and the end of the keys.

No private key comes here. A seed exists before its envelope is published only inside the transaction that
publishes it.
"""

from tenders.actions.opening.calling import absent_openers, call_reveal, postpone_opening, publish_call
from tenders.actions.opening.closing import close_due_tenders, close_tender
from tenders.actions.opening.destroying import declare_key_destroyed
from tenders.actions.opening.minutes import sign_minutes
from tenders.actions.opening.releasing import Released, release_shares
from tenders.actions.opening.requesting import check_requesting, ready_lots, request_opening, request_openings
from tenders.actions.opening.stamping import keep_stamp
from tenders.actions.opening.unlocking import conclude_opening, open_envelopes

__all__ = [
    "Released",
    "absent_openers",
    "call_reveal",
    "check_requesting",
    "close_due_tenders",
    "close_tender",
    "conclude_opening",
    "declare_key_destroyed",
    "keep_stamp",
    "open_envelopes",
    "postpone_opening",
    "publish_call",
    "ready_lots",
    "release_shares",
    "request_opening",
    "request_openings",
    "sign_minutes",
]
