"""Signing in, taking a seat, inviting and leaving, as people do it on pages."""

import re

import pytest
from django.urls import reverse

from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind
from tests.accounts.proving import PASSWORD, sign_in, sign_in_fully


def test_a_person_signs_in_and_sees_what_is_next(client, world):
    answer = sign_in_fully(client, world.officer)
    assert answer.headers["Location"] == reverse("home")
    page = client.get(reverse("home")).content.decode()
    assert "What is next" in page
    assert world.agency.name in page


def test_pages_lead_a_visitor_to_the_sign_in_page(client, world):
    answer = client.get(reverse("accounts:inbox"))
    assert answer.headers["Location"] == reverse("accounts:login") + "?next=/inbox/"


def test_an_invited_person_chooses_a_password_and_takes_the_seat(client, world):
    sign_in_fully(client, world.seat(world.hospital, "administrator"))
    form = {"name": "Demo newcomer", "email": "new@example.test", "roles": ["pharmacist"]}
    page = client.post(reverse("accounts:invite", args=[world.hospital.credit_code]), form).content.decode()
    link = re.search(r"/invitation/[^\"<]+/", page)[0]
    client.post(reverse("accounts:logout"))
    client.post(link, {"password": PASSWORD})
    seat = Seat.objects.get(person__email="new@example.test")
    assert seat.roles == ["pharmacist"]
    assert world.hospital.name in client.get(reverse("home")).content.decode()
    assert "used or has expired" in client.post(link, {"password": PASSWORD}).content.decode()


def test_a_leaver_is_out_at_once(client, world):
    leaver = world.pharmacist
    sign_in(client, leaver)
    assert client.get(reverse("accounts:inbox")).status_code == 200
    other = type(client)()
    sign_in_fully(other, world.seat(world.hospital, "administrator"))
    other.post(reverse("accounts:end-seat", args=[leaver.person.email]), {"reason": "left the hospital"})
    assert client.get(reverse("accounts:inbox")).status_code == 302


def test_a_token_acts_until_it_is_revoked(client, world):
    sign_in_fully(client, world.officer)
    page = client.post(reverse("accounts:make-token"), {"label": "warehouse system"}).content.decode()
    assert "shown only once" in page
    token = world.officer.tokens.get()
    client.post(reverse("accounts:revoke-token", args=[token.fingerprint]))
    token.refresh_from_db()
    assert token.revoked_by == world.officer


def test_a_password_link_is_sent_and_works_once(client, world, mailoutbox):
    person = world.officer.person
    client.post(reverse("accounts:reset-password"), {"email": person.email})
    path = re.search(r"/reset-password/\S+", mailoutbox[0].body)[0]
    form_path = client.get(path).headers["Location"]
    new = "another correct horse battery"
    assert client.post(form_path, {"new_password1": new, "new_password2": new}).status_code == 302
    assert "used or has expired" in client.get(path, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, world, mailoutbox):
    answer = client.post(reverse("accounts:reset-password"), {"email": "nobody@example.test"})
    assert answer.headers["Location"] == reverse("accounts:reset-sent")
    assert mailoutbox == []


@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_every_kind_of_organisation_can_be_registered(client, world, kind):
    from accounts.rules import demo_uscc

    sign_in_fully(client, world.seat(world.agency, "registrar"))
    form = {"kind": kind, "name": "Demo", "credit_code": demo_uscc(900), "region": "420000"}
    answer = client.post(reverse("accounts:register-organisation"), form)
    assert answer.headers["Location"] == reverse("accounts:invite", args=[demo_uscc(900)])


@pytest.mark.parametrize("code", ["91420100MA4KXXXX0I", "914201000000000000", "91420100", "", "９" * 18])
def test_a_wrong_credit_code_is_told_beside_its_field(client, world, code):
    sign_in_fully(client, world.seat(world.agency, "registrar"))
    form = {"kind": "supplier", "name": "Demo", "credit_code": code, "region": "420000"}
    before = Organisation.objects.count()
    answer = client.post(reverse("accounts:register-organisation"), form)
    assert answer.context["form"].errors["credit_code"]
    assert Organisation.objects.count() == before


def test_the_roles_are_a_public_page(client, db):
    page = client.get(reverse("accounts:roles")).content.decode()
    assert "procurement officer" in page
    assert "award a lot" in page
