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
from catalogue.rules.cells import Header, Layout, RowError, heading_of
from catalogue.rules.codes import CodeKind, ConsumableCode, DrugCode, NationalCode, normalise, parse_code
from catalogue.rules.completeness import lacking
from catalogue.rules.contents import Contents, Part, Quantity, read_contents, read_quantity
from catalogue.rules.identity import fold, identity_keys
from catalogue.rules.keys import UNCODED, maker_key, product_key
from catalogue.rules.packs import LARGEST_PACK, Container, Pack, print_pack, read_pack
from catalogue.rules.prices import PRICE_COLUMNS, ParsedPrice, PriceFact, parse_price_row, read_price, recognise
from catalogue.rules.rows import NATIONAL_LIST_COLUMNS, TEMPLATE_COLUMNS, ParsedRow, parse_row, read_header
from catalogue.rules.wording import CodeError

__all__ = [
    "LARGEST_PACK",
    "NATIONAL_LIST_COLUMNS",
    "PRICE_COLUMNS",
    "TEMPLATE_COLUMNS",
    "UNCODED",
    "ApprovalNumber",
    "CodeError",
    "CodeKind",
    "ConsumableCode",
    "Container",
    "Contents",
    "DrugCode",
    "Header",
    "ItemKind",
    "Layout",
    "NationalCode",
    "Origin",
    "Pack",
    "ParsedPrice",
    "ParsedRow",
    "Part",
    "PriceFact",
    "Quantity",
    "RowError",
    "StandardCode",
    "fold",
    "heading_of",
    "identity_keys",
    "lacking",
    "maker_key",
    "normalise",
    "parse_approval_number",
    "parse_code",
    "parse_gtin",
    "parse_price_row",
    "parse_row",
    "parse_standard_code",
    "print_pack",
    "product_key",
    "read_contents",
    "read_header",
    "read_pack",
    "read_price",
    "read_quantity",
    "recognise",
]
