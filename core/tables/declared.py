"""What a list declares, and how a page draws it: columns, filters, heads, cells, rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Reader = str | Callable[[Any], Any]

NUMERIC = {"amount", "money", "price", "quantity", "number"}
NOTHING_YET = _("Nothing here yet")


@dataclass(frozen=True)
class Column:
    """One column. ``value``, ``tone``, ``note`` and ``url`` are a dotted path or a function of the row.

    A path goes through attributes and keys and calls methods. ``kind`` says how a value is shown: text (on a desk one
    line, cut where it is too long), prose (never cut), act and reference (never broken), hash (broken anywhere),
    status, amount, money, price, quantity, number, date, instant or due (a date with the days left, until ``settled``
    says that nobody waits for it any more). ``sort`` is the ORM name to order by; without it nobody can.
    """

    key: str
    label: Text
    value: Reader = ""
    kind: str = "text"
    sort: str = ""
    unit: Text = ""
    url: Reader = ""
    tone: Reader = ""
    note: Reader = ""
    settled: Reader = ""
    numeric: bool = False

    @property
    def is_numeric(self) -> bool:
        return self.numeric or self.kind in NUMERIC

    @property
    def export_label(self) -> str:
        return f"{self.label} ({self.unit})" if self.unit else str(self.label)

    def read(self, item: Any) -> Any:
        return read(item, self.value or self.key)

    def total(self, value: Any) -> "Cell":
        return Cell(self.key, self.label, self.unit, "" if value is None else value, self.kind, self.is_numeric)

    def cell(self, item: Any) -> "Cell":
        return Cell(
            key=self.key,
            label=self.label,
            unit=self.unit,
            value=self.read(item),
            kind="date" if self.kind == "due" and read(item, self.settled) else self.kind,
            numeric=self.is_numeric,
            url=read(item, self.url) or "",
            tone=read(item, self.tone) or "",
            note=read(item, self.note),
        )


@dataclass(frozen=True)
class Filter:
    """One filter: a form field, never required, and its ORM lookup or ``function(queryset, value)``."""

    key: str
    field: forms.Field
    apply: str | Callable[[QuerySet, Any], QuerySet]

    def narrow(self, queryset: QuerySet, value: Any) -> QuerySet:
        return self.apply(queryset, value) if callable(self.apply) else queryset.filter(**{self.apply: value})


@dataclass(frozen=True)
class Head:
    """A column's header as the page draws it; ``order`` is ascending, descending or empty."""

    key: str
    label: Text
    unit: Text
    numeric: bool
    sort_url: str = ""
    order: str = ""


@dataclass(frozen=True)
class Cell:
    """One value of one row as the page draws it."""

    key: str
    label: Text
    unit: Text
    value: Any
    kind: str
    numeric: bool
    url: str = ""
    tone: str = ""
    note: Any = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is short and stands in one line wherever there is room for a table."""
        return self.kind in ("act", "reference", "status", "date", "instant", "due")


@dataclass(frozen=True)
class Row:
    """A row as the page draws it. ``tone`` marks its edge; ``pick`` is the value of its checkbox."""

    cells: Sequence[Cell]
    object: Any
    tone: str = ""
    pick: str = ""
    pick_amount: Any = ""


@dataclass(frozen=True)
class Empty:
    """What to say where nothing exists yet; the action is the usual first step."""

    title: Text = NOTHING_YET
    text: Text = ""
    action: Text = ""
    url: str = ""


def read(item: Any, reader: Reader) -> Any:
    """Follow a dotted path through attributes, keys and methods without arguments, or call a function."""
    if callable(reader):
        return reader(item)
    for name in reader.split(".") if reader else ():
        item = item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)
        item = item() if callable(item) else item
    return item if reader else None
