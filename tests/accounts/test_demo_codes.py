"""A demo's accounts and their codes are shown in a demo, and nobody's anywhere else."""

import pytest
from django.utils import timezone

from accounts.actions import give_seat
from accounts.models import CodeApp, Person
from accounts.rules import DEMO_PASSWORD, demo_email
from accounts.views.asking import demo_code
from core.actions import action
from core.clock import legal_date, mark_installation
from core.errors import Refused
from tests.accounts.proving import code_of, give_codes, sign_in
from tests.world import NOW

SIGN_IN, SECOND = "/sign-in/", "/sign-in/second-step/"


@pytest.fixture
def demo(db, settings):
    settings.DEMO = True
    mark_installation("demo")


def test_a_demo_account_reads_its_code_on_the_page_and_gets_in(client, world, demo):
    give_codes(world.officer.person, demo=True)
    sign_in(client, world.officer)
    page = client.get(SECOND)
    shown = page.context["demo_code"]
    assert shown == code_of(world.officer.person)
    assert "This is a demo account" in page.content.decode()
    assert page.content.decode().count(shown) == 2  # told, and filled in
    client.post(SECOND, {"code": shown})
    assert client.get("/tenders/").status_code == 200


def test_another_account_of_a_demo_shows_none(client, world, demo):
    give_codes(world.officer.person)
    sign_in(client, world.officer)
    page = client.get(SECOND)
    assert page.context["demo_code"] == ""
    assert code_of(world.officer.person) not in page.content.decode()


@pytest.mark.parametrize(("kind", "switched_on"), [("production", True), ("test", True), ("demo", False)])
def test_no_other_installation_shows_one(client, world, settings, demo, kind, switched_on):
    """Not even with an account of a demo in its database."""
    give_codes(world.officer.person, demo=True)
    mark_installation(kind)
    settings.DEMO = switched_on
    sign_in(client, world.officer)
    page = client.get(SECOND)
    assert page.context["demo_code"] == ""
    assert code_of(world.officer.person) not in page.content.decode()
    assert demo_code(CodeApp.objects.get(person=world.officer.person)) == ""


@pytest.mark.parametrize("kind", ["production", "test"])
def test_a_demo_account_is_made_in_a_demo_only(world, kind):
    mark_installation(kind)
    with pytest.raises(Refused):
        give_codes(world.officer.person, demo=True)
    assert not CodeApp.objects.exists()


def test_the_seed_gives_codes_to_everybody_who_needs_them(demo):
    from accounts.models import Seat
    from procurement.demo.stage import Cast, DemoClock, gather

    gather(Cast(DemoClock(timezone.now())))
    needing = [seat for seat in Seat.objects.select_related("person") if seat.needs_factor]
    assert len(needing) > 10
    assert all(CodeApp.objects.get(person=seat.person).shown_in_demo for seat in needing)


@pytest.fixture
def played(world):
    """One person of the demo beside others."""
    person = action(Person.objects.create_user)(demo_email("officer"), "Demo officer", DEMO_PASSWORD)
    seat = give_seat(
        person=person, organisation=world.agency, roles=["officer"], starts_on=legal_date(NOW), by=None, now=NOW
    )
    give_codes(person, demo=True)
    assert world.auditor
    return seat


def test_one_click_on_a_person_signs_in(client, demo, played):
    page = client.get(SIGN_IN)
    assert page.context["played"] == [played]
    assert f'name="username" value="{demo_email("officer")}"' in page.content.decode()
    answer = client.post(SIGN_IN, {"username": demo_email("officer"), "password": page.context["password"]})
    assert answer["Location"] == SECOND


@pytest.mark.parametrize(("kind", "switched_on"), [("production", True), ("test", True), ("demo", False)])
def test_no_other_installation_lists_people(client, settings, demo, played, kind, switched_on):
    mark_installation(kind)
    settings.DEMO = switched_on
    page = client.get(SIGN_IN).content.decode()
    assert DEMO_PASSWORD not in page
    assert demo_email("officer") not in page
