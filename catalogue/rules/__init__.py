"""Rules of the catalogue: codes and numbers, search keys, and what a row of an imported file must hold."""

from catalogue.rules.approvals import (
    ApprovalNumber,
    ItemKind,
    Origin,
    StandardCode,
    parse_approval_number,
    parse_gtin,
    parse_standard_code,
)
from catalogue.rules.codes import CodeKind, ConsumableCode, DrugCode, NationalCode, normalise, parse_code
from catalogue.rules.rows import (
    NATIONAL_LIST_COLUMNS,
    TEMPLATE_COLUMNS,
    Header,
    Layout,
    ParsedRow,
    RowError,
    parse_row,
    read_header,
)
from catalogue.rules.search import SearchKeys, search_keys
from catalogue.rules.wording import CodeError

__all__ = [
    "NATIONAL_LIST_COLUMNS",
    "TEMPLATE_COLUMNS",
    "ApprovalNumber",
    "CodeError",
    "CodeKind",
    "ConsumableCode",
    "DrugCode",
    "Header",
    "ItemKind",
    "Layout",
    "NationalCode",
    "Origin",
    "ParsedRow",
    "RowError",
    "SearchKeys",
    "StandardCode",
    "normalise",
    "parse_approval_number",
    "parse_code",
    "parse_gtin",
    "parse_row",
    "parse_standard_code",
    "read_header",
    "search_keys",
]
