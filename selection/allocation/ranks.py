"""Consumables by rank: what hospitals asked of a product is agreed in part, and in part theirs to hand out again.

Joints 2021: the first has all that was asked of it, each later rank less; of what was asked of a product that was not
selected, all is for the hospital to hand out. What is neither agreed nor to be handed out is listed (the second rank
loses a tenth so). The same arithmetic serves insulin, whose parts go by class (`classes`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from selection.allocation.units import Unallocated, by_remainder, listed
from selection.rounding import half_up


@dataclass(frozen=True)
class Parts:
    """Of what was asked: the part that is agreed, and the part for the hospital to hand out again."""

    basic: Decimal
    again: Decimal

    def __post_init__(self) -> None:
        if min(self.basic, self.again) < 0 or self.basic + self.again > 1:
            raise ValueError("parts are not below 0 and together at most 1")


@dataclass(frozen=True)
class RankRules:
    """The parts of each rank, 1 upwards without a gap; later ranks have the last. ``lost`` is for products that were
    not selected."""

    FORMAT: ClassVar[str] = "allocation-ranks/1"

    ranks: tuple[Parts, ...]
    lost: Parts

    def __post_init__(self) -> None:
        if not self.ranks or self.lost.basic:
            raise ValueError("the first rank has its parts, and what was not selected none of its own")

    def parts(self, rank: int | None) -> Parts:
        """The parts of a rank, from 1; None is not selected."""
        if rank is None:
            return self.lost
        if rank < 1:
            raise ValueError("ranks begin at 1")
        return self.ranks[min(rank, len(self.ranks)) - 1]


def _parts(basic: str, again: str) -> Parts:
    return Parts(Decimal(basic), Decimal(again))


JOINTS_2021 = RankRules(
    (
        _parts("1", "0"),
        _parts("0.9", "0"),
        _parts("0.85", "0.05"),
        _parts("0.8", "0.1"),
        _parts("0.75", "0.15"),
        _parts("0.7", "0.2"),
    ),
    _parts("0", "1"),
)


@dataclass(frozen=True, order=True)
class ProductNeed:
    """What a hospital asked of a product, in whole units."""

    region: str
    hospital: str
    product: str
    units: int


@dataclass(frozen=True)
class BasicVolume:
    """What of an asked volume is agreed, what the hospital has to hand out again, and what is dropped."""

    region: str
    hospital: str
    product: str
    asked: int
    basic: int
    again: int
    dropped: int


@dataclass(frozen=True)
class BasicVolumes:
    """The rows, and what was dropped listed."""

    rows: tuple[BasicVolume, ...]
    unallocated: tuple[Unallocated, ...]

    def pools(self) -> dict[tuple[str, str], int]:
        """What each hospital, by region and code, has to hand out."""
        found: dict[tuple[str, str], int] = {}
        for row in self.rows:
            found[row.region, row.hospital] = found.get((row.region, row.hospital), 0) + row.again
        return found


def by_rank(rules: RankRules, ranks: Mapping[str, int], asked: Iterable[ProductNeed]) -> BasicVolumes:
    """The volumes of products, those without a rank not selected."""
    return in_parts(lambda product: rules.parts(ranks.get(product)), asked)


def in_parts(parts_of: Callable[[str], Parts], asked: Iterable[ProductNeed]) -> BasicVolumes:
    """The volumes of products by the parts of each. What a region asked of a product is rounded once, half up, for the
    agreed part and for both together; the hospitals' follow by largest remainder."""
    groups: dict[tuple[str, str], dict[str, int]] = {}
    for need in asked:
        group = groups.setdefault((need.region, need.product), {})
        if need.units < 0 or need.hospital in group:
            raise ValueError(f"a hospital asks once of a product, and not below zero: {need.hospital}")
        group[need.hospital] = need.units
    rows: list[BasicVolume] = []
    for (region, product), group in groups.items():
        parts, whole = parts_of(product), sum(group.values())
        both = by_remainder(half_up(whole * Fraction(parts.basic + parts.again)), group)
        basic = by_remainder(half_up(whole * Fraction(parts.basic)), both)
        rows += [
            BasicVolume(
                region, code, product, group[code], basic[code], both[code] - basic[code], group[code] - both[code]
            )
            for code in group
        ]
    rows.sort(key=lambda row: (row.region, row.hospital, row.product))
    dropped = [missed for row in rows for missed in listed(row.region, row.hospital, row.dropped, "dropped")]
    return BasicVolumes(tuple(rows), tuple(dropped))
