"""What no model says: the counter behind references of negotiations."""

from core.references import ReferenceSequence

BEFORE = [ReferenceSequence("negotiation")]
