"""Grids: one form a row, where the rows are given and only their cells are typed."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from core.errors import Fault, Refused


class GridRow(forms.Form):
    """A row of a grid; ``row`` is the thing that it is about. Subclasses say how it is shown and begins."""

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    @property
    def row_label(self) -> str:
        return str(self.row)

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        return []


class Grid(forms.BaseFormSet):
    """All rows of a grid. A browser fills their cells, and adds and leaves out none."""

    def __init__(self, rows: Sequence[Any], *args: Any, **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(*args, **kwargs)

    def total_form_count(self) -> int:
        return len(self.rows)

    def initial_form_count(self) -> int:
        return len(self.rows)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "row": self.rows[index or 0]}

    def attempt(self, act: Callable[[], Any], place: Callable[[Fault], tuple[GridRow | None, str]]) -> bool:
        """Run ``act`` if every cell is valid; a refusal goes to the row and field that ``place`` names."""
        if not self.is_valid():
            return False
        try:
            act()
        except Refused as refusal:
            for fault in refusal.faults:
                self._add_error(*place(fault), fault.message)
            return False
        return True

    def _add_error(self, form: GridRow | None, field: str, message: str) -> None:
        if form is None:
            self.non_form_errors().append(message)
        else:
            form.add_error(field if field in form.fields else None, message)


def grid_of(
    row: type[GridRow], rows: Sequence[Any], data: Any, initial: Sequence[dict[str, Any]], prefix: str = "rows"
) -> Any:
    """A grid of ``rows``, each drawn by the form class ``row``; two on one page have a ``prefix`` each."""
    most = max(len(rows), 1)
    made: Any = forms.formset_factory(row, formset=Grid, extra=0, max_num=most, absolute_max=most)
    return made(rows, data, initial=initial, prefix=prefix)
