"""What a list could be narrowed to, with how many rows that would leave."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from catalogue.finding import MOST_COUNTED
from core.tables import Table

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

    def of(self, table: Table) -> Combinable:
        """What it counts, of a row."""
        return self.said(table) if self.said else F(self.column)


@dataclass(frozen=True)
class Option:
    """One value: ``count`` rows, or more than that."""

    value: str
    label: str | Promise
    count: int
    more: bool
    chosen: bool
    url: str


def groups(table: Table, facets: Sequence[Facet]) -> list[tuple[str | Promise, list[Option]]]:
    """The facets among which there is something to choose, by their labels."""
    found = [(facet.label, some) for facet, some in counted(table, facets)]
    return [(label, some) for label, some in found if len(some) > 1 or any(option.chosen for option in some)]


def counted(table: Table, facets: Sequence[Facet]) -> list[tuple[Facet, list[Option]]]:
    """Of each facet the values that rows have which all other filters leave, the most frequent first, at most eight.

    Counted are the first thousand rows: by one statement for all facets that narrow nothing, and by one more for each
    that does. Where there are more it is said how many there are at least; of a whole list a column with an index is
    counted value by value.
    """
    chosen = [facet for facet in facets if facet.key in table.filter_values]
    others = [facet for facet in facets if facet not in chosen]
    said = _said(table, others) | {key: rows for facet in chosen for key, rows in _said(table, [facet]).items()}
    return [(facet, _options(table, facet, said[facet.key])) for facet in facets]


def _said(table: Any, facets: Sequence[Facet]) -> dict[str, list[Any]]:
    """What the first rows have that all filters leave but those of the facets: a value or an array of them a row."""
    if not facets:
        return {}
    columns = {f"_facet_{place}": facet.of(table) for place, facet in enumerate(facets)}
    rows = table.to_count(without=facets[0].key).order_by()
    found = rows.annotate(**columns).values_list(*columns)[: MOST_COUNTED + 1]
    values = list(zip(*found, strict=True)) or [()] * len(facets)
    return {facet.key: list(some) for facet, some in zip(facets, values, strict=True)}


def _options(table: Table, facet: Facet, values: Sequence[Any]) -> list[Option]:
    more, labels = len(values) > MOST_COUNTED, facet.names(table)
    counts = Counter(value for value in _each(values) if labels is None or value in labels)
    by_value = bool(more and facet.indexed and facet.labels and not table.filter_values)
    if by_value:
        rows = table.narrowed().order_by()
        counts = Counter({value: _bounded(rows.filter(**{facet.column: value})) for value in facet.labels or ()})
    asked = table.asked_of(facet.key)
    found = counts.most_common(SHOWN)
    if facet.ordered and labels:
        found.sort(key=lambda one: [*labels].index(one[0]))
    return [
        Option(
            value=str(value),
            label=labels[value] if labels else value,
            count=min(count, MOST_COUNTED),
            more=count > MOST_COUNTED if by_value else more,
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


def _bounded(rows: QuerySet) -> int:
    return len(rows.values_list("pk")[: MOST_COUNTED + 1])
