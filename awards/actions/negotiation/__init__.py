"""From a lot that ended without a price to one that was negotiated: table, talks, minutes, and what they lead to."""

from awards.actions.negotiation.ending import draft_minutes, lapse_negotiation, sign_minutes
from awards.actions.negotiation.following import follow_negotiation, propose_negotiated, register_confidential
from awards.actions.negotiation.opening import NegotiationPlan, open_negotiation
from awards.actions.negotiation.reserve import commit_reserve, compare_quote, disclose_reserve, skip_expert
from awards.actions.negotiation.talking import close_talks, make_offer, propose_counter, sign_counter

__all__ = [
    "NegotiationPlan",
    "close_talks",
    "commit_reserve",
    "compare_quote",
    "disclose_reserve",
    "draft_minutes",
    "follow_negotiation",
    "lapse_negotiation",
    "make_offer",
    "open_negotiation",
    "propose_counter",
    "propose_negotiated",
    "register_confidential",
    "sign_counter",
    "sign_minutes",
    "skip_expert",
]
