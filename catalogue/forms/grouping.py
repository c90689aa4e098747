"""Which items belong to which varieties, as officers send it: lines that are typed or pasted, or rows of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from catalogue.actions import GroupedItem
from catalogue.forms.entries import LIMITS
from catalogue.meaning import meant
from catalogue.rules import fold
from core.spreadsheets import read_rows
from core.written import match_headings

# Each column with the headings under which it is accepted too.
HEADINGS = {
    "variety": ("品种", "品种名称"),
    "variety_form": ("variety form", "品种剂型"),
    "item": ("品规", "品规编号", "通用名", "药品名称", "医保编码", "national_code", "name"),
    "strength": ("规格",),
    "main": ("主品规", "main specification", "main_specification"),
}
_YES = frozenset({"yes", "y", "true", "1", "x", "是", "主品规", "√"})


@dataclass
class Grouped:
    """What was read, and what is wrong with which line."""

    rows: list[GroupedItem] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)


_Line = tuple[int, Mapping[str, str]]


def grouped(text: str) -> Grouped:
    """Lines with tabs between cells; without headings they are variety, its form, item, strength, main."""
    lines = [(number, line.split("\t")) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    columns: Sequence[str] = tuple(HEADINGS)
    if lines and "variety" in (known := _columns([cell.strip() for cell in lines[0][1]])):
        by_heading = {heading: name for name, heading in known.items()}
        columns = [by_heading.get(cell.strip(), "") for cell in lines[0][1]]
        lines = lines[1:]
    return _meant([(number, dict(zip(columns, cells, strict=False))) for number, cells in lines])


def grouped_file(file: Any) -> Grouped:
    """Rows of a CSV or XLSX file with headings. SpreadsheetError where it cannot be read."""
    sheet = read_rows(file, file.name, limits=LIMITS, finds=lambda texts: len(_columns(texts)))
    known = _columns(sheet.header)
    if not {"variety", "item"} <= known.keys():
        return Grouped(faults=[(sheet.header_row, _("The file needs the columns variety and item."))])
    rows = [(number, {name: row.get(heading, "") for name, heading in known.items()}) for number, row in sheet]
    return _meant(rows)


def _columns(texts: Sequence[str]) -> Mapping[str, str]:
    return match_headings(texts, HEADINGS).columns


def _meant(lines: Sequence[_Line]) -> Grouped:
    """The items that lines mean, in a constant number of queries. A name alone means all its strengths."""
    found = Grouped()
    cells = [(line.get("item", ""), line.get("strength", "")) for _number, line in lines]
    seen: dict[int, str] = {}
    for (number, line), items in zip(lines, meant(cells), strict=True):
        said = {name: line.get(name, "").strip() for name in ("variety", "variety_form", "item", "main")}
        is_main = fold(said["main"]) in _YES
        if not said["variety"]:
            found.faults.append((number, _("Say which variety it belongs to.")))
        elif not items:
            found.faults.append((number, _("The catalogue has no “%(text)s”.") % {"text": said["item"][:100]}))
        elif is_main and len(items) > 1:
            found.faults.append((number, _("This means several items: say the strength too.")))
        else:
            _take(found, number, items, said, is_main=is_main, seen=seen)
    return found


def _take(
    found: Grouped, number: int, items: Sequence[Any], said: Mapping[str, str], *, is_main: bool, seen: dict[int, str]
) -> None:
    variety = fold(said["variety"]) + "\n" + fold(said["variety_form"])
    for item in items:
        if seen.setdefault(item.pk, variety) != variety:
            told = _("%(item)s stands in two varieties of the list.") % {"item": item}
            found.faults.append((number, told))
        else:
            found.rows.append(GroupedItem(item, said["variety"], said["variety_form"], is_main=is_main))
