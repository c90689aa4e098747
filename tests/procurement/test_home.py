"""The home page: what waits, what the coming fortnight brings, the usual next thing, and nothing that is sealed."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.models import Decision
from contracts.actions import (
    Verdict,
    accept_delivery,
)
from contracts.models import Delivery
from contracts.rules import DELIVER_WITHIN
from core.clock import legal_date
from core.shell import DAYS_AHEAD
from core.workdays import working_calendar
from procurement import shell
from tests.contracts.builders import TERMS, awarded_tender, contract_in_force, current_contract, trade
from tests.contracts.pages import sitting
from tests.procurement.home import another_world, days, one_order, shown
from tests.tenders.bids import HOUR, bids_in
from tests.tenders.judging import JUDGED, PRICED, PROPOSED, judge, opened_bids, proposed_lot
from tests.tenders.stage import DEADLINE, published_tender
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _trail_in_time(monkeypatch):
    """The first rows of the tests' database were recorded when it was made, which may be long ago."""
    monkeypatch.setattr("oversight.shell.trail_is_late", lambda now: False)
    monkeypatch.setattr("oversight.shell.trail_is_unchecked", lambda now: False)


@pytest.fixture
def now():
    return timezone.now()


# --- Nothing that is sealed, nothing that is foreign ------------------------------------------------------
@pytest.mark.parametrize("at", [NOW, DEADLINE - HOUR, DEADLINE, DEADLINE + HOUR])
def test_no_figure_and_no_date_tells_of_sealed_bids(world, at):
    stage = published_tender(world)
    seats = [stage.officer, world.awarder, world.auditor, stage.holders[0].seat, stage.evaluators[0].seat]
    seats += [stage.suppliers[2], world.pharmacist, world.finance]
    before = [(shell.figures(seat, at), shell.ahead(seat, at)) for seat in seats]
    assert any(figures for figures, _ahead in before)
    bids_in(stage, "13.50", "12.00")
    assert [(shell.figures(seat, at), shell.ahead(seat, at)) for seat in seats] == before


def test_even_a_bidder_is_not_told_a_count_of_its_own_sealed_bids(world):
    stage = published_tender(world)
    before = shell.figures(stage.suppliers[0], NOW)
    bids_in(stage, "13.50")
    assert shell.figures(stage.suppliers[0], NOW) == before


def test_rows_of_another_agency_and_its_parties_are_never_counted(world, now):
    trade(world, price_before="2.00")
    seats = [world.officer, world.finance, world.bid_manager, world.dispatcher, world.pharmacist, world.receiver]
    before = [(shell.figures(seat, now), shell.ahead(seat, now)) for seat in seats]
    other = another_world()
    trade(other, price_before="2.00")
    assert [(shell.figures(seat, now), shell.ahead(seat, now)) for seat in seats] == before
    assert shown(other.finance, now)["Overdue"].value == "¥10,957.29"
    assert shown(world.auditor, now)["Overdue"].value == "¥21,914.58", "a regulator watches both"


# --- The coming fortnight ---------------------------------------------------------------------------------
def test_payments_due_are_one_row_a_day_with_their_sum(world, now):
    trade(world)
    today = legal_date(now)
    expected = [(today, "Due: ¥2,930.99"), (today + timedelta(days=4), "Due: ¥2,762.11")]
    assert days(world.finance, now) == expected
    assert [thing.where for thing in shell.ahead(world.finance, now)] == ["2 payables", "2 payables"]
    assert days(world.officer, now) == [], "who may not read payables is not told what is due"


def test_goods_are_ahead_for_both_sides(world, now):
    contract = current_contract(world)
    order = one_order(world, contract, now, confirmed=0, sent=None)
    due_on = working_calendar().add(legal_date(now), DELIVER_WITHIN)
    assert days(world.dispatcher, now) == [(due_on, "Send the goods of 1 order")]
    assert days(world.pharmacist, now) == [(due_on, "Goods of 1 order to arrive")]
    assert shell.ahead(world.pharmacist, now)[0].url == f"/orders/{order.reference}/"
    one_order(world, contract, now, confirmed=0, sent=None)
    assert days(world.dispatcher, now) == [(due_on, "Send the goods of 2 orders")]


def test_a_verdict_is_due_three_days_after_the_goods_were_sent(world, now):
    contract = current_contract(world)
    one_order(world, contract, now, confirmed=1, sent=1)
    expected = [(legal_date(now) + timedelta(days=2), "Accept 1 delivery")]
    assert days(world.receiver, now) == days(world.pharmacist, now) == expected
    assert "/accept/" in shell.ahead(world.receiver, now)[0].url
    assert "/accept/" not in shell.ahead(world.pharmacist, now)[0].url


def test_terms_of_contracts_begin_and_end(world):
    contract = contract_in_force(world, terms=TERMS)
    assert days(world.officer, NOW) == [(TERMS.starts_on, "1 contract begins")]
    last = NOW + timedelta(days=364)
    assert days(world.bid_manager, last - timedelta(days=DAYS_AHEAD - 1)) == [(TERMS.ends_on, "1 contract ends")]
    assert days(world.bid_manager, last - timedelta(days=DAYS_AHEAD)) == []
    assert shell.ahead(world.officer, NOW)[0].url == f"/contracts/{contract.reference}/"


def test_a_deadline_is_ahead_for_all_whom_it_concerns(world):
    stage = published_tender(world)
    near = DEADLINE - timedelta(days=3)
    assert days(stage.suppliers[0], near) == [(legal_date(DEADLINE), "Bids close")]
    for seat in (stage.officer, world.auditor, stage.holders[0].seat, stage.evaluators[0].seat):
        assert days(seat, near) == [(legal_date(DEADLINE), "Bids close, the opening can begin")]
    assert days(world.pharmacist, near) == []
    assert days(stage.officer, NOW) == [], "three weeks are more than a fortnight"
    assert days(stage.officer, DEADLINE) == []


