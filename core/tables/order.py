"""The order of a list, and the page of it that begins at a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet


@dataclass(frozen=True)
class Page:
    items: Sequence[Any]
    has_next: bool = False
    has_previous: bool = False


@dataclass(frozen=True)
class Order:
    """Rows ordered by one ORM name, missing values last, and among equals by a unique key.

    Without ``gaps`` no value is missing, and an index over the column and the key gives the rows of a page at once.
    """

    by: str
    key: str
    descending: bool
    gaps: bool

    def sorted(self, queryset: QuerySet, *, backwards: bool = False) -> QuerySet:
        down = self.descending != backwards
        key = f"-{self.key}" if down else self.key
        if not self.by:
            return queryset.order_by(key)
        nulls = {"nulls_first" if backwards else "nulls_last": True} if self.gaps else {}
        place = F("_place").desc(**nulls) if down else F("_place").asc(**nulls)
        return queryset.annotate(_place=F(self.by)).order_by(place, key)

    def beyond(self, value: Any, key: Any, *, backwards: bool) -> Q:
        """The rows that come after the given place, or before it when going backwards."""
        further = "lt" if self.descending != backwards else "gt"
        among_equals = Q(**{f"{self.key}__{further}": key})
        if not self.by:
            return among_equals
        if value is None:
            rest = Q(_place__isnull=True) & among_equals
            return rest | Q(_place__isnull=False) if backwards else rest
        rest = Q(**{f"_place__{further}e": value}) & (Q(**{f"_place__{further}": value}) | among_equals)
        return rest | Q(_place__isnull=True) if self.gaps and not backwards else rest


def has_gaps(queryset: QuerySet, name: str) -> bool:
    """Whether rows may lack a value by which they are ordered: all but a column of their own that always has one."""
    columns = {field.name for field in queryset.model._meta.concrete_fields if not field.null}
    return name not in columns - queryset.query.annotations.keys()


def portable(value: Any) -> Any:
    """A value of the ORM as JSON that the ORM reads back without loss."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
