"""Lines of a CSV file: UTF-8, UTF-16 with its mark, or GB18030; comma, semicolon or tab."""

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from django.utils.translation import gettext_noop as _

from core.spreadsheets.limits import Broken, Limits, Line, SpreadsheetError

_CHUNK = 2**16
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_DELIMITERS = ",;\t"
_JUDGED = 20  # lines within which there is a delimiter, or none at all
# Signs of two bytes in UTF-8: all of them, but for those of trade names, prices and measures in a cell that says more.
_WITHIN = "àâäåæçèéêëíïñóôöøúüß°±²³µ·×÷®¥£Α-Ωα-ω"
_STRANGE = re.compile(rf"(?:(?![{_WITHIN}])[\u0080-\u07ff])+|(?<![^\r\n,;\t\"])[{_WITHIN}]+(?![^\r\n,;\t\"])")


def delimited_lines(file: BinaryIO, limits: Limits) -> Iterator[Line]:
    """Every record with its number from 1; a record may span several lines."""
    lines = _lines(file, _encoding(file), limits)
    number = 0
    try:
        first: list[str] = []
        while not first:
            line = next(lines, None)
            if line is None:
                return
            number += not line.strip()
            first = [line] if line.strip() else []
        delimiter, lines = _delimiter(first, lines)
        for record in csv.reader(chain(first, lines), delimiter=delimiter, strict=True):
            number += 1
            if any(record):
                yield Line(number, {index: text for index, text in enumerate(record) if text})
    except csv.Error as error:
        message = _("A quotation mark is out of place, or a cell is too long (%(error)s).")
        raise SpreadsheetError(message, row=number + 1, error=str(error)) from None
    except _BadLine as error:
        raise SpreadsheetError(error.sentence, row=number + 1, **error.values) from None


class _BadLine(Exception):
    def __init__(self, sentence: str, **values: Any) -> None:
        super().__init__(sentence)
        self.sentence, self.values = sentence, values


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
        raise _BadLine(_("The line has more than %(limit)s characters."), limit=limits.line)
    return line


def _encoding(file: BinaryIO) -> str:
    """By the mark at the beginning, else the first encoding in which the whole file makes sense.

    Bytes that make sense in both, and only as Chinese, are refused: C6 AC is 片 in GBK and Ƭ in UTF-8.
    """
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
    _refuse_what_may_be_gbk(file)
    return "utf-8"


def _refuse_what_may_be_gbk(file: BinaryIO) -> None:
    """Refuse UTF-8 that has signs which no table here holds, where all of it is everyday Chinese as GBK."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, found = 1, None
    while found is None and (chunk := file.read(_CHUNK)):
        text = decoder.decode(chunk)
        found = None if text.isascii() else _STRANGE.search(text)
        line += text.count("\n", 0, found.start() if found else len(text))
    if found is None:
        return
    file.seek(0)
    chinese = codecs.getincrementaldecoder("gb2312")()
    try:
        while chunk := file.read(_CHUNK):
            chinese.decode(chunk)
        chinese.decode(b"", final=True)
    except UnicodeDecodeError:
        return
    message = _("The text may be UTF-8 (“%(utf8)s”) or GBK (“%(gbk)s”). Save the file as “CSV UTF-8” or as .xlsx.")
    raise SpreadsheetError(message, row=line, utf8=found[0], gbk=found[0].encode().decode("gb2312", "replace"))


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


def _delimiter(first: list[str], lines: Iterator[str]) -> tuple[str, Iterator[str]]:
    """The sign that parts the cells: the one that occurs most often in the first line, outside quotation marks.

    Where none does, that line may be a title, and the next ones tell: two of them have as many of one sign. What was
    read for that is added to ``first``.
    """
    before: list[dict[str, int]] = []
    try:
        for found in _counted(first, lines):
            many = [sign for sign in _DELIMITERS if found[sign] > 1 and any(one[sign] == found[sign] for one in before)]
            fitting = many if before else [sign for sign in _DELIMITERS if found[sign]]
            if fitting:
                return max(fitting, key=found.__getitem__), lines
            before.append(found)
    except _BadLine as error:
        return ",", Broken(error)
    return ",", lines


def _counted(first: list[str], lines: Iterator[str]) -> Iterator[dict[str, int]]:
    """How often each sign occurs in each of the first records, of which a cell may have several lines."""
    record = first[0]
    for _line in range(_JUDGED):
        if record.count('"') % 2 == 0:
            yield _counts(record)
            record = ""
        line = next(lines, None)
        if line is None:
            return
        first.append(line)
        record += line


def _counts(line: str) -> dict[str, int]:
    unquoted = "".join(line.split('"')[::2])
    return {sign: unquoted.count(sign) for sign in _DELIMITERS}
