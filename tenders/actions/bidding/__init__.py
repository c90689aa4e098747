"""Preparing, sealing, submitting, replacing and withdrawing bids.

Nothing here stores, logs or passes on what an envelope says: a plaintext exists in the memory of the one
request that seals it, and nowhere else.
"""

from tenders.actions.bidding.notice import sealing_notice
from tenders.actions.bidding.preparing import prepare_bid
from tenders.actions.bidding.sealing import Offer, seal_and_submit
from tenders.actions.bidding.submitting import (
    Submission,
    SubmissionRefused,
    record_refusal,
    submit_bid,
    submit_or_record_refusal,
    withdraw_bid,
    withdraw_or_record_refusal,
)

__all__ = [
    "Offer",
    "Submission",
    "SubmissionRefused",
    "prepare_bid",
    "record_refusal",
    "seal_and_submit",
    "sealing_notice",
    "submit_bid",
    "submit_or_record_refusal",
    "withdraw_bid",
    "withdraw_or_record_refusal",
]
