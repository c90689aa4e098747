"""What this room shows on pages of the whole."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat, Verb
from accounts.permissions import Permission
from core.shell import Ahead, Figure, NavEntry, Related, Todo

VERBS = Verb


def nav(seat: Seat) -> list[NavEntry]:
    entries = []
    if seat.may(Permission.MANAGE_ORGANISATIONS):
        entries.append(NavEntry(_("Organisations"), reverse("accounts:organisations"), "building"))
    if seat.may(Permission.MANAGE_SEATS):
        entries.append(NavEntry(_("People"), reverse("accounts:people"), "users"))
    return entries


def todos(seat: Seat, now: datetime) -> list[Todo]:
    return []


def figures(seat: Seat, now: datetime) -> list[Figure]:
    return []


def ahead(seat: Seat, now: datetime) -> list[Ahead]:
    return []


def related(reference: str, seat: Seat) -> list[Related]:
    return []
