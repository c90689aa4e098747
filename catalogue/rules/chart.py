"""Where prices over time lie in a picture, in whole thousandths of its width and height."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

_ROOM = 160  # thousandths in both directions that keep two labels apart, on a phone too
_MOST_YEARS = 6  # marked below the picture


@dataclass(frozen=True, slots=True)
class Period:
    """A price of one base unit, from a day to a last day or without end. ``series`` is what it is a price of: kind,
    thing and region; one that takes the place of another of the same series is a step from it."""

    per_unit: Fraction
    first: date
    last: date | None = None
    series: Hashable = None


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
class Rung:
    """Where a price takes the place of another on the next day: how far from the left, between which heights from the
    top, and which of the lines begins there."""

    left: int
    top: int
    bottom: int
    line: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The first day of a year below the picture, and how far from the left it lies."""

    left: int
    year: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The lines in the order of the periods, the steps between them, the first and last day shown, and the price at the
    top. The bottom is zero, so that heights compare as prices do; half the highest price lies at ``middle``.
    """

    lines: tuple[Line, ...]
    first: date
    last: date
    highest: Fraction
    steps: tuple[Rung, ...] = ()
    marks: tuple[Mark, ...] = ()
    middle: int = 550


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
    steps, marks = tuple(_steps(periods, lines)), tuple(_marks(first, last))
    return Picture(tuple(lines), first, last - timedelta(days=1), highest, steps, marks)


def _steps(periods: Sequence[Period], lines: Sequence[Line]) -> Iterator[Rung]:
    """Of each series, from every price to the one that begins on the day after its last."""
    ending = {(one.series, one.last): place for place, one in enumerate(periods) if one.last is not None}
    for place, period in enumerate(periods):
        before = ending.get((period.series, period.first - timedelta(days=1)))
        if period.series is not None and before is not None:
            top, bottom = sorted((lines[before].top, lines[place].top))
            yield Rung(lines[place].left, top, bottom, place)


def _marks(first: date, last: date) -> Iterator[Mark]:
    """The years that begin in the picture, some of them where there are many."""
    years = range(first.year + 1, last.year + 1)
    apart = -(-len(years) // _MOST_YEARS)
    for year in years[:: apart or 1]:
        left = _place(date(year, 1, 1), first, last)
        if _ROOM <= left <= 1000 - _ROOM:
            yield Mark(left, year)


def _place(day: date, first: date, last: date) -> int:
    return (day - first).days * 1000 // (last - first).days
