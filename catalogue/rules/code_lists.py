"""What a row of a list of disabled codes, or of old and new codes, must hold.

The healthcare security administration publishes both beside its codes: the first names codes that nobody uses any
more, the second says which code stands in place of which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.rules.cells import Cells, Header, Layout, RowError, read_date
from catalogue.rules.codes import NationalCode, parse_code
from catalogue.rules.wording import marked as _
from core.written import match_headings

_SAID = {"valid_from": "生效日期", "reason": "原因", "source": "来源"}
DISABLED_CODE_COLUMNS = {"disabled_code": "停用编码", **_SAID}
REMAPPED_CODE_COLUMNS = {"old_code": "原编码", "new_code": "新编码", **_SAID}
# Other headings under which lists are sent around.
_ALSO = {
    "disabled_code": ("停用代码", "停用医保编码", "停用耗材编码"),
    "old_code": ("旧编码", "原代码", "旧代码", "原医保编码", "变更前编码"),
    "new_code": ("新代码", "新医保编码", "变更后编码"),
    "valid_from": ("停用日期", "变更日期"),
    "reason": ("停用原因", "变更原因", "备注"),
}
_LENGTHS = {"reason": 300, "source": 300}
_LAYOUTS = (
    (Layout.REMAPPED_CODES, REMAPPED_CODE_COLUMNS, ("old_code", "new_code")),
    (Layout.DISABLED_CODES, DISABLED_CODE_COLUMNS, ("disabled_code",)),
)


@dataclass(frozen=True, slots=True)
class ParsedCode:
    """A code that is disabled, or in whose place another stands; from a day on, or from when the list is merged."""

    code: str
    new_code: str = ""
    valid_from: date | None = None
    reason: str = ""
    source: str = ""


def read_code_header(headings: Sequence[str]) -> Header | None:
    """Which list of codes the headings belong to; None where it is none."""
    for layout, columns, needed in _LAYOUTS:
        known = {name: (chinese, *_ALSO.get(name, ())) for name, chinese in columns.items()}
        found = match_headings(headings, known)
        if set(needed) & set(found.columns):
            missing = tuple(name for name in needed if name not in found.columns)
            return Header(layout, found.columns, missing, found.unread, found.doubled)
    return None


def parse_code_row(row: Mapping[str, str], header: Header) -> ParsedCode | list[RowError]:
    """Read one row of a list of codes: what it says, or all its faults."""
    cells = Cells(row, header, _LENGTHS)
    remaps = header.layout is Layout.REMAPPED_CODES
    column = "old_code" if remaps else "disabled_code"
    code = cells.read(column, parse_code, required=_("The national code is missing."))
    new = cells.read("new_code", parse_code, required=_("The new code is missing.")) if remaps else None
    if code and new and (fault := unlike(code, new)):
        cells.fault("new_code", fault)
    parsed = ParsedCode(
        code=code.text if code else "",
        new_code=new.text if new else "",
        valid_from=cells.read("valid_from", read_date),
        reason=cells.text("reason"),
        source=cells.text("source"),
    )
    return cells.errors or parsed


def unlike(code: NationalCode, new: NationalCode) -> str:
    """Why one code cannot stand in place of another, as a marked sentence; empty where it can."""
    if code.text == new.text:
        return _("A code cannot be remapped to itself.")
    return "" if code.kind is new.kind else _("The new code is one of another kind.")
