"""What no model says: the counters behind references, and the words by which things are found."""

from django.db import migrations

from catalogue.migrations._words import NO_WORDS, WORDS
from core.references import ReferenceSequence

BEFORE = [
    ReferenceSequence("item"),
    ReferenceSequence("product"),
    ReferenceSequence("variety"),
    ReferenceSequence("price"),
    ReferenceSequence("price_change"),
    ReferenceSequence("authorisation"),
    ReferenceSequence("listing"),
    ReferenceSequence("single_source"),
    ReferenceSequence("catalogue_import"),
    ReferenceSequence("shelf_document"),
    ReferenceSequence("adjustment"),
    ReferenceSequence("adjustment_bundle"),
    ReferenceSequence("list"),
    ReferenceSequence("edition"),
    ReferenceSequence("shortage"),
    ReferenceSequence("designated_production"),
    migrations.RunSQL(WORDS, NO_WORDS),
]
