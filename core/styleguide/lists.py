"""Forms, a grid and a list of the gallery, with sample rows."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms

from core.clock import legal_date
from core.grids import GridRow, GrowingGrid
from core.tables import Column, Empty, Filter, Head, Table


class ProductForm(forms.Form):
    name = forms.CharField(
        label="Printed name", help_text="As on the approval, without the maker's name.", max_length=80
    )
    pack = forms.IntegerField(label="Pack size", widget=forms.NumberInput({"data-unit": "tablets"}))
    price = forms.DecimalField(
        label="Price a pack",
        help_text="Up to six decimals, with tax.",
        widget=forms.NumberInput({"data-unit": "CNY"}),
    )
    starts_on = forms.DateField(label="Valid from")
    closes_at = forms.DateTimeField(label="Closes", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("drug", "Drug"), ("consumable", "Consumable")], widget=forms.RadioSelect
    )
    region = forms.ChoiceField(label="Region", choices=[("", "Choose one"), ("310000", "Shanghai")])
    note = forms.CharField(label="Note to the supplier", required=False, widget=forms.Textarea({"rows": 3}))
    approval = forms.FileField(label="Approval document", help_text="PDF, at most 10 MB.", required=False)
    agree = forms.BooleanField(label="The data agree with the approval")


class LineRow(GridRow):
    """A line of a grid: it says what its row is, and what is shown beside its fields."""

    row_label = "Atorvastatin calcium tablets 20 mg × 7"
    row_note = "Sample Pharma A"
    row_cells = ({"label": "Remaining", "unit": "packs", "value": "12,400", "numeric": True},)

    packs = forms.IntegerField(label="Order", min_value=1, widget=forms.NumberInput({"data-unit": "packs"}))
    note = forms.CharField(label="Note", required=False)


class LineForm(GrowingGrid):
    row, caption, heading, spare = LineRow, "Lines of the order", "Product", 3


class SignForm(forms.Form):
    code = forms.CharField(
        label="Password", help_text="To be sure that it is you.", widget=forms.PasswordInput, max_length=80
    )


class Orders(Table):
    name = "orders"
    caption = "Orders"
    columns = (
        Column("reference", "Order", kind="reference", url="url", note="hospital"),
        Column("product", "Product", note="maker"),
        Column("packs", "Ordered", kind="quantity", unit="packs"),
        Column("price", "Price", kind="price", unit="CNY"),
        Column("amount", "Amount", kind="amount", unit="CNY"),
        Column("due", "Due", kind="due"),
        Column("status", "Status", kind="status", tone="tone"),
    )
    filters = (
        Filter("q", forms.CharField(label="Search"), "reference"),
        Filter("status", forms.ChoiceField(label="Status", choices=[("sent", "Sent")]), "status"),
        Filter("region", forms.ChoiceField(label="Region", choices=[("310000", "Shanghai")]), "region"),
        Filter("since", forms.DateField(label="Placed from"), "placed"),
        Filter("until", forms.DateField(label="Placed until"), "placed"),
        Filter("maker", forms.CharField(label="Maker"), "maker"),
    )
    row_tone = "row_tone"
    pick = "reference"
    totals = {"packs": 15_880, "amount": Decimal("77309.33")}
    empty = Empty("No orders yet", "Order from the contracts that name your hospital.", "Place an order", "#")
    next_url = "?after=sample"

    @property
    def heads(self) -> list[Head]:
        order = {"due": "ascending"}
        return [
            Head(c.key, c.label, c.unit, c.is_numeric, "?sort=" + c.key if n != 1 else "", order.get(c.key, ""))
            for n, c in enumerate(self.columns)
        ]


def orders(now: datetime) -> list[dict[str, Any]]:
    today = legal_date(now)
    lines = [
        (
            "O-2026-000412",
            "Atorvastatin calcium tablets 20 mg × 7",
            "Sample Pharma A",
            2400,
            "6.6",
            30,
            "Placed",
            "info",
        ),
        (
            "O-2026-000398",
            "Clopidogrel hydrogen sulfate tablets 75 mg × 7",
            "Sample Pharma B",
            800,
            "17.81",
            5,
            "Confirmed",
            "accent",
        ),
        (
            "O-2026-000371",
            "Amlodipine besilate tablets 5 mg × 14",
            "Sample Pharma C",
            12000,
            "2.07",
            1,
            "Delivered",
            "warn",
        ),
        (
            "O-2026-000355",
            "Coronary stent, cobalt chromium, rapamycin",
            "Sample Devices",
            40,
            "469",
            0,
            "Accepted",
            "good",
        ),
        (
            "O-2026-000319",
            "Irbesartan tablets 75 mg × 28",
            "Sample Pharma A",
            640,
            "5.658333",
            -5,
            "Refused",
            "bad",
        ),
    ]
    return [
        {
            "reference": reference,
            "url": "#",
            "hospital": "Sample People's Hospital",
            "product": product,
            "maker": maker,
            "packs": packs,
            "price": Decimal(price),
            "amount": Decimal(price) * packs,
            "due": today + timedelta(days=days),
            "status": status,
            "tone": tone,
            "row_tone": "bad" if days < 0 else "warn" if days == 0 else "",
        }
        for reference, product, maker, packs, price, days, status, tone in lines
    ]


def lines() -> LineForm:
    return LineForm((), {"packs-1": "40", "packs-2": "2.5", "packs-3": "7"})
