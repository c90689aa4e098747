"""The cells of one row of an imported file: read by field, with every fault kept at its column."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from catalogue.rules.identity import fold
from catalogue.rules.wording import CodeError, marked, told
from catalogue.rules.wording import marked as _
from core.written import match_headings, plain_number, read_day, says_nothing

T = TypeVar("T")

_WHOLE_NUMBER = re.compile(r"([0-9]{1,9})(?:\.0*)?")


class Layout(StrEnum):
    """What a file holds, as its headings tell: products in one of two layouts, or prices."""

    NATIONAL_LIST = "national_list"
    TEMPLATE = "template"
    PRICES = "prices"


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one cell: the column as the file names it, a sentence, and the cell's text."""

    column: str
    sentence: str
    value: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)

    def told(self, translate: Callable[[str], str] = marked) -> str:
        """The sentence in the language of ``translate``."""
        return told(self.sentence, self.values, translate)

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.told()


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file. ``columns`` says under which heading a field stands; a file with ``missing`` columns, or
    with two headings that mean one field (``doubled``), cannot be read; ``unknown`` headings are passed over."""

    layout: Layout
    columns: Mapping[str, str]
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    doubled: tuple[tuple[str, str], ...] = ()

    @property
    def known(self) -> list[str]:
        """The headings that mean a field."""
        return [*self.columns.values(), *(second for _first, second in self.doubled)]


class Cells:
    """The cells of one row by field, and the faults found in them so far.

    ``lengths`` says how many characters the platform keeps of each text.
    """

    def __init__(self, row: Mapping[str, str], header: Header, lengths: Mapping[str, int]) -> None:
        self.row = row
        self.columns = header.columns
        self.lengths = lengths
        self.errors: list[RowError] = []

    def raw(self, name: str) -> str:
        """What the cell holds; nothing where it holds only what people write where nothing is."""
        text = self.row.get(self.columns.get(name, ""), "") or ""
        return "" if says_nothing(text) else text

    def fault(self, name: str, sentence: str, **values: str | int) -> None:
        self.errors.append(RowError(self.columns.get(name, name), sentence, self.raw(name), values))

    def text(self, name: str, *, required: str = "") -> str:
        """A printed text with single blanks, at most as long as the platform keeps. ``required`` says why."""
        text = printed(self.raw(name))
        limit, length = self.lengths.get(name), len(text)
        if not text.isascii():
            length = max(length, len(fold(text)))  # what is compared is kept too, and one sign may unfold to many
        if limit is not None and length > limit:
            self.fault(name, _("At most %(limit)s characters, not %(length)s."), limit=limit, length=length)
        if required and not text:
            self.fault(name, required)
        return text

    def read(self, name: str, parse: Callable[[str], T], *, required: str = "") -> T | None:
        """What ``parse`` makes of the cell; None where it is blank or refused. ``required`` says why."""
        text = printed(self.raw(name))
        if not text:
            if required:
                self.fault(name, required)
            return None
        try:
            return parse(text)
        except CodeError as refusal:
            self.fault(name, refusal.sentence, **refusal.values)
            return None


def read_date(text: str) -> date:
    """A day, year first, as spreadsheets and people write it. CodeError for anything else."""
    day = read_day(text)
    if day is None:
        raise CodeError(_("Expected a date like 2026-01-31."))
    return day


def read_count(text: str, limit: int) -> int:
    """A whole number from 1 to ``limit``, as spreadsheets and people write it. CodeError for anything else."""
    match = _WHOLE_NUMBER.fullmatch(plain_number(text) or "")
    count = int(match[1]) if match else 0
    if not 1 <= count <= limit:
        raise CodeError(_("Expected a whole number from 1 to %(limit)s."), limit=limit)
    return count


def header_of(layout: Layout, headings: Sequence[str], known: Mapping[str, str], required: Sequence[str]) -> Header:
    """The columns of a file by its headings; ``known`` has the Chinese heading of each field, if there is one."""
    found = match_headings(headings, {name: (chinese,) if chinese else () for name, chinese in known.items()})
    missing = tuple(name for name in required if name not in found.columns)
    return Header(layout, found.columns, missing, found.unread, found.doubled)


def heading_of(columns: Mapping[str, str], name: str, language: str) -> str:
    """How a template calls a field in a language: by its Chinese heading, or by its name."""
    return columns.get(name) or name if language.startswith("zh") else name


def printed(text: str) -> str:
    """The text with single blanks, without control and zero-width characters."""
    if not text.isprintable():
        text = "".join(" " if c.isspace() else c for c in text if c.isspace() or c.isprintable())
    return " ".join(text.split())
