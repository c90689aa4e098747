"""The rows of a release from a mark on: a worker reads a stretch, and the next one goes on behind it."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from catalogue.actions.releases.pieces import DAMAGED
from catalogue.rules import RELEASE_COLUMNS, ReleaseLine, RowError, missing_columns, read_release_row, release_columns
from core.errors import Refused
from core.spreadsheets import Limits, Sheet, SpreadsheetError, read_rows

_ABOVE = 20  # lines among which the headings are
_HEAD = 2**20
_LONGEST_LINE = 2**16
_DELIMITERS = ",\t;"
_MARK = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# A sheet ends after 1,048,576 rows; its different texts are held while it is read.
_SHEET = Limits(
    bytes=2**30,
    rows=1_048_576,
    unpacked=2**33,
    elements=50_000_000,
    texts=5_000_000,
    text_characters=256 * 2**20,
    errors=10**9,
)

Read = tuple[int, ReleaseLine | list[RowError]]
"""The row's number in the file, and what it says or what is wrong with it."""


class DelimitedRelease:
    """A CSV file, read on from ``mark``; ``mark`` says after each row where the next one begins."""

    def __init__(self, file: IO[bytes], mark: dict[str, Any]) -> None:
        self._file = file
        self.mark = mark or self._begun()
        self._broken = False

    def __iter__(self) -> Iterator[Read]:
        self._file.seek(self.mark["place"])
        columns = self.mark["columns"]
        places = [columns.get(name, -1) for name in RELEASE_COLUMNS]
        records = self._records()
        while True:
            record: list[str] | csv.Error | None
            try:
                record = next(records, None)
            except csv.Error as error:
                records = self._records()
                record = error
            except DAMAGED:
                raise SpreadsheetError(gettext_noop("The archive breaks off or is damaged.")) from None
            if record is None:
                return
            self.mark["row"] += 1
            if isinstance(record, csv.Error) or self._broken:
                self._broken = False
                yield (
                    self.mark["row"],
                    [RowError("", gettext_noop("The line cannot be read: a quotation mark or a sign."))],
                )
            elif any(record):
                record.append("")  # where a column is not there
                count = len(record) - 1
                row = [record[place] if place < count else "" for place in places]
                yield self.mark["row"], read_release_row(row)

    def _records(self) -> Iterator[list[str]]:
        return csv.reader(self._lines(), delimiter=self.mark["delimiter"], strict=True)

    def _lines(self) -> Iterator[str]:
        encoding, readline = self.mark["encoding"], self._file.readline
        while line := readline(_LONGEST_LINE):
            self.mark["place"] += len(line)
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError:
                self._broken, text = True, line.decode(encoding, "replace")
            yield text.replace("\0", "") if "\0" in text else text

    def _begun(self) -> dict[str, Any]:
        """The mark behind the headings. Refused where they are not those of a release."""
        self._file.seek(0)
        try:
            head = self._file.read(_HEAD)
        except DAMAGED:
            raise _refused(_("The archive breaks off or is damaged.")) from None
        if head.startswith(_UTF_16):
            raise _refused(_("Save the file as “CSV UTF-8”."))
        encoding = _encoding(head)
        place, most = len(_MARK) if head.startswith(_MARK) else 0, ["code"]
        for row, line in enumerate(head[place:].split(b"\n")[:_ABOVE], start=1):
            place += len(line) + 1
            text = line.decode(encoding, "replace").rstrip("\r")
            delimiter = max(_DELIMITERS, key=text.count)
            headings = next(csv.reader([text], delimiter=delimiter), [])
            columns = release_columns([heading.strip() for heading in headings])
            if not missing_columns(columns):
                return {"place": place, "row": row, "encoding": encoding, "delimiter": delimiter, "columns": columns}
            most = min(most, missing_columns(columns), key=len) if row > 1 else missing_columns(columns)
        raise _no_release(most)


class SheetRelease:
    """A workbook, read on from ``mark``: what comes before is passed over."""

    def __init__(self, file: IO[bytes], name: str, mark: dict[str, Any]) -> None:
        faults: dict[int, list[RowError]] = {}
        self._faults = faults

        def note(error: SpreadsheetError) -> None:
            faults.setdefault(error.row or 0, []).append(RowError(error.column, error.sentence, "", dict(error.values)))

        try:
            self._sheet: Sheet = read_rows(file, name, limits=_SHEET, on_error=note, finds=_headings)  # type: ignore[arg-type]
        except SpreadsheetError as error:
            raise _refused(str(error)) from None
        columns = release_columns(self._sheet.header)
        if missing := missing_columns(columns):
            raise _no_release(missing)
        self._headings = [self._sheet.header[columns[name]] if name in columns else "" for name in RELEASE_COLUMNS]
        self.mark = mark or {"row": self._sheet.header_row}

    def __iter__(self) -> Iterator[Read]:
        before = self.mark["row"]
        for number, row in self._sheet:
            yield from self._noted(before)
            if number > before:
                self.mark["row"] = number
                yield number, read_release_row([row.get(heading, "") for heading in self._headings])
        yield from self._noted(before)

    def _noted(self, before: int) -> Iterator[Read]:
        """The faulty rows that were passed on the way to the next sound one, or to the end."""
        for faulty in sorted(self._faults):
            if faulty > before:
                self.mark["row"] = faulty
                yield faulty, self._faults[faulty]
        self._faults.clear()


def rows_from(file: IO[bytes], name: str, mark: dict[str, Any]) -> DelimitedRelease | SheetRelease:
    """The rows of an unpacked file behind ``mark``, or all of them where it is empty. Refused if it is no release."""
    suffix = PurePath(name).suffix.lower()
    if suffix == ".xlsx":
        return SheetRelease(file, name, mark)
    if suffix in (".csv", ".txt", ".tsv"):
        return DelimitedRelease(file, mark)
    raise _refused(_("Only CSV and XLSX files are taken, or one CSV file packed as .zip or .gz."))


def _headings(headings: Sequence[str]) -> list[str]:
    return [headings[place] for place in release_columns(headings).values()]


def _encoding(head: bytes) -> str:
    whole = head[: head.rfind(b"\n") + 1] or head
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _no_release(missing: Sequence[str]) -> Refused:
    return _refused(
        _("The columns of the national release are missing: %(columns)s.") % {"columns": ", ".join(missing)}
    )


def _refused(message: str) -> Refused:
    return Refused(message, field="file", code="spreadsheet")
