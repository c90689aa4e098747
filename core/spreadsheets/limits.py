"""What an uploaded spreadsheet may be, and how one is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from core.errors import Fault, Refused


@dataclass(frozen=True)
class Limits:
    """Upper bounds. Those of an archive are checked on its directory, before anything is unpacked."""

    bytes: int = 32 * 2**20  # the file as uploaded
    rows: int = 200_000  # with anything in them, the header not counted
    columns: int = 200
    errors: int = 1_000  # cells that cannot be taken, before the whole file is given up
    cell: int = 32_767  # characters; no spreadsheet program keeps more
    line: int = 2**20  # characters of one line of a CSV file
    parts: int = 1_000  # files in an XLSX archive
    unpacked: int = 256 * 2**20  # bytes of all its parts together
    ratio: int = 100  # unpacked to packed size, of parts over a megabyte
    elements: int = 8_000_000  # XML elements of one part: 200,000 rows of 20 columns
    texts: int = 500_000  # different texts of a workbook
    text_characters: int = 16 * 2**20  # characters of all these together


LIMITS = Limits()


class SpreadsheetError(Refused):
    """The file, or the cell at ``row`` and ``column``, cannot be taken. The column is its heading, ``letter`` its name.

    ``sentence`` and ``values`` are kept apart from the message, for whoever reads it later in another language.
    """

    def __init__(
        self, sentence: str, *, row: int | None = None, column: str = "", letter: str = "", **values: str | int
    ) -> None:
        message = gettext(sentence) % values if values else gettext(sentence)
        super().__init__(message, code="spreadsheet", faults=(Fault(message, column, row, code="spreadsheet"),))
        self.sentence, self.values = sentence, values
        self.row, self.column, self.letter = row, column, letter

    def __str__(self) -> str:
        place = {"row": self.row, "letter": self.letter, "column": self.column, "message": self.message}
        if self.row is None:
            return self.message
        if self.letter and self.column not in ("", self.letter):
            return gettext("Row %(row)s, column %(letter)s “%(column)s”: %(message)s") % place
        if self.column:
            return gettext("Row %(row)s, column “%(column)s”: %(message)s") % place
        return gettext("Row %(row)s: %(message)s") % place


class Broken(Iterator[Any]):
    """What cannot be read any further, and says so when somebody tries."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __next__(self) -> Any:
        raise self._error


@dataclass(frozen=True)
class Note:
    """Something that was passed over, or taken although it was not seen: a sentence and what fills its gaps."""

    sentence: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.sentence) % self.values


@dataclass(frozen=True, slots=True)
class BadCell:
    """Stands where a cell cannot be read as a text, and says why."""

    sentence: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def at(self, row: int, column: str, letter: str = "") -> SpreadsheetError:
        return SpreadsheetError(self.sentence, row=row, column=column, letter=letter, **self.values)


class Spread(str):
    """The text of a cell that stands beside several rows, in each of them."""

    __slots__ = ()


Cells = dict[int, str | BadCell]
"""The cells of a row that hold anything, by column from 0."""


@dataclass(slots=True)
class Line:
    """A row as it stands in a file."""

    number: int
    cells: Cells
    is_hidden: bool = False
