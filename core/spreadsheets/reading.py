"""Reading an uploaded spreadsheet, row by row."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from pathlib import PurePath
from typing import BinaryIO, Protocol

from django.utils.translation import gettext_noop as _

from core.spreadsheets.delimited import delimited_lines
from core.spreadsheets.formulas import is_formula, restored
from core.spreadsheets.limits import LIMITS, BadCell, Broken, Cells, Limits, Line, Note, Spread, SpreadsheetError
from core.spreadsheets.purpose import PURPOSE_SHEET, read_purpose
from core.spreadsheets.workbook import Range, Workbook, WorkbookSheet, column_letters, open_workbook
from core.unseen import without_unseen

_ARCHIVE = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also an XLSX file with a password
_NO_TEXT = (_ARCHIVE, _OLD_EXCEL, b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")
_ABOVE = 20  # rows with anything among which the headings are
_LOOKED_AT = 1_000  # rows, blank ones too, among which these are
_MOST_SHEETS = 30
_TOLD = 10  # rows or headings that a note names

Finds = Callable[[Sequence[str]], Collection[str]]
"""Which of the texts of a row are headings that somebody reads."""


class _Source(Protocol):
    name: str

    def lines(self) -> Iterator[Line]: ...

    def merged(self) -> list[Range]: ...


class _Delimited:
    name = ""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._file, self._limits = file, limits

    def lines(self) -> Iterator[Line]:
        return delimited_lines(self._file, self._limits)

    def merged(self) -> list[Range]:
        return []


class Sheet:
    """A sheet being read: its ``header`` at once, its rows as they are asked for.

    The header is the row with most headings that ``finds`` knows, so that a title may stand above it; without ``finds``
    it is the first row that holds anything, and every heading is read. ``purpose`` is what the platform wrote into a
    template that it made. Iterating gives the number of each row that holds anything, as the spreadsheet program shows
    it, and a text for each heading that is read: without blanks around it, numbers without noise, dates as 2026-01-31,
    and what is merged over several rows in each of them, as ``Spread``.
    """

    def __init__(
        self,
        source: _Source,
        limits: Limits,
        on_error: Callable[[SpreadsheetError], object] | None,
        finds: Finds | None = None,
    ) -> None:
        self.name = source.name
        self.purpose: tuple[str, ...] = ()
        self.found = 0
        self.header_row = 0
        self._source, self._limits, self._on_error, self._finds = source, limits, on_error, finds
        self._lines = source.lines()
        self._reported = 0
        self._hidden: list[int] = []
        self._notes: list[Note] = []
        self._headings: dict[int, str] = {}
        self._unread: dict[int, str] = {}
        self._under: list[Line] = []
        self._read_header()
        self.header = tuple(self._headings.values())

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was passed over, and what was taken although it is hidden; all of it once the rows are read."""
        found = list(self._notes)
        if self._unread:
            found.append(
                Note(_("Columns that are not read: %(headings)s."), {"headings": _some(self._unread.values())})
            )
        if self._hidden:
            values: dict[str, str | int] = {"count": len(self._hidden), "rows": _some(self._hidden)}
            found.append(Note(_("Hidden rows that were read like the others: %(count)s (row %(rows)s)."), values))
        return tuple(found)

    def note(self, note: Note) -> None:
        self._notes.append(note)

    def letter_of(self, heading: str) -> str:
        """By which letter a spreadsheet program calls the column of a heading."""
        return next((column_letters(index) for index, text in self._headings.items() if text == heading), "")

    def missing(self, column: object) -> SpreadsheetError:
        """That a column is not there, said at the row that was taken for the headings, in its words."""
        sentence = _("The column “%(missing)s” is missing. The headings here are: %(headings)s. Use the template.")
        headings = _some([*self.header, *self._unread.values()])
        return SpreadsheetError(sentence, row=self.header_row, headings=headings, missing=str(column))

    def doubled(self, first: str, second: str) -> SpreadsheetError:
        """That two headings mean one field, so that nobody knows which counts."""
        sentence = _("The columns %(one)s “%(first)s” and %(other)s “%(second)s” mean the same. Keep one of them.")
        letters = {"one": self.letter_of(first), "other": self.letter_of(second)}
        return SpreadsheetError(sentence, row=self.header_row, first=first, second=second, **letters)

    def error(self, sentence: str, row: int, heading: str, **values: str | int) -> SpreadsheetError:
        """Something that is wrong with the cell of a row under a heading."""
        return SpreadsheetError(sentence, row=row, column=heading, letter=self.letter_of(heading), **values)

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        taken = 0
        for line in _spread(chain(self._under, self._lines), self._source):
            row, errors = self._read(line)
            if not errors and all(isinstance(text, Spread) or not text for text in row.values()):
                continue
            taken += 1
            if taken > self._limits.rows:
                sentence = _("The file has more than %(limit)s rows; split it.")
                raise SpreadsheetError(sentence, row=line.number, limit=self._limits.rows)
            if line.is_hidden:
                self._hidden.append(line.number)
            for error in errors:
                self._report(error)
            if not errors:
                yield line.number, row

    def _report(self, error: SpreadsheetError) -> None:
        if self._on_error is None:
            raise error
        self._reported += 1
        if self._reported > self._limits.errors:
            sentence = _("More than %(limit)s cells cannot be taken.")
            raise SpreadsheetError(sentence, row=error.row, limit=self._limits.errors)
        self._on_error(error)

    def _read(self, line: Line) -> tuple[dict[str, str], list[SpreadsheetError]]:
        self._require_width(line)
        row = dict.fromkeys(self.header, "")
        errors = []
        for index, cell in line.cells.items():
            heading = self._headings.get(index)
            if heading is None and index in self._unread:
                continue
            text = self._text(cell)
            letter = column_letters(index)
            if isinstance(text, str) and heading is None and text:
                text = BadCell(_("The cell “%(text)s” stands under no heading."), {"text": text[:50]})
            if isinstance(text, BadCell):
                errors.append(text.at(line.number, heading or letter, letter))
            elif heading is not None:
                row[heading] = text
        return row, errors

    def _text(self, cell: str | BadCell) -> str | BadCell:
        if isinstance(cell, BadCell):
            return cell
        if len(cell) > self._limits.cell:
            return BadCell(_("The cell has more than %(limit)s characters."), {"limit": self._limits.cell})
        if "\0" in cell:
            return BadCell(_("The cell holds a zero byte."))
        if is_formula(cell.strip()):
            return BadCell(_("The cell holds a formula; paste its value instead."))
        text = without_unseen(restored(cell)).strip()
        return Spread(text) if isinstance(cell, Spread) else text

    def _read_header(self) -> None:
        """The headings by column, and which of them somebody reads."""
        seen: list[Line] = []
        best, found = -1, -1
        for line in self._first_lines():
            matched = len(self._finds(self._plain(line))) if self._finds else 0
            if matched > found:
                best, found = len(seen), matched
            seen.append(line)
        if not seen:
            raise SpreadsheetError(_("The file is empty."))
        self.found = max(found, 0)
        self._under = seen[best + 1 :]
        self._name_columns(seen[best])

    def _first_lines(self) -> Iterator[Line]:
        """The lines with anything among which the headings are. Where the file breaks off, the next line says so."""
        seen = 0
        lines, self._lines = self._lines, iter(())
        try:
            for looked_at, line in enumerate(lines):
                if any(self._plain(line)):
                    self._require_width(line)
                    if purpose := read_purpose(self._plain(line)):
                        self.purpose = purpose
                        continue
                    seen += 1
                    yield line
                if seen == (_ABOVE if self._finds else 1) or looked_at == _LOOKED_AT:
                    break
        except SpreadsheetError as error:
            if not seen:
                raise
            lines = Broken(error)
        self._lines = lines

    def _plain(self, line: Line) -> list[str]:
        return ["" if isinstance(cell, BadCell) else restored(cell).strip() for cell in line.cells.values()]

    def _name_columns(self, line: Line) -> None:
        self.header_row = line.number
        texts: dict[int, str] = {}
        for index, cell in line.cells.items():
            text = self._text(cell)
            if isinstance(text, BadCell):
                raise text.at(line.number, column_letters(index))
            if text:
                texts[index] = str(text)
        read = set(texts.values()) if self._finds is None else set(self._finds([*texts.values()]))
        for index, text in texts.items():
            if text not in read and self.found:
                self._unread[index] = text
            elif text in self._headings.values():
                sentence = _("Two columns have the heading “%(text)s”.")
                raise SpreadsheetError(sentence, row=line.number, column=column_letters(index), text=text)
            else:
                self._headings[index] = text

    def _require_width(self, line: Line) -> None:
        if max(line.cells, default=0) >= self._limits.columns:
            sentence = _("The file has more than %(limit)s columns.")
            raise SpreadsheetError(sentence, row=line.number, limit=self._limits.columns)


