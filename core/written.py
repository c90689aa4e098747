"""Headings, numbers and days as people and spreadsheet programs write them. Pure: rules of every room use it.

Nothing is guessed: what could be meant in two ways is read in none.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

# Full width as half width, blanks of all kinds as one. NFKC goes too far: it reads 10² as 102.
_HALF_WIDTH = {
    **{0xFF01 + place: 0x21 + place for place in range(94)},
    **dict.fromkeys((0x00A0, 0x2009, 0x202F, 0x3000), " "),
    0xFFE5: "¥",
    0x2018: "'",
    0x2019: "'",
    **dict.fromkeys((0x2212, 0x2013), "-"),
}
_STROKES = re.compile(r"[\s\-‐‑‒–—―−─－/／\\＼]*|\s*无\s*")
_CURRENCY = re.compile(r"^(?:[¥$€£]|cny|rmb|人民币)\s*|\s*(?:元|cny|rmb|人民币)$", re.IGNORECASE)
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:([ ,'])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]*)?")
_PLAIN = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DAY = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})[日号]?)")
_COMPACT_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(?::00(?:\.0+)?)?$")
_ASIDE = re.compile(r"[(\[{【〔「『<《]([^()\[\]{}【】〔〕「」『』<>《》]*)[)\]}】〕」』>》]")
_MARKS = "*※★☆●•#!:;,. 　"
# An aside that changes what the figures beneath mean is no decoration.
_CHANGES_FIGURES = re.compile(r"[百千万亿]|%|‰|美元|欧元|港|日元|usd|eur|hkd|jpy|[$€£]|thousand|million", re.IGNORECASE)

# Words for what is counted. In brackets in a heading one of them says in what its figures are.
_COUNTED = {*"盒瓶箱件包袋板支片粒丸枚个套台根条张只副卷桶罐", "box", "boxes", "pack", "packs", "tablet", "tablets"}


def half_width(text: str) -> str:
    """The text with full-width letters, digits and signs as usual ones, without signs that nobody sees."""
    plain = text.translate(_HALF_WIDTH)
    return plain if plain.isprintable() else "".join(one for one in plain if one.isprintable() or one.isspace())


def says_nothing(text: str) -> bool:
    """Whether a cell is blank, or holds only what people write where nothing is: a stroke, or 无."""
    return _STROKES.fullmatch(text) is not None


def plain_number(text: str) -> str | None:
    """A number in digits with a point, without what only groups its digits or names the currency; None for no number.

    Only groups of three are thousands: 10,20 may be two numbers or have a decimal comma.

    >>> plain_number("¥１,２３４.５０"), plain_number("12.5元"), plain_number("10,20"), plain_number("1234,567")
    ('1234.50', '12.5', None, None)
    """
    plain = _CURRENCY.sub("", half_width(text).strip()).strip()
    if grouped := _GROUPED.fullmatch(plain):
        plain = plain.replace(grouped[1], "")
    return plain.removeprefix("+") if _PLAIN.fullmatch(plain) else None


def read_day(text: str) -> date | None:
    """A day, year first, as spreadsheets and people write it; None for anything else, and for one with an hour.

    >>> read_day("2026/3/1 0:00"), read_day("２０２６－０３－０１"), read_day("20260301"), read_day("3/1/2026")
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 1), datetime.date(2026, 3, 1), None)
    """
    plain = _MIDNIGHT.sub("", half_width(text).strip())
    found = _DAY.fullmatch(plain) or _COMPACT_DAY.fullmatch(plain)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part and part.isdecimal())
    with suppress(ValueError):
        return date(year, month, day)
    return None


def plain_heading(text: str) -> str:
    """A heading as headings are compared: half width, small letters, without blanks, underscores and marks."""
    return "".join(half_width(text).lower().replace("_", "").split()).strip(_MARKS)


def asides(heading: str) -> tuple[str, ...]:
    """What stands in brackets in a heading: its unit, or a hint to whoever fills it in."""
    return tuple(found.strip() for found in _ASIDE.findall(half_width(heading)))


def unit_said(heading: str) -> str:
    """In what the figures under a heading are, where it says so: 盒 of 数量（盒）, 片/盒 of 包装数量(片/盒)."""
    return next((aside for aside in asides(heading) if aside.casefold().rpartition("/")[2] in _COUNTED), "")


def bare_heading(text: str) -> str:
    """A heading without its asides, as headings are compared. With one that changes the figures it stays as it is.

    >>> bare_heading("价格（元）*"), bare_heading("价格（万元）"), bare_heading("包装数量\\n(片/盒)")
    ('价格', '价格(万元)', '包装数量')
    """
    if any(_CHANGES_FIGURES.search(aside) for aside in asides(text)):
        return plain_heading(text)
    return plain_heading(_ASIDE.sub("", half_width(text)))


@dataclass(frozen=True, slots=True)
class Headings:
    """Which heading stands over each field, which nobody reads, and pairs of headings that mean one field."""

    columns: Mapping[str, str]
    unread: tuple[str, ...] = ()
    doubled: tuple[tuple[str, str], ...] = ()

    @property
    def known(self) -> list[str]:
        """The headings that mean a field."""
        return [*self.columns.values(), *(second for _first, second in self.doubled)]


def match_headings(headings: Sequence[str], known: Mapping[str, Iterable[str]]) -> Headings:
    """Find the fields of ``known`` (the headings of each, besides its name) among the headings of a table.

    A heading that is just so comes before one with something in brackets.
    """
    fields = {plain_heading(text): field for field, texts in known.items() for text in (*texts, field)}
    columns: dict[str, str] = {}
    doubled: list[tuple[str, str]] = []
    left = list(headings)
    for simplify in (plain_heading, bare_heading):
        found: dict[str, str] = {}
        for text in left:
            field = fields.get(simplify(text))
            if field is None or field in columns:
                continue
            if field in found:
                doubled.append((found[field], text))
            else:
                found[field] = text
        columns |= found
        left = [text for text in left if text not in found.values()]
    return Headings(columns, tuple(left), tuple(doubled))
