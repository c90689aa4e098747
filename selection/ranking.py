"""Which price is lowest: exact comparable prices, the ceiling, and the published rule for equal ones.

The lowest price among the bids that passed wins (State Council document GBF[2010]56). One fen above the
ceiling is out; a price equal to it is valid. Nothing is rounded before it is compared.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import prod
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
    ``features``: those of the product for which its price is divided before it is compared. ``own_lowest``: the lowest
    comparable price at which the bidder sells it elsewhere. ``facts``: what decides between equal prices, by tie key;
    an earlier approval is the smaller number.
    """

    bid: str
    price: Decimal | None
    units: int
    fits: bool
    currency: str
    factor: Decimal
    score: Decimal | None
    features: tuple[str, ...] = ()
    own_lowest: Fraction | None = None
    facts: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def tie_facts(self) -> Mapping[str, Decimal]:
        return self.facts if self.score is None else {**self.facts, "score": self.score}


@dataclass(frozen=True)
class Comparison:
    """What all offers of a lot are compared by. ``ceiling`` is that of a base unit, exactly; ``ceilings`` says which
    kinds hold, ``coefficients`` what a feature divides a price by."""

    ceiling: Decimal | Fraction | None
    currency: str
    tie_order: tuple[str, ...]
    close_root: str
    ceilings: tuple[str, ...] = ("published",)
    coefficients: Mapping[str, Decimal] = field(default_factory=dict)


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
    prices = {offer.bid: compared(offer, comparison) for offer in offers}
    valid = [offer for offer in offers if verdicts[offer.bid] is PriceVerdict.VALID]
    keys = {offer.bid: (prices[offer.bid], *tie_keys(offer, comparison)) for offer in valid}
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
    comparable = compared(offer, comparison)
    if comparable is not None and any(comparable > ceiling for ceiling in ceilings_of(offer, comparison)):
        return PriceVerdict.ABOVE_CEILING
    return PriceVerdict.VALID


def ceilings_of(offer: Priced, comparison: Comparison) -> list[Fraction]:
    """The ceilings that hold for an offer, each by itself: a price equal to one is valid."""
    known = {"published": comparison.ceiling, "own_lowest": offer.own_lowest}
    return [Fraction(ceiling) for kind in comparison.ceilings if (ceiling := known[kind]) is not None]


def compared(offer: Priced, comparison: Comparison, price: Decimal | None = None) -> Fraction | None:
    """The comparable price of an offer, or of another price for the same; None for what is no price."""
    price = offer.price if price is None else price
    if price is None or not offer.fits or price <= 0:
        return None
    return comparable_price(price, offer.units, offer.factor) / divisor(offer, comparison)


def divisor(offer: Priced, comparison: Comparison) -> Fraction:
    """What the features of an offer divide its price by; of several the coefficients multiply."""
    return prod((Fraction(comparison.coefficients.get(name, 1)) for name in offer.features), start=Fraction(1))


LOWER_IS_BETTER = ("sampling", "approval")


def tie_keys(offer: Priced, comparison: Comparison) -> tuple[Any, ...]:
    """What orders offers of one price, the better first; a fact that nobody gave is worse than any given."""
    facts = offer.tie_facts

    def of(name: str) -> Any:
        if name == "lots_drawn":
            return drawn_lot(comparison.close_root, offer.bid)
        fact = facts.get(name)
        return (fact is None, (fact if name in LOWER_IS_BETTER else -fact) if fact is not None else 0)

    return tuple(map(of, comparison.tie_order))


def _arithmetic(offer: Priced, comparison: Comparison, comparable: Fraction | None, *, tied: bool) -> dict[str, Any]:
    """Every number that a bidder needs to follow the verdict with a pocket calculator."""
    further: dict[str, Any] = {}
    if divided := [name for name in offer.features if name in comparison.coefficients]:
        further["divided"] = {name: str(comparison.coefficients[name]) for name in divided}
    if "own_lowest" in comparison.ceilings and offer.own_lowest is not None:
        further["own_lowest"] = str(offer.own_lowest)
    if tied and (told := {name: str(offer.facts[name]) for name in comparison.tie_order if name in offer.facts}):
        further["facts"] = told
    return further | {
        "price": None if offer.price is None else str(offer.price),
        "currency": offer.currency,
        "units": offer.units,
        "fits": offer.fits,
        "factor": f"{offer.factor.normalize():f}",
        "comparable_exact": None if comparable is None else f"{comparable.numerator}/{comparable.denominator}",
        "comparable": None if comparable is None else str(quantize_price(comparable)),
        "ceiling": None if comparison.ceiling is None else str(comparison.ceiling),
        "tied": tied,
        "tie_order": list(comparison.tie_order) if tied else [],
        "score": None if offer.score is None else str(offer.score),
        "drawn_lot": drawn_lot(comparison.close_root, offer.bid) if tied else "",
    }
