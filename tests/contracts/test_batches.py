"""A maker's batch is one however it is spelt, it has one expiry, and once expired nobody can accept it."""

from datetime import timedelta

import pytest

from accounts.models import InboxMessage
from contracts import tasks
from contracts.actions import Batch, Verdict, accept_delivery, correct_expiry, send_delivery
from contracts.models import DeliveryLine, ProductBatch
from core.errors import Denied, Refused
from core.models import Event, OutboxMessage
from tests.contracts.builders import TODAY, confirmed_order, contract_in_force, trade
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

pytestmark = pytest.mark.django_db
LASTS = TODAY + timedelta(days=200)


@pytest.fixture
def placed(world):
    return confirmed_order(world, contract_in_force(world), 20, 20)


def send(world, placed, *batches):
    return send_delivery(order=placed, batches=[Batch(*batch) for batch in batches], by=world.dispatcher, now=NOW)


def test_one_batch_has_many_spellings_and_one_expiry(world, placed):
    send(world, placed, (1, "A-100 b", LASTS, 2))
    send(world, placed, (1, "ａ100B", LASTS, 3))
    batch = ProductBatch.objects.get()
    assert (batch.number, batch.key) == ("A-100 b", "a100b")
    with pytest.raises(Refused, match=f"A-100 b of this product expires on {LASTS}") as refusal:
        send(world, placed, (1, "other", LASTS, 1), (1, "a100b", LASTS + timedelta(days=1), 1))
    assert (refusal.value.code, refusal.value.faults[0].row) == ("another_expiry", 2)
    assert ProductBatch.objects.count() == 1, "nothing of a refused delivery stays"


def test_the_same_number_on_two_products_is_two_batches(world, placed):
    send(world, placed, (1, "A1", LASTS, 2), (2, "A1", LASTS + timedelta(days=9), 2))
    assert ProductBatch.objects.count() == 2


def test_spelt_in_two_ways_it_still_stands_in_a_delivery_once(world, placed):
    with pytest.raises(Refused, match="stands in the delivery twice"):
        send(world, placed, (1, "A1", LASTS, 2), (1, "a-1", LASTS, 2))


@pytest.mark.parametrize("number", ["", " — ", "\u200b", "x" * 41, "ﷺ" * 9])
def test_a_number_that_says_nothing_or_too_much_is_none(world, placed, number):
    with pytest.raises(Refused, match="maker's batch number"):
        send(world, placed, (1, number, LASTS, 2))


class TestExpired:
    def take(self, world, delivery, day, *verdict, **facts):
        when = NOW + (day - TODAY)
        return accept_delivery(delivery=delivery, verdicts=[Verdict(1, *verdict, **facts)], by=world.receiver, now=when)

    def test_on_its_last_day_it_can_be_accepted_and_then_only_rejected(self, world, placed):
        delivery, other = send(world, placed, (1, "A1", LASTS, 2)), send(world, placed, (1, "A1", LASTS, 3))
        self.take(world, delivery, LASTS, 2)
        with pytest.raises(Refused, match=f"batch A1 expired on {LASTS}") as refusal:
            self.take(world, other, LASTS + timedelta(days=1), 1, 2, rejection="near_expiry")
        assert refusal.value.faults[0].field == "accepted"
        self.take(world, other, LASTS + timedelta(days=1), 0, 3, rejection="near_expiry")

    def test_pages_mark_it_and_fill_it_in_as_rejected(self, world):
        done = trade(world)
        line = done.under_way.lines.get(number=1)
        facts = {"expires_on": TODAY - timedelta(days=1), "reason": "misread"}
        delivered = DeliveryLine.objects.select_related("delivery__order__contract").get(pk=line.pk)
        correct_expiry(line=delivered, **facts, by=world.dispatcher, now=NOW)
        page = sitting(world.receiver).get(f"/deliveries/{done.under_way.reference}/accept/")
        rows = [
            [row[name].value() for name in ("accepted", "rejected", "rejection")] for row in page.context["form"].rows
        ]
        assert rows == [[0, 30, "near_expiry"], [60, 0, ""]]
        for path in ("", "accept/"):
            text = sitting(world.receiver).get(f"/deliveries/{done.under_way.reference}/{path}").content.decode()
            assert "expired" in text
            assert "was said before" in text


class TestAnExpiryThatWasWrong:
    def correct(self, world, delivery, by=None, **facts):
        line = DeliveryLine.objects.select_related("delivery__order__contract", "batch").get(delivery=delivery)
        given = {"expires_on": LASTS - timedelta(days=10), "reason": "misread", **facts}
        return correct_expiry(line=line, **given, by=by or world.dispatcher, now=NOW)

    def test_it_changes_wherever_the_batch_is_and_every_hospital_is_told(self, world, placed):
        one, two = send(world, placed, (1, "A1", LASTS, 2)), send(world, placed, (1, "a1", LASTS, 2))
        assert world.receiver.pk
        batch = self.correct(world, one)
        assert (batch.expires_on, batch.said_before) == (LASTS - timedelta(days=10), LASTS)
        assert DeliveryLine.objects.get(delivery=two).batch == batch
        assert Event.objects.filter(verb="batch.expiry_corrected").count() == 2
        for message in OutboxMessage.objects.filter(task="contracts.tasks.tell_of_expiry"):
            tasks.tell_of_expiry(*message.arguments)
        assert {notice.subject for notice in InboxMessage.objects.filter(seat=world.receiver)} == {
            one.reference,
            two.reference,
        }
        send(world, placed, (1, "A1", LASTS - timedelta(days=10), 1))

    def test_only_by_whoever_sent_it_with_a_reason_and_to_another_day(self, world, placed):
        delivery = send(world, placed, (1, "A1", LASTS, 2))
        stranger = world.seat(world.organisation("supplier"), "dispatcher")
        for seat in (stranger, world.receiver, world.officer):
            with pytest.raises(Denied):
                self.correct(world, delivery, by=seat)
        with pytest.raises(Refused, match="reason"):
            self.correct(world, delivery, reason=" ")
        with pytest.raises(Refused, match="expiry on record"):
            self.correct(world, delivery, expires_on=LASTS)

    def test_by_page_and_by_program(self, world):
        done = trade(world)
        path = f"deliveries/{done.under_way.reference}/lines/1/correct-expiry/"
        day = TODAY + timedelta(days=900)
        client = sitting(world.dispatcher)
        assert path in client.get(f"/deliveries/{done.under_way.reference}/").content.decode()
        client.post(f"/{path}", {"expires_on": day.isoformat(), "reason": "misread"})
        line = done.under_way.lines.select_related("batch").get(number=1)
        assert line.batch.expires_on == day
        body = {"expires_on": (day + timedelta(days=1)).isoformat(), "reason": "misread again"}
        answer = program_of(world.dispatcher).post(f"/api/v1/{path}", body, format="json")
        assert answer.json()["lines"][0]["expires_on"] == body["expires_on"]
