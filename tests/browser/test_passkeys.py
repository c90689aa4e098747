"""Passkeys in a real browser, with Chromium's virtual authenticator in place of a phone or a security key."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts import passkeys, proof, webauthn
from accounts.models import Passkey, Session
from tests.accounts.proving import PASSWORD, code_of, give_codes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sign_in(page, live_server):
    def sign_in(seat, path="/"):
        page.goto(f"{live_server.url}/sign-in/?next={path}")
        page.get_by_label("E-mail address").fill(seat.person.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()

    return sign_in


def heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_a_first_sign_in_leads_to_a_passkey_and_the_next_ones_use_it(page, world, authenticator, sign_in, no_problem):
    seat = world.bid_manager
    sign_in(seat)
    heading(page, seat.person.name)
    expect(page.get_by_text("before anything else opens")).to_be_visible()
    no_problem()
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_label("Name of the passkey")).to_be_visible()
    no_problem()
    page.get_by_label("Name of the passkey").fill("Work computer")
    page.get_by_role("button", name="Make the passkey").click()
    heading(page, "Save your recovery codes now")
    no_problem()
    page.get_by_role("link", name="I have saved them").click()
    heading(page, "What is next")
    page.get_by_text("Account", exact=True).first.evaluate("menu => menu.closest('details').open = true")
    page.get_by_role("button", name="Sign out").click()
    heading(page, "Sign in")
    sign_in(seat, "/inbox/")
    heading(page, "Second step")
    no_problem()
    page.get_by_role("button", name="Use a passkey").click()
    heading(page, "Notifications")
    assert Passkey.objects.get(person=seat.person).last_used_at


def test_a_passkey_signs_in_alone_by_keyboard(page, world, authenticator, live_server, sit_in, no_problem):
    sit_in(world.officer)
    page.goto(f"{live_server.url}/account/passkeys/add/")
    page.get_by_label("Name of the passkey").fill("Phone")
    page.get_by_role("button", name="Make the passkey").click()
    heading(page, "Save your recovery codes now")
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("link", name="Sign in with a passkey").press("Enter")
    heading(page, "Sign in with a passkey")
    no_problem()
    page.get_by_role("button", name="Use a passkey").press("Enter")
    heading(page, "What is next")


def test_a_device_that_verifies_nobody_makes_no_passkey(page, world, authenticator, live_server, sit_in):
    authenticator(verifies=False)
    sit_in(world.officer)
    page.goto(f"{live_server.url}/account/passkeys/add/")
    page.get_by_label("Name of the passkey").fill("Phone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("status").filter(has_text="The device gave no answer")).to_be_visible()
    assert not Passkey.objects.exists()


def test_the_confirmation_is_asked_for_again_and_leads_back(page, world, live_server, sit_in, no_problem):
    give_codes(world.officer.person)
    sit_in(world.officer)
    session = Session.objects.get(person=world.officer.person)
    stale = session.get_session_store_class()(session.session_key)
    proof.stamp(stale, proof.CODE, timezone.now() - timedelta(minutes=6))
    stale.save()
    page.goto(f"{live_server.url}/account/")
    page.get_by_role("link", name="Make a token").click()
    heading(page, "Confirm that it is you")
    no_problem()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Continue").press("Enter")
    expect(page.get_by_role("link", name="This code is wrong or was used already", exact=False)).to_be_visible()
    page.get_by_label("Code").fill(code_of(world.officer.person))
    page.get_by_role("button", name="Continue").press("Enter")
    heading(page, "Make a token")


def test_the_pages_of_the_account_keep_nobody_out(page, world, sit_in, look_at):
    give_codes(world.officer.person)
    sit_in(world.officer)
    for route in ("account", "make-recovery-codes", "make-token", "remove-codes", "confirm"):
        look_at(f"accounts:{route}")
    sit_in(world.pharmacist)
    look_at("accounts:set-up-codes")
    assert page.get_by_alt_text("QR code", exact=False).evaluate("picture => picture.naturalWidth") > 100
    sit_in(world.seat(world.agency, "administrator"))
    look_at("accounts:people")
    look_at("accounts:reset-factors", world.officer.person.email)
    look_at("accounts:roles")


def test_a_submission_is_signed_by_the_modules_own_function(page, world, authenticator, live_server, sit_in):
    """What the page of another room does: options from the server, ``assertion`` in the browser, bytes to be kept."""
    person = world.bid_manager.person
    sit_in(world.bid_manager)
    page.goto(f"{live_server.url}/account/passkeys/add/")
    page.get_by_label("Name of the passkey").fill("Work computer")
    page.get_by_role("button", name="Make the passkey").click()
    heading(page, "Save your recovery codes now")
    challenge = bytes(range(32))
    script = "async (options) => (await import('/static/js/passkeys.js')).assertion(options)"
    answer = page.evaluate(script, passkeys.request_options(person, challenge))
    assert json.loads(json.dumps(answer)) == answer
    document = passkeys.checked_assertion(person, challenge, answer, now=timezone.now())
    public_key, read = webauthn.read_document(document)
    assert webauthn.signed_by(public_key, read)
    assert passkeys.passkey_of(document).credential_id == bytes(Passkey.objects.get().credential_id)
