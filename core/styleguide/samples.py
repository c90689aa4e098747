"""What else the gallery shows: samples of a shell, of a thing with its panels, of work that waits, of pictures."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest

from core.clock import legal_date


def icons() -> list[str]:
    """The names in the sprite, in its order."""
    sprite = Path(str(finders.find("img/icons.svg")))
    return re.findall(r'symbol id="([\w-]+)"', sprite.read_text())


def shell(request: HttpRequest) -> SimpleNamespace:
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


def thing(now: datetime) -> dict[str, Any]:
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


def workbench(now: datetime) -> dict[str, Any]:
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


def pictures() -> dict[str, Any]:
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


def act() -> dict[str, Any]:
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
