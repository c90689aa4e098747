"""The check of rules: every number of bids leads to one result, every lot to an end, and the parts fit each other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from selection.ruleset.document import TenderRules
from selection.ruleset.parts import COUNTED, METHODS, TIE_KEYS, Rest

MOST_BIDS = 60  # a table that covers so many bids of one lot covers any lot


@dataclass(frozen=True)
class Flaw:
    """What is incomplete or at odds: part and field, the row of a table where it lies in one, and a code.

    The codes: ``range`` (a number out of its bounds), ``gap`` (a row of a table is missing), ``row`` (a row that says
    more than there is, or nothing), ``unknown`` (a word that is none of those known), ``sum`` (shares that do not add
    up to 1), ``last`` (equal prices are not always decided), ``twice``, ``needs`` (another part must say something).
    """

    part: str
    field: str
    code: str
    row: int | None = None


def flaws(rules: TenderRules) -> list[Flaw]:
    """All that the check finds, in order; nothing for rules that are whole."""
    found = {flaw for check in _CHECKS for flaw in check(rules)}
    return sorted(found, key=lambda flaw: (flaw.part, flaw.field, flaw.row or 0, flaw.code))


def most_winners(rules: TenderRules) -> int:
    """How many may win at most, whatever the number of competitors. Tables must cover every number."""
    return max(rules.selection.places_for(number) for number in range(1, MOST_BIDS + 1))


def _evaluation(rules: TenderRules) -> Iterator[Flaw]:
    part = rules.evaluation
    if part.pass_mark is not None and not 0 <= part.pass_mark <= 100:
        yield Flaw("evaluation", "pass_mark", "range")
    if part.minimum_for_competition < 1:
        yield Flaw("evaluation", "minimum_for_competition", "range")
    if part.shortlist or part.shortlist_rest:
        yield from _table("evaluation", "shortlist", part.shortlist, part.shortlist_rest)


def _selection(rules: TenderRules) -> Iterator[Flaw]:
    part = rules.selection
    yield from _table("selection", "places", part.places, part.places_rest)
    if part.counted not in COUNTED:
        yield Flaw("selection", "counted", "unknown")
    if not 0 <= part.standbys <= MOST_BIDS:
        yield Flaw("selection", "standbys", "range")
    if part.limit is not None and part.limit < 1:
        yield Flaw("selection", "limit", "range")
    for name in ("anchor_mean", "cut"):
        if (share := getattr(part, name)) is not None and not 0 < share <= 1:
            yield Flaw("selection", name, "range")
    if part.low_price is not None and part.low_price <= 0:
        yield Flaw("selection", "low_price", "range")
    for name in ("anchor_mean", "low_price", "cut"):
        if getattr(part, name) is not None and part.limit is None:
            yield Flaw("selection", name, "needs")  # what a limit is measured by, or lets pass


def _ties(rules: TenderRules) -> Iterator[Flaw]:
    order = rules.ties.order
    if not set(order) <= set(TIE_KEYS):
        yield Flaw("ties", "order", "unknown")
    elif len(set(order)) < len(order):
        yield Flaw("ties", "order", "twice")
    elif order[-1:] != ("lots_drawn",):
        yield Flaw("ties", "order", "last")


def _allocation(rules: TenderRules) -> Iterator[Flaw]:
    part = rules.allocation
    if part.method not in METHODS:
        yield Flaw("allocation", "method", "unknown")
        return
    if any(flaw.field == "places" for flaw in _selection(rules)):
        return  # how many may win is not known
    most = most_winners(rules)
    if part.method == "whole" and most > 1:
        yield Flaw("allocation", "method", "needs")
    asked = set(range(1, most + 1)) if part.method == "shares" else set()
    for winners in sorted(asked - set(part.shares)):
        yield Flaw("allocation", "shares", "gap", winners)
    for winners, shares in part.shares.items():
        if winners not in asked or len(shares) != winners or min(shares) <= 0:
            yield Flaw("allocation", "shares", "row", winners)
        elif sum(map(Fraction, shares)) != 1:
            yield Flaw("allocation", "shares", "sum", winners)


def _agreed(rules: TenderRules) -> Iterator[Flaw]:
    agreed = rules.allocation.agreed
    for winners, share in agreed.items():
        if not 0 < share <= 1:
            yield Flaw("allocation", "agreed", "range", winners)
    for winners in range(1, max(agreed, default=0) + 1):
        if winners not in agreed:
            yield Flaw("allocation", "agreed", "gap", winners)


def _people_and_days(rules: TenderRules) -> Iterator[Flaw]:
    if not 0 <= rules.committee.members <= 99:
        yield Flaw("committee", "members", "range")
    for name, days in vars(rules.periods).items():
        if not 0 <= days <= 3650:
            yield Flaw("periods", name, "range")


_CHECKS: tuple[Callable[[TenderRules], Iterator[Flaw]], ...] = (
    _evaluation,
    _selection,
    _ties,
    _allocation,
    _agreed,
    _people_and_days,
)


def _table(part: str, field: str, table: Mapping[int, int], rest: Rest | None) -> Iterator[Flaw]:
    """A table by number has a row for every number, which gives at least one and no more than there are."""
    for number, given in table.items():
        if not 0 < given <= number:
            yield Flaw(part, field, "row", number)
    if rest and not (0 < rest[0] <= 1 and rest[1] > 0):
        yield Flaw(part, f"{field}_rest", "range")
    last = max(table, default=0) if rest else MOST_BIDS
    for number in range(1, last + 1):
        if number not in table:
            yield Flaw(part, field, "gap", number)
