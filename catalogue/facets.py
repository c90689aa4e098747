"""What a list could be narrowed to, with how many rows that would leave."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from core.tables import Table

MOST = 1000  # rows that are counted one by one; of more it is said that they are more
SHOWN = 8


@dataclass(frozen=True)
class Facet:
    """One filter of a list with the column by which it counts; ``labels`` where its values are a choice of few."""

    key: str
    label: str | Promise
    column: str
    labels: Mapping[Any, str | Promise] | None = None


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

    Counted are the first thousand rows. Where there are more, few choices are counted each by itself, and of others
    it is said how many there are at least.
    """
    rows = table.narrowed(without=facet.key).order_by()
    values = list(rows.values_list(facet.column, flat=True)[: MOST + 1])
    more = len(values) > MOST
    counted = Counter(value for value in values if value not in (None, ""))
    if more and facet.labels:
        counted = Counter({value: _bounded(rows.filter(**{facet.column: value})) for value in facet.labels})
    chosen = table.filter_values.get(facet.key)
    return [
        Option(
            label=facet.labels[value] if facet.labels else value,
            count=min(count, MOST),
            more=count > MOST if facet.labels else more,
            chosen=str(value) == str(chosen),
            url=table.asking(**{facet.key: "" if str(value) == str(chosen) else str(value)}),
        )
        for value, count in counted.most_common(SHOWN)
        if count
    ]


def groups(table: Table, facets: Sequence[Facet]) -> list[tuple[str | Promise, list[Option]]]:
    """The facets among which there is something to choose."""
    found = [(facet.label, options(table, facet)) for facet in facets]
    return [(label, some) for label, some in found if len(some) > 1 or any(option.chosen for option in some)]


def _bounded(rows: QuerySet) -> int:
    return len(rows.values_list("pk")[: MOST + 1])
