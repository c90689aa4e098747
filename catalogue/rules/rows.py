"""What a row of an imported file must hold, in either of the two layouts that are taken.

* The *national list* as the healthcare security administration publishes it: a code, its generic name, and
  the parts of the code in columns of their own, which must agree with it. It names neither strength nor pack.
* The *template* of this platform, for drugs and consumables with or without codes; ``item_name`` may be the
  category of a consumable, with its specification under ``strength``. Headings may be Chinese.

Codes, approval numbers and packs that a file leaves out stay empty; nothing is made up.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.rules.approvals import (
    ApprovalNumber,
    ItemKind,
    StandardCode,
    parse_approval_number,
    parse_standard_code,
)
from catalogue.rules.cells import Cells, Header, Layout, RowError, header_of, read_count, read_date
from catalogue.rules.codes import CodeKind, NationalCode, parse_code
from catalogue.rules.contents import NOT_SAID, Contents, read_contents
from catalogue.rules.identity import fold
from catalogue.rules.packs import LARGEST_PACK, Container, read_pack
from catalogue.rules.wording import CodeError
from catalogue.rules.wording import marked as _
from core.written import unit_said

# Every column of the template with the Chinese heading under which it is accepted too.
TEMPLATE_COLUMNS = {
    "kind": "类别",
    "item_name": "通用名",
    "strength": "规格",
    "form": "剂型",
    "route": "给药途径",
    "base_unit": "计量单位",
    "fill": "装量",
    "national_code": "医保编码",
    "approval_no": "批准文号",
    "standard_code": "本位码",
    "maker": "生产企业",
    "maker_code": "企业码",
    "holder": "上市许可持有人",
    "brand": "商品名",
    "pack_size": "包装数量",
    "pack_unit": "包装单位",
    "packaging": "包装规格",
    "valid_from": "生效日期",
    "source": "来源",
    "note": "备注",
}
# Columns of the national list that repeat a part of the code.
_CODE_PARTS = ("category", "name_code", "form_code", "spec_code", "pack_code", "enterprise_code")
NATIONAL_LIST_COLUMNS = ("code", "generic_name", "kind", "id_letter", *_CODE_PARTS)
_REQUIRED = {
    Layout.NATIONAL_LIST: ("code", "generic_name"),
    Layout.TEMPLATE: ("kind", "item_name", "base_unit"),
}

# Words of the kind column: the half of the catalogue, and the kind of code where the word tells it.
_StatedKind = tuple[ItemKind, CodeKind | None]
_KINDS: dict[str, _StatedKind] = {
    "drug": (ItemKind.DRUG, None),
    "药品": (ItemKind.DRUG, None),
    "western": (ItemKind.DRUG, CodeKind.WESTERN),
    "西药": (ItemKind.DRUG, CodeKind.WESTERN),
    "tcm": (ItemKind.DRUG, CodeKind.TRADITIONAL),
    "中成药": (ItemKind.DRUG, CodeKind.TRADITIONAL),
    "granules": (ItemKind.DRUG, CodeKind.GRANULES),
    "中药配方颗粒": (ItemKind.DRUG, CodeKind.GRANULES),
    "consumable": (ItemKind.CONSUMABLE, CodeKind.CONSUMABLE),
    "耗材": (ItemKind.CONSUMABLE, CodeKind.CONSUMABLE),
    "医用耗材": (ItemKind.CONSUMABLE, CodeKind.CONSUMABLE),
}

# As many characters as the catalogue keeps of each text.
_LENGTHS = {
    "generic_name": 300,
    "item_name": 300,
    "strength": 200,
    "form": 100,
    "route": 100,
    "base_unit": 20,
    "maker": 200,
    "holder": 200,
    "brand": 200,
    "pack_unit": 20,
    "source": 300,
    "note": 500,
}
# A row that fills any of these is about a product.
_PRODUCT_COLUMNS = (
    "national_code",
    "approval_no",
    "standard_code",
    "maker",
    "maker_code",
    "holder",
    "brand",
    "pack_size",
    "pack_unit",
    "packaging",
)
# What a source says of itself when nobody has held it against its origin.
UNVERIFIED = "unverified"
_CODE_SAYS = _("The code says “%(expected)s” here.")


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """One row in the terms of the catalogue: an item, and a product of it where the row names one.

    ``pack_size`` counts base units, ``containers`` say how they lie in it. ``unverified`` means that the source itself
    says so.
    """

    kind: ItemKind
    name: str
    strength: str = ""
    form: str = ""
    route: str = ""
    base_unit: str = ""
    contents: Contents = NOT_SAID
    code: NationalCode | None = None
    approval: ApprovalNumber | None = None
    standard_code: str = ""
    maker: str = ""
    maker_code: str = ""
    holder: str = ""
    brand: str = ""
    pack_size: int | None = None
    pack_unit: str = ""
    containers: tuple[Container, ...] = ()
    valid_from: date | None = None
    source: str = ""
    note: str = ""

    @property
    def national_code(self) -> str:
        return self.code.text if self.code else ""

    @property
    def code_prefix(self) -> str:
        return self.code.item_prefix if self.code else ""

    @property
    def approval_number(self) -> str:
        return self.approval.text if self.approval else ""

    @property
    def unverified(self) -> bool:
        return UNVERIFIED in self.source.lower()

    @property
    def names_product(self) -> bool:
        """Whether the row is about one maker's product, not only about an item."""
        return bool(self.maker or self.maker_code)


