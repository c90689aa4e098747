"""From opened prices to the binding decision: proposal, standstill, award; objections on the way; and what follows
where a winner does not sign."""

from awards.actions.awarding import (
    award_lot,
    award_lots,
    check_awarding,
    check_failing,
    fail_lot,
    propose_award,
    propose_awards,
)
from awards.actions.letters import (
    check_lapsing,
    lapse_award,
    present_letters,
    refuse_award,
    require_none_ended,
    sign_letters,
)
from awards.actions.objections import answer_objection, file_objection
from awards.actions.offering import accept_offer, answer_offer, award_next, decline_offer, give_up_award, offer_next

__all__ = [
    "accept_offer",
    "answer_objection",
    "answer_offer",
    "award_lot",
    "award_lots",
    "award_next",
    "check_awarding",
    "check_failing",
    "check_lapsing",
    "decline_offer",
    "fail_lot",
    "file_objection",
    "give_up_award",
    "lapse_award",
    "offer_next",
    "present_letters",
    "propose_award",
    "propose_awards",
    "refuse_award",
    "require_none_ended",
    "sign_letters",
]
