"""What this room shows on pages of the whole."""

from datetime import datetime

from accounts.models import Seat
from catalogue.models import Verb
from core.shell import NavEntry, Related, Todo

VERBS = Verb


def nav(seat: Seat) -> list[NavEntry]:
    return []


def todos(seat: Seat, now: datetime) -> list[Todo]:
    return []


def related(reference: str, seat: Seat) -> list[Related]:
    return []
