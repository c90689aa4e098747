"""National codes of the healthcare security administration (医保编码) for drugs and consumables.

A code is letters and digits in fixed places, without a check digit. Its leading part, the *item prefix*,
says the name and, for western drugs, the dosage form; what follows tells specification, pack and maker apart.
A prefix is not an identity: in the published list some prefixes carry several different medicines.

============  =======================================================  ======  ======
kind          parts, with their lengths                                length  prefix
============  =======================================================  ======  ======
western       X · class 5 · name 4 · form 4 · spec 2 · pack 2 · maker 5    23      14
traditional   Z · class 5 · name 5 · spec 2 · pack 2 · maker 5             20      11
granules      T · class 4 · name 5 · origin 1 · spec and pack 4 · maker 5  20      10
consumable    C · class 6 · name 3 · material 2 · feature 3 · maker 5      20      10
consumable    the same · specification and model 7                         27      10
============  =======================================================  ======  ======
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from catalogue.rules.wording import CodeError
from catalogue.rules.wording import marked as _


class CodeKind(StrEnum):
    """What a national code stands for, named as in the published lists."""

    WESTERN = "western"
    TRADITIONAL = "tcm"
    GRANULES = "granules"
    CONSUMABLE = "consumable"


@dataclass(frozen=True, slots=True)
class DrugCode:
    """A drug's code. ``form_code`` is empty outside western drugs, ``pack_code`` in granules (their
    ``spec_code`` holds both), ``origin_flag`` outside granules ("1": from the region known for the plant)."""

    text: str
    kind: CodeKind
    category: str
    name_code: str
    spec_code: str
    enterprise_code: str
    form_code: str = ""
    pack_code: str = ""
    origin_flag: str = ""

    @property
    def item_prefix(self) -> str:
        """The part that says name and form, such as ``XL02BBB085A001``."""
        return self.text[0] + self.category + self.name_code + self.form_code


@dataclass(frozen=True, slots=True)
class ConsumableCode:
    """A consumable's code; ``serial`` (specification and model) is empty in the code of 20 characters."""

    text: str
    kind: CodeKind
    category: str
    name_code: str
    material_code: str
    feature_code: str
    enterprise_code: str
    serial: str = ""

    @property
    def item_prefix(self) -> str:
        """The part that says class and generic name, such as ``C020101052``."""
        return self.text[0] + self.category + self.name_code


NationalCode = DrugCode | ConsumableCode


@dataclass(frozen=True, slots=True)
class CodePart:
    """Some signs of a code. ``field`` names the part for programs, ``meaning`` for people; ``said`` are the words that
    the signs stand for, where the code says so by itself; ``first`` counts places from 1."""

    field: str
    meaning: str
    text: str
    first: int
    said: str = ""


_EXPECTED = {
    "L": ("[A-Z]", _("a letter from A to Z")),
    "D": ("[0-9]", _("a digit")),
    "3": ("3", _("the digit 3")),
    "B": ("[01]", _("0 or 1")),
}


@dataclass(frozen=True, slots=True)
class _Part:
    field: str
    meaning: str
    shape: str


class _Grammar:
    """The parts that follow the identity letter, as one pattern and place by place."""

    def __init__(self, kind: CodeKind, letter: str, *parts: _Part) -> None:
        self.kind = kind
        self.parts = parts
        self.places = [(part, mark) for part in parts for mark in part.shape]
        self.length = 1 + len(self.places)
        body = "".join(f"(?P<{p.field}>{''.join(_EXPECTED[mark][0] for mark in p.shape)})" for p in parts)
        self.pattern = re.compile(letter + body)

    def cut(self, text: str) -> Iterator[CodePart]:
        """The parts of a code, or of its beginning, as far as they are there whole."""
        yield CodePart("kind", _("kind of code"), text[0], 1, _KIND_WORDS[self.kind])
        first = 2
        for part in self.parts:
            signs = text[first - 1 : first - 1 + len(part.shape)]
            if len(signs) < len(part.shape):
                return
            yield CodePart(part.field, part.meaning, signs, first, _ORIGIN_WORDS[signs] if part.shape == "B" else "")
            first += len(part.shape)

    def fault(self, text: str) -> CodeError:
        """Why ``text`` does not match: the first place that is wrong, counted from 1."""
        for position, (part, mark) in enumerate(self.places, start=2):
            pattern, expected = _EXPECTED[mark]
            found = text[position - 1 : position]
            if not re.fullmatch(pattern, found):
                place: dict[str, str | int] = {"position": position, "part": part.meaning, "expected": expected}
                return CodeError(_WRONG, **place, found=found) if found else CodeError(_TOO_SHORT, **place)
        return CodeError(_TOO_LONG, length=self.length, found=len(text))


