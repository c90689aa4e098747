"""Rows of a CSV file: UTF-8, UTF-16 with its mark, or GB18030; comma, semicolon or tab."""

import codecs
import csv
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.spreadsheets.limits import Cells, Limits, SpreadsheetError

_CHUNK = 2**16
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_DELIMITERS = ",;\t"


def delimited_rows(file: BinaryIO, limits: Limits) -> Iterator[tuple[int, Cells]]:
    """Every record with its number from 1; a record may span several lines."""
    lines = _lines(file, _encoding(file), limits)
    number = 0
    first = ""
    try:
        for first in lines:
            if first.strip():
                break
            number += 1
        for record in csv.reader(chain([first], lines), delimiter=_delimiter(first), strict=True):
            number += 1
            yield number, {index: text for index, text in enumerate(record) if text}
    except csv.Error as error:
        message = _("A quotation mark is out of place, or a cell is too long (%(error)s).")
        raise SpreadsheetError(message % {"error": error}, row=number + 1) from None
    except _BadLine as error:
        raise SpreadsheetError(str(error), row=number + 1) from None


class _BadLine(Exception):
    pass


def _lines(file: BinaryIO, encoding: str, limits: Limits) -> Iterator[str]:
    """The lines, decoded piece by piece. All end as the first one does, so that none is cut inside a cell."""
    decoder = codecs.getincrementaldecoder(encoding)()
    pending = end = ""
    file.seek(0)
    while chunk := file.read(_CHUNK):
        pending += decoder.decode(chunk)
        end = end or ("\n" if "\n" in pending else "\r" if "\r" in pending[:-1] else "")
        *complete, pending = pending.split(end) if end else [pending]
        for line in complete:
            yield _sound(line, limits) + end
        _sound(pending, limits)
    if pending:
        yield pending


def _sound(line: str, limits: Limits) -> str:
    if "\0" in line:
        raise _BadLine(_("The file holds zero bytes: it is no CSV file, or a damaged one."))
    if len(line) > limits.line:
        raise _BadLine(_("The line has more than %(limit)s characters.") % {"limit": limits.line})
    return line


def _encoding(file: BinaryIO) -> str:
    """By the mark at the beginning, else the first encoding in which the whole file makes sense."""
    file.seek(0)
    head = file.read(3)
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            _require_decodable(file, encoding)
            return encoding
    try:
        _require_decodable(file, "utf-8")
    except SpreadsheetError:
        _require_decodable(file, "gb18030")
        return "gb18030"
    return "utf-8"


def _require_decodable(file: BinaryIO, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    line = 1
    try:
        while chunk := file.read(_CHUNK):
            line += decoder.decode(chunk).count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        line += error.object[: error.start].count(b"\n")
        message = _("The text is neither UTF-8 nor GB18030. Save the file as “CSV UTF-8”.")
        raise SpreadsheetError(message, row=line) from None


def _delimiter(line: str) -> str:
    """The sign that occurs most often outside quotation marks in the first line."""
    unquoted = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=unquoted.count)
