"""Proposals to change the catalogue: put by whoever buys or sells, answered by an officer, who carries them out."""

from catalogue.actions.adjustments.deciding import (
    accept_adjustment,
    answer_adjustment,
    ask_back_adjustment,
    refuse_adjustment,
    withdraw_adjustment,
)
from catalogue.actions.adjustments.proposing import MOST_PAPERS, PROPOSERS, Proposal, propose_adjustments

__all__ = [
    "MOST_PAPERS",
    "PROPOSERS",
    "Proposal",
    "accept_adjustment",
    "answer_adjustment",
    "ask_back_adjustment",
    "propose_adjustments",
    "refuse_adjustment",
    "withdraw_adjustment",
]
