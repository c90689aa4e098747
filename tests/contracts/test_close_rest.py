"""What is not delivered any more is closed: by the hospital once it is late, by the deliverer, or by its day."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from contracts import measures, tasks
from contracts.actions import (
    Batch,
    Verdict,
    accept_delivery,
    close_after_latest_arrival,
    close_rest,
    reverse_acceptance,
    send_delivery,
)
from contracts.models import Acceptance, AgreedVolume, Order, OrderLine
from core.clock import legal_date, zone
from core.errors import Conflict, Denied, Refused
from core.models import Event, OutboxMessage
from core.workdays import working_calendar
from tests.arranging import arranged
from tests.contracts.builders import TERMS, TODAY, confirmed_order, contract_in_force, trade
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

pytestmark = pytest.mark.django_db
LATE = NOW + timedelta(days=7)
LAST = TERMS.ends_on + timedelta(days=30)


@pytest.fixture
def placed(world):
    """Ten packs of 7 that the deliverer confirmed."""
    return confirmed_order(world, contract_in_force(world, prices=("6.60",)), 10)


def close(world, order, closing="late", now=LATE, by=None, reason="nothing came"):
    return close_rest(order=order, closing=closing, reason=reason, by=by or world.pharmacist, now=now)


def send(world, order, packs, name="A", now=NOW):
    batches = [Batch(1, name, LAST + timedelta(days=400), packs)]
    return send_delivery(order=order, batches=batches, by=world.dispatcher, now=now)


def take(world, delivery, *counts, now=NOW, **facts):
    return accept_delivery(delivery=delivery, verdicts=[Verdict(1, *counts, **facts)], by=world.receiver, now=now)[0]


def line(order):
    return OrderLine.objects.values_list("released", "closed", "delivered", "accepted").get(order=order)


def drawn():
    return AgreedVolume.objects.get().ordered


def test_the_hospital_closes_the_rest_once_the_deliverer_is_late_and_it_is_released(world, placed):
    take(world, send(world, placed, 4), 4)
    with pytest.raises(Refused, match="not late yet"):
        close(world, placed, now=NOW)
    closed = close(world, placed)
    assert (closed.closing, closed.stage, closed.closed_by) == ("late", "received", world.pharmacist)
    assert (line(placed), drawn()) == ((6, 6, 4, 4), 28)
    assert Event.objects.get(verb="order.rest_closed").data["packs"] == 6
    with pytest.raises(Refused, match="still to be delivered: 0"):
        send(world, placed, 1, "B")
    with pytest.raises(Conflict, match="closed already"):
        close(world, placed)


def test_the_deliverer_closes_it_at_any_time(world, placed):
    closed = close(world, placed, "by_deliverer", now=NOW, by=world.dispatcher)
    assert (closed.closing, line(placed), drawn()) == ("by_deliverer", (10, 10, 0, 0), 0)


def test_each_side_gives_its_own_reasons_and_others_none(world, placed):
    for closing, seat in (
        ("late", world.dispatcher),
        ("not_wanted", world.dispatcher),
        ("by_deliverer", world.pharmacist),
        ("latest_arrival", world.pharmacist),
        ("late", world.receiver),
        ("late", world.officer),
    ):
        with pytest.raises(Denied):
            close(world, placed, closing, by=seat)
    with pytest.raises(Refused, match="reason"):
        close(world, placed, reason=" ")


def test_there_must_be_a_rest(world, placed):
    take(world, send(world, placed, 10), 10)
    with pytest.raises(Refused, match="still to be sent"):
        close(world, placed)


def test_what_is_on_its_way_stays_and_what_is_then_missing_is_not_sent_again(world, placed):
    delivery = send(world, placed, 4)
    close(world, placed)
    taken = take(world, delivery, 3, 1, now=LATE, rejection="damaged")
    assert taken.replacement is False
    assert (line(placed), drawn()) == ((7, 6, 3, 3), 21)
    placed.refresh_from_db()
    assert placed.stage == "received"


def test_a_verdict_from_before_is_reversed_with_what_the_closing_took_of_it(world, placed):
    taken = take(world, send(world, placed, 10), 8, 0, 2)
    close(world, placed)
    assert (line(placed), drawn()) == ((2, 2, 8, 8), 56)
    acceptance = Acceptance.objects.select_related("line__delivery__order__contract").get(pk=taken.pk)
    reverse_acceptance(acceptance=acceptance, reason="counted wrongly", by=world.receiver, now=LATE)
    assert (line(placed), drawn()) == ((0, 0, 10, 0), 70)
    take(world, acceptance.line.delivery, 10, now=LATE)
    assert (line(placed), drawn()) == ((0, 0, 10, 10), 70)


class TestTheLatestArrival:
    def test_an_order_of_the_term_may_be_delivered_for_thirty_days_after_its_end(self, world, placed):
        last = NOW + (LAST - TODAY)
        take(world, send(world, placed, 4, now=last), 4, now=last)
        with pytest.raises(Refused, match=f"could be delivered until {LAST}") as refusal:
            send(world, placed, 1, "B", now=last + timedelta(days=1))
        assert refusal.value.code == "too_late", "whether or not anything ran meanwhile"

    def test_then_its_rest_closes_by_itself_dated_at_zero(self, world, placed):
        after = NOW + (LAST - TODAY) + timedelta(days=9)
        with pytest.raises(Refused, match="may still be delivered"):
            close_after_latest_arrival(order=placed, now=after - timedelta(days=9))
        closed = close_after_latest_arrival(order=placed, now=after)
        assert (closed.closing, closed.closed_at, line(placed)) == ("latest_arrival", None, (10, 10, 0, 0))
        event = Event.objects.get(verb="order.rest_closed")
        assert (legal_date(event.at), event.actor) == (LAST + timedelta(days=1), "")

    def test_the_sweep_notes_it_once(self, world, placed):
        _over(placed)
        assert (tasks.close_rests(), tasks.close_rests()) == (1, 0)
        (message,) = OutboxMessage.objects.filter(task="contracts.tasks.tell_of_closing")
        tasks.tell_of_closing(*message.arguments)


@pytest.mark.parametrize(("closing", "wanted"), [("late", 10), ("by_deliverer", 10), ("not_wanted", 4)])
def test_what_failed_counts_as_undelivered_and_what_was_not_wanted_nowhere(world, placed, closing, wanted):
    take(world, send(world, placed, 4), 4)
    rate = measures.delivery_rate(OrderLine.objects.all())
    assert rate == measures.Delivered(0, 0), "what is under way is not judged yet"
    close(world, placed, closing, by=world.dispatcher if closing == "by_deliverer" else world.pharmacist)
    assert measures.delivery_rate(OrderLine.objects.all()) == measures.Delivered(wanted, 4)


def test_by_page_and_by_program(world):
    done = trade(world)  # its orders of weeks ago have a pack of each line still to come
    order = done.received.order
    page = f"/orders/{order.reference}/"
    assert f"{page}close-rest/" in sitting(world.pharmacist).get(page).content.decode()
    sitting(world.pharmacist).post(f"{page}close-rest/", {"closing": "not_wanted", "reason": "the ward has moved"})
    order.refresh_from_db()
    assert (order.closing, order.stage) == ("not_wanted", "received")
    assert "the ward has moved" in sitting(world.dispatcher).get(page).content.decode()
    body = {"closing": "by_deliverer", "reason": "out of stock"}
    answer = program_of(world.dispatcher).post(
        f"/api/v1/orders/{done.to_send.reference}/close-rest/", body, format="json"
    )
    assert answer.status_code == 200
    assert Order.objects.get(pk=done.to_send.pk).closing == "by_deliverer"


@arranged
def _over(order):
    Order.objects.filter(pk=order.pk).update(latest_arrival_on=legal_date(timezone.now()) - timedelta(days=1))


def test_the_hospital_waits_for_the_delay_that_the_contract_agrees(world):
    terms = replace(TERMS, agreed_delay=10)
    placed = confirmed_order(world, contract_in_force(world, terms=terms, prices=("6.60",)), 10)
    with pytest.raises(Refused, match="not late yet"):
        close(world, placed)
    assert close(world, placed, now=LATE + timedelta(days=14)).closing == "late"


@pytest.mark.parametrize("delay", [0, 1, 10])
def test_the_last_day_of_the_delay_is_the_deliverers_and_the_next_the_hospitals(world, delay):
    """Two working days to send from the day of the answer, and the delay that the contract agrees."""
    terms = replace(TERMS, agreed_delay=delay)
    placed = confirmed_order(world, contract_in_force(world, terms=terms, prices=("6.60",)), 10)
    last = working_calendar().add(TODAY, 2 + delay)
    until = datetime.combine(last, time.max, tzinfo=zone())
    with pytest.raises(Refused, match="not late yet"):
        close(world, placed, now=until)
    assert close(world, placed, now=until + timedelta(microseconds=1)).closing == "late"
