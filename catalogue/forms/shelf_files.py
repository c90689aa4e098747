"""Files of documents for a shelf: one a row, with the products that it is about."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from catalogue.actions.shelf import MOST_ROWS, ShelfRow
from catalogue.models import Product, ProductVersion
from catalogue.validity import DocumentKind
from core.errors import Fault, Refused
from core.spreadsheets import Limits, SpreadsheetError, read_rows

LIMITS = Limits(bytes=2**20, rows=MOST_ROWS, columns=50, unpacked=16 * 2**20, elements=200_000, texts=50_000)
# The columns of a file, in either language.
COLUMNS = {"kind": "类别", "number": "编号", "valid_from": "生效日期", "valid_until": "有效期至", "products": "产品"}
_KINDS = {kind.value: kind.value for kind in DocumentKind} | {
    "营业执照": "business", "生产许可证": "production", "经营许可证": "distribution", "注册证": "approval",
    "批准文件": "approval", "质量管理规范证书": "practice", "质量检验报告": "quality",
    "授权书": "letter", "其他": "other",
}  # fmt: skip


def rows_of(file: Any, name: str) -> list[ShelfRow]:
    """The documents that a spreadsheet names. Refused as a whole where it is none, and row by row where a kind, a
    product or a day is not known."""
    try:
        cells = {number: _named(row) for number, row in read_rows(file, name, limits=LIMITS)}
    except SpreadsheetError as error:
        raise Refused(str(error), field="file", code="spreadsheet") from None
    known = _known({word for row in cells.values() for word in row.get("products", "").replace(",", " ").split()})
    rows, faults = [], []
    for number, row in cells.items():
        try:
            rows.append(_row(row, known))
        except ValueError as error:
            faults.append(Fault(str(error), "file", number, "invalid"))
    if faults:
        raise Refused(faults[0].message, faults=faults[:50])
    return rows


def _named(row: Any) -> dict[str, str]:
    """The cells of a row by our names of the columns, whichever language their headings have."""
    ours = {**{name: name for name in COLUMNS}, **{word: name for name, word in COLUMNS.items()}}
    return {ours[key.strip()]: text.strip() for key, text in row.items() if key.strip() in ours}


def _known(words: set[str]) -> dict[str, Product]:
    named = Product.objects.filter(reference__in=words).select_related("item")
    found = {product.reference: product for product in named}
    coded = ProductVersion.objects.current().filter(national_code__in=words).select_related("product__item")
    return found | {version.national_code: version.product for version in coded}


def _row(row: dict[str, str], known: dict[str, Product]) -> ShelfRow:
    kind = _KINDS.get(row.get("kind", "").lower())
    if kind is None:
        raise ValueError(_("This kind of document is not known: %(kind)s.") % {"kind": row.get("kind", "")})
    words = row.get("products", "").replace(",", " ").split()
    if unknown := [word for word in words if word not in known]:
        raise ValueError(_("The catalogue has no product %(code)s.") % {"code": unknown[0]})
    return ShelfRow(
        kind=kind,
        number=row.get("number", ""),
        valid_from=_day(row.get("valid_from", "")),
        valid_until=_day(row.get("valid_until", "")),
        products=tuple(dict.fromkeys(known[word] for word in words)),
    )


def _day(text: str) -> date | None:
    if text in ("", "长期", "–", "-"):
        return None
    try:
        return date.fromisoformat(text[:10].replace("/", "-"))
    except ValueError:
        raise ValueError(_("%(text)s is not a day. Write 2026-03-01.") % {"text": text}) from None