def read_rows(
    file: BinaryIO,
    filename: str,
    *,
    limits: Limits = LIMITS,
    on_error: Callable[[SpreadsheetError], object] | None = None,
    finds: Finds | None = None,
) -> Sheet:
    """Open an uploaded CSV or XLSX file, which stays open while its rows are read.

    SpreadsheetError when the file cannot be taken at all. A cell that cannot be taken raises too, unless
    ``on_error`` is given: then it is told each such cell, the row is left out, and reading goes on. With ``finds``
    the sheet of a workbook that has such headings is read, and cells under other headings are passed over.
    """
    size = file.seek(0, 2)
    if size > limits.bytes:
        raise SpreadsheetError(_("The file is larger than %(limit)s megabytes."), limit=limits.bytes // 2**20)
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
        return _of_workbook(open_workbook(file, limits), limits, on_error, finds)
    if suffix in (".csv", ".tsv", ".txt"):
        if head.startswith(_NO_TEXT):
            raise SpreadsheetError(_("The file is named %(suffix)s and holds no text."), suffix=suffix)
        return Sheet(_Delimited(file, limits), limits, on_error, finds)
    raise SpreadsheetError(_("Only CSV and XLSX files are taken."))


def _of_workbook(
    workbook: Workbook, limits: Limits, on_error: Callable[[SpreadsheetError], object] | None, finds: Finds | None
) -> Sheet:
    """The one visible sheet that holds the table. Refused where two do: figures would be lost in the other."""
    if len(workbook.sheets) > _MOST_SHEETS:
        raise SpreadsheetError(_("The workbook has more than %(limit)s sheets."), limit=_MOST_SHEETS)
    sheets = [sheet for one in workbook.sheets if (sheet := _opened(one, limits, on_error, finds))]
    if not sheets:
        raise SpreadsheetError(_("The file is empty."))
    most = max(sheet.found for sheet in sheets)
    fitting = [sheet for sheet in sheets if sheet.found * 2 > most] if finds else sheets[:1]
    if len(fitting) > 1:
        sentence = _("The sheets “%(first)s” and “%(second)s” hold the same table. Keep the one that counts.")
        raise SpreadsheetError(sentence, first=fitting[0].name, second=fitting[1].name)
    sheet = fitting[0] if fitting else sheets[0]
    if purpose := workbook.hidden.pop(PURPOSE_SHEET, None):
        sheet.purpose = _purpose_of(purpose) or sheet.purpose
    passed_over = [one.name for one in workbook.sheets if one.name != sheet.name] + [*workbook.hidden]
    if passed_over:
        values: dict[str, str | int] = {"name": sheet.name, "others": _some(passed_over)}
        sheet.note(Note(_("Only the sheet “%(name)s” is read, not: %(others)s."), values))
    return sheet


def _opened(
    source: WorkbookSheet, limits: Limits, on_error: Callable[[SpreadsheetError], object] | None, finds: Finds | None
) -> Sheet | None:
    """A sheet, or None where nothing stands in it."""
    blank = not any(line.cells for line in source.lines())
    return None if blank else Sheet(source, limits, on_error, finds)


def _purpose_of(sheet: WorkbookSheet) -> tuple[str, ...]:
    first = next(sheet.lines(), Line(0, {}))
    return read_purpose([cell for cell in first.cells.values() if isinstance(cell, str)])


def _spread(lines: Iterator[Line], source: _Source) -> Iterator[Line]:
    """The lines with what is merged over several of them in each, in the first column of what is merged."""
    waiting = source.merged()[::-1]
    open_ranges: list[tuple[Range, str | BadCell]] = []
    for line in lines:
        while waiting and waiting[-1].top <= line.number:
            one = waiting.pop()
            if one.top == line.number and one.left in line.cells:
                open_ranges.append((one, _as_spread(line.cells[one.left])))
        open_ranges = [(one, cell) for one, cell in open_ranges if one.bottom >= line.number]
        merged: Cells = {one.left: cell for one, cell in open_ranges}
        yield Line(line.number, {**line.cells, **merged}, line.is_hidden) if merged else line


def _as_spread(cell: str | BadCell) -> str | BadCell:
    return Spread(cell) if isinstance(cell, str) else cell


def _some(names: Collection[object]) -> str:
    told = [" ".join(str(name).split()) for name in names]
    return ", ".join(told[:_TOLD]) + (", …" if len(told) > _TOLD else "")
