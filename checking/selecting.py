"""Who wins of a lot's ranked bids, computed a second time from the published ranking and the notice's rules.

Written apart from the platform's own program and in another way: whole numbers only, places counted and not sorted.
Which companies belong together is taken as the record says it; everything else follows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checking.evaluation import of_table
from checking.ranking import less, ratio

WINNER, STANDBY, NO_PLACE = "winner", "standby", "no_place"
ABOVE_LIMIT, HIGHEST, SAME_COMPANY = "above_limit", "highest", "same_company"
Ratio = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranked bid that was not set aside: its rank, its comparable price, the company that it counts as."""

    bid: str
    rank: int
    price: Ratio
    company: str


def fates(ranked: Sequence[Ranked], rules: Mapping[str, Any], ceiling: Ratio | None) -> dict[str, str]:
    """What becomes of each bid; ``ceiling`` is that of one base unit."""
    competing = [one for one in ranked if rules["counted"] != "companies" or not _behind_its_own(one, ranked)]
    number = len(competing)
    places = of_table(number, rules["places"], rules["places_rest"]) if number else 0
    before = {one.bid: sum(other.rank < one.rank for other in competing) for one in competing}
    placed = [one for one in competing if before[one.bid] < places]
    anchor = _anchor([one.price for one in placed], rules["anchor_mean"])
    barred = {one.bid for one in competing if _is_barred(one.price, anchor, rules, ceiling)}
    left = [one for one in placed if one.bid not in barred]
    highest = max((one.rank for one in left), default=0) if rules["not_highest"] and len(left) > 1 else 0
    waiting = [one for one in competing if before[one.bid] >= places and one.bid not in barred]

    def fate(one: Ranked) -> str:
        if one.bid not in before:
            return SAME_COMPANY
        if one.bid in barred:
            return ABOVE_LIMIT
        if before[one.bid] < places:
            return HIGHEST if one.rank == highest else WINNER
        return STANDBY if sum(other.rank < one.rank for other in waiting) < rules["standbys"] else NO_PLACE

    return {one.bid: fate(one) for one in ranked}


def _behind_its_own(one: Ranked, ranked: Sequence[Ranked]) -> bool:
    return any(other.company == one.company and other.rank < one.rank for other in ranked)


def _anchor(prices: Sequence[Ratio], share: str | None) -> Ratio:
    if not prices:
        return (0, 1)
    lowest = prices[0]
    for price in prices:
        lowest = price if less(price, lowest) else lowest
    if share is None:
        return lowest
    above, below = 0, 1
    for price in prices:
        above, below = above * price[1] + price[0] * below, below * price[1]
    of_mean = _times((above, below * len(prices)), ratio(share))
    return of_mean if less(lowest, of_mean) else lowest


def _is_barred(price: Ratio, anchor: Ratio, rules: Mapping[str, Any], ceiling: Ratio | None) -> bool:
    limit, low, cut = rules["limit"], rules["low_price"], rules["cut"]
    if limit is None or not less(_times(anchor, ratio(limit)), price):
        return False
    if low is not None and not less(ratio(low), price):
        return False
    if cut is None or ceiling is None:
        return True
    above, below = ratio(cut)
    return less(_times(ceiling, (below - above, below)), price)


def _times(one: Ratio, other: Ratio) -> Ratio:
    return one[0] * other[0], one[1] * other[1]
