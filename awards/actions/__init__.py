"""From opened prices to the binding decision: proposal, standstill, award; and objections on the way."""

from awards.actions.awarding import (
    award_lot,
    award_lots,
    check_awarding,
    check_failing,
    fail_lot,
    propose_award,
    propose_awards,
)
from awards.actions.objections import answer_objection, file_objection

__all__ = [
    "answer_objection",
    "award_lot",
    "award_lots",
    "check_awarding",
    "check_failing",
    "fail_lot",
    "file_objection",
    "propose_award",
    "propose_awards",
]
