"""Passwords: another one chosen by whoever is signed in, or by whoever opened the mail with a link."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.actions.seats import digest_of
from accounts.models import PasswordReset, Person, Seat, Session, Verb
from core.actions import action
from core.errors import Refused
from core.events import record
from core.models import Event

LINK_LASTS = timedelta(hours=24)


@action
def send_link(*, person: Person, now: datetime) -> str:
    """Make a link by which somebody who lost a password chooses another. Returns its secret, which is kept nowhere."""
    secret = secrets.token_urlsafe(24)
    PasswordReset.objects.create(
        person=person, secret_hash=digest_of(secret), asked_at=now, expires_at=now + LINK_LASTS
    )
    _tell(Verb.PASSWORD_LINK_SENT, person, now)
    return secret


@action
def choose_password(*, person: Person, secret: str, password: str, now: datetime) -> None:
    """Set the password of whoever followed a link, once. Every session made with the old one ends."""
    person.set_password(password)
    chosen = hashlib.sha256(person.password.encode()).hexdigest()
    links = PasswordReset.objects.filter(person=person, secret_hash=digest_of(secret))
    if links.usable(now).update(used_at=now, chosen=chosen) != 1:
        raise Refused(_("This link was used or has expired. Ask for a new one."), code="link")
    _save(person, now)


@action
def change_password(*, person: Person, password: str, now: datetime) -> None:
    """Set the password of the person who is signed in. Every session made with the old one ends."""
    person.set_password(password)
    _save(person, now)


def _save(person: Person, now: datetime) -> None:
    person.save(update_fields=["password"])
    Session.objects.filter(person=person).delete()
    _tell(Verb.PASSWORD_CHANGED, person, now)


def _tell(verb: Verb, person: Person, now: datetime) -> None:
    organisations = Seat.objects.filter(person=person, ended_at=None).values_list("organisation", flat=True)
    named = Event.Audience.NAMED
    record(verb, str(person.email), by=None, now=now, audience=named, organisations=organisations, person=person.name)
