"""Changing a published tender: one officer proposes, another approves or declines, and all are told alike.

Whether bids exist plays no part in any of this: what an officer reads and may do is the same with none and with
fifty.
"""

from tenders.actions.changes.deciding import approve_change, decline_change
from tenders.actions.changes.proposing import propose_amendment, propose_cancellation, propose_extension

__all__ = ["approve_change", "decline_change", "propose_amendment", "propose_cancellation", "propose_extension"]
