"""The cascade of lenses: the lowest price has at least its part, and each next at least its part of what remains.

"3+6" lenses 2020: the base is 60 % of what was reported. One winner has it all; of two the lowest has at least 60 %
and the second the rest; of three the lowest has at least 60 % and each next at least 60 % of what remains; of four and
more each has at least 50 %. A least part is rounded up: below it the rule would be broken.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import ClassVar

from selection.allocation.dividing import Need
from selection.allocation.units import Unallocated, by_remainder, hospitals_by_region, listed
from selection.rounding import half_up


@dataclass(frozen=True)
class CascadeRules:
    """``base`` of what was reported is divided. ``least`` is, by number of winners from 1, the least part of the lowest
    price and of each next; more winners have the last. Whether the last of them has all that remains (``rest_to_last``)
    is not published; otherwise it is listed."""

    FORMAT: ClassVar[str] = "allocation-cascade/1"

    base: Decimal
    least: tuple[Decimal, ...]
    rest_to_last: bool = True

    def __post_init__(self) -> None:
        if not self.least or not all(0 < part <= 1 for part in (self.base, *self.least)):
            raise ValueError("a part is above 0 and at most 1")


LENSES_2020 = CascadeRules(Decimal("0.6"), (Decimal(1), Decimal("0.6"), Decimal("0.6"), Decimal("0.5")))


@dataclass(frozen=True)
class CascadeRegion:
    """A winner's place by price, from 1, in a region: what remained for it, and what it has."""

    region: str
    place: int
    remained: int
    units: int


@dataclass(frozen=True, order=True)
class CascadeHospital:
    """What of a hospital's base falls to the winner at a place."""

    region: str
    hospital: str
    place: int
    units: int


@dataclass(frozen=True)
class CascadeVolumes:
    """Each region by place, its hospitals, and all that was reported and not given."""

    regions: tuple[CascadeRegion, ...]
    hospitals: tuple[CascadeHospital, ...]
    unallocated: tuple[Unallocated, ...]


def cascade(rules: CascadeRules, winners: int, needs: Iterable[Need]) -> CascadeVolumes:
    """The volumes of so many winners, one or more, by price ascending."""
    if winners < 1:
        raise ValueError("there is no winner")
    regions: list[CascadeRegion] = []
    hospitals: list[CascadeHospital] = []
    missed: list[Unallocated] = []
    for region, reported in sorted(hospitals_by_region(needs).items()):
        base = by_remainder(half_up(sum(reported.values()) * Fraction(rules.base)), reported)
        left = dict(base)
        for place in range(1, winners + 1):
            remained = sum(left.values())
            parts = by_remainder(_part(rules, winners, place, remained), left)
            left = {code: left[code] - parts[code] for code in left}
            regions.append(CascadeRegion(region, place, remained, sum(parts.values())))
            hospitals += [CascadeHospital(region, code, place, units) for code, units in parts.items() if units]
        for code in sorted(reported):
            missed += listed(region, code, reported[code] - base[code], "beyond_share")
            missed += listed(region, code, left[code], "above_least")
    return CascadeVolumes(tuple(regions), tuple(sorted(hospitals)), tuple(missed))


def _part(rules: CascadeRules, winners: int, place: int, remained: int) -> int:
    """What a place has of what remained: its least part, rounded up, or all."""
    if place == winners and rules.rest_to_last:
        return remained
    least = rules.least[min(winners, len(rules.least)) - 1]
    return ceil(remained * Fraction(least))
