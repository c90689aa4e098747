"""Everything that changes listings, and of whom hospitals are committed to buy."""

from catalogue.actions.listings.applying import ListingApplication, answer_listing, apply_for_listing, withdraw_listing
from catalogue.actions.listings.commitments import Commitment, end_single_source, record_single_source
from catalogue.actions.listings.deciding import ask_back, list_product, refuse_listing, return_listing, review_listing
from catalogue.actions.listings.holding import delist, hold_listed, resume_listing, suspend_listing

__all__ = [
    "Commitment",
    "ListingApplication",
    "answer_listing",
    "apply_for_listing",
    "ask_back",
    "delist",
    "end_single_source",
    "hold_listed",
    "list_product",
    "record_single_source",
    "refuse_listing",
    "resume_listing",
    "return_listing",
    "review_listing",
    "suspend_listing",
    "withdraw_listing",
]
