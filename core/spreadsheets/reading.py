"""Reading an uploaded spreadsheet, row by row."""

from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.spreadsheets.delimited import delimited_rows
from core.spreadsheets.formulas import is_formula, restored
from core.spreadsheets.limits import LIMITS, BadCell, Cells, Limits, SpreadsheetError
from core.spreadsheets.workbook import column_letters, open_workbook

_ARCHIVE = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also an XLSX file with a password
_NO_TEXT = (_ARCHIVE, _OLD_EXCEL, b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")


class Sheet:
    """A sheet being read: its ``header`` at once, its rows as they are asked for.

    ``notes`` say what was passed over. Iterating gives the number of each row that holds anything, as the
    spreadsheet program shows it, and a text for each heading: without blanks around it, numbers without
    noise, dates as 2026-01-31.
    """

    def __init__(
        self,
        rows: Iterator[tuple[int, Cells]],
        limits: Limits,
        on_error: Callable[[SpreadsheetError], object] | None,
        notes: tuple[str, ...] = (),
    ) -> None:
        self.notes = notes
        self._rows = rows
        self._limits = limits
        self._on_error = on_error
        self._reported = 0
        self._headings = self._read_header()
        self.header = tuple(self._headings.values())

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        taken = 0
        for number, cells in self._rows:
            row, errors = self._read(number, cells)
            if not errors and not any(row.values()):
                continue
            taken += 1
            if taken > self._limits.rows:
                limit = {"limit": self._limits.rows}
                raise SpreadsheetError(_("The file has more than %(limit)s rows; split it.") % limit, row=number)
            for error in errors:
                self._report(error)
            if not errors:
                yield number, row

    def _report(self, error: SpreadsheetError) -> None:
        if self._on_error is None:
            raise error
        self._reported += 1
        if self._reported > self._limits.errors:
            limit = {"limit": self._limits.errors}
            raise SpreadsheetError(_("More than %(limit)s cells cannot be taken.") % limit, row=error.row)
        self._on_error(error)

    def _read(self, number: int, cells: Cells) -> tuple[dict[str, str], list[SpreadsheetError]]:
        self._require_width(number, cells)
        row = dict.fromkeys(self.header, "")
        errors = []
        for index, cell in cells.items():
            heading = self._headings.get(index)
            text = self._text(cell)
            if isinstance(text, BadCell):
                errors.append(SpreadsheetError(text.message, row=number, column=heading or column_letters(index)))
            elif heading is not None:
                row[heading] = text
            elif text:
                message = _("The cell “%(text)s” stands under no heading.") % {"text": text[:50]}
                errors.append(SpreadsheetError(message, row=number, column=column_letters(index)))
        return row, errors

    def _text(self, cell: str | BadCell) -> str | BadCell:
        if isinstance(cell, BadCell):
            return cell
        if len(cell) > self._limits.cell:
            return BadCell(_("The cell has more than %(limit)s characters.") % {"limit": self._limits.cell})
        if "\0" in cell:
            return BadCell(_("The cell holds a zero byte."))
        if is_formula(cell.strip()):
            return BadCell(_("The cell holds a formula; paste its value instead."))
        return restored(cell).strip()

    def _read_header(self) -> dict[int, str]:
        """The headings by column, from the first row that holds anything."""
        headings: dict[int, str] = {}
        for number, cells in self._rows:
            self._require_width(number, cells)
            for index, cell in cells.items():
                text = self._text(cell)
                if isinstance(text, BadCell):
                    raise SpreadsheetError(text.message, row=number, column=column_letters(index))
                if text and text in headings.values():
                    message = _("Two columns have the heading “%(text)s”.") % {"text": text}
                    raise SpreadsheetError(message, row=number, column=column_letters(index))
                if text:
                    headings[index] = text
            if headings:
                return headings
        raise SpreadsheetError(_("The file is empty."))

    def _require_width(self, number: int, cells: Cells) -> None:
        if max(cells, default=0) >= self._limits.columns:
            limit = {"limit": self._limits.columns}
            raise SpreadsheetError(_("The file has more than %(limit)s columns.") % limit, row=number)


def read_rows(
    file: BinaryIO,
    filename: str,
    *,
    limits: Limits = LIMITS,
    on_error: Callable[[SpreadsheetError], object] | None = None,
) -> Sheet:
    """Open an uploaded CSV or XLSX file, which stays open while its rows are read.

    SpreadsheetError when the file cannot be taken at all. A cell that cannot be taken raises too, unless
    ``on_error`` is given: then it is told each such cell, the row is left out, and reading goes on.
    """
    size = file.seek(0, 2)
    if size > limits.bytes:
        limit = {"limit": limits.bytes // 2**20}
        raise SpreadsheetError(_("The file is larger than %(limit)s megabytes.") % limit)
    file.seek(0)
    head = file.read(8)
    suffix = PurePath(filename).suffix.lower()
    if suffix in (".xlsm", ".xltm", ".xlam", ".xlsb"):
        raise SpreadsheetError(_("Workbooks with macros are not taken. Save the file as .xlsx."))
    if suffix == ".xls" or head == _OLD_EXCEL:
        raise SpreadsheetError(_("Workbooks of the old format or with a password are not taken. Save as .xlsx."))
    if suffix == ".xlsx":
        if not head.startswith(_ARCHIVE):
            raise SpreadsheetError(_("The file is named .xlsx and is no workbook."))
        rows, notes = open_workbook(file, limits)
        return Sheet(rows, limits, on_error, notes)
    if suffix in (".csv", ".tsv", ".txt"):
        if head.startswith(_NO_TEXT):
            raise SpreadsheetError(_("The file is named %(suffix)s and holds no text.") % {"suffix": suffix})
        return Sheet(delimited_rows(file, limits), limits, on_error)
    raise SpreadsheetError(_("Only CSV and XLSX files are taken."))
