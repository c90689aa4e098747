"""Everything that changes organisations, their bank accounts, seats, tokens, and how people prove who they are."""

from accounts.actions.affiliations import Tie, propose_affiliation, propose_separation
from accounts.actions.bank import BankDetails, confirm_bank_account, propose_bank_account, withdraw_bank_account
from accounts.actions.confirming import confirm_filing
from accounts.actions.filings import Basis, Evidence, decline_filing
from accounts.actions.passwords import change_password, choose_password, send_link
from accounts.actions.renamings import propose_renaming
from accounts.actions.seats import (
    accept_invitation,
    digest_of,
    end_seat,
    give_seat,
    invite,
    invited_person,
    make_token,
    mark_read,
    notify,
    register_organisation,
    revoke_token,
)
from accounts.actions.standing import require_standing
from accounts.actions.successions import (
    Succession,
    propose_closure,
    propose_liquidation,
    propose_succession,
    succeed,
)
from accounts.actions.systems import confirm_system, decline_system, note_use, propose_system

__all__ = [
    "BankDetails",
    "Basis",
    "Evidence",
    "Succession",
    "Tie",
    "accept_invitation",
    "change_password",
    "choose_password",
    "confirm_bank_account",
    "confirm_filing",
    "confirm_system",
    "decline_filing",
    "decline_system",
    "digest_of",
    "end_seat",
    "give_seat",
    "invite",
    "invited_person",
    "make_token",
    "mark_read",
    "note_use",
    "notify",
    "propose_affiliation",
    "propose_bank_account",
    "propose_closure",
    "propose_liquidation",
    "propose_renaming",
    "propose_separation",
    "propose_succession",
    "propose_system",
    "register_organisation",
    "require_standing",
    "revoke_token",
    "send_link",
    "succeed",
    "withdraw_bank_account",
]
