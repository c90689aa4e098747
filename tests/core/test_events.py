"""The trail is written with its act, never changed, and read by those whom it concerns."""

from contextlib import contextmanager
from datetime import timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from core.authenticity import WORDS, is_ours
from core.events import record, record_all
from core.models import Event
from core.triggers import append_only
from tests.world import NOW

pytestmark = pytest.mark.django_db
CHANGES = [
    "UPDATE core_event SET actor = 'somebody else'",
    "UPDATE core_event SET actor = actor",
    "DELETE FROM core_event",
    "TRUNCATE core_event",
    "TRUNCATE core_event CASCADE",
    "INSERT INTO core_event SELECT * FROM core_event ON CONFLICT (id, at) DO UPDATE SET actor = 'somebody else'",
    "MERGE INTO core_event USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
]


class Verb(models.TextChoices):
    DONE = "thing.done", "%(actor)s did %(what)s"


def write(subject="X-2026-0001", *, by=None, **options):
    """Write one event; returns it as it is read."""
    record(Verb.DONE, subject, by=by, now=NOW, what="it", **options)
    return Event.objects.filter(verb=Verb.DONE).last()


def attempt(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def ignoring_triggers():
    """What the package's ``pgtrigger.ignore`` says to the session, said by hand for a transaction."""
    names = [trigger.get_pgid(Event) for trigger in Event._meta.triggers]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(names) + "}"])
        yield


# --- Written once -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("change", CHANGES)
def test_nobody_changes_an_event_not_even_the_owner(change):
    write()
    written = list(Event.objects.values())
    with pytest.raises(DatabaseError, match="written once and stay"):
        attempt(change)
    assert list(Event.objects.values()) == written


@pytest.mark.parametrize("change", CHANGES)
def test_the_web_role_lacks_even_the_right_to_try(change, as_web_role):
    write(audience="public")
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt(change)
    assert Event.objects.count() == 1


def test_the_web_role_writes_events(as_web_role):
    assert write(audience="public").pk


@pytest.mark.parametrize("change", CHANGES[:4])
def test_the_packages_door_to_ignore_triggers_is_walled_up(change):
    write()
    with pytest.raises(DatabaseError, match="written once and stay"), ignoring_triggers():
        attempt(change)


def test_the_packages_own_trigger_would_let_them_pass():
    """The control: what `pgtrigger.ignore` does where the door is open."""
    open_door = pgtrigger.Trigger(
        name="event_rows_stay",
        operation=pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=append_only("event")[0].func,
    )
    write()
    open_door.install(Event)
    with pytest.raises(DatabaseError, match="written once and stay"):
        attempt(CHANGES[2])
    with ignoring_triggers():
        attempt(CHANGES[2])
    assert not Event.objects.exists()


def test_the_web_role_cannot_ignore_triggers_by_hand(as_web_role):
    write()
    attempt("SET pgtrigger.ignore = '{pgtrigger_event_rows_stay_eb237}'")
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt("SET session_replication_role = replica")
    with pytest.raises(DatabaseError, match="must be owner"):
        attempt("ALTER TABLE core_event DISABLE TRIGGER ALL")
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt(CHANGES[0])


def test_an_event_goes_with_its_act():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Event.objects.filter(verb=Verb.DONE).exists()


def test_an_event_says_that_the_platform_wrote_it():
    """Whatever its data is: the database writes JSON in its own way, of which the keyed hash is."""
    data = {
        "b": [1, None, True, {"é": "—"}],
        "a": 'x"\\\n\t\x01',
        "long name": {},
        "n": [1.5, 1e20, 1e-7, 0.0],
        "z": [],
    }
    record_all(Verb.DONE, [("X-1", data), ("X-2", {})], by=None, now=NOW + timedelta(microseconds=7))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'Asia/Shanghai'")
        cursor.execute(f"SELECT mac, {WORDS} FROM core_event WHERE verb = 'thing.done'")
        written = cursor.fetchall()
    assert len(written) == 2
    assert all(is_ours(bytes(mac), words) for mac, words in written)
    assert not is_ours(bytes(written[0][0]), written[1][1])


