"""What a room shows of itself on pages of the whole: navigation, work to do, related things.

Each room's ``shell.py`` has ``nav(seat)``, ``todos(seat, now)``, ``figures(seat, now)``, ``ahead(seat, now)``,
``related(reference, seat)`` and ``VERBS``, its ``Verb``, and ``onward(reference, seat)`` where it makes something
of the things of a room to its left, and ``succession(organisation, now)`` where it holds something that may be open
of an organisation; ``procurement`` asks the rooms in turn and composes the answers. Rooms through
which a tender goes have ``tabs(tender, seat)`` and ``steps(tender, lot, now)`` besides, and those after its own
``lot_parts(lot, seat, now)``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise

from core.clock import legal_date

Text = str | Promise
Number = int | Decimal | Fraction

DAYS_AHEAD = 14  # today and the thirteen days after it


@dataclass(frozen=True)
class NavEntry:
    """A line of the left navigation. ``icon`` is a name in the sprite; ``count`` is what waits there; ``also`` begins
    further addresses that belong to it."""

    label: Text
    url: str
    icon: str
    count: int = 0
    also: str = ""


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

    @property
    def until_on(self) -> date | None:
        """The legal date of the deadline."""
        return legal_date(self.until_at) if self.until_at else None


@dataclass(frozen=True)
class Figure:
    """One number that says how things stand for a seat, as it is shown: ``value`` is text with thousands
    separated, money with its sign (¥1,234.50), a dash where there is nothing to count yet; ``unit`` follows it.

    ``trend`` says how the number moves or what is behind it, with a ``direction`` (up, down) and a ``tone`` (good,
    warn, bad); ``normal`` says what is normal or what was counted; ``parts`` are what the number is made of. Where
    the number is a share, ``done`` is its length in thousandths (0 to 1000) and ``tick`` where it should be today.
    """

    label: Text
    value: Text
    unit: Text = ""
    trend: Text = ""
    direction: str = ""
    tone: str = ""
    normal: Text = ""
    parts: tuple[Text, ...] = ()
    done: int | None = None
    tick: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Decided:
    """What an act that cannot be undone decides of one thing, as the page before it says: a table with a row for each
    decision, whose last ``figures`` columns are numbers, and in ``outcome`` what becomes of the thing."""

    title: Text
    columns: Sequence[Text]
    rows: Sequence[Sequence[Text]]
    figures: int = 0
    outcome: Text = ""

    @property
    def labelled(self) -> list[list[tuple[Text, Text, bool]]]:
        """The rows, each cell with the name of its column and whether it is a number."""
        numbers = range(len(self.columns) - self.figures, len(self.columns))
        return [
            [(label, cell, at in numbers) for at, (label, cell) in enumerate(zip(self.columns, row, strict=True))]
            for row in self.rows
        ]


@dataclass(frozen=True)
class Ahead:
    """Something that falls on a coming legal ``day``, ``at`` an instant where its hour matters. ``icon`` is a name
    in the sprite."""

    day: date
    what: Text
    where: Text
    url: str
    icon: str
    at: datetime | None = None


@dataclass(frozen=True)
class Usual:
    """What people of a role do when nothing waits for them: a sentence, the words of its button, where it leads;
    and the words and the address of a second button, where there are two ways to go on."""

    text: Text
    action: Text
    url: str
    other_action: Text = ""
    other_url: str = ""


@dataclass(frozen=True)
class Related:
    """A thing that belongs to the one on the page."""

    label: Text
    reference: str
    url: str


@dataclass(frozen=True)
class Onward:
    """How one goes on from the thing on the page to what a later room makes of it: the words of a button and where
    it leads."""

    label: Text
    url: str


@dataclass(frozen=True)
class Tab:
    """One of the views of a thing; ``name`` is what its page calls itself."""

    name: str
    label: Text
    url: str


@dataclass(frozen=True)
class PagePart:
    """What a room shows on a page of a room to its left: a template of its own, and what stands in it."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Passing:
    """What is open of an organisation, and passes when another takes its place: how many of what.

    What ``stays`` does not pass, and says in those words what becomes of it. Nothing that is ``held`` may be left when
    an organisation is closed.
    """

    label: Text
    count: int
    note: Text = ""
    stays: Text = ""
    held: bool = True


@dataclass(frozen=True)
class Step:
    """One step in the life of a thing: whether it is taken, and when, or until when it takes."""

    label: Text
    taken: bool
    at: datetime | None = None


@dataclass(frozen=True)
class DrawnStep:
    """A step as the steps bar draws it; ``state`` is done, now, next or stopped."""

    label: Text
    state: str
    on: date | None = None


def drawn(steps: Sequence[Step], *, stopped: bool) -> list[DrawnStep]:
    """Done up to the first step that is not taken; ``stopped``: that one will not be taken any more."""
    here = next((place for place, step in enumerate(steps) if not step.taken), len(steps))
    states = ["done" if at < here else "next" for at in range(len(steps))]
    if here < len(steps):
        states[here] = "stopped" if stopped else "now"
    return [
        DrawnStep(step.label, state, step.at and legal_date(step.at)) for step, state in zip(steps, states, strict=True)
    ]


def last_day_ahead(today: date) -> date:
    """The last day that the home page looks ahead to."""
    return today + timedelta(days=DAYS_AHEAD - 1)


def thousandths(part: Number, whole: Number) -> int:
    """A share as a length from 0 to 1000, rounded down, so that only the whole is full; 0 of nothing."""
    return min(max(int(Fraction(part) * 1000 / Fraction(whole)), 0), 1000) if whole else 0


def per_cent(part: Number, whole: Number) -> str:
    """A share in per cent with one decimal, rounded down, so that only the whole is 100.0; a dash of nothing."""
    if not whole:
        return "–"
    tenths = int(Fraction(part) * 1000 / Fraction(whole))
    return f"{'−' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10}"
