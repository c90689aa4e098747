"""What both kinds of merge share: how SQL tells a fault or a change of a row, as staged rows keep them."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from catalogue.rules import Header


@dataclass(frozen=True)
class RowFault:
    """Something wrong with a sound row in view of the other rows or of the catalogue.

    ``field`` is where it stands, ``cell`` the SQL of what stands there, ``filling`` the SQL of each gap in the
    sentence.
    """

    name: str
    field: str
    sentence: str
    filling: Mapping[str, str] = dataclasses.field(default_factory=dict)
    cell: str = ""

    @property
    def sql(self) -> str:
        values = ", ".join(f"'{place}', {sql}" for place, sql in self.filling.items())
        return (
            f"jsonb_build_object('column', %({self.name}_column)s::text, 'message', %({self.name}_sentence)s::text, "
            f"'value', {self.cell or self.field}, 'values', jsonb_build_object({values}))"
        )

    def parameters(self, header: Header) -> dict[str, str]:
        column = header.columns.get(self.field, self.field)
        return {f"{self.name}_column": column, f"{self.name}_sentence": self.sentence}


def change(new: str, old: str) -> str:
    """The SQL of a change from ``old`` to ``new``, both texts: the pair, or null where the row says nothing new."""
    return f"CASE WHEN {new} <> '' AND {new} <> {old} THEN jsonb_build_array({old}, {new}) END"
