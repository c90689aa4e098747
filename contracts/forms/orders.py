"""An order as a table of quantities, typed or uploaded, and the deliverer's answer."""

import secrets
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.actions import OrderRow
from contracts.forms.grid import NUMBER, Grid
from contracts.models import Contract, Orderable, OrderLine
from contracts.rules import MAX_PACKS
from core.errors import Fault, Refused
from core.spreadsheets import Sheet, read_rows

# The headings of the spreadsheet that can be downloaded, filled in and uploaded.
CONTRACT, LINE, PRODUCT, PACKS = "contract", "line", "product", "packs"


class OrderForm(Grid):
    """A quantity for each product that can be ordered, in packs, or for each set. ``submission`` makes sending it twice
    one order."""

    note = forms.CharField(label=gettext_lazy("Note to the deliverer"), max_length=300, required=False)
    submission = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, orderables: Iterable[Orderable], *args: Any, initial: dict[str, Any] | None = None) -> None:
        super().__init__(orderables, *args, initial={"submission": secrets.token_urlsafe(12), **(initial or {})})

    def key_of(self, thing: Orderable) -> str:
        return row_key(thing.line.contract.reference, thing.line.number, thing.number)

    def name_of(self, thing: Orderable) -> str:
        return thing.name

    def cells(self, thing: Orderable) -> dict[str, forms.Field]:
        packs = forms.IntegerField(
            label=_("Sets") if thing.line.is_set else _("Packs"),
            required=False,
            min_value=0,
            max_value=MAX_PACKS,
            widget=forms.NumberInput(NUMBER),
        )
        return {"packs": packs}

    @property
    def baskets(self) -> list[tuple[Contract, list[OrderRow]]]:
        """What is ordered, by contract; fills ``taken``."""
        wanted = [(key, thing) for key, thing in self.things.items() if self.values(key)["packs"]]
        self.taken = [key for key, _thing in wanted]
        return [
            (contract, [OrderRow(one.line.number, self.values(key)["packs"], one.number) for key, one in things])
            for contract, things in groupby(wanted, key=lambda pair: pair[1].line.contract)
        ]


def row_key(contract: str, line: int | str, product: int | str | None) -> str:
    """How a row of the form is named: C-2026-0003-1, and C-2026-0003-1-2 where a line has several products."""
    return "-".join(str(part) for part in (contract, line, product) if part)


class OrderUploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"), help_text=gettext_lazy("CSV or XLSX: the template with your quantities.")
    )


def read_order(file: Any, keys: Sequence[str]) -> dict[str, Any]:
    """Quantities of an uploaded spreadsheet as initial values of the form. Refused row by row."""
    faults: list[Fault] = []
    sheet = read_rows(file, file.name, on_error=lambda error: faults.extend(error.faults))
    missing = {CONTRACT, LINE, PACKS} - set(sheet.header)
    if missing:
        names = ", ".join(sorted(missing))
        raise Refused(_("The spreadsheet lacks the columns: %(columns)s. Use the template.") % {"columns": names})
    packs = _quantities(sheet, set(keys), faults)
    if faults:
        raise Refused(faults[0].message, faults=[_in_sheet(fault) for fault in faults])
    return packs


def _quantities(sheet: Sheet, keys: set[str], faults: list[Fault]) -> dict[str, Any]:
    packs: dict[str, Any] = {}
    for number, row in sheet:
        if not row[PACKS]:
            continue
        key = row_key(row[CONTRACT], row[LINE], row.get(PRODUCT))
        if key not in keys:
            faults.append(Fault(_("your hospital cannot order this line of this contract"), LINE, number))
        elif f"packs-{key}" in packs:
            faults.append(Fault(_("this line stands there twice"), LINE, number))
        elif not row[PACKS].isdecimal() or not row[PACKS].isascii() or int(row[PACKS][:8]) > MAX_PACKS:
            faults.append(Fault(_("enter whole packs"), PACKS, number))
        else:
            packs[f"packs-{key}"] = int(row[PACKS])
    return packs


def _in_sheet(fault: Fault) -> Fault:
    """The fault with its place in words: the form has no cell for it."""
    place = {"row": fault.row, "column": fault.field, "message": fault.message}
    return Fault(_("Row %(row)s, column “%(column)s”: %(message)s") % place)


class ConfirmForm(Grid):
    """How many packs of each line the deliverer promises; all, unless changed."""

    def key_of(self, thing: OrderLine) -> str:
        return str(thing.number)

    def name_of(self, thing: OrderLine) -> str:
        return str(thing.product.product_version.product.item)

    def cells(self, thing: OrderLine) -> dict[str, forms.Field]:
        packs = forms.IntegerField(
            label=_("Packs"),
            min_value=0,
            max_value=thing.packs,
            initial=thing.packs,
            widget=forms.NumberInput(NUMBER),
        )
        return {"packs": packs}

    @property
    def packs(self) -> dict[int, int]:
        self.taken = list(self.things)
        return {int(key): self.values(key)["packs"] for key in self.things}


class ClosingForm(forms.Form):
    """Why the rest is closed, among the reasons that the seat may give."""

    closing = forms.ChoiceField(label=gettext_lazy("Why"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("The other side reads it.")
    )

    def __init__(self, choices: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closing"].choices = choices
