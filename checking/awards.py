"""Who wins and what each winner supplies, computed a second time from the published ranking and rules.

Written apart from the platform's own program and in another way: whole numbers only, remainders counted and
not sorted. What a proposal set aside after an objection is taken as the
record says it; everything else follows.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from checking.evaluation import FIRST_NOTICE
from checking.material import Fails, Material, NotAsked, Waits
from checking.rules import how_many, rules_of

WINNER, STANDBY = "winner", "standby"


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
        _divided_again(rules_of(given.terms)["allocation"], decision, winners)
        if decision["set_aside"] is not None:
            before.add(decision["set_aside"])


def _selected_again(given: Material, decision: Mapping[str, Any], aside: set[str]) -> int:
    """How many win, once the awards are the first ranked bids that were not set aside before."""
    rules = rules_of(given.terms)["selection"]
    valid = [one for one in given.record["ranking"] if one["lot"] == decision["lot"] and one["rank"] is not None]
    left = {one["rank"]: one["bid"] for one in valid if one["bid"] not in aside}
    ranked = [left[rank] for rank in sorted(left)]
    winners = how_many(rules["winners"], len(ranked))
    expected = [
        {"place": place, "kind": WINNER if place <= winners else STANDBY, "bid": bid}
        for place, bid in enumerate(ranked[: winners + rules["standbys"]], start=1)
    ]
    if decision["awards"] != expected:
        raise Fails("other_winners", lot=decision["lot"])
    if decision["set_aside"] is not None and decision["set_aside"] not in [one["bid"] for one in expected]:
        raise Fails("other_winners", lot=decision["lot"])
    return winners


def _adds_up(lot: Mapping[str, Any], decision: Mapping[str, Any]) -> None:
    """The regions' quantities are the lot's volume; where factors are no whole numbers, each hospital's was rounded
    up to a whole unit."""
    total = sum(int(part["quantity"]) for region in decision["regions"] for part in region["parts"])
    hospitals = sum(region["hospitals"] for region in decision["regions"])
    whole, _point, part = str(lot["volume"]).partition(".")
    volume, scale = int(whole + part), 10 ** len(part)
    exact = all("." not in item["factor_volume"] for item in lot["items"])
    over = total * scale - volume
    if over < 0 or over >= max(hospitals, 1) * scale or (exact and over):
        raise Fails("other_volume", lot=lot["lot"])


def _divided_again(rules: Mapping[str, Any], decision: Mapping[str, Any], winners: int) -> None:
    codes = [region["region"] for region in decision["regions"]]
    if len(set(codes)) < len(codes):
        raise Fails("other_division", lot=decision["lot"])
    for region in decision["regions"]:
        parts = [(part["place"], int(part["quantity"])) for part in region["parts"]]
        units = sum(quantity for _place, quantity in parts)
        if rules["method"] == "regions" and winners > 1:
            right = len(parts) == 1 and 1 <= (parts[0][0] or 0) <= winners
        else:
            shares = rules["shares"][str(winners)] if rules["method"] == "shares" else ["1"]
            right = parts == [(place, part) for place, part in enumerate(_split(units, shares), start=1) if part]
        if not right:
            raise Fails("other_division", lot=decision["lot"])


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
