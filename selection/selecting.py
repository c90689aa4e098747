"""Who wins of the ranked bids of a lot, who stands by, and why not for every other: each step says what it did.

The steps stand in the rules of volume-based procurement: so many places by number of competing companies (rounds 9 and
10), a limit of so many times an anchor price with what is never out for it (rounds 7 to 11). The result is the same in
whatever order the bids come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from selection.ruleset import SelectionRules


class Fate(StrEnum):
    """What becomes of a ranked bid."""

    WINNER = "winner"
    STANDBY = "standby"
    NO_PLACE = "no_place"
    ABOVE_LIMIT = "above_limit"
    HIGHEST = "highest"
    SAME_COMPANY = "same_company"


class Excuse(StrEnum):
    """Why a price is not out for the limit."""

    WITHIN = "within"
    LOW = "low"
    CUT = "cut"


@dataclass(frozen=True)
class Contender:
    """A ranked bid: its place from 1, its exact comparable price, and the company it counts as."""

    bid: str
    rank: int
    comparable: Fraction
    company: str


@dataclass(frozen=True)
class Chosen:
    """What became of a bid, and every number that its bidder needs to follow it."""

    bid: str
    fate: Fate
    arithmetic: dict[str, Any]


def select(contenders: Sequence[Contender], rules: SelectionRules, ceiling: Fraction | None) -> list[Chosen]:
    """What becomes of each ranked bid, in the order of their ranks. ``ceiling`` is that of one base unit.

    1. Of one company the best ranked bid competes, where companies are counted.
    2. So many places as the rules give for that number go to the best ranked.
    3. The anchor is the lowest price, or the larger of it and a share of the mean of those that have a place.
    4. Out is a price above the limit times the anchor, unless it is low or cut enough; then, where the rules say so,
       the highest of those left.
    5. Who is left wins. Those next in rank that no price condition bars stand by.
    """
    ranked = sorted(contenders, key=lambda one: one.rank)
    competing = _one_a_company(ranked) if rules.counted == "companies" else ranked
    places = rules.places_for(len(competing)) if competing else 0
    placed = competing[:places]
    anchor = _anchor([one.comparable for one in placed], rules.anchor_mean)
    excuses = {one.bid: _excuse(one.comparable, anchor, rules, ceiling) for one in competing}
    left = [one for one in placed if excuses[one.bid] is not None]
    highest = left[-1] if rules.not_highest and len(left) > 1 else None
    winners = {one.bid for one in left if one is not highest}
    waiting = [one.bid for one in competing[places:] if excuses[one.bid] is not None]
    standbys = set(waiting[: rules.standbys]) if winners else set()

    def fate(one: Contender) -> Fate:
        if one.bid in winners:
            return Fate.WINNER
        if one.bid in standbys:
            return Fate.STANDBY
        if one.bid not in excuses:
            return Fate.SAME_COMPANY
        if excuses[one.bid] is None:
            return Fate.ABOVE_LIMIT
        return Fate.HIGHEST if one is highest else Fate.NO_PLACE

    def arithmetic(one: Contender) -> dict[str, Any]:
        return {
            "rank": one.rank,
            "comparable_exact": _text(one.comparable),
            "company": one.company,
            "competitors": len(competing),
            "places": places,
            "anchor_exact": _text(anchor),
            "limit_exact": None if rules.limit is None else _text(anchor * Fraction(rules.limit)),
            "excuse": excuses.get(one.bid),
        }

    return [Chosen(one.bid, fate(one), arithmetic(one)) for one in ranked]


def _one_a_company(ranked: Sequence[Contender]) -> list[Contender]:
    best: dict[str, Contender] = {}
    for one in ranked:
        best.setdefault(one.company, one)
    return list(best.values())


def _anchor(placed: Sequence[Fraction], share: Decimal | None) -> Fraction:
    if not placed:
        return Fraction(0)
    lowest = min(placed)
    return lowest if share is None else max(lowest, Fraction(share) * sum(placed) / len(placed))


def _excuse(price: Fraction, anchor: Fraction, rules: SelectionRules, ceiling: Fraction | None) -> Excuse | None:
    """Why a price is not out for the limit; None where it is."""
    if rules.limit is None or price <= anchor * Fraction(rules.limit):
        return Excuse.WITHIN
    if rules.low_price is not None and price <= Fraction(rules.low_price):
        return Excuse.LOW
    if rules.cut is not None and ceiling is not None and price <= ceiling * (1 - Fraction(rules.cut)):
        return Excuse.CUT
    return None


def _text(number: Fraction) -> str:
    return f"{number.numerator}/{number.denominator}"
