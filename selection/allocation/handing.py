"""What a hospital hands out itself: in its window, to whom it may, and never more than it has.

Joints 2021: a hospital sums what is to be allotted again and hands it to winners in the platform, in a fixed window
(Beijing: 22 September 10:00 to 30 September 17:00). What is left when the window closes is listed; nobody is given it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from selection.allocation.units import Refused, Unallocated, listed


@dataclass(frozen=True)
class HandingRules:
    """The window: from a time on, and before another."""

    FORMAT: ClassVar[str] = "allocation-handing/1"

    opens: datetime
    closes: datetime

    def __post_init__(self) -> None:
        if self.opens.tzinfo is None or self.closes.tzinfo is None or self.closes <= self.opens:
            raise ValueError("a window opens before it closes, each in a zone")


@dataclass(frozen=True)
class Handing:
    """What a hospital of a region hands to a product, at a time."""

    at: datetime
    region: str
    hospital: str
    product: str
    units: int


@dataclass(frozen=True)
class Handed:
    """The handings in their order, and what hospitals have left: theirs to hand out while the window is open, and
    ``not_handed_out`` when it has closed."""

    rows: tuple[Handing, ...]
    left: tuple[Unallocated, ...]


def hand_out(
    rules: HandingRules,
    pools: Mapping[tuple[str, str], int],
    receivers: Collection[str],
    handings: Iterable[Handing],
) -> Handed:
    """What was handed out of pools (by region and hospital) to products that may receive.

    Raises Refused with a code: ``closed`` (outside the window), ``stranger`` (a hospital without a pool), ``receiver``
    (a product that may not receive), ``units`` (none, or fewer), ``too_many`` (more than is left).
    """
    left = dict(pools)
    ordered = sorted(handings, key=lambda one: (one.at, one.region, one.hospital, one.product, one.units))
    for handing in ordered:
        pool = (handing.region, handing.hospital)
        code = _wrong(rules, left.get(pool), receivers, handing)
        if code:
            raise Refused(code)
        left[pool] -= handing.units
    rest = [missed for pool in sorted(left) for missed in listed(*pool, left[pool], "not_handed_out")]
    return Handed(tuple(ordered), tuple(rest))


def _wrong(rules: HandingRules, left: int | None, receivers: Collection[str], handing: Handing) -> str:
    if not rules.opens <= handing.at < rules.closes:
        return "closed"
    if left is None:
        return "stranger"
    if handing.product not in receivers:
        return "receiver"
    if handing.units < 1:
        return "units"
    return "too_many" if handing.units > left else ""
