"""A lost password: a link that is mailed, works once and for a day, and without which nobody signed out sets one."""

import re
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import PasswordReset, Person
from accounts.resets import IN_AN_HOUR
from core.acting import acting_for
from core.actions import action
from core.errors import Refused

pytestmark = pytest.mark.django_db
NEW = "another correct horse battery"


def links_to(mailoutbox) -> list[str]:
    return [re.search(r"/reset-password/\S+", message.body)[0] for message in mailoutbox]


def ask(client: Client, person: Person) -> None:
    client.post(reverse("accounts:reset-password"), {"email": person.email})


def choose(client: Client, path: str) -> str:
    form = client.get(path, follow=True)
    answer = client.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW}, follow=True)
    return answer.content.decode()


def test_the_row_of_a_link_tells_neither_its_secret_nor_the_password(client, world, mailoutbox):
    person = world.officer.person
    ask(client, person)
    choose(client, links_to(mailoutbox)[0])
    reset = PasswordReset.objects.get()
    assert reset.used_at
    kept = f"{reset.secret_hash} {reset.chosen}"
    assert links_to(mailoutbox)[0].rstrip("/").rpartition("/")[2] not in kept
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert person.password not in kept


def test_a_link_ends_after_a_day(world):
    now = timezone.now()
    secret = actions.send_link(person=world.officer.person, now=now - timedelta(hours=24))
    with pytest.raises(Refused, match="used or has expired"):
        actions.choose_password(person=world.officer.person, secret=secret, password=NEW, now=now)


def test_a_link_is_for_its_person_alone(world):
    now = timezone.now()
    secret = actions.send_link(person=world.officer.person, now=now)
    with pytest.raises(Refused, match="used or has expired"):
        actions.choose_password(person=world.pharmacist.person, secret=secret, password=NEW, now=now)


def test_a_link_followed_where_somebody_else_is_signed_in_works(client, world, mailoutbox):
    ask(client, world.officer.person)
    client.force_login(world.pharmacist.person)
    choose(client, links_to(mailoutbox)[0])
    world.officer.person.refresh_from_db()
    assert world.officer.person.check_password(NEW)


def test_a_mailbox_gets_some_links_an_hour_and_no_more(client, world, mailoutbox):
    for _time in range(IN_AN_HOUR + 2):
        ask(client, world.officer.person)
    assert len(mailoutbox) == IN_AN_HOUR


@pytest.mark.parametrize("acts", ["nobody", "somebody else"])
def test_the_database_refuses_a_password_that_no_link_and_no_session_of_its_person_brought(world, acts):
    person = world.officer.person
    used = actions.send_link(person=person, now=timezone.now())
    actions.choose_password(person=person, secret=used, password=NEW, now=timezone.now())

    @action
    def take_over() -> None:
        Person.objects.filter(pk=person.pk).update(password="argon2$taken-over")

    with (
        acting_for(world.pharmacist.acting) if acts == "somebody else" else nullcontext(),
        transaction.atomic(),
        pytest.raises(Error, match="nobody chooses the password of somebody else"),
    ):
        take_over()


def test_whoever_is_signed_in_changes_the_own_password(world):
    with acting_for(world.officer.acting):
        actions.change_password(person=world.officer.person, password=NEW, now=timezone.now())
    world.officer.person.refresh_from_db()
    assert world.officer.person.check_password(NEW)
