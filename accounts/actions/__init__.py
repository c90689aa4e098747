"""Everything that changes organisations, seats, tokens, and how people prove who they are."""

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
    "accept_invitation",
    "change_password",
    "digest_of",
    "end_seat",
    "give_seat",
    "invite",
    "make_token",
    "mark_read",
    "notify",
    "register_organisation",
    "revoke_token",
]
