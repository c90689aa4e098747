"""How a lot's volume is divided among its winners."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from selection.ruleset.faults import Fault

ALLOCATIONS = ("whole", "shares", "regions")


@dataclass(frozen=True)
class AllocationRules:
    """
    - ``method``: ``whole``: the only winner has all; ``shares``: each has its share by place; ``regions``: each region
      of the lot goes whole to one winner.
    - ``shares``: for each number of winners their shares by place, which add up to 1.
    """

    method: str = "whole"
    shares: Mapping[int, tuple[Decimal, ...]] = field(default_factory=dict)

    def faults(self) -> Iterator[Fault]:
        if self.method not in ALLOCATIONS:
            yield Fault("allocation", "method", "choice")
        if self.shares and self.method != "shares":
            yield Fault("allocation", "shares", "unfit")
        for winners, shares in sorted(self.shares.items()):
            if len(shares) != winners or min(shares, default=Decimal(0)) <= 0:
                yield Fault("allocation", "shares", "range", str(winners))
            elif sum(map(Fraction, shares)) != 1:
                yield Fault("allocation", "shares", "sum", str(winners))
