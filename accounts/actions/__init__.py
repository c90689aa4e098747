"""Everything that changes organisations, their bank accounts, seats, tokens, and how people prove who they are."""

from accounts.actions.bank import BankDetails, confirm_bank_account, propose_bank_account, withdraw_bank_account
from accounts.actions.filings import (
    Basis,
    Evidence,
    Tie,
    confirm_filing,
    decline_filing,
    propose_affiliation,
    propose_renaming,
    propose_separation,
)
from accounts.actions.seats import (
    accept_invitation,
    change_password,
    digest_of,
    end_seat,
    give_seat,
    invite,
    make_token,
    mark_read,
    notify,
    register_organisation,
    revoke_token,
)

__all__ = [
    "BankDetails",
    "Basis",
    "Evidence",
    "Tie",
    "accept_invitation",
    "change_password",
    "confirm_bank_account",
    "confirm_filing",
    "decline_filing",
    "digest_of",
    "end_seat",
    "give_seat",
    "invite",
    "make_token",
    "mark_read",
    "notify",
    "propose_affiliation",
    "propose_bank_account",
    "propose_renaming",
    "propose_separation",
    "register_organisation",
    "revoke_token",
    "withdraw_bank_account",
]
