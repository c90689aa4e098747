"""What a list could be narrowed to, with how many rows that would leave."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from core.tables import Table

MOST = 1000  # rows that are counted one by one; of more it is said that they are more
SHOWN = 8


@dataclass(frozen=True)
class Facet:
    """One filter of a list with what it counts: a column, or what ``said`` makes of the table, an array where a row has
    several values. ``labels`` where its values are a choice of few; ``named`` asks for them, once for a list.

    ``indexed`` where the database finds a value, or that nothing has it, without looking at the rows; ``ordered`` where
    the values stand in the order of their labels and not of their counts.
    """

    key: str
    label: str | Promise
    column: str = ""
    labels: Mapping[Any, str | Promise] | None = None
    indexed: bool = False
    ordered: bool = False
    said: Callable[[Any], Combinable] | None = None
    named: Callable[[Any], Mapping[Any, str | Promise]] | None = None

    def names(self, table: Table) -> Mapping[Any, str | Promise] | None:
        """What its values are called; nothing where they say it themselves."""
        return self.named(table) if self.named else self.labels

    def values(self, table: Table, rows: QuerySet) -> list[Any]:
        """What the first rows have, a value or an array of them each."""
        asked = rows.values_list(self.column) if self.column else rows.annotate(_said=self.said(table)).values_list("_said")  # type: ignore[misc]
        return [value for (value,) in asked[: MOST + 1]]


@dataclass(frozen=True)
class Option:
    """One value: ``count`` rows, or more than that."""

    value: str
    label: str | Promise
    count: int
    more: bool
    chosen: bool
    url: str


def options(table: Table, facet: Facet) -> list[Option]:
    """The values that rows have which all other filters leave, the most frequent first, at most eight.

    Counted are the first thousand rows. Where there are more it is said how many there are at least; of a whole list a
    column with an index is counted value by value.
    """
    rows = table.narrowed(without=facet.key).order_by()
    values = facet.values(table, rows)
    more, labels = len(values) > MOST, facet.names(table)
    counted = Counter(value for value in _each(values) if labels is None or value in labels)
    by_value = bool(more and facet.indexed and facet.labels and not table.filter_values)
    if by_value:
        counted = Counter({value: _bounded(rows.filter(**{facet.column: value})) for value in facet.labels or ()})
    asked = table.asked_of(facet.key)
    found = counted.most_common(SHOWN)
    if facet.ordered and labels:
        found.sort(key=lambda one: [*labels].index(one[0]))
    return [
        Option(
            value=str(value),
            label=labels[value] if labels else value,
            count=min(count, MOST),
            more=count > MOST if by_value else more,
            chosen=str(value) == asked,
            url=table.asking(**{facet.key: "" if str(value) == asked else str(value)}),
        )
        for value, count in found
        if count
    ]


def _each(values: Sequence[Any]) -> Iterator[Any]:
    """Every value that a row has, once a row."""
    for value in values:
        yield from (one for one in (value if isinstance(value, list) else (value,)) if one not in (None, ""))


def groups(table: Table, facets: Sequence[Facet]) -> list[tuple[str | Promise, list[Option]]]:
    """The facets among which there is something to choose."""
    found = [(facet.label, options(table, facet)) for facet in facets]
    return [(label, some) for label, some in found if len(some) > 1 or any(option.chosen for option in some)]


def _bounded(rows: QuerySet) -> int:
    return len(rows.values_list("pk")[: MOST + 1])
