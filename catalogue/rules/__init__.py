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
from catalogue.rules.search import SearchKeys, search_keys
from catalogue.rules.wording import CodeError

__all__ = [
    "ApprovalNumber",
    "CodeError",
    "CodeKind",
    "ConsumableCode",
    "DrugCode",
    "ItemKind",
    "NationalCode",
    "Origin",
    "SearchKeys",
    "StandardCode",
    "normalise",
    "parse_approval_number",
    "parse_code",
    "parse_gtin",
    "parse_standard_code",
    "search_keys",
]
