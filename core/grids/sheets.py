"""A grid as a spreadsheet: the file to fill in, and what an uploaded one puts into the cells.

Headings and choices are taken in every language of the platform: a file does not change when its reader does. What the
platform wrote into the file is held against the table when it comes back, so that no figure gets to another thing.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from core.spreadsheets import Limits, Note, Sheet, Spread, SpreadsheetError, csv_response, read_rows, xlsx_response
from core.written import half_width, match_headings, plain_number, read_day, says_nothing, unit_said

ANSWERS = {"csv": csv_response, "xlsx": xlsx_response}
MOST_TOLD = 50
TICKED = {"1", "x", "y", "yes", "true", "on", "是", "√", "✓", "✔"}
# Of a table that a person fills in, read while that person waits: a few seconds at most.
_LIMITS = Limits(bytes=4 * 2**20, rows=20_000, unpacked=64 * 2**20, elements=400_000, texts=100_000)

_EXPONENT = re.compile(r"[-+]?[0-9.]+E[-+]?[0-9]+", re.IGNORECASE)

Text = str | Promise
T = TypeVar("T")


@dataclass(frozen=True)
class Written:
    """What a spreadsheet says of the thing of a row beside its cells, so that a person knows it.

    It is held against the table when the file comes back, by ``value`` or ``also``, unless it ``changes`` meanwhile.
    """

    heading: Text
    value: object
    also: tuple[object, ...] = ()
    changes: bool = False

    def is_said_by(self, text: str) -> bool:
        return self.changes or says_nothing(text) or any(_same(value, text) for value in (self.value, *self.also))


@dataclass(frozen=True)
class SheetColumn:
    """A heading; with ``field``, the form field that takes what stands under it, known as ``name``."""

    heading: Text
    name: str = ""
    field: forms.Field | None = None
    names_row: bool = False


@dataclass(frozen=True)
class SheetRow:
    """A row of the table: what is written of its thing, in the reader's language, and in what its cells count."""

    written: Callable[[], Sequence[Written]]
    unit_of: Callable[[str], str]


@dataclass(frozen=True)
class SheetTable:
    """What a spreadsheet of a grid has. ``rows`` by their keys; None where they are numbered as they come.

    ``purpose`` is what its templates are made for: the table, whose, and in which state.
    """

    columns: Sequence[SheetColumn]
    written: Sequence[Sequence[str]]  # headings, each in every language
    rows: Mapping[str, SheetRow] | None
    purpose: tuple[str, str, str]
    most: int
    borrows: bool = False  # whether a table of the same kind made for something else may be read


@dataclass
class Filled:
    """What a spreadsheet put into cells, by their names; what it could not, in words; from how many rows."""

    cells: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: int = 0
    is_foreign: bool = False  # what the platform wrote into it is that of another table

    def tell(self, error: SpreadsheetError) -> None:
        if len(self.told) < MOST_TOLD:
            self.told.append(str(error))

    def contradict(self, error: SpreadsheetError) -> None:
        self.is_foreign = True
        self.tell(error)


def template_response(
    kind: str, name: str, header: Sequence[Text], rows: Sequence[Sequence[object]], purpose: Sequence[str]
) -> HttpResponseBase:
    """A file with these headings and rows, to fill in; 404 for an unknown kind."""
    if kind not in ANSWERS:
        raise Http404
    return ANSWERS[kind](f"{name}.{kind}", [str(heading) for heading in header], rows, purpose)


def read_cells(file: Any, table: SheetTable) -> Filled:
    """What an uploaded file puts into the cells of a table: nothing where it contradicts what the platform wrote.

    Whether a value fits its cell is for the form to say, beside the cell.
    """
    filled = Filled()
    known = {column.name or str(column.heading): in_all_languages(column.heading) for column in table.columns}
    known |= {_written(place): set(texts) for place, texts in enumerate(table.written)}
    try:
        sheet = read_rows(
            file,
            file.name,
            limits=_LIMITS,
            on_error=filled.tell,
            finds=lambda texts: match_headings(texts, known).known,
        )
        headings = match_headings(sheet.header, known)
        for first, second in headings.doubled:
            raise sheet.doubled(first, second)
        _Reading(sheet, headings.columns, table, filled).read()
        filled.notes = [str(note) for note in sheet.notes] + filled.notes
    except SpreadsheetError as error:
        filled.tell(error)
    if filled.is_foreign:
        filled.cells, filled.rows = {}, 0
    return filled


