"""What a room shows of itself on pages of the whole: navigation, work to do, related things.

Each room's ``shell.py`` has ``nav(seat)``, ``todos(seat, now)``, ``related(reference, seat)`` and
``VERBS``, its ``Verb``; ``procurement`` asks the rooms in turn and composes the answers.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class NavEntry:
    """A line of the left navigation. ``icon`` is a name in the sprite; ``count`` is what waits there."""

    label: Text
    url: str
    icon: str
    count: int = 0


@dataclass(frozen=True)
class Todo:
    """One thing a seat must do: what, where, until when (None: no deadline), waiting since when, and the
    words of the one button."""

    what: Text
    where: Text
    url: str
    action: Text
    until_at: datetime | None = None
    since: datetime | None = None
    count: int = 1


@dataclass(frozen=True)
class Related:
    """A thing that belongs to the one on the page."""

    label: Text
    reference: str
    url: str
