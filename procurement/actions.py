"""Acts of the whole, each composed of one action a room in one transaction."""

from datetime import datetime

from accounts import actions as accounts
from accounts.models import Filing, Seat
from contracts import searching
from core import search
from core.actions import action


@action
def confirm_filing(*, filing: Filing, by: Seat, now: datetime) -> Filing:
    """Make true what another person has filed of an organisation, in every room. Conflict where it is decided already,
    or where what it was filed on has changed."""
    confirmed = accounts.confirm_filing(filing=filing, by=by, now=now)
    search.index(searching.of_supplier(confirmed.organisation))
    return confirmed
