"""The database shows a session the events that it is told of, by their audience, and the answers kept for its seat."""

import pytest
from django.db import DatabaseError, connection, models, transaction

from core.events import record
from core.idempotency import once
from core.models import Event, IdempotencyKey
from tests.roles import as_web
from tests.world import NOW


class Verb(models.TextChoices):
    DONE = "thing.done", "%(actor)s did %(what)s"
    WHISPERED = "thing.whispered", "%(actor)s whispered %(what)s"


def write(subject, audience, *named, by=None):
    organisations = [organisation.pk for organisation in named]
    record(Verb.DONE, subject, by=by, now=NOW, audience=audience, organisations=organisations, what="it")


def told(who=None):
    """What a session reads of the trail by a query that asks for everything."""
    with as_web(who):
        return {event.subject for event in Event.objects.filter(verb="thing.done")}


@pytest.fixture
def told_of(world):
    write("EVERYBODY", Event.Audience.PUBLIC)
    write("AGENCY", Event.Audience.AGENCY)
    write("AGENCY-AND-HOSPITAL", Event.Audience.AGENCY, world.hospital)
    write("SUPPLIER", Event.Audience.NAMED, world.supplier)
    write("OWN-ACT", Event.Audience.NAMED, by=world.bid_manager)
    return world


def test_each_session_reads_what_its_organisation_is_told_whatever_the_query_asks_for(told_of):
    world = told_of
    everything = {"EVERYBODY", "AGENCY", "AGENCY-AND-HOSPITAL", "SUPPLIER", "OWN-ACT"}
    assert told() == told(world.payer) == told(world.organisation("supplier")) == {"EVERYBODY"}
    assert told(world.hospital) == {"EVERYBODY", "AGENCY-AND-HOSPITAL"}
    assert told(world.supplier) == {"EVERYBODY", "SUPPLIER", "OWN-ACT"}
    assert told(world.agency) == {"EVERYBODY", "AGENCY", "AGENCY-AND-HOSPITAL"}
    assert told(world.regulator) == everything


def test_the_wall_and_the_queryset_agree_on_every_seat(told_of):
    seats = [told_of.officer, told_of.bid_manager, told_of.auditor]
    for seat in seats:
        readable = {event.subject for event in Event.objects.visible_to(seat).filter(verb="thing.done")}
        assert told(seat) == readable


def test_the_audience_alone_counts_and_not_the_name_of_the_act(told_of):
    record(Verb.WHISPERED, "NEW-SECRET", by=told_of.bid_manager, now=NOW, audience=Event.Audience.NAMED, what="it")
    with as_web(told_of.agency):
        assert not Event.objects.filter(subject="NEW-SECRET").exists()
    with as_web(told_of.supplier):
        assert Event.objects.filter(subject="NEW-SECRET").exists()


def test_whoever_writes_an_event_need_not_be_among_its_readers(world):
    with as_web():
        write("AGENCY", Event.Audience.AGENCY)
        assert not Event.objects.exists()
    assert Event.objects.last().subject == "AGENCY"


def test_an_answer_that_was_kept_is_its_seats_own(world):
    mine, other = world.bid_manager, world.officer
    given = {"seat_number": mine.pk, "key": "one-key-for-it", "fingerprint": "f" * 64, "now": NOW}
    with as_web(mine):
        assert once(**given, act=lambda: (201, {"bid": "B-1"})) == (201, {"bid": "B-1"})
        assert once(**given, act=lambda: pytest.fail("done twice")) == (201, {"bid": "B-1"})
    for stranger in (other, None):
        with as_web(stranger):
            assert not IdempotencyKey.objects.exists()
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                once(**{**given, "key": "another-key-of-it"}, act=lambda: (201, {}))


def test_the_web_role_cannot_change_whom_an_event_tells(told_of):
    with as_web(told_of.supplier), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("UPDATE core_event SET audience = 'public'")
