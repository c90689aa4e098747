"""Nobody whose seat needs a second factor gets in without one, and nobody loses the way in for good."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import codes, proof
from accounts.access import SESSION_SEAT
from accounts.actions import change_password, factors
from accounts.models import CodeApp, GuessedCodes, InboxMessage, Passkey, Session
from accounts.permissions import NEEDS_FACTOR, ROLES
from core.acting import acting_for
from core.errors import Denied, Refused
from core.models import Event
from tests.accounts.proving import (
    Device,
    code_of,
    credential,
    give_codes,
    give_passkey,
    options_on,
    sign_in,
    sign_in_fully,
)
from tests.world import NOW

ACCOUNT, CONFIRM, SECOND = "/account/", "/account/confirm/", "/sign-in/second-step/"


def opens(client, path="/working-days/"):
    return client.get(path).status_code == 200


# --- Signing in ----------------------------------------------------------------------------------------------
def test_after_the_password_nobody_is_signed_in_until_the_second_step(client, world):
    give_codes(world.officer.person)
    answer = sign_in(client, world.officer)
    assert answer.headers["Location"] == SECOND
    assert client.get("/working-days/").headers["Location"].startswith("/sign-in/")
    assert client.get("/api/v1/me/").status_code == 401
    answer = client.post(SECOND, {"code": code_of(world.officer.person)})
    assert answer.headers["Location"] == "/"
    assert opens(client)


def test_the_second_step_takes_a_passkey(client, world):
    device = Device()
    give_passkey(world.officer.person, device)
    sign_in(client, world.officer)
    options = options_on(client.get(SECOND))
    client.post(SECOND, {"credential": credential(device.sign(options))})
    assert opens(client)


def test_the_same_answer_of_a_passkey_is_taken_once(client, world):
    device = Device()
    give_passkey(world.officer.person, device)
    sign_in(client, world.officer)
    answer = {"credential": credential(device.sign(options_on(client.get(SECOND))))}
    client.post(SECOND, answer)
    thief = Client()
    sign_in(thief, world.officer)
    thief.get(SECOND)
    assert "earlier question" in thief.post(SECOND, answer).content.decode()
    assert not opens(thief)


def test_a_passkey_alone_signs_in_without_a_password(client, world):
    device = Device()
    give_passkey(world.bid_manager.person, device)
    options = options_on(client.get("/sign-in/passkey/?next=/inbox/"))
    assert options["allowCredentials"] == []
    answer = client.post("/sign-in/passkey/", {"credential": credential(device.sign(options)), "next": "/inbox/"})
    assert answer.headers["Location"] == "/inbox/"
    assert opens(client, "/bids/")


def test_an_unknown_passkey_signs_nobody_in(client, world):
    options = options_on(client.get("/sign-in/passkey/"))
    answer = client.post("/sign-in/passkey/", {"credential": credential(Device().sign(options))})
    assert "does not belong" in answer.content.decode()
    assert Session.objects.filter(person__isnull=False).count() == 0


def test_guesses_of_others_do_not_lock_out_a_person_with_a_passkey(client, world):
    """Ten wrong passwords from the bidder's own address, and all guesses of codes used up, an hour to the deadline."""
    device, seat = Device(), world.bid_manager
    give_passkey(seat.person, device)
    for _guess in range(12):
        sign_in(client, seat, "wrong")
    assert sign_in(client, seat).status_code == 429
    for _guess in range(factors.GUESSES):
        factors.count_guess(person=seat.person, now=timezone.now())
    options = options_on(client.get("/sign-in/passkey/"))
    client.post("/sign-in/passkey/", {"credential": credential(device.sign(options))})
    assert opens(client, "/bids/")


def test_a_password_waits_ten_minutes_for_its_second_step(client, world, monkeypatch):
    give_codes(world.officer.person)
    sign_in(client, world.officer)
    late = timezone.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert client.post(SECOND, {"code": code_of(world.officer.person)}).headers["Location"] == "/sign-in/"
    assert not opens(client)


