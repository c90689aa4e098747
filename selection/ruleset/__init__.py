"""The rules of one procedure as data: what a ministry may change, frozen onto the tender at publication.

A rule set is made of parts, each in its own module: a frozen dataclass that says what its keys mean, and ``faults``,
which finds what is wrong in it alone. ``faults_of`` finds what is wrong in them and between them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from selection.ruleset.allocation import AllocationRules
from selection.ruleset.ceiling import CeilingRules
from selection.ruleset.committee import CommitteeRules
from selection.ruleset.comparison import ComparisonRules
from selection.ruleset.evaluation import EvaluationRules
from selection.ruleset.faults import Fault, Unread
from selection.ruleset.negotiation import NegotiationRules
from selection.ruleset.numbers import Beyond, HowMany, at_most
from selection.ruleset.periods import PeriodRules
from selection.ruleset.reading import read, written
from selection.ruleset.selection import SelectionRules
from selection.ruleset.ties import TieRules

FORMAT = "tender-rules/3"

__all__ = (
    "FORMAT",
    "AllocationRules",
    "Beyond",
    "CeilingRules",
    "CommitteeRules",
    "ComparisonRules",
    "EvaluationRules",
    "Fault",
    "HowMany",
    "NegotiationRules",
    "PeriodRules",
    "RuleSet",
    "SelectionRules",
    "TieRules",
    "Unread",
    "at_most",
    "faults_of",
    "from_json",
    "to_json",
)


@dataclass(frozen=True)
class RuleSet:
    """How bids of a tender are qualified, compared, selected and awarded: one part a subject."""

    evaluation: EvaluationRules = field(default_factory=EvaluationRules)
    comparison: ComparisonRules = field(default_factory=ComparisonRules)
    ceiling: CeilingRules = field(default_factory=CeilingRules)
    selection: SelectionRules = field(default_factory=SelectionRules)
    ties: TieRules = field(default_factory=TieRules)
    allocation: AllocationRules = field(default_factory=AllocationRules)
    negotiation: NegotiationRules = field(default_factory=NegotiationRules)
    committee: CommitteeRules = field(default_factory=CommitteeRules)
    periods: PeriodRules = field(default_factory=PeriodRules)


def faults_of(rules: RuleSet) -> list[Fault]:
    """Everything that is wrong with a rule set, part by part, and then between parts; empty: it can be put in force."""
    alone = [fault for part in fields(rules) for fault in getattr(rules, part.name).faults()]
    return alone or list(_misfits(rules))


def _misfits(rules: RuleSet) -> Iterator[Fault]:
    """What does not go together of parts that are each right."""
    selection, allocation = rules.selection, rules.allocation
    most = selection.winners.most
    if allocation.method == "whole" and (most > 1 or selection.adds):
        yield Fault("allocation", "method", "unfit")
    if allocation.method == "shares":
        if selection.adds:
            yield Fault("allocation", "method", "unfit")
        for winners in sorted({*range(1, most + 1)} ^ allocation.shares.keys()):
            code = "unfit" if winners in allocation.shares else "uncovered"
            yield Fault("allocation", "shares", code, str(winners))


def to_json(rules: RuleSet) -> dict[str, Any]:
    """The rules as the JSON that is stored and frozen. Decimals become strings."""
    return {"format": FORMAT, **written(rules)}


def from_json(body: Mapping[str, Any]) -> RuleSet:
    """Read stored rules, all of them and no others. Raises Unread, a ValueError, that names part and key."""
    if not isinstance(body, Mapping) or body.get("format") != FORMAT:
        raise Unread(Fault("", "format", "format"))
    return read(RuleSet, {name: part for name, part in body.items() if name != "format"})
