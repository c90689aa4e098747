"""What a guide price does to other prices, by its class, and what a unified price does.

Sources: the Price Law (价格法) of 1997, article 39: whoever does not keep to a price or limit that government has set
breaks it. Since 发改价格 [2015] 904 government sets prices of narcotics and psychotropics of class I alone; other
published ones bind as ceilings, or guide by comparison only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from core.money import unit_price


class Use(StrEnum):
    """What is done at a price."""

    BID = "bid"
    LISTING = "listing"
    ORDER = "order"


class Verdict(StrEnum):
    """What a bound says of a price: nothing, a word beside it, or that it may not be."""

    FREE = "free"
    NOTED = "noted"
    ABOVE = "above"
    OTHER = "other"

    @property
    def refuses(self) -> bool:
        return self in (Verdict.ABOVE, Verdict.OTHER)


# Which classes forbid to be above, and to which acts a price below is forbidden too: the bid and the order follow from
# a competition or an agreement, a listing is the price that is simply set.
BINDING = ("fixed", "ceiling", "unified")
_EXACT = {("fixed", Use.LISTING), ("unified", Use.LISTING)}
KINDS = ("guide", "unified")


@dataclass(frozen=True, slots=True)
class Bound:
    """A guide price or a unified price in force: ``price`` of ``units`` base units; ``strength`` is the class of the
    guide price (fixed, ceiling, reference), or ``unified``. ``reference`` is the entry of the register."""

    strength: str
    price: Decimal
    units: int
    reference: str = ""

    @property
    def per_unit(self) -> Fraction:
        """Of one base unit, exactly."""
        return unit_price(self.price, self.units)

    @property
    def binds(self) -> bool:
        """Whether anything may be refused by it."""
        return self.strength in BINDING


def judge(bound: Bound | None, per_unit: Fraction, act: Use) -> Verdict:
    """What a bound says of an act at a price of one base unit; without one every price is free."""
    if bound is None or per_unit == bound.per_unit:
        return Verdict.FREE
    above = per_unit > bound.per_unit
    if not bound.binds:
        return Verdict.NOTED if above else Verdict.FREE
    if above:
        return Verdict.ABOVE
    return Verdict.OTHER if (bound.strength, act) in _EXACT else Verdict.FREE


def tightest(bounds: Iterable[Bound]) -> Bound | None:
    """Of several bounds of one thing the one that binds and allows least; one that only guides where none binds."""
    return min(bounds, key=lambda bound: (not bound.binds, bound.per_unit), default=None)