def test_a_password_changed_in_between_makes_the_second_step_void(client, world):
    give_codes(world.officer.person)
    sign_in(client, world.officer)
    with acting_for(world.officer.acting):
        change_password(person=world.officer.person, password="another correct horse", now=timezone.now())
    assert client.get(SECOND).headers["Location"] == "/sign-in/"


def test_an_invitation_is_no_way_around_the_second_step(client, world):
    from accounts.actions import invite

    person = world.officer.person
    give_codes(person)
    facts = {"email": person.email, "name": person.name, "organisation": world.hospital, "roles": ["pharmacist"]}
    _invitation, secret = invite(**facts, by=None, now=timezone.now())
    answer = client.post(f"/invitation/{secret}/", {"password": "correct horse battery staple"})
    assert answer.headers["Location"] == SECOND
    assert not opens(client)


def test_every_step_has_a_new_session_id_and_the_old_one_is_dead(client, world):
    give_codes(world.officer.person)
    client.get("/sign-in/passkey/")
    seen = [client.session.session_key]
    sign_in(client, world.officer)
    seen.append(client.session.session_key)
    client.post(SECOND, {"code": code_of(world.officer.person)})
    seen.append(client.session.session_key)
    client.post(CONFIRM, {"code": code_of(world.officer.person)})
    seen.append(client.session.session_key)
    client.post("/account/seat/", {"seat": world.officer.pk})
    seen.append(client.session.session_key)
    assert len({*seen}) == 5
    assert [key for key in seen if Session.objects.filter(session_key=key).exists()] == seen[-1:]


def test_a_new_password_ends_every_other_session(client, world):
    sign_in_fully(client, world.officer)
    thief = Client()
    thief.force_login(world.officer.person)
    new = {"old_password": "correct horse battery staple", "new_password1": "a new horse battery"}
    client.post("/account/password/", {**new, "new_password2": new["new_password1"]})
    assert opens(client)
    assert not opens(thief)
    assert Session.objects.filter(person=world.officer.person).count() == 1


def test_a_password_reset_by_mail_removes_no_factor_and_signs_nobody_in(client, world, mailoutbox):
    give_codes(world.officer.person)
    client.post("/reset-password/", {"email": world.officer.person.email})
    form = client.get(re.search(r"/reset-password/\S+", mailoutbox[0].body)[0]).headers["Location"]
    client.post(form, {"new_password1": "a new horse battery", "new_password2": "a new horse battery"})
    assert not opens(client)
    assert sign_in(client, world.officer, "a new horse battery").headers["Location"] == SECOND


# --- Who needs one -------------------------------------------------------------------------------------------
def test_everybody_needs_one_but_who_asks_for_goods_and_who_only_reads():
    needing = {code for code, role in ROLES.items() if role.permissions & NEEDS_FACTOR}
    assert set(ROLES) - needing == {"pharmacist", "ledger_reader"}


def test_without_one_nothing_opens_but_account_inbox_and_sign_out(client, world):
    sign_in(client, world.officer)
    for path in ("/", "/tenders/", "/catalogue/", "/people/", "/account/tokens/make/", "/account/password/"):
        assert client.get(path).headers["Location"] == ACCOUNT, path
    for path in (ACCOUNT, "/inbox/", "/account/passkeys/add/", "/account/codes/set-up/"):
        assert opens(client, path), path
    answer = client.get("/api/v1/me/")
    assert (answer.status_code, answer.json()["code"]) == (403, "proof_needed")
    assert client.post("/sign-out/").status_code == 302


def test_a_session_begun_before_the_seat_needed_one_opens_nothing_more(client, world):
    """Whoever is given a second seat, and sits in it, proves more than a password first."""
    from accounts.actions import give_seat
    from core.clock import legal_date

    pharmacist = world.pharmacist
    sign_in(client, pharmacist)
    assert opens(client)
    facts = {"organisation": world.agency, "roles": ["officer"], "starts_on": legal_date(NOW), "by": None, "now": NOW}
    seat = give_seat(person=pharmacist.person, **facts)
    client.post("/account/seat/", {"seat": seat.pk})
    assert client.session[SESSION_SEAT] == seat.pk
    assert client.get("/").headers["Location"] == ACCOUNT