class _Reading:
    """The rows of a sheet on their way into the cells of a table."""

    def __init__(self, sheet: Sheet, found: Mapping[str, str], table: SheetTable, filled: Filled) -> None:
        self.sheet, self.found, self.table, self.filled = sheet, found, table, filled
        here = [column for column in table.columns if (column.name or str(column.heading)) in found]
        self.naming = [found[str(column.heading)] for column in here if column.names_row]
        self.filling = [(column, found[column.name]) for column in here if column.field is not None]

    def read(self) -> None:
        self.require_columns()
        self.require_purpose()
        for number, key, row in self.keyed():
            if self.agrees(number, key, row):
                self.fill(number, key, row)

    def require_columns(self) -> None:
        columns = self.table.columns
        for needed, there in (
            ([one for one in columns if one.names_row], self.naming),
            ([one for one in columns if one.field is not None], self.filling),
        ):
            if needed and not there:
                raise self.sheet.missing(needed[0].heading)

    def require_purpose(self) -> None:
        """The file was made for this table, or for none that the platform knows of."""
        made, here = self.sheet.purpose, self.table.purpose
        if not made or made == here:
            return
        if made[:2] == here[:2]:
            self.filled.notes.append(
                str(Note(_("The table has changed since this template was made: check the rows.")))
            )
        elif not self.table.borrows or made[0].partition("/")[0] != here[0].partition("/")[0]:
            sentence = _(
                "This file was made for %(made)s and not for %(here)s: what stands in it belongs to another table. "
                "Download the template of this page and fill that in."
            )
            told: dict[str, Any] = {"made": _reference(made), "here": _reference(here)}
            self.filled.contradict(SpreadsheetError(sentence, **told))

    def keyed(self) -> Iterator[tuple[int, str, dict[str, str]]]:
        """The rows of the sheet, each once, with the keys of the rows that they fill."""
        rows, seen = self.table.rows, set[str]()
        for number, row in self.sheet:
            key = str(len(seen) + 1) if rows is None else self.key_of(row)
            says = any(row[heading] for _column, heading in self.filling)
            if len(seen) == self.table.most:
                raise SpreadsheetError(_("The table has %(most)s rows at most."), row=number, most=self.table.most)
            if key in seen:
                self.filled.tell(self.sheet.error(_("This row stands there twice."), number, self.naming[0]))
            elif rows is None or key in rows:
                seen.add(key)
                self.filled.rows += says
                yield number, key, row
            elif says:
                sentence = _("The table has no row “%(key)s”.")
                self.filled.tell(self.sheet.error(sentence, number, self.naming[0], key=key[:50]))

    def key_of(self, row: Mapping[str, str]) -> str:
        parts = ((plain_number(text) or half_width(text)).strip() for text in map(row.__getitem__, self.naming))
        return "-".join(part for part in parts if part)

    def agrees(self, number: int, key: str, row: Mapping[str, str]) -> bool:
        """Whether what the row says of its thing is so."""
        if self.table.rows is None:
            return True
        place = self.table.rows[key]
        for at in range(len(self.table.written)):
            heading = self.at(at)
            if heading and not any(one.is_said_by(row[heading]) for one in _in_languages(place.written, at)):
                sentence = _(
                    "The file says “%(said)s” here, and the table says “%(here)s” of row %(key)s. Correct the row, or "
                    "download the template again."
                )
                values = {"said": row[heading][:80], "here": str(place.written()[at].value)[:80], "key": key}
                self.filled.contradict(self.sheet.error(sentence, number, heading, **values))
                return False
        for column, heading in self.filling:
            unit, said = place.unit_of(column.name), unit_said(heading)
            if row[heading] and unit and said and not _same(unit, said):
                sentence = _("The heading counts in “%(said)s”, and this row in “%(unit)s”.")
                self.filled.contradict(self.sheet.error(sentence, number, heading, said=said, unit=unit))
                return False
        return True

    def at(self, place: int) -> str:
        return self.found.get(_written(place), "")

    def fill(self, number: int, key: str, row: Mapping[str, str]) -> None:
        for column, heading in self.filling:
            text = row[heading]
            if column.field is None:
                continue
            if sentence := _why_not(column.field, text):
                self.filled.tell(self.sheet.error(sentence, number, heading))
            else:
                self.filled.cells[f"{column.name}-{key}"] = as_typed(column.field, text)


