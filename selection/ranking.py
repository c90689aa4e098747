"""Which price is lowest: exact comparable prices, the ceiling, and the published rule for equal ones.

The lowest price among the bids that passed wins (State Council document GBF[2010]56). One fen above the
ceiling is out; a price equal to it is valid. Nothing is rounded before it is compared.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from selection.rounding import quantize_price, unit_price


class PriceVerdict(StrEnum):
    """The verdict on an opened price."""

    VALID = "valid"
    ABOVE_CEILING = "above_ceiling"
    UNREADABLE = "unreadable"
    MALFORMED = "malformed"


@dataclass(frozen=True)
class Priced:
    """One opened commercial envelope, or one that could not be read (``price`` is None).

    ``price`` is the price of ``units`` base units, those of a pack, as the bidder wrote it; of a system it is that of
    a set, which counts as one. ``fits``: whether the offer is of what the bid covers. ``factor``: how many base units
    of the lot's reference item one base unit counts as. ``score`` is the technical score, where there was one.
    """

    bid: str
    price: Decimal | None
    units: int
    fits: bool
    currency: str
    factor: Decimal
    score: Decimal | None


@dataclass(frozen=True)
class Ceiling:
    """The highest valid price as it was published: an amount for so many base units of the reference item.

    A pack of 7 at 6.60 has no unit price that a decimal holds, so that only the exact one is compared.

    >>> Ceiling(Decimal("6.60"), 7).of_one
    Fraction(33, 35)
    """

    price: Decimal
    units: int = 1

    @property
    def of_one(self) -> Fraction:
        """The exact price of one base unit."""
        return unit_price(self.price, self.units)


@dataclass(frozen=True)
class Comparison:
    """What all offers of a lot are compared by."""

    ceiling: Ceiling | None
    currency: str
    tie_order: tuple[str, ...]
    close_root: str


@dataclass(frozen=True)
class Ranked:
    """The verdict on one offer, its exact comparable price and rank (None where it is not valid)."""

    bid: str
    verdict: PriceVerdict
    comparable: Fraction | None
    rank: int | None
    arithmetic: dict[str, Any]


def comparable_price(price: Decimal, units: int, factor: Decimal) -> Fraction:
    """The exact price of one base unit of the reference item.

    >>> comparable_price(Decimal("6.60"), 7, Decimal(1))
    Fraction(33, 35)
    """
    return unit_price(price, units, Fraction(factor))


def drawn_lot(close_root: str, bid: str) -> str:
    """The lot that decides where nothing else does: SHA-256 of the close's root and the bid's reference.

    Lower goes first. The root follows from all receipts, so nobody knows or steers it before the deadline,
    and everybody can check it afterwards.
    """
    return hashlib.sha256(f"{close_root}{bid}".encode()).hexdigest()


def rank(offers: Sequence[Priced], comparison: Comparison) -> list[Ranked]:
    """Rank the offers of one lot, lowest comparable price first: the same in whatever order they come."""
    verdicts = {offer.bid: _verdict(offer, comparison) for offer in offers}
    prices = {offer.bid: _comparable(offer) for offer in offers}
    valid = [offer for offer in offers if verdicts[offer.bid] is PriceVerdict.VALID]
    keys = {offer.bid: (prices[offer.bid], *_tie_keys(offer, comparison)) for offer in valid}
    ranks = {bid: place for place, bid in enumerate(sorted(keys, key=keys.__getitem__), start=1)}
    equals = {bid: sum(prices[bid] == prices[other] for other in keys) for bid in keys}
    found = [
        Ranked(
            offer.bid,
            verdicts[offer.bid],
            prices[offer.bid],
            ranks.get(offer.bid),
            _arithmetic(offer, comparison, prices[offer.bid], tied=equals.get(offer.bid, 1) > 1),
        )
        for offer in offers
    ]
    return sorted(found, key=lambda ranked: (ranked.rank is None, ranked.rank or 0, ranked.bid))


def _verdict(offer: Priced, comparison: Comparison) -> PriceVerdict:
    if offer.price is None:
        return PriceVerdict.UNREADABLE
    if not offer.fits or offer.currency != comparison.currency or offer.price <= 0:
        return PriceVerdict.MALFORMED
    comparable = comparable_price(offer.price, offer.units, offer.factor)
    if comparison.ceiling is not None and comparable > comparison.ceiling.of_one:
        return PriceVerdict.ABOVE_CEILING
    return PriceVerdict.VALID


def _comparable(offer: Priced) -> Fraction | None:
    if offer.price is None or not offer.fits or offer.price <= 0:
        return None
    return comparable_price(offer.price, offer.units, offer.factor)


def _tie_keys(offer: Priced, comparison: Comparison) -> tuple[Any, ...]:
    keys = {"score": -(offer.score or Decimal(0)), "lots_drawn": drawn_lot(comparison.close_root, offer.bid)}
    return tuple(keys[name] for name in comparison.tie_order)


def _arithmetic(offer: Priced, comparison: Comparison, comparable: Fraction | None, *, tied: bool) -> dict[str, Any]:
    """Every number that a bidder needs to follow the verdict with a pocket calculator."""
    return {
        "price": None if offer.price is None else str(offer.price),
        "currency": offer.currency,
        "units": offer.units,
        "fits": offer.fits,
        "factor": f"{offer.factor.normalize():f}",
        "comparable_exact": None if comparable is None else f"{comparable.numerator}/{comparable.denominator}",
        "comparable": None if comparable is None else str(quantize_price(comparable)),
        "ceiling": None if comparison.ceiling is None else str(comparison.ceiling.price),
        "ceiling_units": None if comparison.ceiling is None else comparison.ceiling.units,
        "tied": tied,
        "tie_order": list(comparison.tie_order) if tied else [],
        "score": None if offer.score is None else str(offer.score),
        "drawn_lot": drawn_lot(comparison.close_root, offer.bid) if tied else "",
    }
