"""A form that is a table: a row of fields for each thing, and refusals put beside the cell they speak of."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from core.errors import Fault, Refused

NUMBER = {"class": "cell-input numeric"}
TEXT = {"class": "cell-input"}


@dataclass(frozen=True)
class GridRow:
    """A thing and its cells, bound fields by name."""

    key: str
    thing: Any
    cells: dict[str, BoundField]

    @property
    def has_more(self) -> bool:
        """Whether somebody changed a cell after the first, or one of them is wrong."""
        others = list(self.cells.values())[1:]
        return any(cell.errors or (cell.form.is_bound and cell.name in cell.form.changed_data) for cell in others)


class Grid(forms.Form):
    """Fields named ``<name>-<key of the row>``. Subclasses say ``key_of`` a thing and its ``cells``.

    ``taken`` holds the keys of the rows that were handed to the action, in its order: a refusal that names
    row 2 speaks of the second of them. A cell's label names its row too; its ``heading`` does not.
    """

    def __init__(self, things: Iterable[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.things = {self.key_of(thing): thing for thing in things}
        self.taken: list[str] = []
        self._names: dict[str, list[str]] = {}
        for key, thing in self.things.items():
            cells = self.cells(thing)
            self._names[key] = list(cells)
            for name, field in cells.items():
                field.heading = field.label
                field.label = _("%(field)s, %(row)s") % {"field": field.label, "row": self.name_of(thing)}
                self.fields[f"{name}-{key}"] = field

    def key_of(self, thing: Any) -> str:
        raise NotImplementedError

    def name_of(self, thing: Any) -> str:
        """How an error summary names the row."""
        raise NotImplementedError

    def cells(self, thing: Any) -> dict[str, forms.Field]:
        raise NotImplementedError

    def values(self, key: str) -> dict[str, Any]:
        """The cleaned cells of one row by name; None where one is not valid."""
        return {name: self.cleaned_data.get(f"{name}-{key}") for name in self._names[key]}

    @property
    def rows(self) -> list[GridRow]:
        return [
            GridRow(key, thing, {name: self[f"{name}-{key}"] for name in self._names[key]})
            for key, thing in self.things.items()
        ]

    @property
    def other_fields(self) -> list[BoundField]:
        """The visible fields that belong to no row."""
        return [self[name] for name in self.base_fields if not self[name].is_hidden]


@contextmanager
def at_cells(form: Grid) -> Iterator[None]:
    """Turn the rows of a refusal into cells of the form."""
    try:
        yield
    except Refused as refusal:
        raise Refused(refusal.message, code=refusal.code, faults=_located(refusal.faults, form)) from None


def _located(faults: Sequence[Fault], form: Grid) -> list[Fault]:
    located = []
    for fault in faults:
        key = form.taken[fault.row - 1] if fault.row and fault.row <= len(form.taken) else ""
        located.append(Fault(fault.message, f"{fault.field}-{key}") if key else fault)
    return located
