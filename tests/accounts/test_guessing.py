"""Passwords are guessed by people who want in, and by people who want somebody else out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import guesses, invite
from accounts.models import GuessedPasswords
from tests.accounts.proving import PASSWORD, sign_in

AT = "/sign-in/"


@pytest.fixture
def proxied(settings):
    """Everybody comes through one proxy, as in most installations."""
    settings.TRUSTED_PROXIES = 1


def from_place(address, **cookies):
    client = Client(REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": f"6.6.6.6, {address}"})
    client.cookies.load(cookies)
    return client


def guess(client, seat_or_email, times=1):
    email = getattr(seat_or_email, "person", seat_or_email)
    for _time in range(times):
        answer = client.post(AT, {"username": getattr(email, "email", email), "password": "wrong"})
    return answer.status_code


def exhaust(seat):
    """What somebody with many addresses can do to an account."""
    for place in range(1, 4):
        status = guess(from_place(f"203.0.113.{place}"), seat, guesses.FROM_ONE)
    assert status == 429


def test_who_guesses_behind_a_proxy_shuts_nobody_out_but_themselves(proxied, world):
    seat, attacker = world.bid_manager, from_place("203.0.113.7")
    assert guess(attacker, seat, guesses.FROM_ONE) == 200
    assert sign_in(attacker, seat).status_code == 429
    assert sign_in(from_place("198.51.100.9"), seat).status_code == 302


def test_many_addresses_shut_a_door_that_no_known_browser_uses(proxied, world):
    own = from_place("198.51.100.9")
    sign_in(own, world.bid_manager)
    exhaust(world.bid_manager)
    elsewhere = from_place("198.51.100.10")
    assert sign_in(elsewhere, world.bid_manager).status_code == 429
    known = from_place("198.51.100.11", device=own.cookies["device"].value)
    assert sign_in(known, world.bid_manager).status_code == 302


def test_a_browser_known_to_one_account_is_a_stranger_to_another(proxied, world):
    own = from_place("198.51.100.9")
    sign_in(own, world.pharmacist)
    own.post("/sign-out/")
    exhaust(world.bid_manager)
    assert sign_in(own, world.bid_manager).status_code == 429


def test_a_new_password_by_mail_opens_the_door_at_once(proxied, world, django_capture_on_commit_callbacks):
    seat = world.bid_manager
    exhaust(seat)
    client = from_place("198.51.100.9")
    client.post(reverse("accounts:reset-password"), {"email": seat.person.email})
    link = next(word for word in mail.outbox[-1].body.split() if "/reset-password/" in word)
    page = client.get(link, follow=True)
    new = {"new_password1": PASSWORD[::-1], "new_password2": PASSWORD[::-1]}
    client.post(page.request["PATH_INFO"], new)
    assert sign_in(client, seat, PASSWORD[::-1]).status_code == 302


def test_one_address_cannot_try_a_password_on_everybody(proxied, world, monkeypatch):
    monkeypatch.setattr(guesses, "FROM_ONE_ADDRESS", 3)
    attacker = from_place("203.0.113.7")
    assert [guess(attacker, f"nobody{number}@example.test") for number in range(4)] == [200, 200, 200, 429]
    assert sign_in(attacker, world.pharmacist).status_code == 429
    assert guess(from_place("203.0.113.8"), "nobody9@example.test") == 200


def test_right_passwords_are_no_guesses_and_open_nothing_again(proxied, world):
    attacker = from_place("203.0.113.7")
    guess(attacker, "nobody@example.test", 4)
    sign_in(attacker, world.pharmacist)
    attacker.post("/sign-out/")
    left = sorted(GuessedPasswords.objects.values_list("tries_left", flat=True))
    most = (guesses.FROM_ONE, guesses.FOR_ONE_ACCOUNT, guesses.FROM_ONE_ADDRESS)
    # Those of the account that nobody has, of the other one, and of the address that both share.
    assert left == sorted([most[0] - 4, most[1] - 4, most[0], most[1], most[2] - 4])


def test_a_door_opens_again_after_a_quarter_of_an_hour(world, client, monkeypatch):
    guess(client, world.pharmacist, guesses.FROM_ONE)
    assert sign_in(client, world.pharmacist).status_code == 429
    later = timezone.now() + guesses.WHILE + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert sign_in(client, world.pharmacist).status_code == 302
    guesses.forget_tries(now=later + guesses.WHILE)
    assert not GuessedPasswords.objects.exists()


@pytest.mark.parametrize(("language", "sentence"), [("en", "No password is looked at"), ("zh-hans", "之前")])
def test_the_page_of_a_shut_door_says_until_when_and_what_else_there_is(world, client, language, sentence):
    guess(client, world.pharmacist, guesses.FROM_ONE)
    opens = GuessedPasswords.objects.earliest("since_at").since_at + guesses.WHILE
    answer = client.post(
        AT, {"username": world.pharmacist.person.email, "password": "wrong"}, headers={"Accept-Language": language}
    )
    page = answer.content.decode()
    assert 0 < int(answer.headers["Retry-After"]) <= guesses.WHILE.total_seconds()
    assert sentence in page
    assert f"{timezone.localtime(opens):%H:%M}" in page
    for way in ("accounts:passkey-sign-in", "accounts:reset-password"):
        assert reverse(way) in page


@pytest.mark.django_db(transaction=True)
def test_passwords_tried_at_the_same_moment_are_counted_one_by_one(world):
    doors, now = guesses.Caller(world.pharmacist.person.email, "", "here").doors, timezone.now()

    def attempt(_number):
        try:
            guesses.count_try(doors=doors, now=now)
        except guesses.ShutOut:
            return 0
        finally:
            connections.close_all()
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(40))) == guesses.FROM_ONE


def test_an_invitation_is_no_place_to_try_somebodys_password(proxied, world):
    """Its link is shown to whoever invites, who may be anybody's administrator."""
    seat, attacker = world.officer, from_place("203.0.113.7")
    facts = {"email": seat.person.email, "name": "x", "organisation": world.hospital, "roles": ["pharmacist"]}
    _invitation, secret = invite(**facts, by=None, now=timezone.now())
    link = reverse("accounts:accept-invitation", args=[secret])
    wrong = {"password": "wrong horse battery staple"}
    pages = [attacker.post(link, wrong).content.decode() for _try in range(guesses.FROM_ONE + 1)]
    assert ["Too many" in page for page in pages] == [False] * guesses.FROM_ONE + [True]
    assert "Too many" in attacker.post(link, {"password": PASSWORD}).content.decode()
    assert not seat.person.seats.filter(organisation=world.hospital).exists()


def test_a_session_that_was_taken_is_no_place_either(client, world):
    client.force_login(world.pharmacist.person)
    form = {"old_password": "wrong", "new_password1": PASSWORD[::-1], "new_password2": PASSWORD[::-1]}
    at = reverse("accounts:change-password")
    pages = [client.post(at, form).content.decode() for _try in range(guesses.FROM_ONE + 1)]
    assert ["Too many" in page for page in pages] == [False] * guesses.FROM_ONE + [True]
    client.post(at, form | {"old_password": PASSWORD})
    assert sign_in(Client(REMOTE_ADDR="198.51.100.9"), world.pharmacist).status_code == 302