def _why_not(field: forms.Field, text: str) -> str:
    """Why a text is not put into a cell although its form might take it; nothing for one that the form can judge."""
    match field:
        case forms.IntegerField() if isinstance(text, Spread) and text:
            return _("The cell is merged over several rows: say in each what is its own.")
        case forms.IntegerField() if _EXPONENT.fullmatch(half_width(text).strip()):
            return _("A number such as 1.2E+05 has lost digits; format the cell as a number.")
        case forms.DateField() if not says_nothing(text) and read_day(text) is None:
            return _("Expected a date like 2026-01-31.")
    return ""


def as_typed(field: forms.Field, text: str) -> str:
    """The text of a cell as somebody would have typed it: numbers bare, choices by their value, ticks as a browser."""
    if says_nothing(text):
        return ""
    match field:
        case forms.BooleanField():
            return "on" if half_width(text).casefold() in TICKED else ""
        case forms.ChoiceField():
            choices: Any = field.choices
            fitting = (str(value) for value, label in choices if text in {str(value), *in_all_languages(label)})
            return next(fitting, text)
        case forms.IntegerField():
            return _without_noughts(plain_number(text) or text, getattr(field, "decimal_places", None))
        case forms.DateField():
            day = read_day(text)
            return day.isoformat() if day else text
    return text


def _without_noughts(number: str, places: int | None) -> str:
    """A number without noughts after the last decimal that its field has: 12.500 is 12.50."""
    whole, point, decimals = number.partition(".")
    if not point or places is None:
        return number
    return f"{whole}.{decimals[:places]}{decimals[places:].rstrip('0')}"


def version_of(rows: Sequence[Sequence[object]]) -> str:
    """A short name for the state of a table, by what the platform writes into its rows."""
    return sha256("\n".join("\t".join(map(str, row)) for row in rows).encode()).hexdigest()[:12]


def in_all_languages(text: Any) -> set[str]:
    return {str(text), *in_each_language(lambda: str(text))}


def in_each_language(say: Callable[[], T]) -> list[T]:
    """What is said in each language of the platform."""
    said = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            said.append(say())
    return said


def _in_languages(written: Callable[[], Sequence[Written]], place: int) -> Iterator[Written]:
    """What is written at a place, in the reader's language first and then, if somebody asks, in the others."""
    yield written()[place]
    yield from in_each_language(lambda: written()[place])


def _written(place: int) -> str:
    return f"written {place}"


def _reference(purpose: Sequence[str]) -> str:
    what, whose = purpose[0].rpartition("/")[2], (*purpose, "")[1]
    return f"{what} ({whose})" if whose else what


def _same(value: object, text: str) -> bool:
    """Whether a text from a file says what the platform wrote, whatever a spreadsheet program made of it."""
    match value:
        case date():
            return read_day(text) == value
        case int() | Decimal():
            return _number(text) == value
    number = _number(str(value))
    return _plain(str(value)) == _plain(text) or (number is not None and number == _number(text))


def _plain(text: str) -> str:
    return "".join(half_width(text).casefold().split())


def _number(text: str) -> Decimal | None:
    plain = plain_number(text)
    return None if plain is None else Decimal(plain)