def test_who_needs_none_works_with_a_password_and_may_have_one(client, world):
    sign_in(client, world.pharmacist)
    assert opens(client)
    give_codes(world.pharmacist.person)
    other = Client()
    assert sign_in(other, world.pharmacist).headers["Location"] == SECOND


# --- Setting up ----------------------------------------------------------------------------------------------
def test_one_time_codes_are_set_up_from_the_page_and_bring_recovery_codes(client, world):
    sign_in(client, world.officer)
    page = client.get("/account/codes/set-up/")
    assert "data:image/svg+xml" in page.content.decode()
    secret = bytes.fromhex(client.session["new code secret"])
    assert page.context["secret"] == codes.secret_text(secret)
    assert "not the code" in client.post("/account/codes/set-up/", {"code": "000000"}).content.decode()
    shown = codes.code_at(secret, codes.step_of(timezone.now()))
    made = client.post("/account/codes/set-up/", {"code": shown}).context["codes"]
    assert len(made) == codes.RECOVERY_CODES
    assert opens(client, "/tenders/")
    assert Event.objects.filter(verb="factor.codes_set_up", subject=world.officer.person.email).exists()


def test_a_passkey_is_set_up_from_the_page(client, world):
    sign_in(client, world.officer)
    device = Device()
    options = options_on(client.get("/account/passkeys/add/"))
    form = {"label": "work phone", "credential": credential(device.create(options))}
    assert "Save your recovery codes" in client.post("/account/passkeys/add/", form).content.decode()
    assert opens(client, "/tenders/")
    assert "work phone" in client.get(ACCOUNT).content.decode()


def test_the_first_factor_ends_sessions_that_a_password_alone_began(client, world):
    thief = Client()
    sign_in(thief, world.pharmacist)
    sign_in(client, world.pharmacist)
    device = Device()
    form = {"label": "x", "credential": credential(device.create(options_on(client.get("/account/passkeys/add/"))))}
    client.post("/account/passkeys/add/", form)
    assert opens(client)
    assert not opens(thief)


def test_a_stolen_session_adds_no_factor_without_a_fresh_proof(client, world, monkeypatch):
    sign_in_fully(client, world.officer)
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    for path in ("/account/passkeys/add/", "/account/codes/remove/", "/account/recovery-codes/"):
        assert client.get(path).headers["Location"].startswith(CONFIRM), path
    client.post("/account/passkeys/add/", {"label": "mine now", "credential": "{}"})
    assert not Passkey.objects.exists()


def test_the_secret_stands_in_no_table_in_clear(world):
    give_codes(world.officer.person)
    app = CodeApp.objects.get(person=world.officer.person)
    assert factors.secret_of(app) not in bytes(app.sealed_secret)
    assert len(factors.secret_of(app)) == codes.SECRET_BYTES


def test_under_another_key_of_the_installation_an_app_is_of_no_use_and_a_recovery_code_lets_in(client, world, settings):
    recovery = give_codes(world.officer.person)
    code = code_of(world.officer.person)
    settings.SECRET_KEY = "another" * 10
    sign_in(client, world.officer)
    assert "wrong or was used already" in client.post(SECOND, {"code": code}).content.decode()
    client.post(SECOND, {"code": recovery[0]})
    assert opens(client)


# --- Codes ---------------------------------------------------------------------------------------------------
def test_a_code_is_taken_once(client, world):
    give_codes(world.officer.person)
    code = code_of(world.officer.person)
    sign_in(client, world.officer)
    client.post(SECOND, {"code": code})
    thief = Client()
    sign_in(thief, world.officer)
    assert "used already" in thief.post(SECOND, {"code": code}).content.decode()
    assert not opens(thief)


