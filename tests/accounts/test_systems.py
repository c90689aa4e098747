"""A program of an organisation: two people let it act, as what is left to programs, until its day."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import actions, shell
from accounts.models import Person, System, TokenUse
from accounts.permissions import ROLES, SYSTEM_MAY, Permission
from accounts.tasks import mail_message
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tests.contracts.pages import sitting
from tests.world import NOW

pytestmark = pytest.mark.django_db
LAST = legal_date(NOW) + timedelta(days=100)


@pytest.fixture
def administrators(world):
    return world.seat(world.hospital, "administrator"), world.seat(world.hospital, "administrator")


@pytest.fixture
def proposed(world, administrators):
    return propose(world, administrators[0])


def propose(world, by, *roles, name="Ward system", ends_on=LAST):
    facts = {"organisation": world.hospital, "name": name, "roles": roles or ("pharmacist", "receiver")}
    return actions.propose_system(**facts, ends_on=ends_on, by=by, now=NOW)


@pytest.fixture
def system(proposed, administrators):
    return actions.confirm_system(system=proposed, by=administrators[1], now=NOW)


def ask(secret):
    return APIClient(HTTP_AUTHORIZATION=f"Token {secret}").get("/api/v1/me/")


def test_what_two_people_let_act_acts_under_its_own_name_until_its_day(world, administrators, system, travel):
    travel(NOW)
    _token, secret = actions.make_token(label="main", seat=system.seat, by=administrators[0], now=NOW)
    told = ask(secret).json()
    assert (told["name"], told["email"]) == ("Ward system", None)
    assert Permission.PLACE_ORDER in told["permissions"]
    assert Permission.APPROVE_ORDER not in told["permissions"]
    actions.end_seat(seat=administrators[0], reason="left", by=administrators[1], now=NOW)
    assert ask(secret).status_code == 200  # whoever made the token has gone; the system has not
    travel(NOW + timedelta(days=100))
    assert ask(secret).status_code == 200
    travel(NOW + timedelta(days=101))
    assert ask(secret).status_code == 401
    verbs = list(Event.objects.filter(subject=system.reference).order_by("id").values_list("verb", flat=True))
    assert verbs == ["system.proposed", "system.confirmed"]


def test_whoever_proposed_it_does_not_confirm_it_and_strangers_do_nothing(world, administrators, proposed):
    waiting = [len(shell.todos(seat, NOW)) for seat in (*administrators, world.seat(world.supplier, "administrator"))]
    assert waiting == [0, 1, 0]
    with pytest.raises(Refused) as alone:
        actions.confirm_system(system=proposed, by=administrators[0], now=NOW)
    assert alone.value.code == "same_person"
    for stranger in (world.pharmacist, world.seat(world.supplier, "administrator")):
        with pytest.raises(Denied):
            actions.confirm_system(system=proposed, by=stranger, now=NOW)
    registrar = world.seat(world.agency, "registrar")
    assert actions.confirm_system(system=proposed, by=registrar, now=NOW).seat
    with pytest.raises(Refused):
        actions.decline_system(system=System.objects.get(), by=administrators[1], now=NOW)


def test_a_declined_system_has_no_seat(administrators, proposed):
    actions.decline_system(system=proposed, by=administrators[0], now=NOW)
    with pytest.raises((Refused, Conflict)):
        actions.confirm_system(system=System.objects.get(), by=administrators[1], now=NOW)
    assert not Person.objects.filter(email=None).exists()


@pytest.mark.parametrize("role", [code for code, role in ROLES.items() if not role.permissions <= SYSTEM_MAY])
def test_no_program_gets_what_is_left_to_people(world, administrators, role):
    with pytest.raises(Refused) as refusal:
        propose(world, administrators[0], role)
    assert refusal.value.code == "for_people"


def test_what_programs_may_needs_no_second_person():
    assert not SYSTEM_MAY & {Permission.APPROVE_ORDER, Permission.APPROVE_REVERSAL, Permission.PAY}


@pytest.mark.parametrize("days", [-1, 367])
def test_it_ends_within_a_year(world, administrators, days):
    with pytest.raises(Refused) as refusal:
        propose(world, administrators[0], ends_on=legal_date(NOW) + timedelta(days=days))
    assert refusal.value.code == "too_long"


def test_two_tokens_at_most_so_that_one_takes_the_place_of_the_other(world, administrators, system):
    first, _secret = actions.make_token(label="one", seat=system.seat, by=administrators[0], now=NOW)
    actions.make_token(label="two", seat=system.seat, by=administrators[0], now=NOW)
    with pytest.raises(Refused) as third:
        actions.make_token(label="three", seat=system.seat, by=administrators[0], now=NOW)
    assert third.value.code == "two_tokens"
    actions.revoke_token(token=first, by=administrators[1], now=NOW)
    actions.make_token(label="three", seat=system.seat, by=administrators[0], now=NOW)
    with pytest.raises(Refused):
        actions.make_token(label="mine", seat=world.pharmacist, by=administrators[0], now=NOW)
    with pytest.raises(Denied):
        actions.make_token(label="theirs", seat=system.seat, by=world.officer, now=NOW)


def test_the_last_day_of_use_is_kept_and_nothing_else_of_a_request(world, administrators, system, travel):
    travel(NOW)
    token, secret = actions.make_token(label="main", seat=system.seat, by=administrators[0], now=NOW)
    assert not TokenUse.objects.exists()
    ask(secret)
    ask(secret)
    assert TokenUse.objects.get(token=token).last_on == legal_date(NOW)
    travel(NOW + timedelta(days=3))
    ask(secret)
    assert TokenUse.objects.get(token=token).last_on == legal_date(NOW) + timedelta(days=3)


def test_nobody_writes_mail_to_a_program(world, administrators, system):
    message = {"subject": "O-1", "text": "x", "path": "/", "about": "x"}
    actions.notify(seats=[system.seat], **message, now=NOW)
    mail_message(system.seat.messages.get().pk)
    assert mail.outbox == []


def test_the_pages_go_from_a_proposal_to_a_token_and_an_end(world, administrators):
    first, second = (sitting(seat) for seat in administrators)
    form = first.get("/systems/propose/").content.decode()
    assert 'value="pharmacist"' in form
    assert 'value="order_approver"' not in form
    asked = {
        "name": "Ward system",
        "roles": ["pharmacist"],
        "ends_on": str(legal_date(timezone.now()) + timedelta(days=90)),
    }
    first.post("/systems/propose/", asked | {"ends_on": "2091-01-01"})
    assert not System.objects.exists()
    first.post("/systems/propose/", asked)
    page = f"/systems/{System.objects.get().reference}/"
    assert f"{page}confirm/" not in first.get(page).content.decode()
    assert first.post(f"{page}tokens/make/", {"label": "too early"}).status_code == 404
    assert b"Ward system" in second.get("/systems/").content
    assert "waits" in second.get(page).content.decode()
    second.post(f"{page}confirm/")
    made = second.post(f"{page}tokens/make/", {"label": "main"}).content.decode()
    token = System.objects.get().seat.tokens.get()
    assert "shown only once" in made
    assert "never used" in first.get(page).content.decode()
    first.post(f"{page}tokens/{token.fingerprint}/revoke/")
    assert System.objects.get().seat.tokens.get().revoked_at
    assert b"Ward system" not in first.get("/people/").content
    second.post(f"{page}end/", {"reason": "replaced"})
    assert System.objects.get().seat.ended_at
    assert "Make a token" not in first.get(page).content.decode()
