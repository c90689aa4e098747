"""Acts of the whole, each composed of one action a room in one transaction."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts import actions as accounts
from accounts.actions import Succession
from accounts.models import Filing, Seat
from catalogue import actions as catalogue
from contracts import actions as contracts
from contracts import searching
from core import search
from core.actions import action
from core.errors import Refused
from demand import actions as demand
from procurement import shell

# What a successor takes over, from what is bought to the people, who come last.
PASSING: tuple[Any, ...] = (catalogue, demand, contracts, accounts)


@action
def confirm_filing(*, filing: Filing, by: Seat, now: datetime) -> Filing:
    """Make true what another person has filed of an organisation, in every room. Conflict where it is decided already,
    or where one of the organisations has ended; nothing that is open is closed with its organisation."""
    confirmed = accounts.confirm_filing(filing=filing, by=by, now=now)
    if confirmed.is_succession:
        succession = Succession.of(confirmed)
        for room in PASSING:
            room.succeed(succession=succession, by=by, now=now)
    elif confirmed.kind == Filing.Kind.CLOSURE and (held := shell.held(confirmed.organisation, now)):
        what = _(", ").join(f"{one.label} ({one.count})" for one in held)
        raise Refused(_("Something of it is open and nobody would have it: %(what)s.") % {"what": what}, code="open")
    search.index(searching.of_supplier(confirmed.organisation))
    return confirmed
