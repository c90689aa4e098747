"""Lines of the sheets of an XLSX workbook, without formulas and macros."""

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Context, Decimal, InvalidOperation
from itertools import islice
from typing import BinaryIO

from django.utils.translation import gettext_noop as _

from core.spreadsheets.archive import Archive, XmlEvent, damaged
from core.spreadsheets.limits import BadCell, Cells, Limits, Line, SpreadsheetError

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_383  # from 0
_MOST_STYLES = 65_536
_MOST_SHEETS = 1_000
_MOST_MERGED = 100_000
_MOST_TEXTS = 2**31  # the place of a text in its table is a number
_DIGITS = 15  # that a number in a spreadsheet holds exactly
_SMALLEST = -30  # power of ten below which a number in a table is none
_LAST_DAY = 2_957_003  # within the year 9999 from either epoch
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's dates have no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - as above, from workbooks made on a Macintosh
# Built-in number formats that are dates or times; 27 to 36 and 50 to 58 are the East Asian ones.
_DATE_FORMATS = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
# What in a number format is not a sign of its own: quoted text, [colour] or [$-804], and escaped signs.
_ASIDE = re.compile(r'"[^"]*"|\[(?![hms]+\])[^\]]*\]|[\\_*].', re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
# Signs that XML cannot hold are written as _x000D_; halves of a pair are left as they are.
_ESCAPED = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Range:
    """Cells that are merged into one: rows from 1, columns from 0."""

    top: int
    bottom: int
    left: int


class WorkbookSheet:
    """A sheet of a workbook: its lines, without what only has a format, and its merged cells."""

    def __init__(self, name: str, archive: Archive, part: str, reader: "_SheetReader") -> None:
        self.name = name
        self._archive, self._part, self._reader = archive, part, reader

    def lines(self) -> Iterator[Line]:
        return self._reader.lines(self._archive, self._part)

    def merged(self) -> list[Range]:
        """What is merged over several rows, from the top. It stands behind the rows: the sheet is read twice."""
        if not any(b"mergeCell" in piece for piece in _overlapping(self._archive.pieces(self._part))):
            return []
        starts = (event for event in self._archive.events(self._part, skim=True) if event.kind == "start")
        found = (_range(event.attributes.get("ref", "")) for event in starts if event.name == "mergeCell")
        tall = list(islice((one for one in found if one.bottom > one.top), _MOST_MERGED + 1))
        if len(tall) > _MOST_MERGED:
            raise SpreadsheetError(_("The workbook has too many merged cells. Save the sheet as CSV."))
        return sorted(tall, key=lambda one: one.top)


@dataclass(frozen=True)
class Workbook:
    """The visible sheets of a workbook in their order, the names of the others, and those by name."""

    sheets: list[WorkbookSheet]
    hidden: dict[str, WorkbookSheet]


def open_workbook(file: BinaryIO, limits: Limits) -> Workbook:
    """The sheets of a workbook; nothing of them is read before it is asked for."""
    archive = Archive(file, limits)
    _refuse_macros(archive)
    workbook = next(iter(_targets(archive, "", "officeDocument").values()), "")
    sheets, epoch = _sheets(archive, workbook)
    parts = _targets(archive, workbook, "worksheet")
    reader = _SheetReader(_Texts(archive, workbook), _date_styles(archive, workbook), epoch)
    visible, hidden = [], {}
    for name, key, state in sheets:
        if state == "visible" and key not in parts:
            raise damaged()
        if key in parts:
            sheet = WorkbookSheet(name, archive, parts[key], reader)
            if state == "visible":
                visible.append(sheet)
            else:
                hidden[name] = sheet
    if not visible:
        raise SpreadsheetError(_("The workbook has no visible sheet."))
    return Workbook(visible, hidden)


def column_letters(index: int) -> str:
    """The name of a column by its index from 0: A, B, … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


class _SheetReader:
    """Turns the elements of a sheet into lines of texts."""

    def __init__(self, texts: "_Texts", date_styles: set[int], epoch: datetime) -> None:
        self.texts = texts
        self.date_styles = date_styles
        self.epoch = epoch

    def lines(self, archive: Archive, part: str) -> Iterator[Line]:
        line = Line(0, {})
        cells: Cells = {}
        cell = _Cell(-1, {})
        for event in archive.events(part, skim=True):
            match event.kind, event.name:
                case "start", "row":
                    number = _bounded(event.attributes.get("r", line.number + 1), _LAST_ROW)
                    cells = {}
                    line = Line(number, cells, event.attributes.get("hidden") in ("1", "true"))
                    cell = _Cell(-1, {})
                case "start", "c":
                    cell = _Cell(_column(event, cell.column + 1), event.attributes)
                case "end", "c":
                    value = self.value(cell)
                    if value != "":
                        cells[cell.column] = value
                case "end", "row":
                    yield line
                case "end", "sheetData":
                    return
                case _:
                    cell.take(event)

    def value(self, cell: "_Cell") -> str | BadCell:
        if cell.has_formula:
            return BadCell(_("The cell holds a formula; paste its value instead."))
        match cell.type:
            case "s":
                return self.texts.at(_bounded(cell.raw, _MOST_TEXTS)) if cell.raw else ""
            case "inlineStr":
                return _unescaped(cell.inline)
            case "str":
                return _unescaped(cell.raw)
            case "b":
                return "TRUE" if cell.raw == "1" else "FALSE" if cell.raw else ""
            case "e":
                return BadCell(_("The cell holds the error %(error)s."), {"error": cell.raw[:20]})
            case "d":
                return _iso_date(cell.raw)
        return self.number(cell) if cell.raw else ""

    def number(self, cell: "_Cell") -> str | BadCell:
        try:
            exact = Decimal(cell.raw)
            rounded = Context(prec=_DIGITS).create_decimal(exact)
        except InvalidOperation:
            raise damaged() from None
        if not exact.is_finite():
            raise damaged()
        if cell.style in self.date_styles:
            return _date(exact, self.epoch)
        if rounded and not _SMALLEST <= rounded.adjusted() < _DIGITS:
            return BadCell(_("A number of more than 15 digits is not exact here; format the cell as text."))
        return f"{rounded.normalize() or Decimal(0):f}"


class _Cell:
    """One cell while its elements come in."""

    def __init__(self, column: int, attributes: dict[str, str]) -> None:
        self.column = column
        self.type = attributes.get("t", "n")
        self.style = _bounded(attributes.get("s", 0), _MOST_STYLES)
        self.raw = ""
        self.inline = ""
        self.has_formula = False
        self.in_phonetic = False

    def take(self, event: XmlEvent) -> None:
        match event.kind, event.name:
            case "start", "f":
                self.has_formula = True
            case "end", "v":
                self.raw = event.text.strip() if self.type != "str" else event.text
            case _, "rPh":
                self.in_phonetic = event.kind == "start"
            case "end", "t" if not self.in_phonetic and len(self.inline) <= 2**15:
                self.inline += event.text


class _Texts:
    """The workbook's table of texts, read as far as somebody has asked; pinyin over a text is passed over."""

    def __init__(self, archive: Archive, workbook: str) -> None:
        self._read: list[str] = []
        self._more = self._texts(archive, workbook)

    def at(self, place: int) -> str:
        while place >= len(self._read):
            text = next(self._more, None)
            if text is None:
                raise damaged()
            self._read.append(text)
        return self._read[place]

    def _texts(self, archive: Archive, workbook: str) -> Iterator[str]:
        total = 0
        limits = archive.limits
        for part in _targets(archive, workbook, "sharedStrings").values():
            cell = _Cell(0, {})
            for event in archive.events(part):
                match event.kind, event.name:
                    case "start", "si":
                        cell = _Cell(0, {})
                    case "end", "si":
                        total += len(cell.inline)
                        if len(self._read) >= limits.texts or total > limits.text_characters:
                            raise SpreadsheetError(_("The workbook has too many texts. Save the sheet as CSV."))
                        yield _unescaped(cell.inline)
                    case _:
                        cell.take(event)


def _date_styles(archive: Archive, workbook: str) -> set[int]:
    """Which cell styles show a number as a date or a time."""
    formats = set(_DATE_FORMATS)
    styles: set[int] = set()
    for part in _targets(archive, workbook, "styles").values():
        count = -1  # of the styles of cells, while among them
        for event in archive.events(part):
            match event.kind, event.name:
                case "start", "numFmt" if _is_date_format(event.attributes.get("formatCode", "")):
                    formats.add(_bounded(event.attributes.get("numFmtId", 0), _MOST_STYLES))
                case "start", "numFmt":
                    formats.discard(_bounded(event.attributes.get("numFmtId", 0), _MOST_STYLES))
                case "start", "cellXfs":
                    count = 0
                case "end", "cellXfs":
                    return styles
                case "start", "xf" if count >= 0:
                    if _bounded(event.attributes.get("numFmtId", 0), _MOST_STYLES) in formats:
                        styles.add(_bounded(count, _MOST_STYLES))
                    count += 1
    return styles


def _is_date_format(code: str) -> bool:
    return bool(re.search("[ymdhs]", _ASIDE.sub("", code.partition(";")[0]), re.IGNORECASE))


def _sheets(archive: Archive, workbook: str) -> tuple[list[tuple[str, str, str]], datetime]:
    """Name, relationship and state of each sheet, and the day from which dates are counted."""
    sheets: list[tuple[str, str, str]] = []
    epoch = _EPOCH
    for event in archive.events(workbook):
        if event.kind == "start" and event.name == "sheet" and len(sheets) < _MOST_SHEETS:
            key = next((text for name, text in event.attributes.items() if name.endswith(":id")), "")
            name = event.attributes.get("name", "")
            sheets.append((name, key, event.attributes.get("state", "visible")))
        elif event.kind == "start" and event.name == "workbookPr":
            epoch = _EPOCH_1904 if event.attributes.get("date1904") in ("1", "true") else _EPOCH
    return sheets, epoch


def _targets(archive: Archive, part: str, kind: str) -> dict[str, str]:
    """The parts that ``part`` relates to under a kind, by the key of the relationship."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    targets: dict[str, str] = {}
    for event in archive.events(relations):
        attributes = event.attributes
        if event.kind == "start" and attributes.get("Type", "").endswith(f"/{kind}"):
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            if len(targets) < _MOST_SHEETS:
                targets[attributes.get("Id", "")] = target
    return targets


def _refuse_macros(archive: Archive) -> None:
    for event in archive.events("[Content_Types].xml"):
        if "macroenabled" in event.attributes.get("ContentType", "").lower():
            raise SpreadsheetError(_("Workbooks with macros are not taken. Save the file as .xlsx."))


def _column(event: XmlEvent, following: int) -> int:
    """The column of a cell from 0, by its reference, or the one after the last where it has none."""
    reference = event.attributes.get("r")
    if reference is None:
        return _bounded(following, _LAST_COLUMN)
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise damaged()
    return _column_number(match[1])


def _range(reference: str) -> Range:
    """A reference such as C2:D4; nothing is merged where it names one cell."""
    ends = [re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", end) for end in reference.split(":")[:2]]
    if not all(ends):
        raise damaged()
    columns = [_column_number(end[1]) for end in ends if end]
    rows = [_bounded(end[2], _LAST_ROW) for end in ends if end]
    return Range(min(rows), max(rows), min(columns))


def _column_number(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return _bounded(column - 1, _LAST_COLUMN)


def _overlapping(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, each with the end of the one before, so that no word is cut."""
    before = b""
    for piece in pieces:
        yield before + piece
        before = piece[-16:]


def _bounded(number: str | int, most: int) -> int:
    """A whole number that a part states, between 0 and ``most``; anything else is a damaged file."""
    with suppress(ValueError):
        if 0 <= int(number) <= most:
            return int(number)
    raise damaged()


def _date(serial: Decimal, epoch: datetime) -> str | BadCell:
    if not 0 <= serial <= _LAST_DAY:
        return _no_date()
    instant = epoch + timedelta(seconds=int((serial * 86_400).to_integral_value()))
    return _date_text(instant) if serial >= 1 else f"{instant:%H:%M:%S}"


def _iso_date(text: str) -> str | BadCell:
    try:
        return _date_text(datetime.fromisoformat(text)) if text else ""
    except ValueError:
        return _no_date()


def _no_date() -> BadCell:
    return BadCell(_("The cell holds no date that a table can mean."))


def _date_text(instant: datetime) -> str:
    day = f"{instant:%Y-%m-%d}"
    return day if not (instant.hour or instant.minute or instant.second) else f"{day} {instant:%H:%M:%S}"


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
