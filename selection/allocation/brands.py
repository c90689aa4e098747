"""Who supplies what is agreed: a brand that was named and won supplies who named it, the main supplier the rest.

National round 11 (2025): hospitals may report by brand and by medicine, mixed freely. A brand that wins supplies the
hospital that named it; what was named for another, or for none, falls to the region's main supplier.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from selection.allocation.dividing import Need
from selection.allocation.units import Unallocated, by_remainder, listed


@dataclass(frozen=True)
class BrandRules:
    """Whether a brand that won comes first where it was named; otherwise all falls to the main supplier."""

    FORMAT: ClassVar[str] = "allocation-brands/1"

    named_first: bool = True


@dataclass(frozen=True, order=True)
class NamedNeed:
    """What a hospital reported for a brand, or for none (an empty name), in base units."""

    region: str
    hospital: str
    brand: str
    units: int


@dataclass(frozen=True)
class Supplied:
    """What of a hospital's agreed volume falls to a supplier, and why: ``named``; or to the main one because the brand
    was ``not_named``, did not win (``not_won``) or does not come first (``not_first``)."""

    region: str
    hospital: str
    brand: str
    supplier: str
    units: int
    why: str


@dataclass(frozen=True)
class SuppliedVolumes:
    """Every unit that is agreed is in one of both lists."""

    rows: tuple[Supplied, ...]
    unallocated: tuple[Unallocated, ...]


def supply(
    rules: BrandRules,
    reported: Iterable[NamedNeed],
    agreed: Iterable[Need],
    winners: Mapping[str, str],
    mains: Mapping[str, str],
) -> SuppliedVolumes:
    """Who supplies the agreed volumes of hospitals. ``winners`` says the supplier of each brand that won, ``mains`` of
    each region. A hospital's agreed volume is divided over the brands it reported by largest remainder."""
    by_hospital: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for need in sorted(reported):
        brands = by_hospital[need.region, need.hospital]
        if need.units < 0:
            raise ValueError(f"a need is not below zero: {need.hospital}")
        brands[need.brand] = brands.get(need.brand, 0) + need.units
    rows: list[Supplied] = []
    left: list[Unallocated] = []
    for of_hospital in sorted(agreed):
        brands = by_hospital[of_hospital.region, of_hospital.hospital]
        main = mains.get(of_hospital.region)
        for brand, units in by_remainder(of_hospital.units, brands or {"": 1}).items():
            why = _why(rules, brand, winners)
            supplier = winners[brand] if why == "named" else main
            if supplier is None:
                left += listed(of_hospital.region, of_hospital.hospital, units, "no_main")
            elif units:
                rows.append(Supplied(of_hospital.region, of_hospital.hospital, brand, supplier, units, why))
    return SuppliedVolumes(tuple(rows), tuple(left))


def _why(rules: BrandRules, brand: str, winners: Mapping[str, str]) -> str:
    if not brand:
        return "not_named"
    if brand not in winners:
        return "not_won"
    return "named" if rules.named_first else "not_first"
