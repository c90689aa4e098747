"""Rules of the catalogue: codes and numbers, search keys, and what a row of an imported file must hold."""

from catalogue.rules.adjustments import ITEM_FACTS, PRODUCT_FACTS, faults_of_addition, faults_of_correction
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
from catalogue.rules.code_lists import (
    DISABLED_CODE_COLUMNS,
    REMAPPED_CODE_COLUMNS,
    ParsedCode,
    parse_code_row,
    unlike,
)
from catalogue.rules.codes import CodeKind, ConsumableCode, DrugCode, NationalCode, normalise, parse_code
from catalogue.rules.completeness import lacking
from catalogue.rules.contents import Contents, Part, Quantity, read_contents, read_quantity
from catalogue.rules.details import ITEM_HEADINGS, PRODUCT_HEADINGS, read_detail
from catalogue.rules.identity import fold, identity_keys
from catalogue.rules.keys import UNCODED, maker_key, product_key
from catalogue.rules.packs import LARGEST_PACK, Container, Pack, print_pack, read_pack
from catalogue.rules.prices import (
    PRICE_COLUMNS,
    Ground,
    ParsedPrice,
    PlannedPrice,
    PriceFact,
    parse_price_row,
    read_price,
    recognise,
)
from catalogue.rules.releases import (
    RELEASE_COLUMNS,
    ReleaseLine,
    missing_columns,
    read_classes,
    read_release_row,
    release_columns,
)
from catalogue.rules.rows import NATIONAL_LIST_COLUMNS, TEMPLATE_COLUMNS, ParsedRow, parse_row, read_header
from catalogue.rules.wording import CodeError

__all__ = [
    "DISABLED_CODE_COLUMNS",
    "ITEM_FACTS",
    "ITEM_HEADINGS",
    "LARGEST_PACK",
    "NATIONAL_LIST_COLUMNS",
    "PRICE_COLUMNS",
    "PRODUCT_FACTS",
    "PRODUCT_HEADINGS",
    "RELEASE_COLUMNS",
    "REMAPPED_CODE_COLUMNS",
    "TEMPLATE_COLUMNS",
    "UNCODED",
    "ApprovalNumber",
    "CodeError",
    "CodeKind",
    "ConsumableCode",
    "Container",
    "Contents",
    "DrugCode",
    "Ground",
    "Header",
    "ItemKind",
    "Layout",
    "NationalCode",
    "Origin",
    "Pack",
    "ParsedCode",
    "ParsedPrice",
    "ParsedRow",
    "Part",
    "PlannedPrice",
    "PriceFact",
    "Quantity",
    "ReleaseLine",
    "RowError",
    "StandardCode",
    "faults_of_addition",
    "faults_of_correction",
    "fold",
    "heading_of",
    "identity_keys",
    "lacking",
    "maker_key",
    "missing_columns",
    "normalise",
    "parse_approval_number",
    "parse_code",
    "parse_code_row",
    "parse_gtin",
    "parse_price_row",
    "parse_row",
    "parse_standard_code",
    "print_pack",
    "product_key",
    "read_classes",
    "read_contents",
    "read_detail",
    "read_header",
    "read_pack",
    "read_price",
    "read_quantity",
    "read_release_row",
    "recognise",
    "release_columns",
    "unlike",
]
