"""What waits in bidding."""

from datetime import datetime

from accounts.models import Seat
from core.shell import NavEntry, Related, Todo


def nav(seat: Seat) -> list[NavEntry]:
    return []


def todos(seat: Seat, now: datetime) -> list[Todo]:
    return []


def related(reference: str, seat: Seat) -> list[Related]:
    return []
