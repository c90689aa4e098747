"""What is in one base unit, as quantities with units: read from the printed strength where it allows that.

The printed text is kept beside it and is what people read; conversion (NDRC [2011] 2452) goes by the quantities.
``parts`` are the active contents (a combination has several), ``fill`` is how much a bag, bottle or ampoule holds,
``count`` how many tablets or pills a bottle holds that is itself the base unit. What else bears on conversion (``use``:
a single and a daily dose, sugar, the material of an infusion's container) no strength says; that and the count, which
as a printed strength may mean a pack, officers state.
What could mean two things is not read: 0.5g:0.1g may be a filled tube or a combination.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from catalogue.rules.identity import fold
from catalogue.rules.wording import CodeError
from catalogue.rules.wording import marked as _

# Folded spellings of each unit, which is written as its key.
_SPELT = {
    "mg": ("mg", "毫克"),
    "g": ("g", "克"),
    "kg": ("kg", "千克"),
    "μg": ("ug", "微克"),
    "ng": ("ng", "纳克"),
    "ml": ("ml", "毫升"),
    "l": ("l", "升"),
    "μl": ("ul", "微升"),
    "IU": ("iu", "国际单位"),
    "U": ("u", "单位"),
    "mmol": ("mmol", "毫摩尔"),
    "mol": ("mol", "摩尔"),
    "MBq": ("mbq", "兆贝可"),
    "GBq": ("gbq", "吉贝可"),
    "kcal": ("kcal", "千卡"),
    "CFU": ("cfu", "活菌"),
    "%": ("%",),
    "cm": ("cm", "厘米"),
    "mm": ("mm", "毫米"),
}
_UNITS = {spelt: unit for unit, spellings in _SPELT.items() for spelt in spellings}
_VOLUMES = frozenset({"ml", "l", "μl"})
_MULTIPLES = {"": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
_DECIMALS = 9
_LIMIT = 10**12

_NUMBER = rf"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<multiple>{'|'.join(filter(None, _MULTIPLES))}|)"
_UNIT = rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
_QUANTITY = re.compile(_NUMBER + _UNIT)
_PART = re.compile(rf"(?P<ingredient>[^0-9():]*?){_NUMBER}{_UNIT}")
# What a number is said of: a tablet, a bag; the base unit itself, whichever it is.
_COUNTED = "袋瓶支丸片粒枚包盒罐板管贴揿吸喷"
_EACH = re.compile(rf"每[{_COUNTED}](装|重|含|)(.+)")
_OF_ONE = re.compile(rf"/[{_COUNTED}]$")
# What follows in brackets and changes nothing: how the content is reckoned, the same as a percentage, a coating.
_REMARK = re.compile(r"(?:\((?:[按以][^()]*计|[0-9.]+%|[^0-9()]*)\))+$")
# A bottle or box of so many: 64丸.
_COUNT = re.compile(r"([0-9]{1,5})([丸片粒])")
_LISTED = re.compile(r"[,、;+]|和|与")


@dataclass(frozen=True, slots=True)
class Quantity:
    """So much of a unit: 0.2 g."""

    amount: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.amount:f}{self.unit}"


@dataclass(frozen=True, slots=True)
class Part:
    """One active content; ``per`` where it is a concentration, ``ingredient`` where the text names it."""

    amount: Quantity
    per: Quantity | None = None
    ingredient: str = ""

    def __str__(self) -> str:
        return f"{self.ingredient}{self.amount}{f'/{self.per}' if self.per else ''}"


@dataclass(frozen=True, slots=True)
class Usage:
    """What bears on conversion and stands in no strength. Falsy where nothing of it is stated.

    ``dose`` and ``daily_dose`` are parts of the fill; ``units_a_day`` are base units. ``material`` is that of the
    container of an infusion: glass, plastic or soft_bag.
    """

    dose: Quantity | None = None
    daily_dose: Quantity | None = None
    units_a_day: Decimal | None = None
    sugar_free: bool = False
    material: str = ""

    def __bool__(self) -> bool:
        return self != NOT_STATED

    def to_json(self) -> dict[str, Any]:
        said = {name: getattr(self, name) for name in USES}
        return {name: value if value is True else str(value) for name, value in said.items() if value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Usage":
        dose, daily = (read_quantity(kept[name]) if name in kept else None for name in ("dose", "daily_dose"))
        days = Decimal(kept["units_a_day"]) if "units_a_day" in kept else None
        return cls(dose, daily, days, bool(kept.get("sugar_free")), kept.get("material", ""))


USES = tuple(Usage.__dataclass_fields__)
MATERIALS = ("glass", "plastic", "soft_bag")
NOT_STATED = Usage()


@dataclass(frozen=True, slots=True)
class Contents:
    """The quantities of one base unit. Falsy where nothing is known."""

    parts: tuple[Part, ...] = ()
    fill: Quantity | None = None
    count: Quantity | None = None
    use: Usage = NOT_STATED

    def __bool__(self) -> bool:
        return bool(self.parts or self.fill or self.count)

    def __str__(self) -> str:
        parts = "+".join(str(part) for part in self.parts)
        held = (str(one) for one in (self.fill, self.count) if one)
        return ":".join(text for text in (*held, parts) if text)

    def to_json(self) -> dict[str, Any]:
        """As the catalogue keeps it; empty where nothing is known."""
        parts = [
            {"amount": str(part.amount), **({"per": str(part.per)} if part.per else {}), "ingredient": part.ingredient}
            for part in self.parts
        ]
        held = {name: str(one) for name, one in (("fill", self.fill), ("count", self.count)) if one}
        return {**({"parts": parts} if parts else {}), **held, **self.use.to_json()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Contents":
        parts = tuple(
            Part(
                read_quantity(part["amount"]), read_quantity(part["per"]) if "per" in part else None, part["ingredient"]
            )
            for part in kept.get("parts", ())
        )
        fill = read_quantity(kept["fill"]) if "fill" in kept else None
        return cls(parts, fill, read_pieces(kept["count"]) if "count" in kept else None, Usage.from_json(kept))


NOT_SAID = Contents()


def read_contents(printed: str, fill: str = "") -> Contents:
    """What a printed strength says in quantities, nothing where it does not say it plainly.

    ``fill`` is what a column of its own says of a bag, bottle or ampoule. CodeError where that is no quantity, or
    contradicts the strength.

    >>> str(read_contents("5ml：50mg")), str(read_contents("150mg/12.5mg")), str(read_contents("每袋装6g"))
    ('5ml:50mg', '150mg+12.5mg', '6g')
    """
    said = _read(fold(printed))
    if not fold(fill):
        return said
    stated = read_quantity(fill)
    if said.fill and said.fill != stated:
        raise CodeError(_("The strength says a fill of %(other)s."), other=str(said.fill))
    return Contents(said.parts, stated)


def print_part(part: Part) -> str:
    """One active content in the spelling from which ``read_part`` reads it."""
    return " ".join(filter(None, (part.ingredient, str(replace(part, ingredient="")))))


def read_part(text: str) -> Part:
    """One active content as an officer writes it: 氨氯地平 5mg, 维生素B1 10mg, 50mg/5ml. CodeError for all else."""
    name, _blank, said = text.strip().rpartition(" ")
    parts = _one_or_more(fold(said))
    if len(parts) != 1 or parts[0] is None:
        raise CodeError(_("Expected an active content with its quantity, such as 氨氯地平 5mg or 50mg/5ml."))
    printed = re.match(r"[^0-9():：]*", said)
    return replace(parts[0], ingredient=name.strip() or (printed[0].strip() if printed else ""))


def read_pieces(text: str) -> Quantity:
    """How many tablets or pills a bottle holds. CodeError for anything else."""
    found = _COUNT.fullmatch(fold(text))
    if found is None or not int(found[1]):
        raise CodeError(_("Expected a number of tablets or pills, such as 64丸 or 24片."))
    return Quantity(Decimal(found[1]), found[2])


def read_dose(text: str) -> Decimal:
    """How many base units are taken in a day. CodeError for what is no number above zero."""
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,3})?", fold(text)) or not Decimal(fold(text)):
        raise CodeError(_("Expected a number above zero, such as 3 or 0.5."))
    return Decimal(fold(text))


def read_quantity(text: str) -> Quantity:
    """A number with a unit. CodeError for anything else."""
    quantity = _whole(fold(text))
    if quantity is None:
        raise CodeError(_("Expected a quantity with its unit, such as 5ml or 0.25g."))
    return quantity


def _read(text: str) -> Contents:
    text = _OF_ONE.sub("", _REMARK.sub("", text))
    if each := _EACH.fullmatch(text):
        holds, text = each.groups()
        if holds in ("装", "重"):
            return Contents(fill=_whole(text))
    first, colon, second = text.partition(":")
    if colon:
        return _filled(first, second)
    parts = _parts(text)
    if len(parts) == 1 and parts[0].amount.unit in _VOLUMES:
        return Contents(fill=parts[0].amount)
    return Contents(parts)


def _filled(first: str, second: str) -> Contents:
    """A volume and what is in it, in either order. Two masses may mean anything."""
    for fill, content in ((first, second), (second, first)):
        volume, parts = _whole(fill), _parts(content)
        if volume and volume.unit in _VOLUMES and parts:
            return Contents(parts, volume)
    return Contents()


def _parts(text: str) -> tuple[Part, ...]:
    """The contents of a list; nothing unless all of it can be read."""
    parts = [part for said in _LISTED.split(text) for part in _one_or_more(said)]
    return tuple(part for part in parts if part) if all(parts) else ()


def _one_or_more(said: str) -> list[Part | None]:
    """One content (0.2g), a concentration (10mg/ml), or contents with strokes between them (150mg/12.5mg)."""
    first, *others = said.split("/")
    found = _PART.fullmatch(first)
    amount = _quantity(found) if found else None
    if found is None or amount is None:
        return [None]
    part = Part(amount, ingredient=found["ingredient"])
    over = [_whole(other if other[:1].isdigit() else f"1{other}") for other in others]
    if not over:
        return [part]
    if None in over or amount.unit in _VOLUMES:
        return [None]
    if all(other[0].isdigit() for other in others) and not any(each.unit in _VOLUMES for each in over if each):
        return [part, *(Part(each) for each in over if each)]
    return [replace(part, per=over[0])] if len(over) == 1 else [None]


def _whole(text: str) -> Quantity | None:
    found = _QUANTITY.fullmatch(text)
    return _quantity(found) if found else None


def _quantity(found: re.Match[str]) -> Quantity | None:
    amount = Decimal(found["number"]) * _MULTIPLES[found["multiple"]]
    kept = 0 < amount < _LIMIT and amount == round(amount, _DECIMALS)
    return Quantity(amount.normalize(), _UNITS[found["unit"]]) if kept else None
