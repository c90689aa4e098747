"""Rules by the names of what they say, without the parts in which they stand."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, get_type_hints

from selection.ruleset import TenderRules

# What a test says, and the part and field where it stands.
FIELDS = {
    "tie_order": ("ties", "order"),
    "allocation": ("allocation", "method"),
    "minimum_evaluators": ("committee", "members"),
    "notice_days": ("periods", "notice"),
    "amendment_days": ("periods", "amendment"),
    "objection_days": ("periods", "objection"),
    "standstill_days": ("periods", "standstill"),
}
PARTS: Mapping[str, Any] = get_type_hints(TenderRules)


def flat_rules(**said: Any) -> TenderRules:
    """Rules as by default but for what is said; ``winners`` is how many may win at most, whatever their number."""
    if "winners" in said:
        said["places_rest"] = (Decimal(1), said.pop("winners"))
    parts: dict[str, dict[str, Any]] = {}
    for name, value in said.items():
        part, field = FIELDS.get(name) or (_part_of(name), name)
        parts.setdefault(part, {})[field] = value
    return TenderRules(**{part: PARTS[part](**values) for part, values in parts.items()})


def _part_of(name: str) -> str:
    (part,) = (part for part, kind in PARTS.items() if name in get_type_hints(kind))
    return part
