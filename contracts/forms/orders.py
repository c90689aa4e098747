"""An order as a table of quantities, typed or uploaded, and the deliverer's answer."""

import json
import secrets
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.actions import OrderRow
from contracts.models import Contract, Orderable
from contracts.rules import MAX_PACKS
from core.grids import Grid, GridRow
from core.pinyin import search_keys
from core.templatetags.ui import currency, price, quantity

_keys_of = lru_cache(maxsize=2000)(search_keys)  # makers and items come again, on every page


class BasketRow(GridRow):
    """A product that can be ordered, in packs, or a set."""

    heading_template = "contracts/_orderable.html"
    packs = forms.IntegerField(label=gettext_lazy("Packs"), required=False, min_value=0, max_value=MAX_PACKS)

    def fit(self) -> None:
        if self.thing.line.is_set:
            self.fields["packs"].label = _("Sets")

    @property
    def row_label(self) -> str:
        return self.thing.name

    @property
    def sheet_label(self) -> str:
        one, version = self.thing.first, self.thing.first.product_version
        pack = _("set") if self.thing.line.is_set else f"{one.pack_size} / {version.pack_unit}".strip(" /")
        return " · ".join((self.thing.name, str(version.product.maker), pack))

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        one, volume, line = self.thing, self.thing.volume, self.thing.line
        ordered = _("%(ordered)s ordered") % {"ordered": quantity(volume.ordered)}
        unit = line.unit if line.is_set else ""
        each = f"{price(one.price)} / {unit}" if unit else price(one.price)
        counted = {"unit": _("packs"), "numeric": True, "note": unit, "changes": True}
        return [
            {
                "label": _("Contract"),
                "value": line.contract.reference,
                "note": one.deliverer.name,
            },
            {"label": _("Price a pack"), "unit": currency(), "value": each, "numeric": True},
            {
                "label": _("Agreed"),
                "value": f"{quantity(volume.agreed)} {line.unit}",
                "note": ordered,
                "numeric": True,
                "changes": True,
            },
            {"label": _("Left to agreed"), "value": quantity(one.packs_to_agreed), **counted},
            {"label": _("At most"), "value": quantity(one.packs_to_maximum), **counted},
        ]

    @property
    def row_words(self) -> str:
        line = self.thing.line
        words = {self.thing.name, line.contract.reference, line.award.part_title}
        for one in self.thing.products:
            version, product = one.product_version, one.product_version.product
            words |= {str(product.item), str(product.maker), product.reference, product.item.reference}
            words |= {version.brand, version.national_code, version.approval_number, product.item.code_prefix}
            words |= {product.item.pinyin, product.item.initials}
            words |= {_keys_of(str(product.maker)).pinyin, _keys_of(str(product.maker)).initials}
        return " ".join(sorted(filter(None, words)))

    @property
    def row_facts(self) -> dict[str, str]:
        """For the running total: the volume that it draws of and by how much a pack, and what packs of it cost."""
        one, volume, line = self.thing, self.thing.volume, self.thing.line
        costs = [
            {
                "price": f"{product.price:f}",
                "fee": f"{product.service_fee or 0:f}",
                "packs": [product.quantity, product.pack_size] if line.is_set else [1, 1],
            }
            for product in one.products
        ]
        most = "" if volume.maximum is None else f"{volume.maximum - volume.ordered:f}"
        left = f"{volume.agreed - volume.ordered:f}"
        drawn = {"volume": row_key(line.contract.reference, line.number, None), "draws": f"{one.units:f}"}
        return {**drawn, "left": left, "most": most, "unit": line.unit, "costs": json.dumps(costs)}

    @property
    def is_taken(self) -> bool:
        return bool(self.cleaned_data.get("packs"))


class OrderForm(Grid):
    """A quantity for each product that can be ordered, perhaps of ``one`` contract only, which has a draft of its own.

    ``submission`` makes sending it twice one order.
    """

    row = BasketRow
    caption = gettext_lazy("Items under contract")
    heading = gettext_lazy("Item")
    key_headings = (gettext_lazy("Contract"), gettext_lazy("Line"), gettext_lazy("Product"))
    finds = True

    note = forms.CharField(label=gettext_lazy("Note to the deliverer"), max_length=300, required=False)
    submission = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, orderables: Sequence[Orderable], *args: Any, one: bool, initial: Mapping[str, Any]) -> None:
        begins = {"submission": secrets.token_urlsafe(12), **initial}
        draft = f"order/{orderables[0].line.contract.reference}" if one and orderables else "order"
        self.whose = orderables[0].volume.hospital.credit_code if orderables else ""
        super().__init__(orderables, *args, draft=draft, initial=begins)

    @property
    def made_for(self) -> str:
        return "order"

    def key_of(self, thing: Orderable) -> str:
        return row_key(thing.line.contract.reference, thing.line.number, thing.number)

    def key_cells(self, row: GridRow) -> Sequence[object]:
        return [row.thing.line.contract.reference, row.thing.line.number, row.thing.number]

    @property
    def baskets(self) -> list[tuple[Contract, list[OrderRow]]]:
        """What is ordered, by contract."""
        return [
            (contract, [OrderRow(row.thing.line.number, row.cleaned_data["packs"], row.thing.number) for row in rows])
            for contract, rows in groupby(self.taken, key=lambda row: row.thing.line.contract)
        ]


def row_key(contract: str, line: int | str, product: int | str | None) -> str:
    """How a row of the form is named: C-2026-0003-1, and C-2026-0003-1-2 where a line has several products."""
    return "-".join(str(part) for part in (contract, line, product) if part)


class PromiseRow(GridRow):
    """An order line, and how many packs of it the deliverer promises."""

    heading_template = "contracts/_order_line.html"
    packs = forms.IntegerField(label=gettext_lazy("Packs"), min_value=0)

    def begin(self) -> dict[str, Any]:
        return {"packs": self.thing.packs}

    def fit(self) -> None:
        self.at_most("packs", self.thing.packs)

    @property
    def row_label(self) -> str:
        return str(self.thing.product.product_version.product.item)

    @property
    def row_cells(self) -> list[dict[str, Any]]:
        ordered = {"label": _("Ordered"), "unit": _("packs"), "value": quantity(self.thing.packs), "numeric": True}
        paid = {"label": _("Price a pack"), "unit": currency(), "value": price(self.thing.price), "numeric": True}
        return [paid, ordered]


class ConfirmForm(Grid):
    """How many packs of each line the deliverer promises; all, unless changed."""

    row = PromiseRow
    caption = gettext_lazy("Lines")
    heading = gettext_lazy("Product")
    key_headings = (gettext_lazy("Line"),)

    @property
    def packs(self) -> dict[int, int]:
        return {row.thing.number: row.cleaned_data["packs"] for row in self.taken}


class ClosingForm(forms.Form):
    """Why the rest is closed, among the reasons that the seat may give."""

    closing = forms.ChoiceField(label=gettext_lazy("Why"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("The other side reads it.")
    )

    def __init__(self, choices: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closing"].choices = choices
