"""A grid as a spreadsheet: the file to fill in, and what an uploaded one puts into the cells.

Headings and choices are taken in every language of the platform: a file does not change when its reader does.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.spreadsheets import Sheet, SpreadsheetError, csv_response, read_rows, xlsx_response

ANSWERS = {"csv": csv_response, "xlsx": xlsx_response}
MOST_TOLD = 50
TICKED = {"1", "x", "y", "yes", "true", "on", "是", "√", "✓", "✔"}
_CURRENCY = re.compile(r"^[¥$€£] ?")
_GROUPS = re.compile(r"(?<=[0-9])[ ,'\u2019](?=[0-9]{3}(?![0-9]))")
_DAY = re.compile(r"^([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?$")
_NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+")


@dataclass(frozen=True)
class SheetColumn:
    """A heading; with ``field``, the form field that takes what stands under it, known as ``name``."""

    heading: str | Promise
    name: str = ""
    field: forms.Field | None = None
    names_row: bool = False

    def is_meant(self, heading: str) -> bool:
        return heading.casefold() in {self.name, *(text.casefold() for text in _in_all_languages(self.heading))} - {""}


@dataclass
class Filled:
    """What a spreadsheet put into cells, by their names; what it could not, in words; from how many rows."""

    cells: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    rows: int = 0

    def tell(self, error: SpreadsheetError) -> None:
        if len(self.told) < MOST_TOLD:
            self.told.append(str(error))


def template_response(
    kind: str, name: str, columns: Sequence[SheetColumn], rows: Sequence[Sequence[object]]
) -> HttpResponseBase:
    """A file with the headings of the columns and these rows, to fill in; 404 for an unknown kind."""
    if kind not in ANSWERS:
        raise Http404
    return ANSWERS[kind](f"{name}.{kind}", [str(column.heading) for column in columns], rows)


def read_cells(file: Any, columns: Sequence[SheetColumn], keys: Collection[str] | None, most: int) -> Filled:
    """What an uploaded file puts into the cells of the rows with these keys; without keys, into rows from 1 on.

    Whether a value fits its cell is for the form to say, beside the cell.
    """
    filled = Filled()
    try:
        sheet = read_rows(file, file.name, on_error=filled.tell)
        found = _found(sheet, columns)
        for key, row in _keyed(sheet, found, keys, most, filled):
            for heading, column in found.items():
                if column.field is not None:
                    filled.cells[f"{column.name}-{key}"] = as_typed(column.field, row[heading])
    except SpreadsheetError as error:
        filled.tell(error)
    return filled


def as_typed(field: forms.Field, text: str) -> str:
    """The text of a cell as somebody would have typed it: numbers bare, choices by their value, ticks as a browser."""
    match field:
        case forms.BooleanField():
            return "on" if text.casefold() in TICKED else ""
        case forms.ChoiceField():
            choices: Any = field.choices
            fitting = (str(value) for value, label in choices if text in {str(value), *_in_all_languages(label)})
            return next(fitting, text)
        case forms.IntegerField():
            return _plain_number(text)
        case forms.DateField():
            return _DAY.sub(lambda day: f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}", text)
    return text


def _plain_number(text: str) -> str:
    """A number without what only groups its digits. What may be two numbers, or has a decimal comma, stays as it is."""
    plain = _CURRENCY.sub("", unicodedata.normalize("NFKC", text).strip())
    bare = _GROUPS.sub("", re.sub("^[\u2212\u2013]", "-", plain))
    return bare.removeprefix("+") if _NUMBER.fullmatch(bare) else text.strip()


def _found(sheet: Sheet, columns: Sequence[SheetColumn]) -> dict[str, SheetColumn]:
    """Which of the columns stand in the sheet, by its headings. Refused where nothing names a row or fills a cell."""
    found: dict[str, SheetColumn] = {}
    for heading in sheet.header:
        meant = (column for column in columns if column not in found.values() and column.is_meant(heading))
        if column := next(meant, None):
            found[heading] = column
    for needed in ([one for one in columns if one.names_row], [one for one in columns if one.field is not None]):
        if needed and not any(column in found.values() for column in needed):
            message = _("The column “%(column)s” is missing. Use the template.")
            raise SpreadsheetError(message % {"column": needed[0].heading})
    return found


def _keyed(
    sheet: Sheet, found: dict[str, SheetColumn], keys: Collection[str] | None, most: int, filled: Filled
) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of the sheet, each once, with the keys of the rows that they fill."""
    naming = [heading for heading, column in found.items() if column.names_row]
    filling = [heading for heading, column in found.items() if column.field is not None]
    seen: set[str] = set()
    for number, row in sheet:
        key = str(len(seen) + 1) if keys is None else "-".join(row[heading] for heading in naming if row[heading])
        says = any(row[heading] for heading in filling)
        if len(seen) == most:
            raise SpreadsheetError(_("The table has %(most)s rows at most.") % {"most": most}, row=number)
        if key in seen:
            filled.tell(SpreadsheetError(_("This row stands there twice."), row=number, column=naming[0]))
        elif keys is None or key in keys:
            seen.add(key)
            filled.rows += says
            yield key, row
        elif says:
            message = _("The table has no row “%(row)s”.") % {"row": key[:50]}
            filled.tell(SpreadsheetError(message, row=number, column=naming[0]))


def _in_all_languages(text: Any) -> set[str]:
    found = {str(text)}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.add(str(text))
    return found