# --- What it says -----------------------------------------------------------------------------------------
def test_an_event_says_who_what_and_when(world):
    event = write(by=world.officer)
    assert (event.verb, event.subject, event.at, event.data) == ("thing.done", "X-2026-0001", NOW, {"what": "it"})
    assert (event.seat_number, event.actor) == (world.officer.pk, world.officer.signature)
    assert event.organisations == [world.agency.pk]
    assert event.audience == "agency"


def test_a_marked_word_stands_there_untranslated_whatever_the_language_of_the_act():
    """Django's own catalogue has this word; what an event says must not depend on who asked for the act."""
    word = gettext_lazy("Yes")
    with translation.override("zh-hans"):
        assert str(word) == "是"
        record(Verb.DONE, "X-2026-0001", by=None, now=NOW, what=word)
        record_all(Verb.DONE, [("X-2026-0002", {"what": word})], by=None, now=NOW)
    assert [event.data for event in Event.objects.filter(verb=Verb.DONE)] == [{"what": "Yes"}] * 2


def test_what_the_platform_does_by_itself_has_no_actor():
    event = write()
    assert (event.seat_number, event.actor, event.organisations) == (None, "", [])


def test_many_events_of_one_act_are_one_statement(world, django_assert_num_queries):
    seat, hospital = world.officer, world.hospital
    subjects = [(f"X-2026-{number:04d}", {"what": number}) for number in range(300)]
    with django_assert_num_queries(1):
        record_all(Verb.DONE, subjects, by=seat, now=NOW, audience="named", organisations=[hospital.pk])
    events = Event.objects.filter(verb=Verb.DONE)
    assert [(event.subject, event.data) for event in events] == subjects
    assert {event.actor for event in events} == {seat.signature}
    assert {tuple(event.organisations) for event in events} == {tuple(sorted([world.agency.pk, hospital.pk]))}


# --- Who reads it -----------------------------------------------------------------------------------------
@pytest.fixture
def trail(world):
    """One event of each audience; the hospital acted in two of them, the supplier is named in one."""
    named = [world.supplier.pk]
    write("everybody", audience="public")
    write("agency", by=world.pharmacist)
    write("agency and named", organisations=named)
    write("named", audience="named", organisations=named)
    write("own", by=world.pharmacist, audience="named")


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize(
    ("reader", "reads"),
    [
        (None, {"everybody"}),
        ("officer", {"everybody", "agency", "agency and named"}),
        ("bid_manager", {"everybody", "agency and named", "named"}),
        ("pharmacist", {"everybody", "agency", "own"}),
        ("finance", {"everybody", "agency", "agency and named"}),
        ("auditor", {"everybody", "agency", "agency and named", "named", "own"}),
    ],
)
def test_each_reads_what_concerns_it(world, reader, reads):
    seat = getattr(world, reader) if reader else None
    about = Event.objects.filter(verb=Verb.DONE)
    assert set(about.visible_to(seat).values_list("subject", flat=True)) == reads


@pytest.mark.usefixtures("trail")
def test_a_stranger_reads_what_is_public_only(world):
    others = [world.organisation(kind) for kind in ("supplier", "hospital", "distributor", "payer", "regulator")]
    for organisation in others:
        seat = world.seat(organisation, "administrator")
        about = Event.objects.filter(verb=Verb.DONE)
        assert list(about.visible_to(seat).values_list("subject", flat=True)) == ["everybody"]


@pytest.mark.usefixtures("trail")
def test_the_trail_of_a_subject_is_in_the_order_of_writing(world):
    write("own", by=world.officer, audience="named")
    events = Event.objects.about("own", "everybody")
    assert [event.subject for event in events] == ["everybody", "own", "own"]
