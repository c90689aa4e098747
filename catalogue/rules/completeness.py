"""What an item must say before anybody can ask for it, and a product before anybody can offer it.

A drug: the unit that is counted, its strength, and the pack of each product. A consumable: the unit, and its
specification.
"""

from catalogue.rules.approvals import ItemKind
from catalogue.rules.wording import marked as _


def lacking(kind: str, base_unit: str, strength: str) -> tuple[str, ...]:
    """What an item of this kind lacks, in words that are marked for translation."""
    strength_or = _("the strength") if kind == ItemKind.DRUG else _("the specification")
    said = {_("the unit that is counted"): base_unit, strength_or: strength}
    return tuple(word for word, text in said.items() if not text)
