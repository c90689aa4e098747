"""The gallery of components, with sample data: what pages are made of, seen side by side in development.

``index`` shows the parts; ``?show=letter`` a printed document, ``?show=confirm`` the page before an act that
cannot be undone. Every organisation and number here is a sample.
"""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.clock import legal_date
from core.grids import GridRow, GrowingGrid
from core.shell import Decided
from core.tables import Column, Empty, Filter, Head, Table

PAGES = {"letter": "styleguide/letter.html", "confirm": "confirm.html"}


def index(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    today = legal_date(now)
    context = {
        "now": now,
        "today": today,
        "soon": now + timedelta(hours=5, minutes=12),
        "later": now + timedelta(days=12),
        "past": now - timedelta(days=3),
        "days": [today + timedelta(days=n) for n in (30, 12, 5, 1, 0, -1, -5)],
        "shell": _shell(request),
        "icons": _icons(),
        "table": Orders(request, _orders(now), today=today),
        "empty_table": Orders(request, []),
        "form": ProductForm(request.POST or None),
        "wrong_form": ProductForm({"pack": "12.5", "starts_on": "tomorrow", "kind": ""}, auto_id="wrong_%s"),
        "lines": _lines(),
        **_thing(now),
        **_workbench(now),
        **_pictures(),
        **_act(),
    }
    shown = request.GET.get("show", "")
    if shown == "confirm":
        decided = Decided("Lot 3: Stents", ["Bid", "Verdict", "Score"], [["B-7", "qualified", "82"]], figures=1)
        context |= {"form": SignForm(request.POST or None), "decided": [decided]}
    return render(request, PAGES.get(shown, "styleguide/index.html"), context)


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


def _orders(now: datetime) -> list[dict[str, Any]]:
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


def _lines() -> LineForm:
    return LineForm((), {"packs-1": "40", "packs-2": "2.5", "packs-3": "7"})


def _icons() -> list[str]:
    """The names in the sprite, in its order."""
    sprite = Path(str(finders.find("img/icons.svg")))
    return re.findall(r'symbol id="([\w-]+)"', sprite.read_text())


def _shell(request: HttpRequest) -> SimpleNamespace:
    entries = [
        ("Home", "home", 0),
        ("Catalogue", "pill", 0),
        ("Demand", "demand", 2),
        ("Tenders", "tender", 5),
        ("Contracts", "contract", 1),
        ("Orders", "order", 12),
        ("Payables", "yuan", 3),
        ("Parties", "building", 0),
    ]
    return SimpleNamespace(
        nav=[
            {"label": label, "url": "#", "icon": icon, "count": count, "current": label == "Tenders"}
            for label, icon, count in entries
        ],
        search_url="#",
        inbox_url="#",
        unread=3,
        person="Sample officer",
        organisation="Sample Procurement Agency",
        seat_label="Procurement officer",
        sign_out_url="#",
        account_links=[{"label": "Account", "url": "#"}],
        notice="Samples only: every name and number on this page is made up.",
        footer_links=[{"label": "Public notices", "url": "#"}, {"label": "API", "url": "#"}],
    )


def _thing(now: datetime) -> dict[str, Any]:
    labels = (
        "Draft",
        "Published",
        "Questions",
        "Bids close",
        "Technical opening",
        "Formal review",
        "Scoring",
        "Technical result",
        "Commercial opening",
        "Proposed award",
        "Standstill",
        "Award",
    )
    steps = [
        {
            "label": label,
            "state": "done" if n < 5 else "now" if n == 5 else "next",
            "on": now - timedelta(days=4 * (6 - n)) if n < 9 else None,
        }
        for n, label in enumerate(labels)
    ]
    stopped = [{**step, "state": "stopped"} if n == 5 else step for n, step in enumerate(steps)]
    return {
        "steps": steps[:12],
        "stopped_steps": stopped[:7],
        "facts": [
            {"label": "Lots", "value": "26", "url": "#"},
            {"label": "Envelopes", "value": "Technical and commercial"},
            {
                "label": "Volume",
                "value": "1,284,500",
                "unit": "tablets",
                "note": "11 hospitals, frozen on publication",
            },
            {"label": "Ceiling", "value": "3.20", "unit": "CNY a tablet"},
            {"label": "Openers", "value": "3 of 5"},
            {"label": "Agency", "value": "Sample Procurement Agency", "url": "#"},
        ],
        "events": [
            {
                "at": now - timedelta(hours=2),
                "sentence": "Qualified on lot 3 with 82 of 100 points; limit 60",
                "by": "Sample evaluator",
                "tone": "good",
            },
            {
                "at": now - timedelta(days=1),
                "sentence": "Objection to the result of lot 7 received; the lot stands still",
                "by": "Sample Pharma B",
                "tone": "warn",
            },
            {
                "at": now - timedelta(days=3),
                "sentence": "Technical envelopes of 26 lots opened by 3 of 5 openers",
                "by": "Sample opener",
            },
            {
                "at": datetime(2026, 1, 5, 2, 0, tzinfo=UTC),
                "sentence": "Tender published with 26 lots",
                "by": "Sample officer",
            },
        ],
    }


def _workbench(now: datetime) -> dict[str, Any]:
    today = legal_date(now)
    return {
        "todos": [
            {
                "what": "Open the technical envelopes",
                "where": "T-2026-0014 · Cardiovascular medicines",
                "url": "#",
                "action": "Open",
                "until_at": now + timedelta(hours=3),
                "since": now - timedelta(hours=20),
            },
            {
                "what": "Answer 2 questions",
                "where": "T-2026-0015 · Coronary stents",
                "url": "#",
                "action": "Answer",
                "until_on": today + timedelta(days=1),
                "since": now - timedelta(days=2),
            },
            {
                "what": "Sign the contract",
                "where": "C-2026-0031 · Sample Pharma A",
                "url": "#",
                "action": "Sign",
                "until_on": today - timedelta(days=2),
                "since": now - timedelta(days=9),
            },
        ],
        "ahead": [
            {
                "day": today,
                "what": "Bids close",
                "where": "T-2026-0014 · Cardiovascular medicines",
                "url": "#",
                "icon": "envelope",
                "at": now + timedelta(hours=3),
            },
            {"day": today, "what": "Due: ¥12,400.00", "where": "3 payables", "url": "#", "icon": "yuan"},
            {
                "day": today + timedelta(days=3),
                "what": "1 contract ends",
                "where": "C-2026-0031 · Sample Pharma A",
                "url": "#",
                "icon": "contract",
            },
        ],
        "figures": [
            {
                "label": "Tenders under way",
                "value": "14",
                "trend": "3 more than last month",
                "direction": "up",
                "normal": "usually 10 to 16",
                "spark": [30, 35, 28, 46, 52, 50, 72],
            },
            {
                "label": "Saving against the price before",
                "value": "52.3",
                "unit": "%",
                "trend": "1.1 points",
                "direction": "up",
                "tone": "good",
                "normal": "median cut 48%",
                "spark": [40, 44, 41, 52, 60, 66, 70],
            },
            {
                "label": "Fulfilment",
                "value": "61",
                "unit": "%",
                "trend": "6 points behind time",
                "direction": "down",
                "done": 610,
                "tick": 670,
                "tone": "warn",
                "normal": "67% of the term is over",
                "spark": [70, 66, 60, 58, 52, 50, 44],
            },
            {
                "label": "Paid within 30 days",
                "value": "97.4",
                "unit": "%",
                "trend": "unchanged",
                "normal": "the rule is 100%",
                "url": "#",
                "spark": [60, 62, 61, 60, 63, 62, 62],
            },
        ],
        "tabs": [
            {"label": "All", "url": "#", "current": True, "count": 1204},
            {"label": "Waiting", "url": "#", "count": 12},
            {"label": "Overdue", "url": "#", "count": 0},
        ],
        "tags": [{"label": "Chronic disease", "tone": ""}, {"label": "Essential list 2018", "tone": "info"}],
        "menu": [
            {"label": "Print the notice", "url": "#", "icon": "print"},
            {"label": "Cancel the tender", "url": "#", "icon": "cross"},
        ],
    }


def _pictures() -> dict[str, Any]:
    return {
        "bars": [
            {
                "label": "Sample People's Hospital",
                "value": "82",
                "unit": "%",
                "position": 820,
                "tick": 670,
                "tone": "good",
            },
            {"label": "Sample District Hospital", "value": "64", "unit": "%", "position": 640, "tick": 670},
            {
                "label": "Sample Community Centre",
                "value": "31",
                "unit": "%",
                "position": 310,
                "tick": 670,
                "tone": "warn",
                "note": "36 points behind time",
            },
        ],
        "points": [
            {
                "label": "Sample Pharma A",
                "value": "0.94",
                "position": 210,
                "tone": "accent",
                "labelled": True,
                "note": "Winner",
            },
            {
                "label": "Sample Pharma B",
                "value": "1.12",
                "position": 300,
                "tone": "accent",
                "hollow": True,
                "note": "Qualified, rank 2",
            },
            {
                "label": "Sample Pharma C",
                "value": "1.65",
                "position": 560,
                "tone": "accent",
                "hollow": True,
                "note": "Qualified, rank 3",
            },
            {
                "label": "Sample Pharma D",
                "value": "2.70",
                "position": 930,
                "tone": "bad",
                "labelled": True,
                "note": "Above the ceiling: invalid",
            },
        ],
        "legend": [
            {"label": "Winner", "tone": "accent"},
            {"label": "Qualified", "tone": "accent", "hollow": True},
            {"label": "Above the ceiling", "tone": "bad"},
        ],
    }


def _act() -> dict[str, Any]:
    return {
        "title": "Publish the tender",
        "reference": "T-2026-0014",
        "lead": "Cardiovascular medicines, 26 lots",
        "effects": [
            "The notice becomes public and 214 suppliers are told.",
            "Lots, volumes, ceilings, criteria and the rule set are frozen: later changes need a correction.",
            "Bids can be sealed from now until the deadline.",
        ],
        "parties": [
            {"label": "Suppliers", "value": "214 with a valid licence"},
            {"label": "Hospitals", "value": "11"},
        ],
        "warning": "This cannot be undone. A published tender can only be cancelled, with a reason.",
        "submit": "Publish the tender",
        "cancel_url": "?",
        "letter_parties": [
            {"label": "Supplier", "value": "Sample Pharma A", "note": "Sample Road 1, Shanghai"},
            {"label": "For", "value": "11 hospitals", "note": "listed below"},
        ],
        "signers": [{"label": "For the agency", "value": ""}, {"label": "For the supplier", "value": ""}],
    }
