"""What no model says: the counter behind references."""

from core.references import ReferenceSequence

BEFORE = [ReferenceSequence("demand_window")]
