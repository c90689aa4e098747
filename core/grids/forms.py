"""A grid as a form: what stands in its cells, what is wrong with them, and which rows an action is given."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.validators import MaxValueValidator
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.http import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext_lazy

from core.errors import Fault
from core.grids.sheets import (
    MOST_TOLD,
    Filled,
    SheetColumn,
    SheetRow,
    SheetTable,
    Written,
    in_each_language,
    read_cells,
    template_response,
    version_of,
)
from core.written import plain_heading

Text = str | Promise
EMPTY: Mapping[str, Any] = MappingProxyType({})
BLANK = "__key__"  # the key of the row that a browser copies where it needs one more


class GridRow(forms.Form):
    """A thing and what is typed about it. The names of its cells end in its key and not in its place: what is typed
    belongs to its thing, whatever comes or goes in the list meanwhile.

    Subclasses declare the cells as fields, and say how the thing is shown beside them.
    """

    heading_template = ""  # where the first cell of the row is more than a label and a note
    on_demand: ClassVar[tuple[str, ...]] = ()  # cells that a phone shows when somebody asks for them

    def __init__(
        self, thing: Any, key: str, data: Any = None, *, initial: Mapping[str, Any] = EMPTY, today: date | None = None
    ) -> None:
        self.thing, self.key, self.today = thing, key, today
        begins = {} if thing is None else self.begin()
        super().__init__(data, initial={**begins, **initial}, use_required_attribute=False)
        if thing is not None:
            self.fit()

    def begin(self) -> dict[str, Any]:
        """What its cells hold before anybody has typed."""
        return {}

    def fit(self) -> None:
        """Make the cells take what its thing allows."""

    def add_prefix(self, field_name: str) -> str:
        return f"{field_name}-{self.key}"

    def at_most(self, name: str, most: int) -> None:
        """Let a cell hold no number above one that only this row knows."""
        field: Any = self.fields[name]
        field.max_value = most
        field.validators.append(MaxValueValidator(most))

    @property
    def row_label(self) -> str:
        return str(self.thing)

    @property
    def row_heading(self) -> str:
        """What stands in the first cell, where the heading of the column says what it is."""
        return self.row_label

    @property
    def sheet_label(self) -> str:
        """The label in a spreadsheet, which has no heading of several lines."""
        return self.row_label

    def written(self, heading: Text) -> Sequence[Written]:
        """What a spreadsheet says of the thing beside the cells, under the heading of the rows and others.

        A cell of ``row_cells`` that ``changes`` may say something else when the file comes back.
        """
        cells = (Written(cell["label"], cell["value"], changes="changes" in cell) for cell in self.row_cells)
        return [Written(heading, self.sheet_label), *cells]

    def unit_of(self, name: str) -> str:
        """In what a cell counts, where it is not the same in every row."""
        return ""

    @property
    def row_note(self) -> str:
        return ""

    @property
    def row_words(self) -> str:
        """By what a row of a grid that ``finds`` is found: names, codes, pinyin."""
        return ""

    @property
    def row_facts(self) -> Mapping[str, str]:
        """What a script of the page is told of the thing, by names of data attributes."""
        return {}

    @property
    def row_cells(self) -> Sequence[dict[str, Any]]:
        """What is shown of the thing beside its label: label and value [kind unit numeric note url]."""
        return []

    @property
    def is_taken(self) -> bool:
        """Whether a valid row is handed to the action, or was left empty."""
        return True

    @property
    def shows_all(self) -> bool:
        """Whether somebody changed a cell that is shown on demand, or it is wrong."""
        changed = self.changed_data if self.is_bound else ()
        return any(self[name].errors or name in changed for name in self.on_demand)

    def sheet_cells(self) -> list[object]:
        """What its cells hold, as a spreadsheet shows it."""
        return [_as_shown(self[name]) for name in self.fields]


@dataclass(frozen=True)
class Change:
    """A cell in which a file put something else than stood there, or nothing."""

    row: str
    column: str
    before: str
    after: str


class Grid(forms.Form):
    """Rows, and the fields that belong to none of them. The rows are the things that are given: none can be added.

    Besides for its act, a grid may be sent for a spreadsheet to be read into its cells, or to be changed once more:
    then it is not valid, and shows what it holds now. ``draft`` names what is kept of it while somebody types;
    ``name`` tells apart two grids of a page, whose cells have different names.
    """

    row: ClassVar[type[GridRow]]
    name: ClassVar[str] = "table"
    caption: ClassVar[Text] = ""
    heading: ClassVar[Text] = pgettext_lazy("of a table", "Row")
    ask_for_all: ClassVar[Text] = ""  # what a phone calls the cells that it shows on demand
    whose: str = ""  # of whom the table is, where its draft does not say it
    borrows: ClassVar[bool] = False  # whether a template made for another thing of the kind may be read here
    whole: ClassVar[bool] = False  # every row must come: one left out would be taken for an empty one
    key_headings: ClassVar[tuple[Text, ...]] = (
        pgettext_lazy("of a table", "Row"),
    )  # of a spreadsheet, for what names a row
    most: ClassVar[int] = 10_000
    grows: ClassVar[bool] = False
    wide: ClassVar[bool] = False  # more columns than a page has room for: it scrolls by itself, beside its headings
    finds: ClassVar[bool] = False  # rows can be found by ``row_words``, and those left that hold something

    def __init__(
        self,
        things: Iterable[Any],
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        draft: str = "",
        initial: Mapping[str, Any] = EMPTY,
        today: date | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial), use_required_attribute=False)
        self.draft, self.things, self.today = draft, list(things), today
        self.read: Filled | None = None
        self.replaced: list[str] = []
        self.before: Mapping[str, Any] = EMPTY
        self.not_in_file = 0
        self.only_fills = self.is_bound and not {"read", "more", "change"}.isdisjoint(self.data)
        if self.only_fills and self.data.get("read") == self.name:
            self.read = self._read((files or {}).get(f"sheet-{self.name}"))
        self.rows = [self._made(key, thing) for key, thing in self.keyed()]

    def keyed(self) -> list[tuple[str, Any]]:
        """The things of the rows, each after the key by which its row is known."""
        return [(self.key_of(thing), thing) for thing in self.things]

    def key_of(self, thing: Any) -> str:
        return str(thing.number)

    def row_of(self, thing: Any, key: str, data: Any = None, **more: Any) -> GridRow:
        """The form of a row; subclasses tell it what only they know."""
        return self.row(thing, key, data, today=self.today, **more)

    @property
    def blank(self) -> GridRow:
        """The row that a browser copies where it needs one more."""
        return self.row_of(None, BLANK)

    @property
    def taken(self) -> list[Any]:
        """The rows that are handed to the action, in its order: a refusal that names row 2 speaks of the second."""
        return [row for row in self.rows if row.is_taken]

    # --- What is wrong -----------------------------------------------------------------------------------------
    @property
    def errors(self) -> ErrorDict:
        """Of the grid's own fields and of all cells, by their names."""
        if self.only_fills:
            told = self.read.told if self.read else []
            found = ErrorDict({NON_FIELD_ERRORS: self.error_class(told)} if told else {})
        else:
            found = ErrorDict(super().errors)
        for row in self.rows:
            found |= {row.add_prefix(name): errors for name, errors in row.errors.items()}
        return found

    def is_valid(self) -> bool:
        return super().is_valid() and not self.only_fills

    def clean(self) -> None:
        super().clean()
        if self.whole and any(self.data.keys().isdisjoint(map(row.add_prefix, row.fields)) for row in self.rows):
            self.add_error(None, _("A part of the table did not arrive, so that nothing was taken. Send it again."))
        if gone := self._sent_keys(filled=True) - {row.key for row in self.rows}:
            told = ngettext(
                "A row that you filled in is no longer here, so that nothing was taken: %(rows)s. Check the others.",
                "Rows that you filled in are no longer here, so that nothing was taken: %(rows)s. Check the others.",
                len(gone),
            )
            self.add_error(None, told % {"rows": ", ".join(sorted(gone)[:10])})

    def place(self, fault: Fault) -> None:
        """Put what an action refuses beside the cell that it is about."""
        taken = self.taken
        form = taken[fault.row - 1] if fault.row and fault.row <= len(taken) else self
        form.add_error(fault.field if fault.field in form.fields else None, fault.message)

    def _sent_keys(self, *, filled: bool = False) -> set[str]:
        """The keys of all rows of which cells were sent, or of those in whose cells something stands."""
        parted = (name.partition("-") for name, text in self.data.items() if text or not filled)
        return {key for name, _dash, key in parted if key and name in self.row.base_fields}

    @property
    def made_for(self) -> str:
        """For what a template is made: a file of another thing is refused."""
        return self.draft

    # --- Spreadsheets ------------------------------------------------------------------------------------------
    def template_response(self, kind: str) -> HttpResponseBase:
        """The table as a file to fill in, of a kind like ``table.xlsx``; 404 for a kind that there is not."""
        keys = len(self.key_headings)
        headings = [column.heading for column in self.columns]
        helping = [written.heading for written in self._written(self.rows[0])] if self._shown else []
        header = [*headings[:keys], *helping, *headings[keys:]]
        rows = [
            [*self.key_cells(row), *(one.value for one in self._written(row)), *row.sheet_cells()] for row in self.rows
        ]
        name = self.draft.replace("/", "-")
        return template_response(kind.removeprefix(f"{self.name}."), name, header, rows, self._purpose())

    def key_cells(self, row: GridRow) -> Sequence[object]:
        """How a spreadsheet names a row: a cell for each of ``key_headings``."""
        key = int(row.key) if row.key.isdecimal() else row.key
        return [key] if self.key_headings else []

    @property
    def columns(self) -> list[SheetColumn]:
        """Of a spreadsheet of this grid: what names a row, and the cells."""
        keys = [SheetColumn(heading, names_row=True) for heading in self.key_headings]
        return keys + [SheetColumn(field.label or name, name, field) for name, field in self.blank.fields.items()]

    @cached_property
    def _known(self) -> list[tuple[str, GridRow]]:
        """The rows of the things by their keys, for what is written of them: nothing is typed into these."""
        return [] if self.grows else [(key, self.row_of(thing, key)) for key, thing in self.keyed()]

    @cached_property
    def _shown(self) -> list[int]:
        """Which of the facts of its rows a spreadsheet has columns for: those that no column of its own has."""
        if not self._known:
            return []
        taken = {plain_heading(str(text)) for column in self.columns for text in (column.heading, column.name)}
        first = self._known[0][1].written(self.heading)
        return [place for place, one in enumerate(first) if plain_heading(str(one.heading)) not in taken]

    def _written(self, row: GridRow) -> list[Written]:
        written = row.written(self.heading)
        return [written[place] for place in self._shown]

    def _purpose(self) -> tuple[str, str, str]:
        """What a template is made for: the table, whose it is, and its state, in a language that is always the same."""
        with override("en"):
            held = [[key, *(one.value for one in self._written(row) if not one.changes)] for key, row in self._known]
        return f"{self.name}:{self.made_for}", self.whose, version_of(held)

    def _read(self, file: Any) -> Filled:
        if file is None:
            return Filled(told=[_("Choose a file.")])
        found = read_cells(file, self._table())
        if found.cells:
            before = self.data
            kept = {name: "" if self.grows and "-" in name else before[name] for name in before}
            self.data = {**kept, **found.cells}
            self.replaced = [name for name in self._cells_of(before) if before[name] != self.data.get(name, "")]
            self.before = before
            in_file = {name.partition("-")[2] for name in found.cells}
            self.not_in_file = len({name.partition("-")[2] for name in self._cells_of(before)} - in_file)
        return found

    @property
    def changes(self) -> list[Change]:
        """What a file that was read replaces or empties, the first of them: nothing of it counts yet."""
        rows = {row.key: row for row in self.rows}
        told = []
        for name in self.replaced[:MOST_TOLD]:
            field, _dash, key = name.partition("-")
            row = rows.get(key) or self.blank
            choices = {str(value): str(label) for value, label in getattr(row.fields[field], "choices", ())}
            texts = (choices.get(text, text) for text in (self.before[name], self.data.get(name, "")))
            told.append(Change(row.row_label if row.thing else key, str(row.fields[field].label), *texts))
        return told

    @property
    def emptied(self) -> int:
        """How many cells a file that was read leaves empty in which something stands."""
        return sum(not self.data.get(name) for name in self.replaced)

    def _table(self) -> SheetTable:
        rows = {key: SheetRow(partial(self._written, row), row.unit_of) for key, row in self._known}
        said = in_each_language(lambda: [str(one.heading) for one in self._written(self._known[0][1])]) if rows else []
        written = [sorted(set(texts)) for texts in zip(*said, strict=True)]
        return SheetTable(self.columns, written, None if self.grows else rows, self._purpose(), self.most, self.borrows)

    def _cells_of(self, data: Mapping[str, Any]) -> list[str]:
        """The names of the cells in which something stands."""
        fields = self.row.base_fields
        return [name for name, text in data.items() if text and "-" in name and name.partition("-")[0] in fields]

    def _made(self, key: str, thing: Any) -> GridRow:
        begin = {name: f"{name}-{key}" for name in self.row.base_fields}
        given = {name: self.initial[full] for name, full in begin.items() if full in self.initial}
        return self.row_of(thing, key, self.data if self.is_bound else None, initial=given)


class GrowingGrid(Grid):
    """A grid whose rows are numbered: those of the things given, and as many more as somebody needs (``more``)."""

    key_headings = ()
    grows = True
    most = 500
    spare: ClassVar[int] = 4
    more: ClassVar[int] = 10

    def keyed(self) -> list[tuple[str, Any]]:
        sent = [int(key) for key in self._sent_keys() if key.isdecimal() and len(key) < 6]
        many = max(len(self.things) + self.spare, *sent, 0) + (self.more if "more" in self.data else 0)
        things = [*self.things, *[None] * (many - len(self.things))][: max(self.most, len(self.things))]
        return [(str(place), thing) for place, thing in enumerate(things, start=1)]


def _as_shown(field: BoundField) -> object:
    value: Any = field.value()
    choices = getattr(field.field, "choices", ())
    return next((str(label) for key, label in choices if key and str(key) == str(value)), value)
