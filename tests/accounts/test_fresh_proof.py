"""A weighty act needs a proof of who is there, five minutes old at most; without one nothing is done, and told so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import Organisation, SeatToken
from accounts.rules import demo_uscc
from tests.accounts.proving import Device, code_of, credential, give_codes, give_passkey, options_on, sign_in
from tests.world import NOW

CONFIRM, TOKEN = "/account/confirm/", "/account/tokens/make/"


@pytest.fixture
def later(monkeypatch):
    """Six minutes pass."""

    def pass_by():
        instant = timezone.now() + timedelta(minutes=6)
        monkeypatch.setattr(timezone, "now", lambda: instant)

    return pass_by


def test_a_page_asks_for_proof_and_comes_back(client, world, later):
    give_codes(world.officer.person)
    client.force_login(world.officer.person)
    assert client.get(TOKEN).status_code == 200
    later()
    answer = client.get(TOKEN)
    assert answer.headers["Location"] == f"{CONFIRM}?next=%2Faccount%2Ftokens%2Fmake%2F"
    page = client.get(answer.headers["Location"])
    assert "Confirm that it is you" in page.content.decode()
    answer = client.post(CONFIRM, {"code": code_of(world.officer.person), "next": page.context["next"]})
    assert answer.headers["Location"] == TOKEN
    assert client.get(TOKEN).status_code == 200


def test_what_is_sent_without_proof_is_not_done_but_held_to_be_sent_again(client, world, later):
    seat = world.seat(world.agency, "registrar")
    give_codes(seat.person)
    client.force_login(seat.person)
    session = client.session
    session["proof"] = {"by": "code", "at": int(timezone.now().timestamp())}
    session.save()
    later()
    path = reverse("accounts:register-organisation")
    form = {"kind": "supplier", "name": "Demo", "credit_code": demo_uscc(900), "region": "420000"}
    answer = client.post(path, form, headers={"Referer": f"http://testserver{path}"})
    assert answer.status_code == 409
    assert "Nothing was done with what you sent" in answer.content.decode()
    assert dict(answer.context["typed"]) == form
    assert answer.context["way"] == f"{CONFIRM}?next=%2Fsigned-in%2F"
    assert not Organisation.objects.filter(credit_code=demo_uscc(900)).exists()
    client.post(CONFIRM, {"code": code_of(seat.person), "next": "/signed-in/"})
    client.post(path, dict(answer.context["typed"]))
    assert Organisation.objects.filter(credit_code=demo_uscc(900)).exists()


def test_a_script_is_told_in_its_own_language(client, world, later):
    client.force_login(world.officer.person)
    later()
    answer = client.post(TOKEN, {"label": "x"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (403, "proof_needed")
    assert not SeatToken.objects.exists()


def test_a_passkey_confirms_too(client, world, later):
    device = Device()
    give_passkey(world.officer.person, device)
    client.force_login(world.officer.person)
    later()
    options = options_on(client.get(f"{CONFIRM}?next={TOKEN}"))
    client.post(CONFIRM, {"credential": credential(device.sign(options)), "next": TOKEN})
    assert client.get(TOKEN).status_code == 200


def test_a_password_is_no_proof_for_who_has_a_factor(client, world, later):
    give_codes(world.officer.person)
    client.force_login(world.officer.person)
    later()
    client.post(CONFIRM, {"password": "correct horse battery staple"})
    assert client.get(TOKEN).status_code == 302


def test_who_has_no_factor_and_needs_none_confirms_with_the_password(client, world, later):
    sign_in(client, world.pharmacist)
    later()
    client.post(CONFIRM, {"password": "wrong"})
    assert client.get(TOKEN).status_code == 302
    client.post(CONFIRM, {"password": "correct horse battery staple"})
    assert client.get(TOKEN).status_code == 200


@pytest.mark.parametrize("next_", ["https://evil.test/", "//evil.test/", "javascript:alert(1)", r"/\evil.test"])
def test_nobody_is_led_to_another_site(client, world, next_):
    give_codes(world.officer.person)
    client.force_login(world.officer.person)
    answer = client.post(CONFIRM, {"code": code_of(world.officer.person), "next": next_})
    assert answer.headers["Location"] == "/"


def test_the_api_answers_a_session_without_proof_with_proof_needed(client, world, later):
    give_codes(world.bid_manager.person)
    client.force_login(world.bid_manager.person)
    path = reverse("api-submit-bid", args=["B-AAAA"])

    def send():
        return client.post(path, {}, content_type="application/json", headers={"Idempotency-Key": "a-new-key"})

    assert send().status_code == 404
    later()
    answer = send()
    assert (answer.status_code, answer.json()["code"]) == (403, "proof_needed")
    assert client.get(reverse("api-bids")).status_code == 200


def test_a_token_is_a_proof_by_itself(client, world):
    """Because it can be made only with one."""
    _token, secret = make_token(label="x", by=world.bid_manager, now=NOW)
    headers = {"Authorization": f"Token {secret}", "Idempotency-Key": "a-new-key"}
    path = reverse("api-submit-bid", args=["B-AAAA"])
    assert client.post(path, {}, content_type="application/json", headers=headers).status_code == 404


def test_a_seat_without_the_permission_is_refused_before_it_is_asked(client, world, later):
    client.force_login(world.pharmacist.person)
    later()
    assert client.get(reverse("accounts:register-organisation")).status_code == 403


def test_a_visitor_is_not_asked_to_confirm_but_to_sign_in(db):
    assert Client().get(CONFIRM).headers["Location"].startswith("/sign-in/")
