"""What no model says: the counters behind references."""

from core.references import ReferenceSequence

BEFORE = [
    ReferenceSequence("item"),
    ReferenceSequence("product"),
    ReferenceSequence("variety"),
    ReferenceSequence("price"),
    ReferenceSequence("authorisation"),
    ReferenceSequence("listing"),
    ReferenceSequence("single_source"),
    ReferenceSequence("catalogue_import"),
    ReferenceSequence("list"),
    ReferenceSequence("edition"),
    ReferenceSequence("shortage"),
    ReferenceSequence("designated_production"),
]
