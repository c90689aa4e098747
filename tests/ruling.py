"""Rule sets of tests: what a test names, and defaults for the rest."""

from dataclasses import fields, replace
from typing import Any

from selection.ruleset import Beyond, HowMany, RuleSet, at_most


def ruled(**named: Any) -> RuleSet:
    """A rule set in which the keys that are named have these values; no two parts have a key of the same name.

    A number of ``winners`` is the most there may be; ``shortlist`` may be a table, with its ``shortlist_rest``.
    """
    rules = RuleSet()
    table, rest = named.pop("shortlist", None), named.pop("shortlist_rest", None)
    if table or rest:
        named["shortlist"] = table if isinstance(table, HowMany) else HowMany(table or {}, rest and Beyond(*rest))
    if isinstance(named.get("winners"), int):
        named["winners"] = at_most(named["winners"])
    if "allocation" in named:
        named["method"] = named.pop("allocation")
    for part in fields(rules):
        held = getattr(rules, part.name)
        keys = {one.name for one in fields(held)} & named.keys()
        if part.name != "comparison":
            rules = replace(rules, **{part.name: replace(held, **{key: named.pop(key) for key in keys})})
    assert not named, named
    return rules