def test_objection_times_and_standstills_are_ahead_for_the_bidders_of_the_lot(world):
    stage, bids = opened_bids(world, "13.50", "12.00")
    result = judge(stage, {bids[0]: "80", bids[1]: "70"})
    expected = [(legal_date(result.final_at), "Objection time ends, prices may be opened: 1 lot")]
    stranger = world.seat(world.organisation("supplier"), "bid_manager")
    assert days(stage.officer, JUDGED) == days(stage.suppliers[0], JUDGED) == expected
    assert days(stranger, JUDGED) == []


def test_the_end_of_a_standstill_is_ahead(world):
    stage, _bids = proposed_lot(world, "13.50", "12.00", "11.00")
    ends = Decision.objects.get(lot=stage.lots[0]).standstill_until
    assert days(world.auditor, PROPOSED) == [(legal_date(ends), "Standstill ends: 1 lot")]
    assert days(world.auditor, ends) == []
    assert ends > PRICED


# --- The page ---------------------------------------------------------------------------------------------
def roles(world):
    """A seat of every role that works with tenders or goods."""
    return [
        world.officer,
        world.awarder,
        world.finance,
        world.bid_manager,
        world.dispatcher,
        world.pharmacist,
        world.order_approver,
        world.receiver,
        world.auditor,
        world.cataloguer,
        world.seat(world.agency, "registrar", "administrator"),
        world.seat(world.supplier, "bid_manager"),
        world.seat(world.agency, "opener"),
        world.seat(world.hospital, "evaluator"),
        world.seat(world.organisation("distributor"), "dispatcher"),
    ]


def test_every_role_has_four_figures_and_all_that_they_and_the_dates_lead_to_opens(world, now):
    trade(world)
    published_tender(world)
    near = DEADLINE - timedelta(days=3)
    few = {str(seat): len(shell.figures(seat, now)) for seat in roles(world) if len(shell.figures(seat, now)) != 4}
    assert few == {}
    for seat in roles(world):
        client = sitting(seat)
        links = {thing.url for thing in [*shell.figures(seat, now), *shell.ahead(seat, now), *shell.ahead(seat, near)]}
        closed = {url: status for url in links - {""} if (status := client.get(url).status_code) != 200}
        assert closed == {}, str(seat)


def test_the_page_costs_the_same_queries_with_more_rows(world, now):
    trade(world)
    seats = roles(world)
    before = [cost(seat, now) for seat in seats]
    assert max(before) <= 20
    contract = current_contract(world)
    for age in (40, 26, 25, 2):
        order = one_order(world, contract, now, confirmed=age, sent=age)
        delivery = Delivery.objects.get(order=order)
        accept_delivery(delivery=delivery, verdicts=[Verdict(1, 10)], by=world.receiver, now=now - timedelta(days=age))
        one_order(world, contract, now, confirmed=age, sent=1)
        one_order(world, contract, now, confirmed=0, sent=None)
    awarded_tender(world)
    published_tender(world)
    assert [cost(seat, now) for seat in seats] == before


def cost(seat, now):
    with CaptureQueriesContext(connection) as queries:
        shell.figures(seat, now)
        shell.ahead(seat, now)
    return len(queries)


def test_the_page_shows_figures_and_days(world):
    trade(world)
    page = sitting(world.finance).get("/").content.decode()
    assert "How things stand" in page
    assert "¥10,957.29" in page
    assert "45 days overdue" in page
    assert "Due: ¥2,930.99" in page


@pytest.mark.parametrize(
    ("role", "kind", "offered"),
    [
        ("officer", "agency", ["Prepare a tender", "Open a demand window"]),
        ("awarder", "agency", ["See the results"]),
        ("bid_manager", "supplier", ["Read the notices"]),
        ("dispatcher", "distributor", ["See the orders"]),
        ("pharmacist", "hospital", ["Place an order"]),
        ("order_approver", "hospital", ["See the orders"]),
        ("receiver", "hospital", ["See the deliveries"]),
        ("finance", "agency", ["Look at the payables"]),
        ("accountant", "distributor", ["Look at the payables"]),
        ("evaluator", "hospital", ["See the tenders"]),
        ("opener", "payer", ["See the tenders"]),
        ("auditor", "regulator", ["Read the results"]),
        ("cataloguer", "agency", ["Look at the imports"]),
        ("registrar", "agency", ["See the organisations"]),
        ("administrator", "hospital", ["See the people"]),
    ],
)
def test_with_nothing_to_do_the_page_says_so_and_offers_the_usual_next_thing(world, role, kind, offered):
    year = legal_date(timezone.now()).year
    call_command("set_calendar_day", "free", f"{year}-01-01", f"{year + 1}-01-01")
    seat = world.seat(world.organisation(kind), role)
    client = sitting(seat)
    response = client.get("/")
    page = response.content.decode()
    assert "Nothing waits for you" in page
    for words in offered:
        assert words in page
    usual = response.context["usual"]
    assert all(client.get(url).status_code == 200 for url in (usual.url, usual.other_url) if url)


@pytest.mark.parametrize(
    ("path", "belongs_to"),
    [("/", ["/"]), ("/payables/", ["/payables/"]), ("/payments/", ["/payables/"]), ("/search/", [])],
)
def test_the_navigation_shows_what_a_page_belongs_to(client, world, path, belongs_to):
    client.force_login(world.finance.person)
    page = client.get(path).content.decode()
    assert {*re.findall(r'<a href="([^"]+)" aria-current="page"><svg', page)} == {*belongs_to}
