"""Everything that changes organisations, their bank accounts, seats, tokens, and how people prove who they are."""

from accounts.actions.admissions import answer_admission_objection, note_admission_ends, object_to_admission
from accounts.actions.affiliations import Tie, propose_affiliation, propose_separation
from accounts.actions.applications import (
    GivenLicence,
    Statement,
    admit_application,
    apply,
    correct_application,
    refuse_application,
    return_application,
    review_application,
    send_link_again,
    withdraw_application,
)
from accounts.actions.bank import BankDetails, confirm_bank_account, propose_bank_account, withdraw_bank_account
from accounts.actions.confirming import confirm_filing
from accounts.actions.filings import Basis, Evidence, decline_filing
from accounts.actions.measures import propose_measure
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
from accounts.actions.standing import require_standing, require_trading, require_unrestricted
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
    "GivenLicence",
    "Statement",
    "Succession",
    "Tie",
    "accept_invitation",
    "admit_application",
    "answer_admission_objection",
    "apply",
    "change_password",
    "choose_password",
    "confirm_bank_account",
    "confirm_filing",
    "confirm_system",
    "correct_application",
    "decline_filing",
    "decline_system",
    "digest_of",
    "end_seat",
    "give_seat",
    "invite",
    "invited_person",
    "make_token",
    "mark_read",
    "note_admission_ends",
    "note_use",
    "notify",
    "object_to_admission",
    "propose_affiliation",
    "propose_bank_account",
    "propose_closure",
    "propose_liquidation",
    "propose_measure",
    "propose_renaming",
    "propose_separation",
    "propose_succession",
    "propose_system",
    "refuse_application",
    "register_organisation",
    "require_standing",
    "require_trading",
    "require_unrestricted",
    "return_application",
    "review_application",
    "revoke_token",
    "send_link",
    "send_link_again",
    "succeed",
    "withdraw_application",
    "withdraw_bank_account",
]
