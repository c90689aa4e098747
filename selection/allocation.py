"""How a lot's volume is divided among its winners: whole, by shares, or region by region. Exact, in whole base units.

Consumables are split by price rank ("3+6" lenses, 2020: of two winners the first has 60 %, the second 40 %); of
medicines a region's volume goes whole to its main supplier (national rounds since 2020). Whatever the rule is, each
hospital's parts add up to what it needs, and each region's to what its hospitals need.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from selection.ruleset import AllocationRules


@dataclass(frozen=True, order=True)
class Need:
    """What one hospital needs of a lot, in whole base units of the main specification. Codes name region and
    hospital."""

    region: str
    hospital: str
    units: int


@dataclass(frozen=True, order=True)
class Portion:
    """What of a hospital's need falls to the winner at a place, from 1."""

    region: str
    hospital: str
    place: int
    units: int


def allocate(
    rules: AllocationRules, winners: int, needs: Iterable[Need], regions: Mapping[str, int] | None = None
) -> list[Portion]:
    """The portions of so many winners, none of them empty, in the same order whatever the order of the needs.

    ``regions`` says, for the rule "regions" and more than one winner, at which place the winner of each region is.
    """
    found: list[Portion] = []
    for region, of_region in sorted(_by_region(needs).items()):
        if chooses(rules, winners):
            place = (regions or {})[region]
            found += [Portion(region, need.hospital, place, need.units) for need in of_region]
        else:
            found += _shared(of_region, shares_of(rules, winners))
    return [portion for portion in found if portion.units]


def chooses(rules: AllocationRules, winners: int) -> bool:
    """Whether somebody has to say which of the winners gets which region."""
    return rules.method == "regions" and winners > 1


def shares_of(rules: AllocationRules, winners: int) -> tuple[Decimal, ...]:
    """The winners' shares by place: the only winner has all."""
    return rules.shares[winners] if rules.method == "shares" else (Decimal(1),)


def split(units: int, shares: Sequence[Decimal]) -> list[int]:
    """Whole units by shares: each has the whole part of its own, and what is over goes, one each, to the largest
    remainders, of equal ones to the better place.

    >>> split(101, (Decimal("0.6"), Decimal("0.4")))
    [61, 40]
    """
    exact = [units * Fraction(share) for share in shares]
    parts = [floor(part) for part in exact]
    nearest = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in nearest[: units - sum(parts)]:
        parts[place] += 1
    return parts


def _shared(needs: Sequence[Need], shares: Sequence[Decimal]) -> Iterable[Portion]:
    """A region is split as a whole. Each of its hospitals has the whole part of each share; its units over go, in the
    order of the hospitals' codes, each to the winner who lacks most of what the region gives it."""
    parts = [[floor(need.units * Fraction(share)) for share in shares] for need in needs]
    lacking = [
        whole - sum(of_place)
        for whole, *of_place in zip(split(sum(need.units for need in needs), shares), *parts, strict=True)
    ]
    for need, row in zip(needs, parts, strict=True):
        for _unit in range(need.units - sum(row)):
            place = lacking.index(max(lacking))
            row[place] += 1
            lacking[place] -= 1
        yield from (Portion(need.region, need.hospital, place, units) for place, units in enumerate(row, start=1))


def _by_region(needs: Iterable[Need]) -> dict[str, list[Need]]:
    found: dict[str, list[Need]] = defaultdict(list)
    for need in sorted(needs):
        found[need.region].append(need)
    return found
