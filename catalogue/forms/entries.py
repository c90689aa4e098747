"""Entries of a list as people send them: lines typed, pasted or of a file, each naming an item or a product."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from catalogue.actions import EntryRow
from catalogue.actions.lists.entries import faults_of
from catalogue.meaning import meant
from catalogue.models import CatalogueList, Item, Product, ProductVersion
from catalogue.rules import normalise
from catalogue.rules.lists import ENTRY_FIELDS, HEADINGS, NAMING, read_class
from core.spreadsheets import Limits, read_rows
from core.written import match_headings, plain_number, says_nothing

LIMITS = Limits(bytes=4 * 2**20, rows=10_000, columns=50, unpacked=64 * 2**20, elements=400_000, texts=100_000)


@dataclass(frozen=True)
class TypedLine:
    """A line as it was sent: the cells that name something, and what else it says, by field."""

    number: int
    names: tuple[str, ...]
    product: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    may_be_headings: bool = False


@dataclass
class Entered:
    """What lines mean for a list: its entries, and what is wrong with which line."""

    rows: list[EntryRow] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def wrong(self, line: TypedLine, text: str) -> None:
        self.faults.append((line.number, text))


def typed_lines(text: str) -> list[TypedLine]:
    """Lines of a text, cells between tabs. Where the first one has headings, the cells below mean what these say."""
    lines = [(number, line.split("\t")) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    headings = match_headings([cell.strip() for cell in lines[0][1]], HEADINGS) if lines else None
    if headings is None or not headings.columns.keys() & set(NAMING):
        return [TypedLine(number, tuple(cells)) for number, cells in lines]
    header = [cell.strip() for cell in lines[0][1]]
    return [_under(headings.columns, number, dict(zip(header, cells, strict=False))) for number, cells in lines[1:]]


def uploaded_lines(file: Any) -> Iterator[TypedLine]:
    """Rows of a file. Without headings that are known every cell may name something, those of the first row too."""
    sheet = read_rows(file, file.name, limits=LIMITS, finds=lambda texts: match_headings(texts, HEADINGS).known)
    headings = match_headings(sheet.header, HEADINGS)
    for first, second in headings.doubled:
        raise sheet.doubled(first, second)
    if not headings.columns.keys() & set(NAMING):
        yield TypedLine(sheet.header_row, sheet.header, may_be_headings=True)
        yield from (TypedLine(number, tuple(row.values())) for number, row in sheet)
        return
    for number, row in sheet:
        yield _under(headings.columns, number, row)


def _under(columns: Mapping[str, str], number: int, cells: Mapping[str, str]) -> TypedLine:
    said = {name: cells.get(heading, "").strip() for name, heading in columns.items()}
    product, *names = (said.pop(name, "") for name in ("product", "code", "name", "strength"))
    plain = {name: "" if says_nothing(text) else text for name, text in said.items()}
    return TypedLine(number, tuple(names), product, plain)


def entered(lines: Sequence[TypedLine], of: CatalogueList, entry_class: str = "") -> Entered:
    """The entries that lines mean, in a constant number of queries. ``entry_class`` is that of lines that say none.

    A name alone means all its strengths, unless a payment standard stands beside it; a product is meant by its
    reference, or by its whole national code in a column of products.
    """
    found, products = Entered(), _products(lines)
    seen: dict[tuple[int, int | None], EntryRow] = {}
    for line, items in zip(lines, meant(line.names for line in lines), strict=True):
        named = _named(line, items, products)
        if not named and line.may_be_headings:
            continue
        said = _said(line, of, entry_class, found)
        if not named:
            text = " ".join(cell.strip() for cell in (line.product, *line.names) if cell.strip())[:100]
            found.wrong(line, _("The catalogue has no “%(text)s”.") % {"text": text})
        elif len(named) > 1 and said["payment_standard"] is not None:
            found.wrong(line, _("This means several items; a payment standard needs the strength."))
        else:
            _take(found, line, seen, named, said)
    for fault in faults_of(of, found.rows) if found.rows or not found.faults else ():
        found.faults.append((found.lines[fault.row - 1] if fault.row else 0, fault.message))
    found.faults.sort()
    return found


def _named(
    line: TypedLine, items: Sequence[Item], products: Mapping[str, Product]
) -> list[tuple[Item, Product | None]]:
    """What a line names: one product, or items; nothing where its column of products holds one that is not known."""
    for text in (line.product, *line.names):
        if product := products.get(normalise(text)):
            return [(product.item, product)]
    return [] if line.product.strip() else [(item, None) for item in items]


def _take(
    found: Entered,
    line: TypedLine,
    seen: dict[tuple[int, int | None], EntryRow],
    named: Iterable[tuple[Item, Product | None]],
    said: Mapping[str, Any],
) -> None:
    """Take the rows of a line; what another line says just so is taken once."""
    for item, product in named:
        row = EntryRow(item=item, product=product, **said)
        if seen.get(row.key) != row:
            seen[row.key] = row
            found.rows.append(row)
            found.lines.append(line.number)


def _products(lines: Sequence[TypedLine]) -> dict[str, Product]:
    """Products by reference wherever it stands, and by whole national code in a column of products."""
    coded = {normalise(line.product) for line in lines} - {""}
    asked = coded | {normalise(name) for line in lines for name in line.names}
    rows = Product.objects.filter(reference__in=[name for name in asked if name.startswith("PD-")])
    found = {row.reference: row for row in rows.select_related("item", "maker")}
    versions = ProductVersion.objects.current().filter(national_code__in=coded - found.keys())
    by_code = {one.national_code: one.product for one in versions.select_related("product__item", "product__maker")}
    return by_code | found


def _said(line: TypedLine, of: CatalogueList, entry_class: str, found: Entered) -> dict[str, Any]:
    """What a line says of its item, with what is wrong of it told."""
    shape, said = of.entries_say, line.said
    facts: dict[str, Any] = {"entry_class": entry_class if shape.has_classes else ""}
    facts |= {"restriction": said.get("restriction", ""), "note": said.get("note", "")}
    facts |= {"payment_standard": None, "units": 1}
    if text := said.get("entry_class", ""):
        facts["entry_class"] = read_class(text) or ""
        if not facts["entry_class"]:
            found.wrong(line, _("“%(text)s” is no class: 甲, 乙 or 协议期内谈判.") % {"text": text[:50]})
    if text := said.get("payment_standard", ""):
        number = plain_number(text)
        facts["payment_standard"] = Decimal(number) if number else None
        if not number:
            found.wrong(line, _("“%(text)s” is no price.") % {"text": text[:50]})
    if text := said.get("units", ""):
        facts["units"] = 0
        with suppress(ValueError):
            facts["units"] = int(plain_number(text) or "")
    return facts


def as_text(rows: Sequence[EntryRow]) -> str:
    """Rows as lines under headings that ``typed_lines`` reads as the same rows."""
    lines = ["\t".join(("product", "code", *ENTRY_FIELDS))]
    for row in rows:
        of = (row.product.reference, "") if row.product else ("", row.item.reference)
        said = ("" if getattr(row, name) is None else str(getattr(row, name)) for name in ENTRY_FIELDS)
        lines.append("\t".join(" ".join(text.split()) for text in (*of, *said)))
    return "\n".join(lines)


@dataclass(frozen=True)
class LineFault:
    """What is wrong with a line."""

    number: int
    text: str


def entered_things(text: str) -> tuple[list[tuple[Item, Product | None]], list[LineFault]]:
    """The items and products that lines of a text name, each once, and the lines of which nobody can tell."""
    lines = [
        TypedLine(number, tuple(line.split("\t"))) for number, line in enumerate(text.splitlines(), 1) if line.strip()
    ]
    products, found, faults = _products(lines), dict.fromkeys(()), []
    for line, items in zip(lines, meant(line.names for line in lines), strict=True):
        named = _named(line, items, products)
        found |= dict.fromkeys(named)
        if not named:
            told = _("The catalogue has no “%(text)s”.") % {"text": " ".join(line.names).strip()[:100]}
            faults.append(LineFault(line.number, told))
    return list(found), faults
