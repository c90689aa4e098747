"""At which price of the register a product is ordered, if at any."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from catalogue.rules.bounds import BINDING, KINDS

# Prices that somebody has agreed to, in the order in which one of them answers where several are alike: the contract
# first. A guide price, a ceiling or a payment standard bounds others and is nobody's offer.
AGREED = {"award": 0, "negotiated": 0, "listing": 1, "own": 2}
_DECIMALS = 10**6


@dataclass(frozen=True, slots=True)
class Registered:
    """An entry of the register that holds for a product on a day. ``place`` counts the regions from the hospital's
    own outward; ``of_product`` is whether it speaks of the product and not of its item."""

    key: int
    kind: str
    per_unit: Fraction
    place: int
    of_product: bool
    guide_class: str = ""

    @property
    def binds(self) -> bool:
        """Whether it is a price above which nothing may be ordered (``catalogue.rules.bounds``)."""
        return (self.guide_class or self.kind) in BINDING


def answering(entries: Iterable[Registered]) -> Registered | None:
    """The lowest of what is agreed: of each kind the narrowest region alone, ties to the contract; None where nothing
    is. What speaks of the whole item is no maker's offer."""
    agreed = [entry for entry in entries if entry.kind in AGREED and entry.of_product]
    nearest = {kind: min(entry.place for entry in agreed if entry.kind == kind) for kind in {e.kind for e in agreed}}
    found = [entry for entry in agreed if entry.place == nearest[entry.kind]]
    return min(found, key=lambda entry: (entry.per_unit, AGREED[entry.kind], entry.key), default=None)


def bounding(entries: Iterable[Registered]) -> Registered | None:
    """The guide price or unified price that an order is held against: of each kind one of the product before one of its
    item, then the narrowest region; of these the one that binds and allows least. None where nothing is published."""
    bounds = [entry for entry in entries if entry.kind in KINDS]
    nearest = [
        min((e for e in bounds if e.kind == kind), key=lambda e: (not e.of_product, e.place))
        for kind in {e.kind for e in bounds}
    ]
    return min(nearest, key=lambda entry: (not entry.binds, entry.per_unit), default=None)


def pack_price(price: Decimal, units: int, pack_size: int) -> Decimal | None:
    """What a pack costs at a price of so many base units; None where six decimals do not hold it, because nobody has
    agreed to a rounded price."""
    exact = Fraction(price) / units * pack_size
    scaled = exact * _DECIMALS
    return Decimal(scaled.numerator) / _DECIMALS if scaled.denominator == 1 else None
