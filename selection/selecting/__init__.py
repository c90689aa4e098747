"""Who wins a lot, who stands by, and why not for every other: one engine for every rule set. Pure and exact.

The steps are, for every rule set: who is qualified, the comparable price, the ceiling, the rank; then those that the
rule set names, in its order (`selection.selecting.steps`). Each tells each bid by a code and numbers what it did; pages
put codes into words. Nothing is rounded. Whatever order the bids come in, the result is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from selection.ranking import Comparison, PriceVerdict, Ranked, rank
from selection.ruleset import RuleSet
from selection.ruleset.selection import Classes, SelectionRules
from selection.selecting.companies import bidders
from selection.selecting.facts import (
    Answers,
    Asked,
    Candidate,
    End,
    Line,
    Placed,
    Selection,
    Standing,
    Terms,
)
from selection.selecting.grouping import grouped
from selection.selecting.run import BEYOND, Run
from selection.selecting.steps import STEPS

__all__ = (
    "Answers",
    "Asked",
    "Candidate",
    "End",
    "Line",
    "Placed",
    "Selection",
    "Standing",
    "Terms",
    "select",
    "widest",
)

FIRST, SECOND = "A", "B"
NOTHING = Answers()


def select(rules: RuleSet, candidates: Iterable[Candidate], terms: Terms, answers: Answers = NOTHING) -> Selection:
    """What a rule set makes of the bids of a lot, with the answers that are recorded by now."""
    candidates = sorted(candidates, key=lambda one: one.bid)
    able = [one for one in candidates if one.qualified]
    reached = len(able) if terms.reached is None else terms.reached
    unqualified = [_out(one.bid, Line("eligible", "not_qualified")) for one in candidates if not one.qualified]
    if not able:
        return Selection(End.FAILED, "none_qualified", tuple(unqualified))
    if rules.selection.mode == "negotiation":
        return _without_prices(End.NEGOTIATION, "negotiated", able, unqualified)
    if reached < rules.evaluation.minimum_for_competition:
        return _without_prices(End(rules.evaluation.too_few), "too_few", able, unqualified)
    comparison = Comparison(
        terms.ceiling,
        terms.currency,
        rules.ties.order,
        terms.close_root,
        rules.ceiling.kinds,
        rules.comparison.coefficients,
    )
    found = {one.bid: one for one in rank([one.offer for one in able], comparison)}
    priced = {bid: _priced(one) for bid, one in found.items()}
    invalid = [_out(bid, *priced[bid]) for bid, one in sorted(found.items()) if one.verdict is not PriceVerdict.VALID]
    quoted = {bid: one.comparable for bid, one in found.items() if one.comparable is not None and one.rank}
    companies = bidders(able, terms.one_company)
    competing = _Competing({one.bid: one for one in able}, quoted, companies, comparison, answers, terms)
    runs = _groups(rules.selection, competing)
    return _concluded(rules.selection, runs, terms, priced, [*invalid, *unqualified])


@dataclass(frozen=True)
class _Competing:
    """The bids with a valid price, and what each group of them is run with."""

    candidates: Mapping[str, Candidate]
    quoted: Mapping[str, Fraction]
    companies: Mapping[str, str]
    comparison: Comparison
    answers: Answers
    terms: Terms

    def run(self, rules: SelectionRules, bids: Iterable[str], lines: Mapping[str, Line], under: Fraction | None) -> Run:
        """The steps over some of the bids, from the first to the one that waits; ``under``: above it a bid is out."""
        quoted = {bid: self.quoted[bid] for bid in bids}
        prices = self.terms.class_prices
        run = Run(rules, self.candidates, quoted, self.companies, self.comparison, self.answers, prices)
        for bid, line in lines.items():
            run.way[bid].append(line)
        if self.terms.highest_out and len(run.still_in) > 1:
            run.leave(run.still_in[-1], "highest_out", "highest")
        for bid in list(run.still_in):
            if under is not None and run.price[bid] > under:
                run.leave(bid, "group", "above_first_group", price=run.price[bid], limit=under)
        for step in rules.steps:
            if run.ranked and not run.asked:
                STEPS[step](run)
        return run


def _groups(rules: SelectionRules, competing: _Competing) -> dict[str, Run]:
    """The competition, or one for each group; the second waits for the first where it must stay under its prices."""
    bids = list(competing.quoted)
    if rules.groups is None:
        return {"": competing.run(rules, bids, {}, None)}
    told = grouped([competing.candidates[bid] for bid in bids], competing.companies, rules.groups)
    lines = {bid: line for bid, (_group, line) in told.items()}
    of = {group: [bid for bid in bids if told[bid][0] == group] for group in (FIRST, SECOND)}
    first = competing.run(rules, of[FIRST], {bid: lines[bid] for bid in of[FIRST]}, None)
    under = first.highest if rules.groups.under_first and first.still_in else None
    second = replace(rules, winners=rules.groups.winners, steps=() if first.asked else rules.steps)
    return {FIRST: first, SECOND: competing.run(second, of[SECOND], {bid: lines[bid] for bid in of[SECOND]}, under)}


def _concluded(
    rules: SelectionRules,
    runs: Mapping[str, Run],
    terms: Terms,
    priced: Mapping[str, Sequence[Line]],
    out: Sequence[Placed],
) -> Selection:
    asked = tuple(one for run in runs.values() for one in run.asked)
    if asked:
        pending = [
            Placed(bid, Standing.PENDING, None, group, None, False, "", (*priced[bid], *run.way[bid]))
            for group, run in runs.items()
            for bid in run.ranked
        ]
        return Selection(End.WAITING, asked[0].step, (*pending, *out), asked)
    placed = [one for group, run in runs.items() for one in _placed(rules, group, run, terms, priced)]
    order = list(Standing)
    everyone = (*sorted(placed, key=lambda one: order.index(one.standing)), *out)
    if any(run.still_in for run in runs.values()):
        return Selection(End.SELECTED, "selected", everyone)
    code = "none_left" if any(run.ranked for run in runs.values()) else "no_price"
    return Selection(End(rules.no_price), code, everyone)


def _placed(
    rules: SelectionRules, group: str, run: Run, terms: Terms, priced: Mapping[str, Sequence[Line]]
) -> list[Placed]:
    """Every bid of a group: winners in the order in which they won, standbys by rank, then all others by rank."""
    named = _named(run, rules.classes, terms)
    standbys = run.out_by(BEYOND)[: rules.standbys]
    places = {bid: place for place, bid in enumerate([*run.still_in, *standbys], start=1)}

    def standing(bid: str) -> Standing:
        return Standing.WINNER if bid in run.still_in else Standing.STANDBY if bid in places else Standing.OUT

    return [
        Placed(
            bid,
            standing(bid),
            places.get(bid),
            group,
            run.price[bid],
            bid in run.still_in and bid not in run.no_region,
            named.get(bid, ""),
            (*priced[bid], *run.way[bid]),
        )
        for bid in [*places, *(bid for bid in run.ranked if bid not in places)]
    ]


def _named(run: Run, classes: Classes | None, terms: Terms) -> dict[str, str]:
    """The class of each winner: the first whose published price its own does not pass, else the last."""
    if classes is None:
        return {}
    *priced, last = classes.names
    named = {
        bid: next((name for name in priced if run.price[bid] <= terms.class_prices.get(name, Fraction(0))), last)
        for bid in run.still_in
    }
    if lowest := next((bid for bid in run.ranked if named.get(bid) == classes.names[0]), None):
        named[lowest] = classes.lowest
    return named


def _priced(one: Ranked) -> tuple[Line, ...]:
    """The lines of a bid up to its rank: its comparable price with its factors, and the ceiling."""
    compared = Line("comparable", one.verdict, one.arithmetic)
    return (compared,) if one.rank is None else (compared, Line("rank", "ranked", {"rank": one.rank}))


def _without_prices(end: End, code: str, able: Sequence[Candidate], out: list[Placed]) -> Selection:
    """A lot that ends before prices are compared: every bid that was to go on is told so."""
    return Selection(end, code, (*(_out(one.bid, Line("eligible", code)) for one in able), *out))


def _out(bid: str, *way: Line) -> Placed:
    return Placed(bid, Standing.OUT, None, "", None, False, "", way)


def widest(spreads: Mapping[str, Sequence[Fraction]], lots: int) -> set[str]:
    """The lots in which the highest price is most times the lowest, so many of them: in each its highest is out.

    ``spreads``: the valid prices of each lot. Of equal spreads the lot that is named first.

    >>> sorted(widest({"L-01": [Fraction(1), Fraction(9)], "L-02": [Fraction(1), Fraction(2)]}, 1))
    ['L-01']
    """
    ratio = {lot: max(prices) / min(prices) for lot, prices in spreads.items() if len(prices) > 1}
    return set(sorted(ratio, key=lambda lot: (-ratio[lot], lot))[:lots])
