"""What a row of a price file must hold, and a price as other rooms hand it to the register."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from catalogue.rules.cells import Cells, Header, Layout, RowError, header_of, read_count, read_date
from catalogue.rules.codes import parse_code
from catalogue.rules.rows import UNVERIFIED, read_header
from catalogue.rules.wording import CodeError
from catalogue.rules.wording import marked as _
from core.money import PRICE_DECIMALS, parse_price
from core.written import plain_number, unit_said

# Every column of a price file with the Chinese heading under which it is accepted too.
PRICE_COLUMNS = {
    "price_kind": "价格类型",
    "national_code": "医保编码",
    "item_name": "通用名",
    "strength": "规格",
    "form": "剂型",
    "maker": "生产企业",
    "brand": "商品名",
    "pack_size": "包装数量",
    "region": "地区",
    "price": "价格",
    "currency": "币种",
    "units": "计价数量",
    "valid_from": "生效日期",
    "valid_to": "失效日期",
    "source": "来源",
    "note": "备注",
}
_REQUIRED = ("price_kind", "price", "valid_from", "source")
_KINDS = {
    "guide": "guide",
    "指导价": "guide",
    "ceiling": "ceiling",
    "最高有效申报价": "ceiling",
    "限价": "ceiling",
    "award": "award",
    "中选价": "award",
    "negotiated": "negotiated",
    "谈判价": "negotiated",
    "payment_standard": "payment_standard",
    "医保支付标准": "payment_standard",
}
_LENGTHS = {
    "item_name": 300,
    "strength": 200,
    "form": 100,
    "maker": 200,
    "brand": 200,
    "region": 80,
    "source": 300,
    "note": 500,
}
_CURRENCY_NAMES = {"CNY": ("人民币", "人民币元", "元", "RMB", "¥", "￥")}
_WHOLE_DIGITS = 12
_LARGEST_COUNT = 1_000_000
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")


@dataclass(frozen=True, slots=True)
class PriceFact:
    """A price for a period, for an item or one product of it, in a region (GB/T 2260 code).

    ``price`` is that of ``units`` base units: the pack size for a price a pack. ``valid_to`` is the last day. With
    ``parties``, organisations by primary key, it is shown to them, the agency and auditors, until ``public_from``.
    """

    item_id: int
    region_code: str
    price: Decimal
    units: int
    valid_from: date
    source: str
    product_id: int | None = None
    valid_to: date | None = None
    unverified: bool = False
    parties: tuple[int, ...] | None = None
    public_from: date | None = None


@dataclass(frozen=True, slots=True)
class ParsedPrice:
    """One row of a price file. What it is a price of is named by a code, or by name, strength, form,
    maker and pack."""

    kind: str
    price: Decimal
    valid_from: date
    source: str
    national_code: str = ""
    item_name: str = ""
    strength: str = ""
    form: str = ""
    maker: str = ""
    brand: str = ""
    pack_size: int | None = None
    region: str = ""
    units: int | None = None
    valid_to: date | None = None

    @property
    def unverified(self) -> bool:
        return UNVERIFIED in self.source.lower()


def recognise(headings: Sequence[str]) -> Header:
    """Which layout of products or prices the headings belong to. Never refuses."""
    prices = _read_price_header(headings)
    return prices if "price" in prices.columns else read_header(headings)


def parse_price_row(row: Mapping[str, str], header: Header, currency: str) -> ParsedPrice | list[RowError]:
    """Read one row of a price file in the installation's ``currency``: what it says, or all its faults."""
    cells = Cells(row, header, _LENGTHS)
    kind = cells.read("price_kind", _kind, required=_("The kind of the price is missing."))
    price = cells.read("price", read_price, required=_("The price is missing."))
    valid_from = cells.read("valid_from", read_date, required=_("The first day of the price is missing."))
    valid_to = cells.read("valid_to", read_date)
    if valid_from and valid_to and valid_to < valid_from:
        cells.fault("valid_to", _("The end cannot be before the start."))
    code = cells.read("national_code", parse_code)
    name = cells.text("item_name")
    if not cells.raw("national_code") and not name:
        cells.fault("item_name", _("Say what the price is for: a national code, or the name of the item."))
    if cells.text("currency").upper() not in ("", currency, *_CURRENCY_NAMES.get(currency, ())):
        cells.fault("currency", _("Prices are kept in %(currency)s."), currency=currency)
    parsed = ParsedPrice(
        kind=kind or "",
        price=price or Decimal(0),
        valid_from=valid_from or date.min,
        source=cells.text("source", required=_("The source of the price is missing.")),
        national_code=code.text if code else "",
        item_name=name,
        strength=cells.text("strength"),
        form=cells.text("form"),
        maker=cells.text("maker"),
        brand=cells.text("brand"),
        pack_size=cells.read("pack_size", _count),
        region=cells.text("region"),
        units=cells.read("units", _count),
        valid_to=valid_to,
    )
    said = unit_said(header.columns["price"])
    if said and not cells.raw("units"):
        cells.fault("units", _("The heading says “%(said)s”: say for how many base units the price is."), said=said)
    cells.text("note")
    return cells.errors or parsed


def read_price(text: str) -> Decimal:
    """A unit price as a person writes it: 12.50, ¥1,234.50, 12.5元. CodeError for NaN, signs, exponents, a seventh
    decimal, or separators that are no thousands."""
    plain = plain_number(text) or ""
    if not _NUMBER.fullmatch(plain):
        raise CodeError(
            _("A price is a plain number such as 12.50; only groups of three digits are thousands: 1,234.50.")
        )
    whole, _point, decimals = plain.partition(".")
    if len(decimals.rstrip("0")) > PRICE_DECIMALS:
        raise CodeError(_("A price has at most %(limit)s decimals."), limit=PRICE_DECIMALS)
    if len(whole.lstrip("0")) > _WHOLE_DIGITS:
        raise CodeError(_("The price is too large."))
    price = parse_price(plain)
    if not price:
        raise CodeError(_("A price is above zero."))
    return price


def _read_price_header(headings: Sequence[str]) -> Header:
    header = header_of(Layout.PRICES, headings, PRICE_COLUMNS, _REQUIRED)
    named = {"national_code", "item_name"} & set(header.columns)
    return header if named else replace(header, missing=(*header.missing, "item_name"))


def _kind(text: str) -> str:
    kind = _KINDS.get(text.lower())
    if kind is None:
        raise CodeError(_("Expected one of: %(words)s."), words=", ".join(sorted(set(_KINDS.values()))))
    return kind


def _count(text: str) -> int:
    return read_count(text, _LARGEST_COUNT)
