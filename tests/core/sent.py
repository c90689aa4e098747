"""Invents spreadsheets as people send them: what is meant, and a file that says it in one of many ways.

A file differs from its plain table by kind, encoding, delimiter and line ends; titles above it; the order of the
columns and others among them, with formulas and whatever; headings decorated, in another language or by name; blank and
formatted rows; hidden rows; merged cells; numbers and days as people and programs write them; full width.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import PatternFill

_WIDE = {sign: chr(ord(sign) + 0xFEE0) for sign in map(chr, range(0x21, 0x7F))}
TITLES = ("某某省2026年药品目录（第一批）", "Reported demand of 2027", "填报说明：请勿改动表头", "单位：元")
OTHERS = ("序号", "备注1", "Remarks of ours", "联系电话", "合计（万元）")


@dataclass(frozen=True)
class SentColumn:
    """A column of a table: its name, the headings under which it is known, and how what it holds may be written."""

    name: str
    headings: Sequence[str]
    write: Callable[[Any], st.SearchStrategy[Any]]
    decorations: Sequence[str] = ("{}", "*{}", "{}*", " {} ", "{}：", "{}（必填）", "{}\n(必填)", "＊{}")


@dataclass
class SentFile:
    name: str
    content: bytes
    rows: list[int]  # the number of each row, as a spreadsheet program shows it
    letters: Mapping[str, str]  # of each column, by its name
    hidden: int = 0
    unread: list[str] = field(default_factory=list)


def wide(text: str) -> str:
    return "".join(_WIDE.get(sign, sign) for sign in text)


def grouped(text: str, sign: str) -> str:
    whole, point, decimals = text.partition(".")
    return f"{int(whole):,}".replace(",", sign) + point + decimals


def counts(value: int) -> st.SearchStrategy[Any]:
    text = str(value)
    signs = [grouped(text, sign) for sign in (",", " ", "\u00a0", "'")]
    return st.sampled_from([value, text, wide(text), *signs, wide(grouped(text, ",")), f"+{text}", f" {text} "])


def prices(value: Decimal) -> st.SearchStrategy[Any]:
    text = str(value)
    more = [f"¥{text}", f"￥ {text}", f"{text}元", f"人民币{text}", f"¥{grouped(text, ',')}"]
    return st.sampled_from([value, text, wide(text), grouped(text, ","), f"{text}0", *more])


def days(value: date) -> st.SearchStrategy[Any]:
    bare = f"{value.year}/{value.month}/{value.day}"
    iso = value.isoformat()
    more = [bare, f"{bare} 0:00", f"{iso} 00:00:00", f"{value:%Y%m%d}", f"{value.year}年{value.month}月{value.day}日"]
    return st.sampled_from([value, datetime(value.year, value.month, value.day), iso, wide(iso), *more])  # noqa: DTZ001 - a cell has no zone


def texts(value: str) -> st.SearchStrategy[Any]:
    return st.sampled_from([value, f" {value}", f"{value} "])


def in_width(value: str) -> st.SearchStrategy[Any]:
    return st.sampled_from([value, wide(value), f" {value} "])


@st.composite
def sent(
    draw: Any, columns: Sequence[SentColumn], rows: Sequence[Mapping[str, Any]], merge: Sequence[str] = ()
) -> SentFile:
    """A file that says these rows: ``merge`` names columns that may be merged over rows that say the same."""
    order = draw(st.permutations(columns))
    others = draw(st.lists(st.sampled_from(OTHERS), max_size=2, unique=True))
    titles = draw(st.lists(st.sampled_from(TITLES), max_size=3, unique=True))
    heads: list[Any] = [draw(_heading(column)) for column in order]
    table = [heads + others]
    for row in rows:
        junk = [draw(st.sampled_from(["=ROW()-1", "x", "", "=SUM(A1:A9)", 7])) for _other in others]
        table.append([draw(column.write(row[column.name])) for column in order] + junk)
    above: list[list[Any]] = [[title] for title in titles]
    gaps = [draw(st.integers(0, 2)) if draw(st.booleans()) else 0 for _row in range(len(table) - 1)]
    lines, numbers = [*above, table[0]], []
    for gap, row in zip(gaps, table[1:], strict=True):
        lines += [[] for _blank in range(gap)] + [row]
        numbers.append(len(lines))
    letters = {column.name: chr(65 + place) for place, column in enumerate(order)}
    if draw(st.booleans()):
        hidden = [number for number in numbers if draw(st.booleans())]
        places = [place for place, column in enumerate(order) if column.name in merge]
        merged = places if draw(st.booleans()) else []
        content = _workbook(lines, numbers, hidden, merged, len(above) + 1)
        return SentFile("sent.xlsx", content, numbers, letters, len(hidden), others)
    return SentFile("sent.csv", draw(_delimited(lines)), numbers, letters, 0, others)


def _heading(column: SentColumn) -> st.SearchStrategy[str]:
    known = st.sampled_from([*column.headings, column.name, column.name.upper()])
    return st.builds(lambda text, how: how.format(text), known, st.sampled_from(column.decorations))


@st.composite
def _delimited(draw: Any, lines: Sequence[Sequence[Any]]) -> bytes:
    encoding = draw(st.sampled_from(["utf-8-sig", "utf-8", "gb18030", "utf-16"]))
    delimiter, end = draw(st.sampled_from([",", ";", "\t"])), draw(st.sampled_from(["\n", "\r\n"]))
    padded = draw(st.booleans())
    width = max(map(len, lines))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    for line in lines:
        cells = ["" if str(cell).startswith("=") else cell for cell in line]
        writer.writerow([*cells, *[""] * (width - len(cells))] if padded or not cells else cells)
    return text.getvalue().encode(encoding)


def _workbook(lines, numbers, hidden, merged, header) -> bytes:
    book = Workbook()
    sheet = book.active
    for number, line in enumerate(lines, start=1):
        for place, cell in enumerate(line, start=1):
            if cell != "":
                sheet.cell(number, place, cell)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    for number in range(len(lines) + 1, len(lines) + 30):
        sheet.cell(number, 1).fill = PatternFill("solid", fgColor="FFFF00")
    if header > 1:
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=max(map(len, lines)))
    for place in merged:
        for top, bottom in _runs(lines, numbers, place):
            sheet.merge_cells(start_row=top, end_row=bottom, start_column=place + 1, end_column=place + 1)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _runs(lines, numbers, place) -> list[tuple[int, int]]:
    """Rows one under the other that say the same in a column."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        said = str(lines[number - 1][place]).strip()
        if runs and runs[-1][1] == number - 1 and str(lines[runs[-1][0] - 1][place]).strip() == said:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return [run for run in runs if run[0] < run[1]]
