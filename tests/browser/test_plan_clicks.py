"""Fifty lots from a locked demand over a plan to a published tender: how many clicks that takes, counted by the
browser. The file apart, and what openers and evaluators do for themselves."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.clock import legal_date
from tenders.actions.people import declare_interest
from tenders.models import PurchasePlan, Tender
from tests.browser.stretches import DEADLINE, ZONED
from tests.demand.stage import item_of, locked_window
from tests.tenders.stage import draft_tender, make_pair, prove_keys
from tests.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)

MOST_CLICKS = 25
LOTS = 50


@pytest.fixture
def clicks(walk):
    """The clicks of the people who sit at the browser, and each choice in a list as one more."""
    counted = []
    walk.page.expose_function("clicked", lambda: counted.append(1))
    walk.page.add_init_script("addEventListener('click', (event) => { if (event.isTrusted) clicked(); }, true)")
    return counted


def test_fifty_lots_from_plan_to_publication_take_at_most_25_clicks(walk, world, travel, clicks, tmp_path):
    travel(NOW)
    draft_tender(world, lots=("20.00",))
    window, _hospitals = locked_window(world, [item_of(world, f"Medicine {n}") for n in range(1, LOTS + 1)])
    walk.sit(world.officer)
    walk.open(reverse("demand:window", args=[window.reference]))
    clicks.clear()

    walk.follow("Prepare a plan")
    walk.fill(Title="Next year")
    walk.page.get_by_role("radio", name="drug").check()
    walk.press("Begin the plan", "The plan is begun.")
    counted = len(clicks)
    walk.page.get_by_text("Fill in by spreadsheet").click()
    walk.page.get_by_label("Spreadsheet", exact=True).set_input_files(_filled_in(walk, tmp_path))
    walk.press("Read the file", f"Read: {LOTS} rows.")
    del clicks[counted:]  # the file apart
    walk.press("Save the lines", "The lines are set.")
    walk.todo(world.preparer, "Decide the purchase plan")
    walk.follow("Decide", exact=True)
    walk.press("Decide the plan", "Decided.")

    walk.todo(world.officer, "Tender what is planned")
    walk.choose("Rule set", "Double envelope, pass mark 60 of 100")
    clicks.append(1)
    walk.press("Begin the draft", "The draft is begun with its lots.")
    walk.follow(re.compile(": Schedule"))
    supply = legal_date(DEADLINE) + timedelta(days=15)
    walk.fill(
        Deadline=timezone.localtime(DEADLINE).strftime(ZONED),
        First_day_of_supply=str(supply),
        Last_day_of_supply=str(supply + timedelta(days=364)),
    )
    walk.press("Save", "The schedule is set.")
    walk.follow(re.compile(": Criteria"))
    walk.press("Save the criteria", "The criteria are set.")
    walk.follow(re.compile(": Openers and evaluators"))
    for people in ("openers", "evaluators"):
        walk.follow(f"Name {people}")
        walk.follow(re.compile("As in T-"))
        walk.press(f"Name the {people}", "Named, and")
    tender = Tender.objects.get(source=PurchasePlan.objects.get())
    _do_their_part(tender)
    walk.sit(world.preparer)
    walk.open(reverse("tenders:tender", args=[tender.reference]))
    clicks.append(1)  # on the list of what to do, which names two drafts here
    walk.follow("Publish", exact=True)
    walk.press("Publish the tender", "Published.")

    assert tender.lots.filter(ceiling_price="6.60", ceiling_units=7).count() == LOTS
    assert Tender.objects.get(pk=tender.pk).status == Tender.Status.PUBLISHED
    assert 15 < len(clicks) <= MOST_CLICKS, len(clicks)
    assert walk.problems == []


def _filled_in(walk, folder):
    """The file that the page offers, with the ceilings as they were published."""
    answer = walk.page.request.get(f"{walk.page.url}?template=table.csv")
    rows = list(csv.reader(io.StringIO(answer.body().decode("utf-8-sig"))))
    header = next(place for place, row in enumerate(rows) if "Lane" in row)
    for row in rows[header + 1 :]:
        for name, text in (("Ceiling price", "6.60"), ("Ceiling is for", "7"), ("Basis of the ceiling", "guide price")):
            row[rows[header].index(name)] = text
    file = folder / "plan.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    return file


def _do_their_part(tender):
    """Openers make and prove their keys, evaluators declare: their own clicks."""
    named = tender.openers.select_related("seat__person", "seat__organisation", "tender").order_by("place")
    prove_keys([make_pair(opener) for opener in named])
    for evaluator in tender.evaluators.select_related("seat__person", "tender"):
        declare_interest(evaluator=evaluator, has_interest=False, by=evaluator.seat, now=NOW)
