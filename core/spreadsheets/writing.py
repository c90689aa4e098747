"""Writing spreadsheets for download. Text can never run as a formula; numbers stay numbers."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from core.errors import Refused
from core.spreadsheets.formulas import neutralised
from core.spreadsheets.purpose import PURPOSE_SHEET, purpose_line

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LAST_ROW = 1_048_576

Cell = str | int | Decimal | bool | date | datetime


def csv_response(
    filename: str, header: Sequence[object], rows: Iterable[Sequence[object]], purpose: Sequence[str] = ()
) -> StreamingHttpResponse:
    """A CSV download, sent while the rows are read. UTF-8 with the mark by which Excel knows it.

    ``purpose`` is what a template is for, which ``read_rows`` gives back.
    """
    lines = chain([purpose_line(purpose)] if purpose else [], [header], rows)
    response = StreamingHttpResponse(_csv_lines(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response


def xlsx_response(
    filename: str, header: Sequence[object], rows: Iterable[Sequence[object]], purpose: Sequence[str] = ()
) -> FileResponse:
    """An XLSX download, written to a temporary file row by row and gone when it has been sent.

    ``purpose`` is what a template is for, which ``read_rows`` gives back.
    """
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.freeze_panes = "A2"
    try:
        sheet.append([_cell(value) for value in header])
        for number, row in enumerate(rows, start=2):
            if number > _LAST_ROW:
                raise Refused(
                    _("An XLSX file holds 1,048,576 rows; export CSV, or narrow the filters."), code="out_of_range"
                )
            sheet.append([_cell(value) for value in row])
    except BaseException:
        sheet.close()
        raise
    if purpose:
        hidden = workbook.create_sheet(PURPOSE_SHEET)
        hidden.sheet_state = "veryHidden"
        hidden.append([_cell(value) for value in purpose_line(purpose)])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    workbook.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=filename, content_type=_XLSX)


class _Echo:
    """A file for the CSV writer that hands each line straight back."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    yield b"\xef\xbb\xbf"
    for row in rows:
        yield writer.writerow([_printed(_cell(value)) for value in row]).encode()


def _cell(value: object) -> Cell:
    """What a cell holds: a number, a day, an instant in the reader's zone, or harmless text."""
    match value:
        case None:
            return ""
        case float():
            raise TypeError("a float has no exact value to export: use Decimal")
        case Decimal() if not value.is_finite():
            raise ValueError("only finite numbers are exported")
        case datetime():
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return local.replace(tzinfo=None, microsecond=0)
        case bool() | int() | Decimal() | date():
            return value
    return neutralised(ILLEGAL_CHARACTERS_RE.sub("", str(value)))


def _printed(cell: Cell) -> str:
    match cell:
        case bool():
            return str(cell).upper()
        case Decimal():
            return f"{cell:f}"
    return str(cell)
