"""Who wins and what each winner supplies, computed a second time from the published ranking and rules.

Written apart from the platform's own program and in another way: whole numbers only, remainders counted and
not sorted. What a proposal set aside after an objection is taken as the
record says it; everything else follows.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from checking.evaluation import FIRST_NOTICE
from checking.material import Fails, Material, NotAsked, Waits
from checking.ranking import ceiling_of_one, ratio
from checking.selecting import STANDBY, WINNER, Ranked, fates


def awards_are_right(given: Material) -> None:
    """Winners and standbys are the first of the ranking, and the volume is divided as the notice's rules say."""
    if "decisions" not in given.record:
        # Else a platform would escape the question by leaving them out.
        if given.terms["format"] != FIRST_NOTICE:
            raise Fails("left_out_decisions")
        raise NotAsked("without_decisions")
    if not given.record["decisions"]:
        raise Waits("no_decision")
    aside: dict[str, set[str]] = {}
    for decision in given.record["decisions"]:
        lot = next(one for one in given.terms["lots"] if one["lot"] == decision["lot"])
        before = aside.setdefault(lot["lot"], set())
        winners = _selected_again(given, decision, before)
        _adds_up(lot, decision)
        _divided_again(given.terms["rules"]["allocation"], decision, winners)
        if decision["set_aside"] is not None:
            before.add(decision["set_aside"])


def _selected_again(given: Material, decision: Mapping[str, Any], aside: set[str]) -> int:
    """How many win, once the awards are those that the rules select of the ranked bids not set aside before."""
    rules, lot = given.terms["rules"]["selection"], decision["lot"]
    valid = [one for one in given.record["ranking"] if one["lot"] == lot and one["rank"] is not None]
    steps = {step["bid"]: step for step in decision["steps"]}
    left = [one for one in valid if one["bid"] not in aside]
    if set(steps) != {one["bid"] for one in left}:
        raise Fails("other_winners", lot=lot)
    ranked = [Ranked(one["bid"], one["rank"], ratio(one["comparable"]), steps[one["bid"]]["company"]) for one in left]
    asked = next(one for one in given.terms["lots"] if one["lot"] == lot)
    found = fates(ranked, rules, ceiling_of_one(asked["ceiling"], asked.get("ceiling_units", 1)))
    if found != {bid: step["fate"] for bid, step in steps.items()}:
        raise Fails("other_winners", lot=lot)
    order = sorted(left, key=lambda one: one["rank"])
    named = [(kind, one["bid"]) for kind in (WINNER, STANDBY) for one in order if found[one["bid"]] == kind]
    expected = [{"place": place, "kind": kind, "bid": bid} for place, (kind, bid) in enumerate(named, start=1)]
    if decision["awards"] != expected:
        raise Fails("other_winners", lot=lot)
    if decision["set_aside"] is not None and decision["set_aside"] not in [bid for _kind, bid in named]:
        raise Fails("other_winners", lot=lot)
    return sum(kind == WINNER for kind, _bid in named)


def _adds_up(lot: Mapping[str, Any], decision: Mapping[str, Any]) -> None:
    """What the regions needed is the lot's volume; where factors are no whole numbers, each hospital's was rounded
    up to a whole unit."""
    total = sum(int(region["needed"]) for region in decision["regions"])
    hospitals = sum(region["hospitals"] for region in decision["regions"])
    whole, _point, part = str(lot["volume"]).partition(".")
    volume, scale = int(whole + part), 10 ** len(part)
    exact = all("." not in item["factor_volume"] for item in lot["items"])
    over = total * scale - volume
    if over < 0 or over >= max(hospitals, 1) * scale or (exact and over):
        raise Fails("other_volume", lot=lot["lot"])


def _divided_again(rules: Mapping[str, Any], decision: Mapping[str, Any], winners: int) -> None:
    """Each region's parts are what is agreed of its need, half up, and its winners' as the rules divide it."""
    codes = [region["region"] for region in decision["regions"]]
    if len(set(codes)) < len(codes):
        raise Fails("other_division", lot=decision["lot"])
    share = _agreed(rules["agreed"], winners)
    if decision["agreed"] != share:
        raise Fails("other_division", lot=decision["lot"])
    above, below = ratio(share)
    for region in decision["regions"]:
        parts = [(part["place"], int(part["quantity"])) for part in region["parts"]]
        units = (2 * int(region["needed"]) * above + below) // (2 * below)
        if sum(quantity for _place, quantity in parts) != units:
            raise Fails("other_volume", lot=decision["lot"])
        if rules["method"] == "regions" and winners > 1:
            right = len(parts) == min(units, 1) and all(1 <= (place or 0) <= winners for place, _quantity in parts)
        else:
            right = _by_shares(parts, units, _shares(rules, winners))
        if not right:
            raise Fails("other_division", lot=decision["lot"])


def _agreed(table: Mapping[str, str], winners: int) -> str:
    """The share of the need that is agreed with so many winners: all of it without a table, beyond it as in its highest
    row."""
    return table[str(min(winners, max(map(int, table))))] if table else "1"


def _shares(rules: Mapping[str, Any], winners: int) -> Sequence[str]:
    return rules["shares"][str(winners)] if rules["method"] == "shares" else ["1"]


def _by_shares(parts: Sequence[tuple[int, int]], units: int, shares: Sequence[str]) -> bool:
    return parts == [(place, part) for place, part in enumerate(_split(units, shares), start=1) if part]


def _split(units: int, shares: Sequence[str]) -> list[int]:
    """Whole units by shares. A unit over goes to a place before which fewer remainders are larger than units are over;
    of equal remainders the better place is before."""
    digits = max(len(share.partition(".")[2]) for share in shares)
    below = 10**digits
    above = [units * int(share.partition(".")[0] + share.partition(".")[2].ljust(digits, "0")) for share in shares]
    parts, rest = [one // below for one in above], [one % below for one in above]
    over = units - sum(parts)
    return [
        part + (sum((other, -where) > (rest[place], -place) for where, other in enumerate(rest)) < over)
        for place, part in enumerate(parts)
    ]
