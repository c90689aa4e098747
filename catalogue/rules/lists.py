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


# How people head the columns of a list; a column by any of these names is taken.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": (
        "编码",
        "国家编码",
        "国家码",
        "药品代码",
        "药品编码",
        "耗材代码",
        "医保编码",
        "批准文号",
        "品规编号",
        "item",
    ),
    "product": ("产品编号", "产品代码", "产品编码"),
    "name": ("名称", "药品名称", "通用名", "通用名称", "品名", "耗材名称", "item_name"),
    "strength": ("规格", "规格型号", "strength"),
    "entry_class": ("类别", "医保类别", "甲乙类", "甲乙分类", "class"),
    "restriction": ("限定", "限定支付范围", "限定支付", "限制", "使用限制"),
    "payment_standard": ("支付标准", "医保支付标准"),
    "units": ("支付标准数量", "计价单位数", "最小单位数"),
    "note": ("备注", "说明"),
}
NAMING = ("code", "product", "name")
_CLASSES = {
    "a": {"甲", "甲类", "a", "classa"},
    "b": {"乙", "乙类", "b", "classb"},
    "negotiated": {"协议", "谈判", "协议期内谈判", "谈判药品", "negotiated"},
}


def read_class(text: str) -> str | None:
    """The class that a cell says, 甲 or 乙类 or negotiated; empty where it says none, None for another word."""
    plain = "".join(text.lower().split())
    return next((name for name, words in _CLASSES.items() if plain in words), None) if plain else ""
