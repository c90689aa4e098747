"""Where prices over time lie in a picture, in whole thousandths of its width and height."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

_ROOM = 120  # thousandths in both directions that keep two labels apart


@dataclass(frozen=True, slots=True)
class Period:
    """A price of one base unit, from a day to a last day or without end."""

    per_unit: Fraction
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A price in the picture: from the left to the right edge of its period, at its height from the top.

    ``labelled`` says whether there is room for its price in words above its left end.
    """

    left: int
    right: int
    top: int
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """The lines in the order of the periods, the first and last day shown, and the price at the top.

    The bottom is zero, so that heights compare as prices do.
    """

    lines: tuple[Line, ...]
    first: date
    last: date
    highest: Fraction


def draw(periods: Sequence[Period], today: date) -> Picture:
    """Lay out at least one period. Open-ended ones run to the right edge, which is never before today."""
    first = min(period.first for period in periods)
    ends = [period.last for period in periods if period.last is not None]
    last = max([today, *ends, *(period.first for period in periods)]) + timedelta(days=1)
    highest = max(period.per_unit for period in periods)
    lines: list[Line] = []
    for period in periods:
        left = _place(period.first, first, last)
        right = 1000 if period.last is None else _place(period.last + timedelta(days=1), first, last)
        top = 1000 - int(period.per_unit / highest * 900)
        crowded = any(abs(line.left - left) < _ROOM and abs(line.top - top) < _ROOM for line in lines if line.labelled)
        lines.append(Line(left, right, top, labelled=not crowded and left <= 1000 - _ROOM))
    return Picture(tuple(lines), first, last - timedelta(days=1), highest)


def _place(day: date, first: date, last: date) -> int:
    return (day - first).days * 1000 // (last - first).days
