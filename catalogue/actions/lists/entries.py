"""The entries of a draft, many at once: all of them or, where one is refused, none."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast

from django.db.models import Field
from django.utils.translation import gettext as _

from accounts.models import Seat
from catalogue.actions.lists.drafting import hold_draft
from catalogue.models import CatalogueList, Edition, EditionEntry, Item, Product, Verb
from catalogue.rules.lists import ENTRY_FIELDS, EntryShape
from core.actions import action
from core.errors import Fault, Refused
from core.events import record
from core.money import quantize_price

MOST_ENTRIES = 20_000  # of one act
_CHUNK = 2_000
_EMPTY = {"entry_class": "", "restriction": "", "payment_standard": None, "units": 1, "note": ""}
_DIGITS = Decimal(10) ** 12


@dataclass(frozen=True)
class EntryRow:
    """What a list says of an item, or of one product of it; which of this it says is a matter of the list's kind."""

    item: Item
    product: Product | None = None
    entry_class: str = ""
    restriction: str = ""
    payment_standard: Decimal | None = None
    units: int = 1
    note: str = ""

    @property
    def key(self) -> tuple[int, int | None]:
        return self.item.pk, self.product.pk if self.product else None


@dataclass(frozen=True)
class EntriesSet:
    """How many entries an act has set, and how many it has removed."""

    set: int
    removed: int


@action
def set_entries(
    *, edition: Edition, rows: Sequence[EntryRow], whole: bool = False, by: Seat, now: datetime
) -> EntriesSet:
    """Set entries of a draft; others stay, or with ``whole`` are removed. Faults name their rows."""
    held = hold_draft(edition, by)
    if faults := list(faults_of(held.list, rows)):
        raise Refused(faults[0].message, faults=faults)
    entries = [
        EditionEntry(
            edition=held, item=row.item, product=row.product, **{name: getattr(row, name) for name in ENTRY_FIELDS}
        )
        for row in rows
    ]
    EditionEntry.objects.bulk_create(
        entries,
        batch_size=_CHUNK,
        update_conflicts=True,
        unique_fields=("edition", "item", "product"),
        update_fields=ENTRY_FIELDS,
    )
    removed = held.entries.exclude(pk__in=[entry.pk for entry in entries]).delete()[0] if whole else 0
    record(Verb.ENTRIES_SET, held.reference, by=by, now=now, set=len(entries), removed=removed)
    return EntriesSet(len(entries), removed)


@action
def remove_entries(*, edition: Edition, entries: Sequence[int], by: Seat, now: datetime) -> EntriesSet:
    """Take entries, by their primary keys, out of a draft. In the comparison they stand as removed."""
    held = hold_draft(edition, by)
    removed = held.entries.filter(pk__in=entries).delete()[0]
    if not removed:
        raise Refused(_("Choose the entries to remove."), code="empty")
    record(Verb.ENTRIES_SET, held.reference, by=by, now=now, set=0, removed=removed)
    return EntriesSet(0, removed)


def faults_of(of: CatalogueList, rows: Sequence[EntryRow]) -> Iterator[Fault]:
    """What is wrong with rows for a list: the row from 1, its field, a sentence."""
    if not rows:
        yield Fault(_("Name one item at least."), code="empty")
    if len(rows) > MOST_ENTRIES:
        yield Fault(_("At most %(most)s entries at once.") % {"most": f"{MOST_ENTRIES:,}"}, code="max_length")
    times = Counter(row.key for row in rows)
    for number, row in enumerate(rows, start=1):
        if times[row.key] > 1:
            text = _("%(item)s stands there twice.") % {"item": row.product or row.item}
            yield Fault(text, "item", number, "twice")
        for field, text, code in _wrong(row, of.entries_say):
            yield Fault(text, field, number, code)


def _wrong(row: EntryRow, shape: EntryShape) -> Iterator[tuple[str, str, str]]:
    if row.item.kind not in shape.items:
        kind = row.item.get_kind_display()
        yield (
            "item",
            _("%(item)s is a %(kind)s, which this list is not for.") % {"item": row.item, "kind": kind},
            ("wrong_kind"),
        )
    if row.product and row.product.item_id != row.item.pk:
        yield "product", _("This product belongs to another item."), "not_of_item"
    for name, nothing in _EMPTY.items():
        if name not in shape.fields and getattr(row, name) != nothing:
            yield name, _("Entries of this list do not say this."), "must_be_empty"
    if shape.has_classes:
        yield from _wrong_class(row)
    for name in ("restriction", "note"):
        most = cast(int, cast(Field, EditionEntry._meta.get_field(name)).max_length)
        if len(getattr(row, name)) > most:
            yield (
                name,
                _("At most %(limit)s characters, not %(length)s.")
                % {
                    "limit": most,
                    "length": len(getattr(row, name)),
                },
                "max_length",
            )


def _wrong_class(row: EntryRow) -> Iterator[tuple[str, str, str]]:
    """An entry of the insurance catalogue has a class, and what is negotiated a payment standard (Interim Measures on
    drugs of basic medical insurance, 2020, articles 4 and 12)."""
    classes, price = EditionEntry.Class, row.payment_standard
    if row.entry_class not in classes.values or row.entry_class == classes.NONE:
        yield "entry_class", _("Say whether it is class A, class B or negotiated."), "required"
    if row.entry_class == classes.NEGOTIATED and price is None:
        yield "payment_standard", _("What is negotiated has a payment standard."), "required"
    if price is not None and (not price.is_finite() or not 0 < price < _DIGITS or price != quantize_price(price)):
        yield "payment_standard", _("A price is a number above zero with at most 6 decimals."), "min_value"
    if not 1 <= row.units <= 1_000_000:
        yield "units", _("Say for how many base units the price is."), "out_of_range"
