"""Everything that changes organisations, their bank accounts, seats, tokens, and how people prove who they are."""

from accounts.actions.bank import BankDetails, confirm_bank_account, propose_bank_account, withdraw_bank_account
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
    "accept_invitation",
    "change_password",
    "confirm_bank_account",
    "digest_of",
    "end_seat",
    "give_seat",
    "invite",
    "make_token",
    "mark_read",
    "notify",
    "propose_bank_account",
    "register_organisation",
    "revoke_token",
    "withdraw_bank_account",
]
