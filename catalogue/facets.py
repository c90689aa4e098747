"""What a list could be narrowed to, with how many rows that would leave."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from core.tables import Table

MOST = 1000  # rows that are counted one by one; of more it is said that they are more
SHOWN = 8


@dataclass(frozen=True)
class Facet:
    """One filter of a list with the column by which it counts; ``labels`` where its values are a choice of few.

    ``indexed`` where the database finds a value, or that nothing has it, without looking at the rows. What has no
    column of its own has ``parts``: for each value its label and the rows that have it.
    """

    key: str
    label: str | Promise
    column: str = ""
    labels: Mapping[Any, str | Promise] | None = None
    indexed: bool = False
    parts: Callable[[QuerySet], Sequence[tuple[str, str, QuerySet]]] | None = None


@dataclass(frozen=True)
class Option:
    """One value: ``count`` rows, or more than that."""

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
    if facet.parts:
        return _of_parts(table, facet.key, facet.parts(rows))
    values = list(rows.values_list(facet.column, flat=True)[: MOST + 1])
    more = len(values) > MOST
    counted = Counter(value for value in values if value not in (None, ""))
    by_value = bool(more and facet.indexed and facet.labels and not table.filter_values)
    if by_value:
        counted = Counter({value: _bounded(rows.filter(**{facet.column: value})) for value in facet.labels or ()})
    chosen = table.filter_values.get(facet.key)
    return [
        Option(
            label=facet.labels[value] if facet.labels else value,
            count=min(count, MOST),
            more=count > MOST if by_value else more,
            chosen=str(value) == str(chosen),
            url=table.asking(**{facet.key: "" if str(value) == str(chosen) else str(value)}),
        )
        for value, count in counted.most_common(SHOWN)
        if count
    ]


def _of_parts(table: Table, key: str, parts: Sequence[tuple[str, str, QuerySet]]) -> list[Option]:
    """Values of which each is counted by itself, because a row may have several."""
    asked, found = str(table.request.GET.get(key, "")), []
    for value, label, rows in parts:
        count, chosen = _bounded(rows), value == asked
        if count or chosen:
            url = table.asking(**{key: "" if chosen else value})
            found.append(Option(label, min(count, MOST), count > MOST, chosen, url))
    return sorted(found, key=lambda option: -option.count)[:SHOWN]


def groups(table: Table, facets: Sequence[Facet]) -> list[tuple[str | Promise, list[Option]]]:
    """The facets among which there is something to choose."""
    found = [(facet.label, options(table, facet)) for facet in facets]
    return [(label, some) for label, some in found if len(some) > 1 or any(option.chosen for option in some)]


def _bounded(rows: QuerySet) -> int:
    return len(rows.values_list("pk")[: MOST + 1])
