"""What no model says: the counters behind references."""

from core.references import ReferenceSequence

BEFORE = [
    ReferenceSequence("contract"),
    ReferenceSequence("order"),
    ReferenceSequence("delivery"),
    ReferenceSequence("payer_row"),
    ReferenceSequence("payee_row"),
]
