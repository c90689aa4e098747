"""An event says from where its act came, with the least that tells places apart."""

import logging

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.actions import make_token
from accounts.rules import demo_uscc
from core.authenticity import WORDS, is_ours
from core.models import Event, Verb
from core.origin import OriginMiddleware, client_address, current_origin, place
from procurement.logs import WithoutValues
from tests.tenders.bids import signed_in
from tests.world import NOW

pytestmark = pytest.mark.django_db


def last(verb):
    return Event.objects.filter(verb=verb).latest("pk")


# --- From where -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("2001:db8:1:2::5", "2001:db8:1:2:9:9:9:9", True),
        ("2001:db8:1:2::5", "2001:db8:1:3::5", False),
    ],
)
def test_a_place_is_a_network_that_a_household_or_an_office_has(one, other, alike):
    assert (place(one) == place(other)) is alike
    assert len(place(one)) == 16


def test_a_place_tells_nothing_without_the_installations_key(settings):
    before = place("203.0.113.7")
    settings.SECRET_KEY = "another" * 10
    assert place("203.0.113.7") != before
    assert place("") == place("unix:") == ""


@pytest.mark.parametrize(
    ("proxies", "named", "called"),
    [
        (0, "6.6.6.6, 203.0.113.7", "10.0.0.1"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "10.0.0.2", "10.0.0.2"),
        (1, "6.6.6.6, 203.0.113.7:51034", "203.0.113.7"),
        (1, "[2001:db8::7]:51034", "2001:db8::7"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "6.6.6.6, unknown", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_proxies_in_front_may_say_who_called(settings, proxies, named, called):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": named, "Forwarded": "for=7.7.7.7", "X-Real-IP": "8.8.8.8"}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers=headers)) == called


def test_an_act_on_a_page_one_of_a_program_and_one_by_command_are_told_apart(client, world):
    _ = world.officer
    assert last("seat.given").origin == "command"
    assert last("seat.given").address == ""
    signed_in(client, world.pharmacist)
    client.get("/catalogue/prices/?export=csv", REMOTE_ADDR="203.0.113.7")
    told = last(Verb.DATA_EXPORTED)
    assert (told.origin, told.address) == ("web", place("203.0.113.7"))
    _token, secret = make_token(label="till", by=world.pharmacist, now=NOW)
    client.logout()
    client.get("/api/v1/prices/", headers={"Authorization": f"Token {secret}"}, REMOTE_ADDR="203.0.113.7")
    told = last("price.searched")
    assert (told.origin, told.address) == ("api", place("203.0.113.7"))


def test_an_origin_ends_with_its_request():
    seen = []
    answer = OriginMiddleware(lambda request: seen.append(current_origin().kind) or HttpResponse())
    answer(RequestFactory().get("/"))
    assert seen == ["web"]
    assert current_origin().kind == "command"


def test_a_task_is_the_platform_itself(monkeypatch):
    monkeypatch.setattr("core.origin.current_task", object())
    assert current_origin().kind == "task"


# --- What was looked at, taken away, refused ------------------------------------------------------------------
def test_an_export_of_prices_is_in_the_trail_with_what_was_asked_for(client, world):
    signed_in(client, world.pharmacist)
    client.get("/catalogue/prices/?export=xlsx&kind=award")
    told = last(Verb.DATA_EXPORTED)
    assert told.data == {"list": "prices", "format": "xlsx", "filters": "kind=award"}
    assert told.seat_number == world.pharmacist.pk
    assert (told.audience, told.organisations) == ("named", [world.hospital.pk])


def test_a_search_of_the_price_register_is_in_the_trail(client, world):
    signed_in(client, world.pharmacist)
    client.get("/catalogue/prices/")
    assert not Event.objects.filter(verb="price.searched").exists()
    client.get("/catalogue/prices/?kind=award")
    assert last("price.searched").data == {"asked": "kind=award"}


def test_what_a_seat_may_not_do_is_in_the_trail(client, world):
    signed_in(client, world.pharmacist)
    assert client.get("/tenders/prepare/").status_code == 403
    told = last(Verb.ACT_REFUSED)
    assert told.data == {"act": "tenders:prepare-tender", "about": "", "reason": "denied"}
    assert (told.seat_number, told.audience) == (world.pharmacist.pk, "named")


def test_what_a_program_may_not_do_is_in_the_trail(client, world):
    _token, secret = make_token(label="till", by=world.pharmacist, now=NOW)
    answer = client.post("/api/v1/prices/", headers={"Authorization": f"Token {secret}"})
    assert answer.status_code == 403
    assert last(Verb.ACT_REFUSED).data == {"act": "api-prices", "about": "", "reason": "denied"}


@pytest.mark.parametrize(("kind", "reason"), [("supplier", "registered"), ("agency", None)])
def test_what_an_action_refuses_is_in_the_trail_though_its_transaction_was_undone(client, world, kind, reason):
    """The form is shown again with the refusal, so that no error ever reaches the middleware."""
    signed_in(client, world.seat(world.agency, "registrar"))
    taken = world.supplier.credit_code if reason else demo_uscc(999)
    filled = {"kind": kind, "name": "Demo works", "credit_code": taken, "region": world.region.pk}
    client.post("/organisations/register/", filled, REMOTE_ADDR="203.0.113.7")
    found = Event.objects.filter(verb=Verb.ACT_REFUSED).values_list("data__act", "data__reason", "address")
    assert list(found) == ([("accounts:register-organisation", reason, place("203.0.113.7"))] if reason else [])


def test_a_form_that_is_not_filled_in_is_no_refused_act(client, world):
    signed_in(client, world.seat(world.agency, "registrar"))
    client.post("/organisations/register/", {})
    assert not Event.objects.filter(verb=Verb.ACT_REFUSED).exists()


class TestNumbersOfRequests:
    @pytest.mark.parametrize("said", ["", "short", "x" * 65, "two words here", "a-b-c\x7fdefgh", "-begins-badly"])
    def test_a_request_gets_a_number_and_another_each_time(self, client, db, said):
        numbers = {client.get("/healthz", headers={"X-Request-ID": said}).headers["X-Request-ID"] for _time in (1, 2)}
        assert len(numbers) == 2
        assert all(len(number) == 32 for number in numbers)

    def test_what_the_sender_calls_it_stands_in_the_answer_in_the_trail_and_in_the_log(self, client, world):
        signed_in(client, world.pharmacist)
        said = {"X-Request-ID": "proxy-1.4711_a"}
        answer = client.get("/tenders/prepare/", headers=said)
        assert (answer.status_code, answer.headers["X-Request-ID"]) == (403, said["X-Request-ID"])
        event = Event.objects.filter(verb=Verb.ACT_REFUSED).latest("pk")
        assert event.request == said["X-Request-ID"]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT mac, {WORDS} FROM core_event WHERE id = %s", [event.pk])
            [(mac, text)] = cursor.fetchall()
        assert is_ours(mac, text)

        lines = []

        def view(request):
            lines.append(WithoutValues().format(logging.LogRecord("a", logging.INFO, "b", 1, "told", (), None)))
            return HttpResponse()

        OriginMiddleware(view)(RequestFactory().get("/", headers=said))
        lines.append(WithoutValues().format(logging.LogRecord("a", logging.INFO, "b", 1, "told", (), None)))
        assert [line.partition("INFO ")[2] for line in lines] == ["a proxy-1.4711_a: told", "a -: told"]
