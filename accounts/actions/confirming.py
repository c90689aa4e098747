"""A filing becomes true: what this room does of it."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actions.affiliations import affiliate, separate
from accounts.actions.filings import hold
from accounts.actions.renamings import rename
from accounts.actions.successions import close, liquidate, split, take_place
from accounts.models import Filing, Seat
from core.actions import action
from core.errors import Refused
from core.moves import move

_EFFECTS = {
    Filing.Kind.RENAMING: rename,
    Filing.Kind.AFFILIATION: affiliate,
    Filing.Kind.SEPARATION: separate,
    Filing.Kind.MERGER: take_place,
    Filing.Kind.SUCCESSION: take_place,
    Filing.Kind.SPLIT: split,
    Filing.Kind.LIQUIDATION: liquidate,
    Filing.Kind.CLOSURE: close,
}


@action
def confirm_filing(*, filing: Filing, by: Seat, now: datetime) -> Filing:
    """Make true what another person has filed, as far as this room knows of it. Conflict where that is decided."""
    held = hold(filing, by)
    if held.proposed_by.person_id == by.person_id:
        raise Refused(_("Somebody else than the person who filed this confirms it."), code="second_person")
    move(held, Filing.Status.CONFIRMED, confirmed_at=now, confirmed_by=by)
    _EFFECTS[Filing.Kind(held.kind)](held, by=by, now=now)
    return held
