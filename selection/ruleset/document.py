"""The document of a tender's rules: its parts, in the order in which they are used, and its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from selection.frozen import frozen, thawed
from selection.ruleset.codec import Unfit, part_from_json, part_to_json
from selection.ruleset.parts import (
    AllocationRules,
    CommitteeRules,
    EvaluationRules,
    PeriodRules,
    SelectionRules,
    TieRules,
)

FORMAT = "tender-rules/3"


@dataclass(frozen=True)
class TenderRules:
    """How bids of a tender are qualified, ranked and awarded, part by part in the order in which they are used."""

    evaluation: EvaluationRules = field(default_factory=EvaluationRules)
    ties: TieRules = field(default_factory=TieRules)
    selection: SelectionRules = field(default_factory=SelectionRules)
    allocation: AllocationRules = field(default_factory=AllocationRules)
    committee: CommitteeRules = field(default_factory=CommitteeRules)
    periods: PeriodRules = field(default_factory=PeriodRules)


def to_json(rules: TenderRules) -> dict[str, Any]:
    """The rules as the JSON that is stored and frozen: its format, then each part."""
    return frozen(FORMAT, {name: part_to_json(getattr(rules, name)) for name in _PARTS})


def from_json(body: Mapping[str, Any]) -> TenderRules:
    """Read stored rules, all of them and no others. Raises Unfit, a ValueError, for a body that is no document."""
    try:
        parts = thawed(body, FORMAT, _PARTS)
    except (ValueError, AttributeError) as error:
        raise Unfit("", "", str(error)) from None
    return TenderRules(**{name: part_from_json(kind, name, parts[name]) for name, kind in _PARTS.items()})


_PARTS = get_type_hints(TenderRules)
