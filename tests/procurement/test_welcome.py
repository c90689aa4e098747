"""A visitor lands on what there is to take part in and by when, on results and prices; on nothing that is hidden."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue import actions
from catalogue.models import Item
from catalogue.rules import PriceFact
from core.clock import legal_date
from tests.contracts.builders import awarded_tender
from tests.contracts.pages import sitting
from tests.demand.stage import item_of
from tests.tenders.bids import HOUR, bids_in
from tests.tenders.judging import proposed_lot
from tests.tenders.stage import DEADLINE, draft_tender, published_tender
from tests.world import NOW

pytestmark = pytest.mark.django_db
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|hx-headers=\'[^\']*\'')


@pytest.fixture
def at(monkeypatch):
    """Lets the pages' clock show an instant."""
    return lambda instant: monkeypatch.setattr("django.utils.timezone.now", lambda: instant)


def page(address="/", **asked):
    answer = Client().get(address, asked)
    assert answer.status_code == 200
    return CHANGING.sub("", answer.content.decode())


def record(world, item, price, *parties):
    fact = PriceFact(
        item_id=item.pk,
        region_code="420000",
        price=Decimal(price),
        units=1,
        valid_from=date(2026, 1, 1),
        source="minutes",
        parties=tuple(party.pk for party in parties) or None,
    )
    actions.record_price(fact=fact, kind="negotiated", by=world.cataloguer, now=NOW)


def test_a_visitor_reads_in_what_to_take_part_and_until_when(world, at):
    stage = published_tender(world)
    at(DEADLINE - HOUR)
    shown = page()
    assert f'<a href="/notices/{stage.tender.reference}/">' in shown
    assert DEADLINE.astimezone(timezone.get_default_timezone()).strftime("%Y-%m-%d %H:%M") in shown
    assert world.agency.name in shown, "whom to ask"
    for way in ("/sign-in/", "/check/", "/trail/", "/results/", "/prices/", "/notices/"):
        assert f'href="{way}"' in shown
    at(DEADLINE)
    assert stage.tender.reference not in page()


def test_a_draft_is_nowhere(world, at):
    draft = draft_tender(world)
    at(NOW)
    assert draft.tender.reference not in page() + page("/notices/", q="medicine")


def test_sealed_bids_change_no_sign_of_the_page(world, at):
    stage = published_tender(world)
    at(DEADLINE - HOUR)
    before = page(), page("/notices/"), page("/results/")
    bids_in(stage, "13.50", "12.00")
    assert (page(), page("/notices/"), page("/results/")) == before


def test_results_and_public_prices_are_shown_and_hidden_ones_are_nowhere(world, at):
    tender = proposed_lot(world, "13.50", "12.00", "11.00")[0].tender
    item = Item.objects.order_by("pk").first()
    record(world, item, "73912.461927", world.supplier)
    record(world, item_of(world, "Another medicine"), "4711.25")
    at(timezone.now())
    everywhere = [page(), page("/prices/"), page("/prices/", sort="-price"), page("/prices/", q=item.name)]
    export = b"".join(Client().get("/prices/", {"export": "csv"}).streaming_content).decode()
    assert not [shown for shown in [*everywhere, export] if "73912" in shown.replace(",", "")]
    assert "4,711.25" in everywhere[0]
    assert "4,711.25" in everywhere[1]
    assert "4711.25" in export
    assert f"/results/{tender.reference}/" in everywhere[0]


def test_tenders_and_results_are_found_by_medicine(world):
    tender = proposed_lot(world, "13.50", "12.00", "11.00")[0].tender
    medicine = tender.lots.first().lot_items.first().item
    for list_of in ("/notices/", "/results/"):
        assert tender.reference in page(list_of, q=medicine.name)
        assert tender.reference in page(list_of, q=tender.reference.lower())
        assert tender.reference not in page(list_of, q="nothing of the kind")


def test_the_page_costs_the_same_queries_with_more_rows(world, at):
    published_tender(world)
    at(NOW)
    before = cost()
    assert before <= 8
    published_tender(world)
    awarded_tender(world)
    assert cost() == before


def cost():
    with CaptureQueriesContext(connection) as queries:
        page()
    return len(queries)


def test_whoever_is_signed_in_comes_home_and_reads_in_another_language(world):
    assert str(legal_date(timezone.now())) in sitting(world.finance).get("/").content.decode()
    visitor = Client()
    assert "How to take part" in visitor.get("/").content.decode()
    visitor.cookies["django_language"] = "zh-hans"
    assert "如何参与" in visitor.get("/").content.decode()