def test_a_recovery_code_lets_in_once_however_it_is_typed(client, world):
    recovery = give_codes(world.officer.person)
    sign_in(client, world.officer)
    client.post(SECOND, {"code": recovery[3].lower().replace("-", " ")})
    assert opens(client)
    assert "9 codes are left" in client.get(ACCOUNT).content.decode()
    thief = Client()
    sign_in(thief, world.officer)
    thief.post(SECOND, {"code": recovery[3]})
    assert not opens(thief)


def test_new_recovery_codes_make_the_old_ones_useless(client, world):
    old = give_codes(world.officer.person)
    client.force_login(world.officer.person)
    new = client.post("/account/recovery-codes/").context["codes"]
    for text, works in ((old[0], False), (new[0], True)):
        other = Client()
        sign_in(other, world.officer)
        other.post(SECOND, {"code": text})
        assert opens(other) is works


def test_ten_wrong_codes_close_the_codes_for_a_quarter_of_an_hour(client, world, monkeypatch):
    give_codes(world.officer.person)
    sign_in(client, world.officer)
    for _guess in range(factors.GUESSES):
        client.post(SECOND, {"code": "000000"})
    assert "Too many codes" in client.post(SECOND, {"code": code_of(world.officer.person)}).content.decode()
    assert not opens(client)
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr(timezone, "now", lambda: later)
    sign_in(client, world.officer)
    client.post(SECOND, {"code": code_of(world.officer.person)})
    assert opens(client)
    assert not GuessedCodes.objects.exists()


# --- Losing and removing -------------------------------------------------------------------------------------
def test_the_last_factor_of_a_seat_that_needs_one_stays(client, world):
    device = Device()
    give_passkey(world.officer.person, device)
    client.force_login(world.officer.person)
    path = f"/account/passkeys/{Passkey.objects.get().fingerprint}/remove/"
    assert "last second factor" in client.post(path).content.decode()
    give_codes(world.officer.person)
    assert client.post(path).headers["Location"] == ACCOUNT
    assert "last second factor" in client.post("/account/codes/remove/").content.decode()


def test_who_needs_none_may_remove_the_last_one_and_its_recovery_codes_go_too(client, world):
    give_codes(world.pharmacist.person)
    client.force_login(world.pharmacist.person)
    client.post("/account/codes/remove/")
    assert not factors.has_factor(world.pharmacist.person)
    assert not world.pharmacist.person.recovery_codes.exists()


def test_nobody_removes_the_passkey_of_another(client, world):
    give_passkey(world.officer.person, Device())
    client.force_login(world.pharmacist.person)
    theirs = client.get(f"/account/passkeys/{Passkey.objects.get().fingerprint}/remove/")
    missing = client.get("/account/passkeys/000000000000/remove/")
    assert (theirs.status_code, missing.status_code) == (404, 404)


def test_an_administrator_resets_what_is_lost_with_a_reason_and_the_person_is_told(client, world, mailoutbox):
    from accounts.tasks import mail_message

    losing = world.bid_manager
    give_codes(losing.person)
    give_passkey(losing.person, Device())
    theirs = Client()
    theirs.force_login(losing.person)
    client.force_login(world.seat(world.supplier, "administrator").person)
    path = reverse("accounts:reset-factors", args=[losing.person.email])
    assert client.post(path, {"reason": " "}).context["form"].errors["reason"]
    client.post(path, {"reason": "phone lost"})
    assert not factors.has_factor(losing.person)
    assert not opens(theirs)
    told = Event.objects.filter(verb="factor.reset")
    assert {event.subject for event in told} == {world.supplier.credit_code, losing.person.email}
    assert {event.data["reason"] for event in told} == {"phone lost"}
    mail_message(InboxMessage.objects.get(seat=losing).pk)
    assert mailoutbox[-1].to == [losing.person.email]
    assert "second factors" in mailoutbox[-1].body
    assert sign_in(theirs, losing).headers["Location"] == "/"
    assert theirs.get("/bids/").headers["Location"] == ACCOUNT


