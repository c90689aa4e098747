"""The parts of an XLSX file: a zip archive of XML, checked before it is unpacked and parsed piece by piece.

Written here because the usual reader builds a whole row, and every small part, as a tree in memory: 12 kB of
empty cells in one row took it 614 MB. Here a part is a stream of events, with room for one cell's text.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Literal, NamedTuple
from xml.parsers import expat

from django.utils.translation import gettext_noop as _

from core.spreadsheets.limits import Limits, SpreadsheetError

_CHUNK = 2**15
_END = struct.Struct("<4s8x2IH")  # mark, size and place of the directory, length of a comment
_END_64 = struct.Struct("<4s36x2Q")  # mark, size and place of the directory
_DIRECTORY_ENTRY = 512  # bytes that a part may take in the directory, on average
_SMALL = 2**20  # a part below this may be packed as tightly as it likes
_LONGEST_TAG = 2**20  # bytes without an element or a text
_SHORT_TAG = 64  # bytes in which it is certain what begins
_UNREADABLE = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OSError,
)
# Cells and rows that hold nothing but a format. Only before others that say where they stand, so that none moves.
_BLANK_CELL = re.compile(rb'<c(?=\s)(?=[^<>]*\sr=")[^<>]*(?:/>|></c>)(?=<c\s[^<>]*?\br="|</row>)')
_BLANK_ROW = re.compile(rb'<row(?=\s)(?=[^<>]*\sr=")[^<>]*(?:/>|></row>)(?=<row\s[^<>]*?\br="|</sheetData>)')
_ASIDES = (b"<![CDATA[", b"<!--")  # in which what looks like an element is none
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class XmlEvent(NamedTuple):
    """The start of an element with its attributes, or its end with the text since the last start."""

    kind: Literal["start", "end"]
    name: str
    attributes: dict[str, str]
    text: str


class Archive:
    """An XLSX archive whose directory has been found harmless."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        _check_directory(file, limits)
        try:
            self._zip = zipfile.ZipFile(file)
        except _UNREADABLE:
            raise damaged() from None
        self.limits = limits
        parts = self._zip.infolist()
        _check_parts(parts, limits)
        self.names = {part.filename for part in parts}

    def events(self, name: str, *, skim: bool = False) -> Iterator[XmlEvent]:
        """The elements of one part, without their namespaces. Refuses a document type and with it entities.

        ``skim`` leaves out the cells and rows of a sheet that hold nothing.
        """
        parser = _EventParser(self.limits)
        try:
            for chunk in _skimmed(self.pieces(name)) if skim else self.pieces(name):
                yield from parser.feed(chunk)
            yield from parser.feed(b"", last=True)
        except _UNREADABLE:
            raise damaged() from None

    def pieces(self, name: str) -> Iterator[bytes]:
        """What one part holds, piece by piece."""
        if name not in self.names:
            raise damaged()
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except _UNREADABLE:
            raise damaged() from None


def _skimmed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces of a sheet without its blank cells and rows: a million formatted ones take a second, not a minute."""
    pending = b""
    for piece in pieces:
        pending += piece
        if any(aside in pending for aside in _ASIDES):
            break
        cut = max(pending.rfind(b"<"), 0)
        if not cut and len(pending) > _SHORT_TAG:
            cut = len(pending)
        yield _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", pending[:cut]))
        pending = pending[cut:]
    yield pending
    yield from pieces


class _EventParser:
    """Collects the events of each piece fed; text longer than a cell may be is cut after one more character."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.events: list[XmlEvent] = []
        self.text: list[str] = []
        self.length = 0
        self.elements = 0
        self.silence = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse

    def feed(self, chunk: bytes, *, last: bool = False) -> list[XmlEvent]:
        self.events = []
        self.silence += len(chunk)
        self.parser.Parse(chunk, last)
        if self.silence > _LONGEST_TAG:
            raise damaged()
        return self.events

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > self.limits.elements:
            raise SpreadsheetError(_("The workbook has too many cells. Save the sheet as CSV, or split it."))
        self._forget()
        self.events.append(XmlEvent("start", name.rpartition(":")[2], attributes, ""))

    def end(self, name: str) -> None:
        self.events.append(XmlEvent("end", name.rpartition(":")[2], {}, "".join(self.text)))
        self._forget()

    def characters(self, text: str) -> None:
        self.silence = 0
        if self.length <= self.limits.cell:
            self.text.append(text[: self.limits.cell + 1])
            self.length += len(text)

    def refuse(self, *_declaration: object) -> None:
        raise SpreadsheetError(_("The workbook declares a document type, which no spreadsheet program writes."))

    def _forget(self) -> None:
        self.text.clear()
        self.length = 0
        self.silence = 0


def damaged() -> SpreadsheetError:
    """For a file that calls itself a workbook and cannot be read as one."""
    return SpreadsheetError(_("The workbook is damaged. Open it in a spreadsheet program and save it again."))


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    """The directory is small enough to be read: reading it makes one object a part."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 98))
    tail = file.read(98).rjust(98, b"\0")
    mark, directory, _place, comment = _END.unpack(tail[-22:])
    if mark != b"PK\x05\x06" or comment:
        raise damaged()
    if tail[-42:].startswith(b"PK\x06\x07"):
        mark, directory, _place = _END_64.unpack(tail[:56])
        if mark != b"PK\x06\x06":
            raise damaged()
    if directory > limits.parts * _DIRECTORY_ENTRY:
        raise SpreadsheetError(_("The workbook has too many parts."))


def _check_parts(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Nothing is unpacked beyond the size that its entry states, so that the stated sizes can be trusted."""
    if len(parts) > limits.parts:
        raise SpreadsheetError(_("The workbook has too many parts."))
    if any(part.flag_bits & 1 for part in parts):
        raise SpreadsheetError(_("The workbook has a password; save it without one."))
    if any(part.compress_type not in _READABLE for part in parts):
        raise damaged()
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise SpreadsheetError(_("Workbooks with macros are not taken. Save the file as .xlsx."))
    if sum(part.file_size for part in parts) > limits.unpacked:
        sentence = _("Unpacked, the workbook is larger than %(limit)s megabytes.")
        raise SpreadsheetError(sentence, limit=limits.unpacked // 2**20)
    for part in parts:
        if part.file_size > _SMALL and part.file_size > limits.ratio * part.compress_size:
            raise SpreadsheetError(_("The workbook is packed more tightly than a table can be."))
