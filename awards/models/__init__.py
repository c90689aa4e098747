"""What the agency decides on opened prices, what is negotiated where there are none, and the awards that follow."""

from awards.models.decisions import Allocation, Award, AwardProduct, Decision, Verb
from awards.models.negotiation import Counter, Negotiation, NegotiationOffer, Reserve, TalkMinutes, TalkSignature

__all__ = [
    "Allocation",
    "Award",
    "AwardProduct",
    "Counter",
    "Decision",
    "Negotiation",
    "NegotiationOffer",
    "Reserve",
    "TalkMinutes",
    "TalkSignature",
    "Verb",
]