def read_header(headings: Sequence[str]) -> Header:
    """Which layout the headings belong to, and which of its columns are there. Never refuses."""
    national = header_of(
        Layout.NATIONAL_LIST, headings, dict.fromkeys(NATIONAL_LIST_COLUMNS, ""), _REQUIRED[Layout.NATIONAL_LIST]
    )
    if {"code", "generic_name"} & set(national.columns):
        return national
    return header_of(Layout.TEMPLATE, headings, TEMPLATE_COLUMNS, _REQUIRED[Layout.TEMPLATE])


def parse_row(row: Mapping[str, str], header: Header) -> ParsedRow | list[RowError]:
    """Read one row of a file whose header misses nothing: what it says, or all its faults."""
    cells = Cells(row, header, _LENGTHS)
    parsed = _national_row(cells) if header.layout is Layout.NATIONAL_LIST else _template_row(cells)
    return cells.errors or parsed


def _national_row(cells: Cells) -> ParsedRow:
    name = cells.text("generic_name", required=_("The generic name is missing."))
    cells.text("code", required=_("The national code is missing."))
    stated = _stated_kind(cells) if cells.text("kind") else None
    code = cells.read("code", parse_code)
    if code is None:
        return ParsedRow(kind=ItemKind.DRUG, name=name)
    _require_agreement(cells, "kind", code, stated)
    repeated = {"id_letter": code.text[0]} | {part: getattr(code, part, "") for part in _CODE_PARTS}
    for column, in_code in repeated.items():
        if column in cells.columns and cells.text(column) != in_code:
            cells.fault(column, _CODE_SAYS, expected=in_code)
    return ParsedRow(kind=_item_kind(code), name=name, code=code, maker_code=code.enterprise_code)


def _template_row(cells: Cells) -> ParsedRow:
    stated = _stated_kind(cells)
    kind = stated[0] if stated else None
    code = cells.read("national_code", parse_code)
    if code is not None:
        _require_agreement(cells, "national_code", code, stated)
    approval = cells.read("approval_no", parse_approval_number)
    if approval is not None and kind is not None and approval.kind is not kind:
        cells.fault("approval_no", _("This is the approval number of a %(found)s."), found=approval.kind.value)
    standard: StandardCode | None = cells.read("standard_code", parse_standard_code)
    if standard is not None and kind is ItemKind.CONSUMABLE:
        cells.fault("standard_code", _("Only drugs have a standard code."))
    strength = cells.text("strength")
    pack = cells.read("packaging", read_pack)
    row = ParsedRow(
        kind=kind or ItemKind.DRUG,
        name=cells.text("item_name", required=_("The name of the item is missing.")),
        strength=strength,
        form=cells.text("form"),
        route=cells.text("route"),
        base_unit=cells.text("base_unit", required=_("The unit that demand counts is missing, such as 片 or 支.")),
        contents=_contents(cells, kind, strength),
        code=code,
        approval=approval,
        standard_code=standard.text if standard else "",
        maker=cells.text("maker"),
        maker_code=_maker_code(cells, code),
        holder=cells.text("holder"),
        brand=cells.text("brand"),
        pack_size=cells.read("pack_size", _pack_size) or (pack.size if pack else None),
        pack_unit=cells.text("pack_unit") or (pack.unit if pack else ""),
        containers=pack.containers if pack else (),
        valid_from=cells.read("valid_from", read_date),
        source=cells.text("source"),
        note=cells.text("note"),
    )
    _require_whole_product(cells, row)
    _require_unit_of_heading(cells, row)
    if pack and (row.pack_size, fold(row.pack_unit)) != (pack.size, pack.unit):
        cells.fault("packaging", _("The containers hold %(size)s, the row says otherwise."), size=str(pack))
    return row


