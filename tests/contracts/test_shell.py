"""The home page asks this room what waits for a seat, until when, and where the one button leads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contracts import shell
from contracts.actions import OrderRow, place_order, prepare_contract, refuse_order, send_back_order, sign_contract
from core.clock import legal_date, zone
from tests.contracts.builders import TERMS, awarded_tender, current_contract, order, trade
from tests.contracts.pages import sitting
from tests.world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def waiting(seat, now):
    return [(todo.what, todo.url) for todo in shell.todos(seat, now)]


def test_an_award_waits_for_its_contract_for_thirty_days(world, now):
    tender = awarded_tender(world)
    (todo,) = shell.todos(world.officer, now)
    assert todo.what == "Prepare the contract on 2 lots"
    assert todo.url == f"/contracts/prepare/{tender.reference}/{world.supplier.credit_code}/"
    assert legal_date(todo.until_at) == legal_date(NOW + timedelta(days=30))


def test_a_contract_waits_for_both_signatures(world, now):
    tender = awarded_tender(world)
    contract = prepare_contract(
        source=tender.reference, supplier=world.supplier, terms=TERMS, by=world.officer, now=NOW
    )
    for seat in (world.bid_manager, world.awarder):
        assert waiting(seat, now) == [("Sign the contract", f"/contracts/{contract.reference}/sign/")]
    sign_contract(contract=contract, by=world.awarder, now=NOW)
    assert waiting(world.awarder, now) == []
    assert len(waiting(world.bid_manager, now)) == 1


def test_each_role_has_its_own_work(world, now):
    done = trade(world)
    assert waiting(world.order_approver, now) == [
        (f"Approve the order over ¥{done.waiting.amount}", f"/orders/{done.waiting.reference}/")
    ]
    dispatcher = waiting(world.dispatcher, now)
    assert ("Confirm or refuse the order", f"/orders/{done.approved.reference}/confirm/") in dispatcher
    assert ("Send the delivery", f"/orders/{done.to_send.reference}/deliver/") in dispatcher
    assert waiting(world.receiver, now) == [("Receive the delivery", f"/deliveries/{done.under_way.reference}/accept/")]
    assert waiting(world.auditor, now) == []


def test_an_order_is_to_be_confirmed_within_a_working_day(world, now):
    done = trade(world)
    todo = next(todo for todo in shell.todos(world.dispatcher, now) if "Confirm" in todo.what)
    left = (todo.until_at.astimezone(zone()).date() - legal_date(done.approved.approved_at)).days
    assert 1 <= left <= 3  # over a weekend the next working day is Monday


def test_a_delivery_is_to_be_accepted_within_three_days(world, now):
    done = trade(world)
    (todo,) = shell.todos(world.receiver, now)
    assert legal_date(todo.until_at) == legal_date(done.under_way.sent_at) + timedelta(days=3)
    assert todo.until_at < now, "it is late and says so by its date alone"


def test_a_refusal_waits_until_something_else_is_ordered(world, now):
    done = trade(world)
    refuse_order(order=done.approved, reason="out of stock", by=world.dispatcher, now=now)
    send_back_order(order=done.waiting, reason="over budget", by=world.order_approver, now=now)
    assert [what for what, _url in waiting(world.pharmacist, now)] == ["Order again: not approved"]
    place_order(contract=done.contract, rows=[OrderRow(1, 1)], by=world.pharmacist, now=now)
    assert waiting(world.pharmacist, now) == []


def test_many_of_a_kind_become_one_line(world, now):
    contract = current_contract(world)
    for _number in range(shell.ONE_BY_ONE + 1):
        order(world, contract, 1, now=now)
    (todo,) = shell.todos(world.order_approver, now)
    assert (todo.what, todo.count) == (f"Approve {shell.ONE_BY_ONE + 1} orders", shell.ONE_BY_ONE + 1)
    assert todo.url == "/orders/?state=placed"


def test_the_navigation_counts_what_waits(world):
    trade(world)
    counts = {entry.url: entry.count for entry in shell.nav(world.dispatcher)}
    assert counts["/orders/"] == 8  # one to confirm, seven with packs to send
    assert {entry.url: entry.count for entry in shell.nav(world.receiver)}["/deliveries/"] == 1
    assert shell.nav(world.seat(world.supplier, "bid_manager")) == []


def test_related_things_are_named_across_the_rooms(world):
    done = trade(world)
    tender = done.contract.source
    assert [thing.reference for thing in shell.related(tender, world.officer)] == [done.contract.reference]
    assert [thing.reference for thing in shell.related(done.received.order.reference, world.officer)] == [
        done.contract.reference,
        done.received.reference,
    ]
    assert len(shell.related(done.contract.reference, world.officer)) == 5
    stranger = world.seat(world.organisation("supplier"), "signatory")
    for reference in (tender, done.contract.reference, done.waiting.reference):
        assert shell.related(reference, stranger) == []


def test_work_is_found_with_few_queries_however_much_there_is(world, now):
    done = trade(world)
    seat = world.dispatcher

    def cost():
        with CaptureQueriesContext(connection) as queries:
            shell.todos(seat, now)
        return len(queries)

    few = cost()
    for _number in range(5):
        order(world, done.contract, 1, now=now)
    assert cost() == few <= 6


def test_the_home_page_shows_it(world):
    done = trade(world)
    assert done.waiting.reference in sitting(world.order_approver).get("/").content.decode()
