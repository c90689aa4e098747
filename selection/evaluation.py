"""Who passes the technical envelope: means of the evaluators' points, a pass mark, a shortlist, or both.

State Council document GBF[2010]56 lets only bids that pass the technical envelope enter the commercial
one. How many pass by number of bids (7 to 4, 6 to 3, 4 to 2) is Sichuan's rule of 2011.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from selection.rounding import quantize_amount
from selection.ruleset import EvaluationRules


class Verdict(StrEnum):
    """The verdict on a technical envelope."""

    QUALIFIED = "qualified"
    NOT_QUALIFIED = "not_qualified"
    NOT_SHORTLISTED = "not_shortlisted"
    FORMAL = "formal"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Marks:
    """What the evaluators found of one bid.

    ``points`` holds, by criterion, the points of each evaluator; it is empty for a bid that was not
    scored. ``formal_failure`` is the reason why a formal requirement is not met, or empty.
    """

    bid: str
    readable: bool = True
    formal_failure: str = ""
    points: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """The verdict on one bid, its score (None where it was not scored) and how both came about."""

    bid: str
    verdict: Verdict
    score: Decimal | None
    arithmetic: dict[str, Any]


def mean(points: Sequence[Decimal]) -> Decimal:
    """The mean of the evaluators' points for one criterion, two decimals, half up.

    >>> mean([Decimal("50"), Decimal("55"), Decimal("55")])
    Decimal('53.33')
    """
    return quantize_amount(Fraction(sum(points, Decimal(0))) / len(points))


def going_on(reached: int, rules: EvaluationRules) -> int:
    """How many of ``reached`` bids that have the pass mark go on to the commercial envelope: all without a shortlist.

    Raises KeyError for a number that a table, which was therefore not published, leaves out.
    """
    return rules.shortlist.of(reached) if rules.shortlist else reached


def is_competition(found: Sequence[Judged], rules: EvaluationRules) -> bool:
    """Whether enough bids are qualified for a price competition: those that reached the pass mark, whether or not the
    shortlist lets them go on."""
    qualified = sum(judged.verdict in (Verdict.QUALIFIED, Verdict.NOT_SHORTLISTED) for judged in found)
    return qualified >= rules.minimum_for_competition


def evaluate(bids: Sequence[Marks], rules: EvaluationRules) -> list[Judged]:
    """The verdict on every bid of one lot, by bid reference: the same in whatever order they come.

    Equal scores at the cut all pass. Where nothing is scored (one envelope only), every bid that
    meets the formal requirements passes.
    """
    means = {marks.bid: {name: mean(points) for name, points in marks.points.items()} for marks in bids}
    scores = {bid: sum(values.values(), Decimal(0)) for bid, values in means.items() if values}

    def score_of(bid: str) -> Decimal:
        return scores.get(bid, Decimal(0))

    eligible = [marks.bid for marks in bids if marks.readable and not marks.formal_failure]
    mark = rules.pass_mark if scores else None
    reached = [bid for bid in eligible if mark is None or score_of(bid) >= mark]
    places = going_on(len(reached), rules)
    ordered = sorted(map(score_of, reached), reverse=True)
    cut = ordered[places - 1] if places < len(ordered) else None

    def verdict(marks: Marks) -> Verdict:
        if not marks.readable:
            return Verdict.UNREADABLE
        if marks.formal_failure:
            return Verdict.FORMAL
        if marks.bid not in reached:
            return Verdict.NOT_QUALIFIED
        return Verdict.NOT_SHORTLISTED if cut is not None and score_of(marks.bid) < cut else Verdict.QUALIFIED

    def arithmetic(marks: Marks) -> dict[str, Any]:
        score = scores.get(marks.bid)
        higher = sum(other > score for other in ordered) if score is not None and marks.bid in reached else None
        return {
            "criteria": [
                {"criterion": name, "points": [str(value) for value in points], "mean": str(means[marks.bid][name])}
                for name, points in sorted(marks.points.items())
            ],
            "score": None if score is None else str(score),
            "pass_mark": None if mark is None else str(mark),
            "reached": len(reached),
            "going_on": places,
            "cut": None if cut is None else str(cut),
            "place": None if higher is None else higher + 1,
            "formal_failure": marks.formal_failure,
        }

    return [
        Judged(marks.bid, verdict(marks), scores.get(marks.bid), arithmetic(marks))
        for marks in sorted(bids, key=lambda marks: marks.bid)
    ]