def _contents(cells: Cells, kind: ItemKind | None, strength: str) -> Contents:
    """The quantities of a drug; the specification of a consumable is words."""
    if kind is not ItemKind.DRUG:
        return NOT_SAID
    try:
        return read_contents(strength, cells.raw("fill"))
    except CodeError as refusal:
        cells.fault("fill", refusal.sentence, **refusal.values)
        return NOT_SAID


def _stated_kind(cells: Cells) -> _StatedKind | None:
    word = cells.text("kind").lower()
    if word not in _KINDS:
        cells.fault("kind", _("Expected one of: %(words)s."), words=", ".join(filter(str.isascii, _KINDS)))
    return _KINDS.get(word)


def _item_kind(code: NationalCode) -> ItemKind:
    return ItemKind.CONSUMABLE if code.kind is CodeKind.CONSUMABLE else ItemKind.DRUG


def _require_agreement(cells: Cells, column: str, code: NationalCode, stated: _StatedKind | None) -> None:
    """The kind column, where it says anything, and the code speak of the same kind."""
    if stated is None:
        return
    kind, code_kind = stated
    if kind is not _item_kind(code) or code_kind not in (None, code.kind):
        cells.fault(column, _("The code is one for “%(found)s”, the row says otherwise."), found=code.kind.value)


def _maker_code(cells: Cells, code: NationalCode | None) -> str:
    text = cells.text("maker_code")
    in_code = code.enterprise_code if code else ""
    if text and not re.fullmatch(r"[0-9]{5}", text):
        cells.fault("maker_code", _("A maker's code has five digits."))
    elif text and in_code and text != in_code:
        cells.fault("maker_code", _CODE_SAYS, expected=in_code)
    return text or in_code


def _require_whole_product(cells: Cells, row: ParsedRow) -> None:
    """A row that names anything of a product names its maker and its pack."""
    if not any(cells.raw(name) for name in _PRODUCT_COLUMNS):
        return
    if not row.names_product:
        cells.fault("maker", _("A product needs its maker."))
    if not (cells.raw("pack_size") or row.pack_size):
        cells.fault("pack_size", _("A product needs the number of base units in a pack."))
    if not row.pack_unit:
        cells.fault("pack_unit", _("A product needs the unit of its pack, such as 盒."))


def _require_unit_of_heading(cells: Cells, row: ParsedRow) -> None:
    """A pack counts in the row's unit, also where the heading says in which: 包装数量(片/盒)."""
    said = unit_said(cells.columns.get("pack_size", "")) if cells.raw("pack_size") else ""
    inside, _stroke, outside = said.partition("/")
    if said and (fold(inside) != fold(row.base_unit) or fold(outside) not in ("", fold(row.pack_unit))):
        unit = f"{row.base_unit}/{row.pack_unit}"
        cells.fault(
            "pack_size", _("The heading counts in “%(said)s”, and this row in “%(unit)s”."), said=said, unit=unit
        )


def _pack_size(text: str) -> int:
    try:
        return read_count(text, LARGEST_PACK)
    except CodeError:
        raise CodeError(
            _("A pack holds a whole number of base units, from 1 to %(limit)s."), limit=LARGEST_PACK
        ) from None
