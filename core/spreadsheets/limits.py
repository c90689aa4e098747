"""What an uploaded spreadsheet may be, and how one is refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

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
    """The file, or the cell at ``row`` and ``column``, cannot be taken. The column is its heading."""

    def __init__(self, message: str, *, row: int | None = None, column: str = "") -> None:
        super().__init__(message, code="spreadsheet", faults=(Fault(message, column, row),))
        self.row = row
        self.column = column

    def __str__(self) -> str:
        if self.row is None:
            return self.message
        place = {"row": self.row, "column": self.column, "message": self.message}
        if self.column:
            return _("Row %(row)s, column “%(column)s”: %(message)s") % place
        return _("Row %(row)s: %(message)s") % place


@dataclass(frozen=True, slots=True)
class BadCell:
    """Stands where a cell cannot be read as a text, and says why."""

    message: str


Cells = dict[int, str | BadCell]
"""The cells of a row that hold anything, by column from 0."""
