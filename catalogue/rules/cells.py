"""The cells of one row of an imported file: read by field, with every fault kept at its column."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from catalogue.rules.identity import fold, says_nothing
from catalogue.rules.wording import CodeError, marked, told
from catalogue.rules.wording import marked as _

T = TypeVar("T")

_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?: 00:00:00)?")


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
    """The columns of a file. ``columns`` says under which heading a field stands; a file with ``missing``
    columns cannot be read; ``unknown`` headings, and a second one for the same field, are passed over."""

    layout: Layout
    columns: Mapping[str, str]
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


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


def match_headings(headings: Sequence[str], known: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The heading of each field, and the headings passed over. ``known`` has the field of each plain heading."""
    columns: dict[str, str] = {}
    unknown = []
    for text in headings:
        name = known.get(plain_heading(text))
        if name is None or name in columns:
            unknown.append(text)
        else:
            columns[name] = text
    return columns, tuple(unknown)


def read_date(text: str) -> date:
    """A date as spreadsheets print it, in the order year, month, day. CodeError for anything else."""
    if match := _DATE.fullmatch(text):
        year, month, day = map(int, match.groups())
        with suppress(ValueError):
            return date(year, month, day)
    raise CodeError(_("Expected a date like 2026-01-31."))


def plain_heading(text: str) -> str:
    """A heading as headings are compared: half width, small letters, one underscore for blanks."""
    return "_".join(unicodedata.normalize("NFKC", text).lower().split())


def printed(text: str) -> str:
    """The text with single blanks, without control and zero-width characters."""
    if not text.isprintable():
        text = "".join(" " if c.isspace() else c for c in text if c.isspace() or c.isprintable())
    return " ".join(text.split())