_KIND_WORDS = {
    CodeKind.WESTERN: _("western drug"),
    CodeKind.TRADITIONAL: _("traditional Chinese drug"),
    CodeKind.GRANULES: _("granules of a Chinese medicinal plant"),
    CodeKind.CONSUMABLE: _("consumable"),
}
_ORIGIN_WORDS = {"0": _("from anywhere"), "1": _("from the region known for the plant")}
_UNKNOWN_KIND = _(
    "Position 1: expected X (western), Z (traditional), T (granules) or C (consumable), found “%(found)s”."
)
_WRONG = _("Position %(position)s (%(part)s): expected %(expected)s, found “%(found)s”.")
_TOO_SHORT = _("The code ends before position %(position)s (%(part)s): expected %(expected)s.")
_TOO_LONG = _("The code should end after position %(length)s, but has %(found)s characters.")

_CLASS = _Part("category", _("class"), "LDDLL")
_SPEC = _Part("spec_code", _("specification"), "DD")
_PACK = _Part("pack_code", _("pack"), "DD")
_MAKER = _Part("enterprise_code", _("enterprise"), "DDDDD")

_WESTERN = _Grammar(
    CodeKind.WESTERN,
    "X",
    _CLASS,
    _Part("name_code", _("name"), "LDDD"),
    _Part("form_code", _("dosage form"), "LDDD"),
    _SPEC,
    _PACK,
    _MAKER,
)
_TRADITIONAL = _Grammar(CodeKind.TRADITIONAL, "Z", _CLASS, _Part("name_code", _("name"), "LDDDD"), _SPEC, _PACK, _MAKER)
_GRANULES = _Grammar(
    CodeKind.GRANULES,
    "T",
    _Part("category", _("class"), "DDDD"),
    _Part("name_code", _("name"), "3DDDD"),
    _Part("origin_flag", _("region of origin"), "B"),
    _Part("spec_code", _("specification and pack"), "DDDD"),
    _MAKER,
)
_CONSUMABLE_PARTS = (
    _Part("category", _("class"), "DDDDDD"),
    _Part("name_code", _("name"), "DDD"),
    _Part("material_code", _("material"), "DD"),
    _Part("feature_code", _("feature"), "DDD"),
    _MAKER,
)
_CONSUMABLE = _Grammar(CodeKind.CONSUMABLE, "C", *_CONSUMABLE_PARTS)
_CONSUMABLE_MODEL = _Grammar(
    CodeKind.CONSUMABLE, "C", *_CONSUMABLE_PARTS, _Part("serial", _("specification and model"), "DDDDDDD")
)
_DRUG_GRAMMARS = {"X": _WESTERN, "Z": _TRADITIONAL, "T": _GRANULES}


def normalise(text: str) -> str:
    """Upper case and half width, without any blank: the way codes and numbers are stored and compared."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def parse_code(text: str) -> NationalCode:
    """Read a national code of any kind. CodeError says at which position what was expected.

    >>> parse_code("XL02BBB085A001010100662").item_prefix
    'XL02BBB085A001'
    """
    code = normalise(text)
    grammar = _grammar_of(code)
    if grammar is None:
        raise CodeError(_UNKNOWN_KIND, found=code[:1])
    match = grammar.pattern.fullmatch(code)
    if match is None:
        raise grammar.fault(code)
    record = ConsumableCode if grammar.kind is CodeKind.CONSUMABLE else DrugCode
    return record(text=code, kind=grammar.kind, **match.groupdict())


def parts_of_code(text: str) -> tuple[CodePart, ...]:
    """The parts of a national code or of the beginning of one, as an item has it; none of what is no code.

    >>> [part.text for part in parts_of_code("XL02BBB085A001")]
    ['X', 'L02BB', 'B085', 'A001']
    """
    code = normalise(text)
    grammar = _grammar_of(code)
    return tuple(grammar.cut(code)) if grammar else ()


def _grammar_of(code: str) -> _Grammar | None:
    if code.startswith("C"):
        return _CONSUMABLE if len(code) <= _CONSUMABLE.length else _CONSUMABLE_MODEL
    return _DRUG_GRAMMARS.get(code[:1])
