"""Whole base units: the one rounding of volumes, the one way to divide them, and what was not handed out.

A volume is rounded once, for a region, half up (national round 7: each region's base by the share, in integers, then
summed). What a region has is divided among its hospitals by largest remainder, so that they add up to it exactly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from selection.allocation.dividing import Need

REASONS = (
    "beyond_share",  # needed, and not agreed by the share
    "no_main",  # agreed, and the region has no main supplier
    "dropped",  # asked, and neither agreed nor for the hospital to hand out
    "not_handed_out",  # for the hospital to hand out, and its window closed
    "above_least",  # what the least parts of a cascade leave
)


@dataclass(frozen=True, order=True)
class Unallocated:
    """Units of a hospital that nobody was given, and why: one of REASONS."""

    region: str
    hospital: str
    units: int
    reason: str


class Refused(ValueError):
    """What the rules do not allow. ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def by_remainder(units: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Units in proportion to weights: each code has the whole part of its own, and what is over goes, one each, to the
    largest remainders, of equal ones to the lower code. Nobody has more than its weight, unless the units are more than
    all weights.

    >>> by_remainder(5, {"H1": 3, "H2": 3, "H3": 2})
    {'H1': 2, 'H2': 2, 'H3': 1}

    Raises ValueError where there are units and no weight to divide them by.
    """
    whole = sum(weights.values())
    if not whole:
        if units:
            raise ValueError("there is nobody to divide among")
        return dict.fromkeys(sorted(weights), 0)
    parts = {code: units * weights[code] // whole for code in sorted(weights)}
    nearest = sorted(parts, key=lambda code: (-(units * weights[code] % whole), code))
    for code in nearest[: units - sum(parts.values())]:
        parts[code] += 1
    return parts


def listed(region: str, hospital: str, units: int, reason: str) -> list[Unallocated]:
    """The units as a row, and none where there are none."""
    return [Unallocated(region, hospital, units, reason)] if units else []


def hospitals_by_region(needs: Iterable[Need]) -> dict[str, dict[str, int]]:
    """What each hospital of each region needs. Raises ValueError for two needs of a hospital, or one below zero."""
    found: dict[str, dict[str, int]] = {}
    for need in needs:
        of_region = found.setdefault(need.region, {})
        if need.units < 0 or need.hospital in of_region:
            raise ValueError(f"a hospital has one need, not below zero: {need.hospital}")
        of_region[need.hospital] = need.units
    return found
