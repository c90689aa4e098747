"""What no model says: the counters behind references."""

from core.references import ReferenceSequence

BEFORE = [ReferenceSequence("demand_window"), ReferenceSequence("mandate")]
