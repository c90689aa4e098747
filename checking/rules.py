"""The rules of a notice in the form that is read here, whichever form they were frozen in.

``tender-rules/3`` has a part a subject. What was frozen before had all names at one level, no format at first, and
one number for the winners; what a notice of that time does not name did not exist.
"""

from collections.abc import Mapping
from typing import Any

BY_PARTS = "tender-rules/3"


def rules_of(terms: Mapping[str, Any]) -> Mapping[str, Any]:
    """The rules of a notice's terms, by part."""
    rules = terms["rules"]
    if rules.get("format") == BY_PARTS:
        return rules
    table, rest = rules["shortlist"], rules["shortlist_rest"]
    beyond = {"share": rest[0], "cap": rest[1]} if rest else None
    return {
        "evaluation": {
            "pass_mark": rules["pass_mark"],
            "shortlist": {"table": table, "beyond": beyond} if table else None,
        },
        "ties": {"order": rules["tie_order"]},
        "selection": {
            "winners": {"table": {}, "beyond": {"share": "1", "cap": rules.get("winners", 1)}},
            "standbys": rules.get("standbys", 0),
        },
        "allocation": {"method": rules.get("allocation", "whole"), "shares": rules.get("shares", {})},
    }


def how_many(told: Mapping[str, Any] | None, number: int) -> int:
    """How many of so many: all where nothing is told; what the table says; beyond its highest number a share, rounded
    up, with a cap."""
    if told is None or not number:
        return number
    table = {int(bids): int(places) for bids, places in told["table"].items()}
    highest = max(table, default=0)
    if number <= highest or not told["beyond"]:
        return table[min(number, highest)]
    whole, _point, part = told["beyond"]["share"].partition(".")
    above, below = number * int(whole + part), int("1" + "0" * len(part))
    return int(min(-(-above // below), told["beyond"]["cap"]))
