"""The change feed: each seat its own, a reversal too, and nothing missed that commits late."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from contracts.actions import Verdict, accept_delivery, reverse_acceptance
from contracts.models import Verb
from core import trail
from core.actions import action
from core.events import record
from core.models import Event
from core.paging import sealed_place
from procurement import changes
from tests.contracts.builders import current_contract, trade
from tests.core.races import WAIT
from tests.roles import program_of
from tests.world import NOW


def follow(program, cursor=None, begin=""):
    """Everything until the feed says that it is complete, and the cursor after it."""
    found = []
    while True:
        query = {"cursor": cursor} if cursor else {"from": begin} if begin else {}
        answer = program.get("/api/v1/changes/", query)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        found, cursor = found + page["changes"], page["cursor"]
        if page["complete"]:
            return found, cursor


def names(found, kind="order"):
    return [change["change"] for change in found if change["kind"] == kind]


@pytest.mark.django_db
def test_what_happens_to_an_order_is_followed_to_a_reversal_and_a_second_verdict(world):
    done = trade(world)
    trail.link_waiting()
    program = program_of(world.pharmacist)
    found, cursor = follow(program)
    told = names(found)
    steps = ["order.placed", "order.approved", "order.confirmed", "delivery.sent", "delivery.accepted"]
    assert [step for step in told if step in steps][:5] == steps
    assert names(found, "contract")
    for change in found:
        assert program.get(change["address"]).status_code == 200
    assert follow(program, cursor)[0] == []

    now = timezone.now()
    verdicts = [Verdict(line.number, line.packs) for line in done.under_way.lines.all()]
    accepted = accept_delivery(delivery=done.under_way, verdicts=verdicts, by=world.receiver, now=now)
    trail.link_waiting()
    [verdict], cursor = follow(program, cursor)
    assert (verdict["change"], verdict["delivery"]) == ("delivery.accepted", done.under_way.reference)
    reverse_acceptance(acceptance=accepted[1], reason="wrong line", by=world.receiver, now=now)
    trail.link_waiting()
    [reversal], _cursor = follow(program, cursor)
    assert (reversal["change"], reversal["kind"]) == ("delivery.reversed", "order")
    assert (reversal["delivery"], reversal["line"]) == (done.under_way.reference, 2)


@pytest.mark.django_db
def test_each_seat_is_told_of_what_it_may_read_and_of_nothing_else(world):
    trade(world)
    other = current_contract(world, volumes={world.organisation("hospital"): 700})
    trail.link_waiting()
    stranger = world.seat(world.organisation("distributor"), "dispatcher")
    assert names(follow(program_of(stranger))[0], "order") == names(follow(program_of(stranger))[0], "contract") == []
    assert other.reference not in {change["reference"] for change in follow(program_of(world.pharmacist))[0]}
    assert names(follow(program_of(world.pharmacist))[0], "payment") == []  # may not read what is paid
    assert names(follow(program_of(world.dispatcher))[0], "payment")
    for seat in (world.pharmacist, world.dispatcher, world.finance, world.officer, world.auditor, stranger):
        found, _cursor = follow(program_of(seat))
        for kind in changes.KINDS.values():
            references = {change["reference"] for change in found if change["kind"] == kind.name}
            assert kind.seen(references, seat) == references


@pytest.mark.django_db
def test_pages_of_the_feed_join_without_a_gap_or_a_double(world, monkeypatch):
    trade(world)
    trail.link_waiting()
    program = program_of(world.pharmacist)
    whole, _cursor = follow(program)
    monkeypatch.setattr(changes, "AT_ONCE", 2)
    monkeypatch.setattr(changes, "LOOKED_THROUGH", 7)
    assert follow(program)[0] == whole
    assert len(whole) > 6


@pytest.mark.django_db
def test_from_now_on_and_cursors_of_nobody(world):
    trade(world)
    trail.link_waiting()
    program = program_of(world.pharmacist)
    found, cursor = follow(program, begin="now")
    assert found == []
    for query in ({"from": "yesterday"}, {"from": "now", "cursor": cursor}):
        assert program.get("/api/v1/changes/", query).status_code == 400
    assert program.get("/api/v1/changes/", {"cursor": "invented"}).status_code == 404
    orders = program.get("/api/v1/orders/", {"cursor": cursor})
    assert orders.status_code == 404


@pytest.mark.django_db
def test_a_cursor_of_a_state_that_was_lost_is_told(world):
    lost = sealed_place([10**9], "/api/v1/changes/")
    answer = program_of(world.pharmacist).get("/api/v1/changes/", {"cursor": lost})
    assert (answer.status_code, answer.json()["code"]) == (409, "cursor_ahead")


@pytest.mark.django_db
def test_what_waits_for_its_number_makes_the_answer_incomplete(world):
    trade(world)
    page = program_of(world.pharmacist).get("/api/v1/changes/").json()
    assert (page["changes"], page["complete"]) == ([], False)
    stranger = world.seat(world.organisation("distributor"), "dispatcher")
    trail.link_waiting()
    assert program_of(stranger).get("/api/v1/changes/").json()["complete"]


@pytest.mark.django_db(transaction=True)
def test_what_commits_late_is_told_after_what_was_read_before_it(world):
    """One transaction writes its event first and commits last: "everything after the last key" would miss it."""
    done = trade(world)
    trail.link_waiting()
    program = program_of(world.pharmacist)
    _found, cursor = follow(program)
    written, read = threading.Event(), threading.Event()

    @action
    def tell(verb):
        reference, hospital = done.waiting.reference, world.hospital.pk
        record(verb, reference, by=world.pharmacist, now=NOW, organisations=[hospital])

    def late():
        try:
            with transaction.atomic():
                tell(Verb.ORDER_CANCELLED)
                written.set()
                assert read.wait(WAIT)
        finally:
            connection.close()

    slow = threading.Thread(target=late)
    slow.start()
    assert written.wait(WAIT)
    tell(Verb.ORDER_APPROVED)
    trail.link_waiting()
    first, cursor = follow(program, cursor)
    assert names(first) == ["order.approved"]
    read.set()
    slow.join(WAIT)
    keys = dict(Event.objects.filter(verb__in=("order.approved", "order.cancelled")).values_list("verb", "pk"))
    assert keys["order.cancelled"] < keys["order.approved"]  # the late one has the lower key
    trail.link_waiting()
    second, _cursor = follow(program, cursor)
    assert names(second) == ["order.cancelled"]
