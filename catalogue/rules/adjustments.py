"""What a proposal to change the catalogue may say, by the columns of the import template."""

from collections.abc import Callable, Mapping
from typing import Any

from catalogue.rules.approvals import parse_approval_number, parse_standard_code
from catalogue.rules.cells import Cells, Header, Layout, RowError, read_count
from catalogue.rules.codes import parse_code
from catalogue.rules.packs import LARGEST_PACK, read_pack
from catalogue.rules.rows import TEMPLATE_COLUMNS, TEXT_LENGTHS, parse_row
from catalogue.rules.wording import marked as _

# What may be corrected, by the column of the template, and how the act that corrects it calls it.
ITEM_FACTS = {"item_name": "name", "strength": "strength", "form": "form", "route": "route", "fill": "fill"}
PRODUCT_FACTS = {
    "brand": "brand",
    "holder": "holder",
    "national_code": "national_code",
    "approval_no": "approval_number",
    "standard_code": "standard_code",
    "pack_size": "pack_size",
    "pack_unit": "pack_unit",
    "packaging": "packaging",
    "source": "source",
}
# Without these a correction would leave nothing to be known by.
_STAYS = ("item_name", "national_code")
_GRAMMAR: dict[str, Callable[[str], Any]] = {
    "national_code": parse_code,
    "approval_no": parse_approval_number,
    "standard_code": parse_standard_code,
    "packaging": read_pack,
    "pack_size": lambda text: read_count(text, LARGEST_PACK),
}
_HEADER = Header(Layout.TEMPLATE, {name: name for name in TEMPLATE_COLUMNS})


def faults_of_addition(said: Mapping[str, str]) -> list[RowError]:
    """What is wrong with what is to be added, read as a row of an import."""
    parsed = parse_row(said, _HEADER)
    return parsed if isinstance(parsed, list) else []


def faults_of_correction(said: Mapping[str, str], before: Mapping[str, str]) -> list[RowError]:
    """What is wrong with what is to be said instead: a code without its grammar, a text that is too long, or that
    nothing is left of what must be there."""
    cells = Cells(said, _HEADER, TEXT_LENGTHS)
    for name in said:
        cells.text(name, required=_("It can be corrected and not taken away.") if _kept(name, before) else "")
        if name in _GRAMMAR:
            cells.read(name, _GRAMMAR[name])
    return cells.errors


def _kept(name: str, before: Mapping[str, str]) -> bool:
    return name in _STAYS and bool(before.get(name))
