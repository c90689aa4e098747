"""Rules in words: each field by its part, as pages show it, compare it and let it be written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.templatetags.ui import price
from selection.ruleset import Rest, TenderRules

PARTS: Mapping[str, Promise] = {
    "evaluation": gettext_lazy("Technical evaluation"),
    "ties": gettext_lazy("Equal prices"),
    "selection": gettext_lazy("Selection"),
    "allocation": gettext_lazy("Volumes"),
    "committee": gettext_lazy("Committee"),
    "periods": gettext_lazy("Periods"),
}
COUNTED = {
    "bids": gettext_lazy("bids"),
    "companies": gettext_lazy("companies; those that belong together are one"),
}
METHODS = {
    "whole": gettext_lazy("whole, to the only winner"),
    "shares": gettext_lazy("by shares, each winner by its place"),
    "regions": gettext_lazy("by regions, each whole to one winner"),
}
TIES = {
    "score": gettext_lazy("higher technical score"),
    "lots_drawn": gettext_lazy("lots drawn from the close, which nobody could know"),
}


@dataclass(frozen=True)
class Worded:
    """How a field of the rules is named, and how its value reads."""

    label: Promise
    told: Callable[[Any], Any]
    unit: Promise | str = ""


def percent(share: Decimal) -> str:
    return f"{share * 100:.2f}".rstrip("0").rstrip(".")


def _number(value: Any) -> Any:
    return _("none") if value is None else value


def _table(table: Mapping[int, int]) -> str:
    if not table:
        return _("none")
    return _(", ").join(_("%(on)d of %(bids)d") % {"on": on, "bids": number} for number, on in sorted(table.items()))


def _rest(rest: Rest | None) -> str:
    if rest is None:
        return _("as in its last row")
    return _("%(share)s%%, at most %(cap)d") % {"share": percent(rest[0]), "cap": rest[1]}


def _times(value: Decimal | None) -> str:
    return _("none") if value is None else _("%(times)s times") % {"times": f"{value.normalize():f}"}


def _share(value: Decimal | None) -> str:
    return _("none") if value is None else f"{percent(value)} %"


def _shares(table: Mapping[int, tuple[Decimal, ...]]) -> str:
    rows = [
        _("of %(winners)d: %(shares)s") % {"winners": winners, "shares": " / ".join(map(percent, shares))}
        for winners, shares in sorted(table.items())
    ]
    return _("; ").join(rows) or _("none")


def _agreed(table: Mapping[int, Decimal]) -> str:
    rows = [
        _("of %(winners)d: %(shares)s") % {"winners": winners, "shares": percent(share)}
        for winners, share in sorted(table.items())
    ]
    return _("; ").join(rows) or _("all of it")


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


_DAYS = gettext_lazy("days")
FIELDS: Mapping[tuple[str, str], Worded] = {
    ("evaluation", "pass_mark"): Worded(gettext_lazy("Pass mark"), _number),
    ("evaluation", "shortlist"): Worded(gettext_lazy("Shortlist"), _table),
    ("evaluation", "shortlist_rest"): Worded(gettext_lazy("Shortlist beyond its table"), _rest),
    ("evaluation", "minimum_for_competition"): Worded(
        gettext_lazy("Competition from"), _number, gettext_lazy("qualified bids")
    ),
    ("evaluation", "dealers"): Worded(gettext_lazy("Authorised dealers may bid"), _yes),
    ("ties", "order"): Worded(
        gettext_lazy("Equal prices"), lambda order: _(", ").join(str(TIES.get(key, key)) for key in order)
    ),
    ("selection", "counted"): Worded(gettext_lazy("Competitors counted"), lambda key: COUNTED.get(key, key)),
    ("selection", "places"): Worded(gettext_lazy("Winners by number of competitors"), _table),
    ("selection", "places_rest"): Worded(gettext_lazy("Winners beyond the table"), _rest),
    ("selection", "standbys"): Worded(gettext_lazy("Standbys, at most"), _number),
    ("selection", "anchor_mean"): Worded(gettext_lazy("Anchor not below this share of the mean"), _share),
    ("selection", "limit"): Worded(gettext_lazy("Highest price, of the anchor"), _times),
    ("selection", "low_price"): Worded(
        gettext_lazy("Never out: a price up to"), lambda value: _("none") if value is None else price(value)
    ),
    ("selection", "cut"): Worded(gettext_lazy("Never out: a cut from the ceiling of"), _share),
    ("selection", "not_highest"): Worded(gettext_lazy("The highest of several is out"), _yes),
    ("allocation", "method"): Worded(gettext_lazy("Volume goes"), lambda key: METHODS.get(key, key)),
    ("allocation", "shares"): Worded(gettext_lazy("Shares in per cent, by number of winners"), _shares),
    ("allocation", "agreed"): Worded(gettext_lazy("Agreed of the need in per cent, by number of winners"), _agreed),
    ("committee", "members"): Worded(gettext_lazy("Evaluators, at least"), _number),
    ("periods", "notice"): Worded(pgettext_lazy("period", "Notice"), _number, _DAYS),
    ("periods", "amendment"): Worded(gettext_lazy("Amendment before the deadline, at least"), _number, _DAYS),
    ("periods", "objection"): Worded(gettext_lazy("Objections to the technical result"), _number, _DAYS),
    ("periods", "standstill"): Worded(gettext_lazy("Standstill before the award"), _number, _DAYS),
}


def part_facts(rules: TenderRules) -> list[dict[str, Any]]:
    """The rules part by part: ``key``, ``label`` and the ``facts`` of each."""
    return [
        {"key": part, "label": label, "facts": [_fact(rules, *at) for at in FIELDS if at[0] == part]}
        for part, label in PARTS.items()
    ]


def told(rules: TenderRules, part: str, field: str) -> Any:
    """A field's value as it reads."""
    return FIELDS[part, field].told(getattr(getattr(rules, part), field))


def rule_facts(rules: TenderRules) -> list[dict[str, Any]]:
    """What the rules say, without what they leave at nothing."""
    whole = TenderRules()
    return [
        _fact(rules, part, field)
        for part, field in FIELDS
        if field in _ALWAYS or getattr(getattr(rules, part), field) != getattr(getattr(whole, part), field)
    ]


_ALWAYS = frozenset(
    {"pass_mark", "shortlist", "minimum_for_competition", "dealers", "order", "places_rest", "method", "members"}
    | {"notice", "amendment", "objection", "standstill"}
)


def _fact(rules: TenderRules, part: str, field: str) -> dict[str, Any]:
    worded = FIELDS[part, field]
    return {"label": worded.label, "value": told(rules, part, field), "unit": worded.unit}
