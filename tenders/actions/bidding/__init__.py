"""Preparing, submitting, replacing and withdrawing bids, and storing their sealed attachments.

Bidders seal on their own machines: nothing of what an envelope says ever comes here.
"""

from tenders.actions.bidding.attaching import declare_attachment, store_chunk
from tenders.actions.bidding.notice import sealing_notice
from tenders.actions.bidding.preparing import prepare_bid
from tenders.actions.bidding.revealing import Seeds, reveal_bid
from tenders.actions.bidding.submitting import (
    Submission,
    SubmissionRefused,
    missing_attachments,
    record_refusal,
    refuse_unread,
    submit_bid,
    submit_or_record_refusal,
    withdraw_bid,
    withdraw_or_record_refusal,
)

__all__ = [
    "Seeds",
    "Submission",
    "SubmissionRefused",
    "declare_attachment",
    "missing_attachments",
    "prepare_bid",
    "record_refusal",
    "refuse_unread",
    "reveal_bid",
    "sealing_notice",
    "store_chunk",
    "submit_bid",
    "submit_or_record_refusal",
    "withdraw_bid",
    "withdraw_or_record_refusal",
]
