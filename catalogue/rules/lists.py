"""What kinds of list there are and what an entry of each says; what one edition changes in the one before."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)
Facts = Mapping[str, Any]


class ListKind(StrEnum):
    ESSENTIAL = "essential"
    INSURANCE = "insurance"
    CENTRALLY_PROCURED = "centrally_procured"
    CONSUMABLES_ACCESS = "consumables_access"
    SHORTAGE = "shortage"
    ZERO_MARKUP = "zero_markup"


@dataclass(frozen=True)
class EntryShape:
    """A kind of list: which fields an entry has beside what it is of, and for which kinds of item it is."""

    fields: tuple[str, ...]
    items: tuple[str, ...]

    @property
    def has_classes(self) -> bool:
        return "entry_class" in self.fields

    @property
    def has_standards(self) -> bool:
        return "payment_standard" in self.fields


_DRUGS, _CONSUMABLES = ("drug",), ("consumable", "reagent")
STANDARD = ("payment_standard", "units")
ENTRY_FIELDS = ("entry_class", "restriction", *STANDARD, "note")
KINDS: Mapping[ListKind, EntryShape] = {
    ListKind.ESSENTIAL: EntryShape(("restriction", "note"), _DRUGS),
    ListKind.INSURANCE: EntryShape(ENTRY_FIELDS, (*_DRUGS, *_CONSUMABLES)),
    ListKind.CENTRALLY_PROCURED: EntryShape(("note",), (*_DRUGS, *_CONSUMABLES)),
    ListKind.CONSUMABLES_ACCESS: EntryShape(("restriction", "note"), _CONSUMABLES),
    ListKind.SHORTAGE: EntryShape(("note",), (*_DRUGS, *_CONSUMABLES)),
    ListKind.ZERO_MARKUP: EntryShape(("note",), (*_DRUGS, *_CONSUMABLES)),
}


@dataclass(frozen=True)
class Compared:
    """What an edition changes in the one before, by what an entry is of; changes are field by field, from and to."""

    added: frozenset[Any]
    removed: frozenset[Any]
    changed: Mapping[Any, Mapping[str, tuple[Any, Any]]]
    same: frozenset[Any]


def compare(before: Mapping[Key, Facts], after: Mapping[Key, Facts]) -> Compared:
    """Hold an edition against the one before. Every entry of either stands in exactly one part of the answer."""
    both = {key: changes_of(before[key], after[key]) for key in before.keys() & after.keys()}
    return Compared(
        added=frozenset(after.keys() - before.keys()),
        removed=frozenset(before.keys() - after.keys()),
        changed={key: changes for key, changes in both.items() if changes},
        same=frozenset(key for key, changes in both.items() if not changes),
    )


def changes_of(before: Facts, after: Facts) -> dict[str, tuple[Any, Any]]:
    """The fields of an entry in which it differs from what it was, each from what to what."""
    return {name: (before.get(name), after[name]) for name in after if before.get(name) != after[name]}
