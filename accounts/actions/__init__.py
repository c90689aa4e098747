"""Everything that changes organisations, seats, tokens, and how people prove who they are."""

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
    "Basis",
    "Evidence",
    "Tie",
    "accept_invitation",
    "change_password",
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
    "propose_renaming",
    "propose_separation",
    "register_organisation",
    "revoke_token",
]
