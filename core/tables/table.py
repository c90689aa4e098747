"""A list: what its address asks for, the page of it, and its export."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime
from functools import cached_property
from typing import Any, cast

from django import forms
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.clock import zone
from core.events import record
from core.models import Event, Verb
from core.spreadsheets import csv_response, xlsx_response
from core.tables.declared import Cell, Column, Empty, Filter, Head, Reader, Row, Text, read
from core.tables.order import Order, Page, has_gaps, portable

EXPORTS = ("csv", "xlsx")
FILTERS_IN_SIGHT = 5
PLACES = ("after", "before")
EXPORT_CHUNK = 2000
NOTHING: tuple[Any, ...] = (None, "", [], ())
SIGNER = signing.Signer(salt="core.tables")


class Table:
    """A list on a page: rows of a queryset, or of a short sequence that is shown whole and as it comes.

    ``prefix`` keeps the addresses of two tables on one page apart. Columns of kind due need ``today``.
    """

    name: str = "list"  # names the exported file
    caption: Text = ""
    columns: Sequence[Column] = ()
    filters: Sequence[Filter] = ()
    key: str = "pk"  # a unique field that settles the order of equal rows; it travels in addresses
    default_sort: str = ""  # the key of a column, with a minus for descending
    page_size: int = 50
    pick_amount: Reader = ""  # of a row that can be picked: what a page adds up while somebody picks
    row_tone: Reader = ""  # good, warn, bad or quiet
    pick: Reader = ""  # a checkbox named "pick" before each row that has a value, for the form with id "picks"
    exports: Sequence[str] = EXPORTS
    phone: str = "stack"  # a row becomes a card; "scroll": the table moves sideways
    wide: bool = False  # scrolls in its own region, header and first column in sight
    empty: Empty = Empty()
    totals: Mapping[str, Any] = {}  # by column, for the last line; a view sets them

    def __init__(
        self,
        request: HttpRequest,
        source: QuerySet | Sequence[Any],
        *,
        today: date | None = None,
        prefix: str = "",
    ) -> None:
        self.request, self.source, self.today, self.prefix = request, source, today, prefix

    @property
    def picks(self) -> bool:
        """Whether rows have checkboxes; a template would call ``pick`` where it is a function."""
        return bool(self.pick)

    # --- What the address asks for ------------------------------------------------------------------------
    def _name(self, parameter: str) -> str:
        return f"{self.prefix}-{parameter}" if self.prefix else parameter

    def _asked(self, parameter: str) -> str:
        return self.request.GET.get(self._name(parameter), "")

    def _address(self, dropped: Iterable[str] = (), **changes: str) -> str:
        """This page's address with parameters of this table dropped or changed, from the first page."""
        query = self.request.GET.copy()
        for parameter in (*PLACES, "export", *dropped, *changes):
            query.pop(self._name(parameter), None)
        query.update({self._name(parameter): value for parameter, value in changes.items()})
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    @property
    def export(self) -> str:
        """The format asked for, or nothing: a page."""
        return self._asked("export") if self._asked("export") in self.exports else ""

    @cached_property
    def sort(self) -> str:
        """The key of the column that orders the rows, with a minus when descending; empty: by ``key``."""
        asked = self._asked("sort")
        allowed = {column.key for column in self.columns if column.sort}
        return asked if asked.removeprefix("-") in allowed else self.default_sort

    @cached_property
    def filter_form(self) -> forms.Form:
        """The filters as a form. A view may narrow a field's choices before the rows are read."""
        form = forms.Form(
            self.request.GET, prefix=self.prefix or None, auto_id="filter_%s", use_required_attribute=False
        )
        form.fields = {declared.key: _optional(declared.field) for declared in self.filters}
        return form

    @cached_property
    def filter_values(self) -> dict[str, Any]:
        """What the valid filters ask for. An invalid one is ignored and says why beside its field."""
        self.filter_form.is_valid()
        return {key: value for key, value in self.filter_form.cleaned_data.items() if value not in NOTHING}

    @property
    def filtered(self) -> bool:
        return bool(self.filter_values)

    @property
    def filters_in_sight(self) -> list[forms.BoundField]:
        return list(self.filter_form)[:FILTERS_IN_SIGHT]

    @property
    def filters_behind_more(self) -> list[forms.BoundField]:
        return list(self.filter_form)[FILTERS_IN_SIGHT:]

    @property
    def more_is_open(self) -> bool:
        return any(field.name in self.filter_values for field in self.filters_behind_more)

    @property
    def kept_parameters(self) -> list[tuple[str, str]]:
        """Everything in the address that the filter form must carry along: tab, sort, other tables."""
        own = {self._name(name) for name in (*PLACES, "export", *(declared.key for declared in self.filters))}
        asked = self.request.GET.lists()
        return [(name, value) for name, values in asked if name not in own for value in values]

    @property
    def clear_url(self) -> str:
        return self._address(dropped=[declared.key for declared in self.filters])

    # --- What the page draws ------------------------------------------------------------------------------
    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        if not (column.sort and isinstance(self.source, QuerySet)):
            return Head(column.key, column.label, column.unit, column.is_numeric)
        order = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "")
        url = self._address(sort=f"-{column.key}" if order == "ascending" else column.key)
        return Head(column.key, column.label, column.unit, column.is_numeric, url, order)

    @cached_property
    def rows(self) -> list[Row]:
        return [
            Row(
                cells=[column.cell(item) for column in self.columns],
                object=item,
                tone=read(item, self.row_tone) or "",
                pick=str(read(item, self.pick)) if self.pick else "",
                pick_amount=read(item, self.pick_amount) or "",
            )
            for item in self._page.items
        ]

    @property
    def foot(self) -> list[Cell]:
        """The line of totals: a cell for each column after the first, empty where nothing is added up."""
        if not self.totals:
            return []
        return [column.total(self.totals.get(column.key)) for column in self.columns[1:]]

    @property
    def next_url(self) -> str:
        return self._turn("after", self._page.items[-1]) if self._page.has_next else ""

    @property
    def previous_url(self) -> str:
        return self._turn("before", self._page.items[0]) if self._page.has_previous else ""

    @property
    def export_links(self) -> list[tuple[str, str]]:
        """Format and address of each export, for what is shown: same filters, same order, all pages."""
        return [(kind.upper(), self._address(export=kind)) for kind in self.exports]

    def export_response(self) -> HttpResponseBase:
        """The whole list as a file. That a seat took it away is in the trail, with what it asked for."""
        answer = {"csv": csv_response, "xlsx": xlsx_response}[self.export]
        if seat := getattr(self.request, "seat", None):
            record(
                Verb.DATA_EXPORTED,
                self.name,
                by=seat,
                now=timezone.now(),
                audience=Event.Audience.NAMED,
                list=self.name,
                format=self.export,
                filters=", ".join(f"{key}={value}" for key, value in self.filter_values.items()) or "-",
            )
        header = [column.export_label for column in self.columns]
        return answer(f"{self.name}.{self.export}", header, self.export_rows())

    def export_rows(self) -> Iterator[list[Any]]:
        """Every row that the filters leave, as plain values: numbers stay numbers and dates stay dates."""
        items: Iterable[Any] = self.source
        if isinstance(self.source, QuerySet):
            items = self._order.sorted(self._narrowed()).iterator(chunk_size=EXPORT_CHUNK)
        for item in items:
            yield [_on_the_wall(column.read(item)) for column in self.columns]

    # --- The rows of one page -----------------------------------------------------------------------------
    @cached_property
    def _order(self) -> Order:
        by = {column.key: column.sort for column in self.columns}
        name = by.get(self.sort.removeprefix("-"), "")
        return Order(name, self.key, self.sort.startswith("-"), has_gaps(cast(QuerySet, self.source), name))

    @property
    def matching(self) -> QuerySet:
        """Every row that the filters leave, in no order: for the totals of a view."""
        return self._narrowed()

    def _narrowed(self) -> QuerySet:
        queryset = cast(QuerySet, self.source)
        for declared in self.filters:
            if declared.key in self.filter_values:
                queryset = declared.narrow(queryset, self.filter_values[declared.key])
        return queryset

    @cached_property
    def _page(self) -> Page:
        if not isinstance(self.source, QuerySet):
            return Page(list(self.source))
        direction, place = self._place()
        backwards = direction == "before"
        queryset = self._order.sorted(self._narrowed(), backwards=backwards)
        if place:
            queryset = queryset.filter(self._order.beyond(*place, backwards=backwards))
        items = list(queryset[: self.page_size + 1])
        more = len(items) > self.page_size
        items = items[: self.page_size]
        if backwards:
            return Page(items[::-1], has_next=bool(items), has_previous=more)
        return Page(items, has_next=more, has_previous=bool(place and items))

    def _place(self) -> tuple[str, tuple[Any, Any] | None]:
        """Where the page starts, if the address was made by us and for this order."""
        for direction in PLACES:
            try:
                sort, value, key = SIGNER.unsign_object(self._asked(direction))
            except (signing.BadSignature, ValueError):
                continue
            if sort == self.sort:
                return direction, (value, key)
        return "after", None

    def _turn(self, direction: str, item: Any) -> str:
        value = portable(item._place) if self._order.by else None
        place = SIGNER.sign_object([self.sort, value, portable(getattr(item, self.key))])
        return self._address(**{direction: place})


def _optional(declared: forms.Field) -> forms.Field:
    """A copy of a filter's field that may stay empty; a choice starts with "All"."""
    copied = deepcopy(declared)
    copied.required = False
    if isinstance(copied, forms.ModelChoiceField):
        copied.empty_label = _("All")
    elif isinstance(copied, forms.ChoiceField) and not isinstance(copied, forms.MultipleChoiceField):
        copied.choices = [("", _("All")), *cast(Iterable, copied.choices)]
    return copied


def _on_the_wall(value: Any) -> Any:
    """For spreadsheets, which know no zones: an instant becomes what the platform's clocks show."""
    return value.astimezone(zone()).replace(tzinfo=None) if isinstance(value, datetime) else value
