"""What this room shows on pages of the whole, gathered from its areas."""

from datetime import datetime

from accounts.models import Seat
from core.shell import NavEntry, Related, Todo
from tenders.ahead import ahead
from tenders.figures import figures
from tenders.models import Verb
from tenders.todos import bidding, evaluation, preparation, reveal
from tenders.todos.preparation import onward

VERBS = Verb
__all__ = ["VERBS", "ahead", "figures", "nav", "onward", "related", "todos"]
AREAS = (preparation, bidding, reveal, evaluation)


def nav(seat: Seat) -> list[NavEntry]:
    return [entry for area in AREAS for entry in area.nav(seat)]


def todos(seat: Seat, now: datetime) -> list[Todo]:
    return [todo for area in AREAS for todo in area.todos(seat, now)]


def related(reference: str, seat: Seat) -> list[Related]:
    return [thing for area in AREAS for thing in area.related(reference, seat)]
