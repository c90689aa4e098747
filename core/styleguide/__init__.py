"""The gallery of components, with sample data: what pages are made of, seen side by side in development.

``index`` shows the parts; ``?show=letter`` a printed document, ``?show=confirm`` the page before an act that
cannot be undone. Every organisation and number here is a sample.
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.clock import legal_date
from core.shell import Decided
from core.styleguide.lists import Orders, ProductForm, SignForm, lines, orders
from core.styleguide.samples import act, icons, pictures, shell, thing, workbench

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
        "shell": shell(request),
        "icons": icons(),
        "table": Orders(request, orders(now), today=today),
        "empty_table": Orders(request, []),
        "form": ProductForm(request.POST or None),
        "wrong_form": ProductForm({"pack": "12.5", "starts_on": "tomorrow", "kind": ""}, auto_id="wrong_%s"),
        "lines": lines(),
        **thing(now),
        **workbench(now),
        **pictures(),
        **act(),
    }
    shown = request.GET.get("show", "")
    if shown == "confirm":
        decided = Decided("Lot 3: Stents", ["Bid", "Verdict", "Score"], [["B-7", "qualified", "82"]], figures=1)
        context |= {"form": SignForm(request.POST or None), "decided": [decided]}
    return render(request, PAGES.get(shown, "styleguide/index.html"), context)
