"""The rules of one procedure as data, in parts: what a ministry may change, frozen onto the tender at publication."""

from selection.ruleset.codec import Unfit
from selection.ruleset.completeness import MOST_BIDS, Flaw, flaws, most_winners
from selection.ruleset.document import FORMAT, TenderRules, from_json, to_json
from selection.ruleset.parts import (
    COUNTED,
    METHODS,
    TIE_KEYS,
    AllocationRules,
    CommitteeRules,
    EvaluationRules,
    PeriodRules,
    Rest,
    SelectionRules,
    TieRules,
    of_table,
)

__all__ = [
    "COUNTED",
    "FORMAT",
    "METHODS",
    "MOST_BIDS",
    "TIE_KEYS",
    "AllocationRules",
    "CommitteeRules",
    "EvaluationRules",
    "Flaw",
    "PeriodRules",
    "Rest",
    "SelectionRules",
    "TenderRules",
    "TieRules",
    "Unfit",
    "flaws",
    "from_json",
    "most_winners",
    "of_table",
    "to_json",
]
