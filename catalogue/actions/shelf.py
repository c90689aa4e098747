"""A supplier fills its own shelf: documents with their last day, for the company or for products."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.access import require, require_for
from accounts.documents import Paper
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.models import Product, ProductVersion, ShelfDocument, ShelfUse, Verb
from catalogue.validity import OF_PRODUCTS, DocumentKind
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Fault, Refused
from core.events import record, record_all
from core.models import Event
from core.references import next_reference

MOST_ROWS = 2000
LONGEST_NUMBER = 80


@dataclass(frozen=True)
class ShelfRow:
    """A document as it is put on the shelf; without products it is of the company as a whole."""

    kind: str
    number: str
    valid_from: date | None = None
    valid_until: date | None = None
    products: tuple[Product, ...] = ()
    note: str = ""
    paper: Paper | None = None


@action
def shelve(*, rows: Sequence[ShelfRow], by: Seat, now: datetime) -> list[ShelfDocument]:
    """Put documents on the shelf of the seat's supplier: all of them or, where one is refused, none.

    Refused row by row: without number, with a product that the supplier does not offer, twice, or already there.
    """
    require(by, Permission.BID)
    faults = [*_of_rows(rows), *_of_products(rows, by, legal_date(now)), *_of_known(rows, by)]
    if faults:
        raise Refused(faults[0].message, faults=faults)
    made = [_document(row, by, now) for row in rows]
    ShelfDocument.objects.bulk_create(made)
    uses = (ShelfUse(document=one, product=each) for one, row in zip(made, rows, strict=True) for each in row.products)
    ShelfUse.objects.bulk_create(uses)
    told = [
        (one.reference, {"document": str(one), "last_day": one.valid_until.isoformat() if one.valid_until else "–"})
        for one in made
    ]
    record_all(Verb.SHELVED, told, by=by, now=now)
    return made


@action
def attach_to_shelf(*, document: ShelfDocument, paper: Paper, by: Seat, now: datetime) -> ShelfDocument:
    """Give a document that came without one its file. Conflict where it has one: another file is another document."""
    require_for(by, Permission.BID, document.supplier_id)
    if not paper.fits:
        raise Refused(_wrong_file(), field="document", code="document")
    facts = {"document": paper.content, "document_name": paper.name, "sha256": paper.sha256}
    empty = ShelfDocument.objects.filter(pk=document.pk, document_name="", withdrawn_at=None)
    if empty.update(**facts) != 1:
        raise Conflict(_("This document has a file already, or is off the shelf."), code="already_done")
    document.refresh_from_db(fields=("document_name", "sha256"))
    record(Verb.SHELF_FILED, document.reference, by=by, now=now, document=str(document), file=paper.name)
    return document


@action
def take_off_shelf(*, document: ShelfDocument, reason: str, by: Seat, now: datetime) -> ShelfDocument:
    """Take a document off the shelf, its own supplier or an officer of the catalogue. Taken off by its supplier it
    counts as one that ends with its last day; by the officer as one that never was."""
    if not by.may(Permission.IMPORT_CATALOGUE):
        require_for(by, Permission.BID, document.supplier_id)
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    facts = {"withdrawn_at": now, "withdrawn_by": by, "withdrawal_reason": reason.strip()}
    if ShelfDocument.objects.filter(pk=document.pk, withdrawn_at=None).update(**facts) != 1:
        raise Conflict(_("This document is off the shelf already."), code="already_done")
    told = {"document": str(document), "reason": reason.strip()}
    organisations = [document.supplier_id]
    record(Verb.SHELF_WITHDRAWN, document.reference, by=by, now=now, organisations=organisations, **told)
    return document


@action
def note_shelf_ends(*, document: ShelfDocument, days: int, now: datetime) -> None:
    """Note which warning of the end of a document was given, so that it is given once."""
    ShelfDocument.objects.filter(pk=document.pk).update(warned_days=days)
    last_day = document.valid_until.isoformat() if document.valid_until else ""
    told: dict[str, Any] = {"document": str(document), "last_day": last_day}
    named: dict[str, Any] = {"audience": Event.Audience.NAMED, "organisations": [document.supplier_id]}
    record(Verb.SHELF_ENDS, document.reference, by=None, now=now, **named, **told)


def _of_rows(rows: Sequence[ShelfRow]) -> Iterator[Fault]:
    if not 0 < len(rows) <= MOST_ROWS:
        yield Fault(_("Give between 1 and %(most)s documents.") % {"most": MOST_ROWS}, code="out_of_range")
    seen: set[tuple[str, str, date | None]] = set()
    for number, row in enumerate(rows, start=1):
        if row.kind not in DocumentKind.values:
            yield Fault(_("Choose one of the values offered."), "kind", number, code="invalid_choice")
        if not row.number.strip():
            yield Fault(_("Enter the number of the document."), "number", number, code="required")
        if len(row.number.strip()) > LONGEST_NUMBER:
            words = _("At most %(limit)s characters.") % {"limit": LONGEST_NUMBER}
            yield Fault(words, "number", number, code="max_length")
        if row.valid_from and row.valid_until and row.valid_until < row.valid_from:
            yield Fault(_("The end cannot be before the start."), "valid_until", number, code="end_before_start")
        if row.kind in OF_PRODUCTS and not row.products:
            yield Fault(_("Name the products that it is about."), "products", number, code="required")
        if row.paper is not None and not row.paper.fits:
            yield Fault(_wrong_file(), "document", number, code="document")
        if _key(row) in seen:
            yield Fault(_("This document stands there twice."), "number", number, code="twice")
        seen.add(_key(row))


def _of_products(rows: Sequence[ShelfRow], by: Seat, day: date) -> Iterator[Fault]:
    named = {product.pk for row in rows for product in row.products}
    versions = ProductVersion.objects.current().offered_by(by.organisation_id, day, dealers=True)
    own = set(versions.filter(product__in=named).values_list("product", flat=True))
    for number, row in enumerate(rows, start=1):
        for product in row.products:
            if product.pk not in own:
                wrong = _("You do not offer %(product)s.") % {"product": product}
                yield Fault(wrong, "products", number, code="not_offered")


def _of_known(rows: Sequence[ShelfRow], by: Seat) -> Iterator[Fault]:
    numbers = {row.number.strip() for row in rows}
    standing = ShelfDocument.objects.standing().filter(supplier=by.organisation_id, number__in=numbers)
    known = set(standing.values_list("kind", "number", "valid_until"))
    for number, row in enumerate(rows, start=1):
        if _key(row) in known:
            yield Fault(_("This document stands on the shelf already."), "number", number, code="registered")


def _key(row: ShelfRow) -> tuple[str, str, date | None]:
    return row.kind, row.number.strip(), row.valid_until


def _document(row: ShelfRow, by: Seat, now: datetime) -> ShelfDocument:
    paper = row.paper
    file = {"document": paper.content, "document_name": paper.name, "sha256": paper.sha256} if paper else {}
    return ShelfDocument(
        reference=next_reference("shelf_document", "SH", now),
        supplier_id=by.organisation_id,
        kind=row.kind,
        number=row.number.strip(),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        note=row.note.strip(),
        added_at=now,
        added_by=by,
        **file,
    )


def _wrong_file() -> str:
    return _("Attach a PDF, an OFD or a picture, at most 10 megabytes.")
