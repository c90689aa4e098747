"""What this room shows on pages of the whole."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from core import models as core
from core.shell import Ahead, Figure, NavEntry, Related, Todo
from oversight.models import TrailCheck, Verb
from oversight.state import trail_is_late, trail_is_unchecked

# What is recorded of every room alike.
VERBS = (*core.Verb, *Verb)


def nav(seat: Seat) -> list[NavEntry]:
    return [NavEntry(_("Trail"), reverse("oversight:heads"), "shield")] if seat.reads_the_trail else []


def todos(seat: Seat, now: datetime) -> list[Todo]:
    """Whoever reads the trail is told when it stands still, when nobody checks it, and when a check found faults."""
    if not seat.reads_the_trail:
        return []
    page, last = reverse("oversight:heads"), TrailCheck.objects.first()
    told = []
    if trail_is_late(now):
        what = _("The trail has not been signed or sent for more than twenty minutes")
        told.append(Todo(what, _("Trail"), page, _("See the last heads")))
    if trail_is_unchecked(now):
        told.append(Todo(_("The trail has not been checked for more than a day"), _("Trail"), page, _("See how")))
    if last and last.faults:
        told.append(Todo(_("The last check of the trail found faults"), _("Trail"), page, _("Read them")))
    return told


def figures(seat: Seat, now: datetime) -> list[Figure]:
    """Nothing of this room is a figure of anybody's day."""
    return []


def ahead(seat: Seat, now: datetime) -> list[Ahead]:
    """Nothing here has a date that waits for anybody."""
    return []


def related(reference: str, seat: Seat) -> list[Related]:
    return []
