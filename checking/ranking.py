"""The ranking of a lot, computed a second time from what was published.

Written apart from the platform's own program and in another way, so that a fault in one shows in the other:
whole numbers only, two prices compared by multiplying crosswise, ranks counted and not sorted.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

VALID, ABOVE_CEILING, UNREADABLE, MALFORMED = "valid", "above_ceiling", "unreadable", "malformed"


@dataclass(frozen=True, slots=True)
class Priced:
    """An opened price as published; numbers are texts as they stand there, ``price`` None where none was read.

    ``units``: for how many base units the price is; ``fits``: whether the offer is of what the bid covers;
    ``factor``: how many base units of the lot's reference item one base unit counts as; ``score``: the technical
    score, if any.
    """

    bid: str
    price: str | None
    units: int
    fits: bool
    currency: str
    factor: str
    score: str | None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the notice says about comparing: the ceiling for ``ceiling_units`` base units, currency, order of ties; and
    the close's root."""

    ceiling: str | None
    ceiling_units: int
    currency: str
    ties: tuple[str, ...]
    root: str


@dataclass(frozen=True, slots=True)
class Place:
    """The verdict on an offer, its comparable price as a reduced fraction, and its rank, where it has them."""

    verdict: str
    comparable: str | None
    rank: int | None


def places(offers: Sequence[Priced], rules: Rules) -> dict[str, Place]:
    """The place of every offer of one lot, by bid."""
    found = {offer.bid: _verdict(offer, rules) for offer in offers}
    valid = [offer for offer in offers if found[offer.bid] == VALID]
    return {
        offer.bid: Place(
            verdict=found[offer.bid],
            comparable=_written(offer),
            rank=1 + sum(_before(other, offer, rules) for other in valid) if offer in valid else None,
        )
        for offer in offers
    }


def _verdict(offer: Priced, rules: Rules) -> str:
    if offer.price is None:
        return UNREADABLE
    price = _comparable(offer)
    if price is None or offer.currency != rules.currency:
        return MALFORMED
    if rules.ceiling is not None and less(ceiling_of_one(rules.ceiling, rules.ceiling_units), price):
        return ABOVE_CEILING
    return VALID


def ceiling_of_one(amount: str, units: int) -> tuple[int, int]:
    above, below = ratio(amount)
    return above, below * units


def _before(one: Priced, other: Priced, rules: Rules) -> bool:
    """Whether one valid offer ranks before another."""
    left, right = _comparable(one), _comparable(other)
    if left is None or right is None or one.bid == other.bid:
        return False
    if less(left, right) or less(right, left):
        return less(left, right)
    for tie in rules.ties:
        if tie == "score":
            left, right = ratio(other.score or "0"), ratio(one.score or "0")
            if less(left, right) or less(right, left):
                return less(left, right)
        else:
            return _lot(one, rules) < _lot(other, rules)
    return False


def _lot(offer: Priced, rules: Rules) -> bytes:
    return hashlib.sha256((rules.root + offer.bid).encode()).digest()


def _comparable(offer: Priced) -> tuple[int, int] | None:
    """The price of one base unit of the reference item, as numerator and denominator; None for no such price."""
    if offer.price is None or not offer.fits:
        return None
    amount, parts = ratio(offer.price)
    counts, of = ratio(offer.factor)
    return (amount * of, parts * offer.units * counts) if amount > 0 else None


def _written(offer: Priced) -> str | None:
    price = _comparable(offer)
    if price is None:
        return None
    common = gcd(*price)
    return f"{price[0] // common}/{price[1] // common}"


def ratio(written: str) -> tuple[int, int]:
    """A number as it is written, "33/35" or "1.8", as numerator and denominator."""
    above, slash, below = written.partition("/")
    if slash:
        return int(above), int(below)
    whole, _point, part = written.partition(".")
    return int(whole + part), int("1" + "0" * len(part))


def less(left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether one number is smaller than another."""
    return left[0] * right[1] < right[0] * left[1]
