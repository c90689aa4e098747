"""What no model says: the counters behind references."""

from core.references import ReferenceSequence

BEFORE = [
    ReferenceSequence("item"),
    ReferenceSequence("product"),
    ReferenceSequence("price"),
    ReferenceSequence("authorisation"),
    ReferenceSequence("catalogue_import"),
]
