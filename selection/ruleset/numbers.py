"""How many of so many: a published table, and a written formula for what lies beyond it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from selection.ruleset.faults import Fault

MOST_BIDS = 60  # a table that covers so many bids of one lot covers any lot


@dataclass(frozen=True)
class Beyond:
    """A share of all, rounded up, and at most ``cap``."""

    share: Decimal
    cap: int

    def of(self, number: int) -> int:
        return min(int((self.share * number).to_integral_value(ROUND_CEILING)), self.cap)


@dataclass(frozen=True)
class HowMany:
    """How many of ``number``: the entry of the table; above its highest number the formula, and where there is none
    as many as from the highest number.

    >>> HowMany({3: 2}, Beyond(Decimal("0.5"), 5)).of(7)
    4
    """

    table: Mapping[int, int] = field(default_factory=dict)
    beyond: Beyond | None = None

    def of(self, number: int) -> int:
        """None of none. Raises KeyError for a number that the table leaves out."""
        highest = max(self.table, default=0)
        if not number:
            return 0
        if self.beyond and number > highest:
            return self.beyond.of(number)
        return self.table[min(number, highest)]

    @property
    def uncovered(self) -> list[int]:
        """From how many bids, 1 to 60, nothing says how many; empty where all is said.

        >>> HowMany({3: 2, 5: 3}, Beyond(Decimal("0.5"), 5)).uncovered
        [1, 2, 4]
        """
        last = max(self.table, default=0) if self.beyond else MOST_BIDS
        return [number for number in range(1, last + 1) if number not in self.table]

    @property
    def most(self) -> int:
        """The largest number that comes of 1 to 60."""
        return max((self.of(number) for number in range(1, MOST_BIDS + 1) if number not in self.uncovered), default=0)

    def faults(self, part: str, key: str) -> Iterator[Fault]:
        for number, many in sorted(self.table.items()):
            if not 0 < many <= number:
                yield Fault(part, key, "range", str(number))
        if self.beyond and not (0 < self.beyond.share <= 1 and self.beyond.cap > 0):
            yield Fault(part, key, "range", "beyond")
        yield from (Fault(part, key, "uncovered", str(number)) for number in self.uncovered)


def at_most(number: int) -> HowMany:
    """All, and never more than ``number``."""
    return HowMany({}, Beyond(Decimal(1), number))