def test_nobody_resets_the_factors_of_another_organisation_or_their_own(world):
    stranger = world.seat(world.hospital, "administrator")
    with pytest.raises(Denied):
        factors.reset_factors(seat=world.officer, reason="x", by=stranger, now=NOW)
    with pytest.raises(Refused, match="own"):
        factors.reset_factors(seat=stranger, reason="x", by=stranger, now=NOW)


# --- Sessions and devices ------------------------------------------------------------------------------------
def test_a_person_sees_its_sessions_and_ends_all_others(client, world):
    give_codes(world.officer.person)
    other = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/149.0"})
    sign_in_fully(other, world.officer)
    sign_in_fully(client, world.officer)
    assert "Firefox, Windows" in client.get(ACCOUNT).content.decode()
    client.post("/account/sessions/end/")
    assert opens(client)
    assert not opens(other)


def test_a_new_device_is_told_once_and_the_first_is_none(client, world):
    sign_in_fully(client, world.pharmacist)
    assert not InboxMessage.objects.exists()
    client.post("/sign-out/")
    sign_in_fully(client, world.pharmacist)
    assert not InboxMessage.objects.exists()
    other = Client(headers={"User-Agent": "Mozilla/5.0 (Macintosh; Mac OS X) Version/19 Safari/605"})
    sign_in(other, world.pharmacist)
    recovery = factors.make_recovery_codes(person=world.pharmacist.person, now=timezone.now())
    other.post(SECOND, {"code": recovery[0]})
    assert "Safari, macOS" in InboxMessage.objects.get(seat=world.pharmacist).sentence


def test_sessions_that_are_over_are_swept_and_the_others_stay(client, world):
    from accounts.tasks import clear_sessions

    client.force_login(world.officer.person)
    Session.objects.create(session_key="over", session_data="", expire_date=timezone.now() - timedelta(days=1))
    clear_sessions()
    assert [row.person for row in Session.objects.all()] == [world.officer.person]


def test_an_unproved_session_is_shown_no_session_and_no_token(client, world):
    sign_in(client, world.officer)
    page = client.get(ACCOUNT)
    assert (page.context["sessions"], page.context["tokens"]) == ([], [])


def test_a_proof_is_fresh_for_five_minutes_and_never_from_the_future():
    session = {}
    assert not proof.is_fresh(session, NOW)
    proof.stamp(session, proof.CODE, NOW)
    fresh = [proof.is_fresh(session, NOW + timedelta(seconds=off)) for off in (-1, 0, 300, 301)]
    assert fresh == [False, True, True, False]


# --- As if unknown -------------------------------------------------------------------------------------------
def test_an_unknown_address_and_a_wrong_password_cost_the_same(client, world, settings, monkeypatch):
    """One hash each, and the same number of queries: the answer and its time tell nothing."""
    from django.contrib.auth.hashers import Argon2PasswordHasher
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    world.officer.person.set_password("correct horse battery staple")
    hashes, answers = [], []
    monkeypatch.setattr(Argon2PasswordHasher, "encode", _counting(Argon2PasswordHasher.encode, hashes))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", _counting(Argon2PasswordHasher.verify, hashes))
    with acting_for(world.officer.acting):
        _save(world.officer.person)
    for email in (world.officer.person.email, "nobody@example.test"):
        hashes.clear()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.post("/sign-in/", {"username": email, "password": "wrong"})
        body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        answers.append((answer.status_code, len(hashes), len(asked), body.replace(email, "EMAIL")))
    assert answers[0] == answers[1]
    assert answers[0][1] == 1


def _counting(method, seen):
    def counted(self, *args, **kwargs):
        seen.append(method.__name__)
        return method(self, *args, **kwargs)

    return counted


def _save(person):
    from core.actions import action

    action(person.save)()
