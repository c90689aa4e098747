"""What a session has proved: who is signed in, by what, and when last; and the questions it was asked.

Two words. A session is **strong** once its person proved to hold a second factor: seats that need one open nothing
before. It is **fresh** for five minutes after the last proof: weighty acts ask for that. Where a person has no factor
and no seat that needs one, the password is the freshest proof there is.
"""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.webauthn import to_bytes, to_text
from core.errors import Refused

PASSKEY, CODE, PASSWORD = "passkey", "code", "password"
STRONG = (PASSKEY, CODE)
FRESH = timedelta(minutes=5)
PATIENCE = timedelta(minutes=10)  # between a password and the second step
BACKEND = "django.contrib.auth.backends.ModelBackend"

DEVICE = "device"
_PROOF, _PENDING, _CHALLENGE = "proof", "pending", "challenge"


def stamp(session: Any, by: str, now: datetime) -> None:
    """Note what the person at the session has just proved."""
    session[_PROOF] = {"by": by, "at": int(now.timestamp())}


def renew(request: HttpRequest, by: str, now: datetime) -> None:
    """Note a proof under a new session id: the old one is dead."""
    request.session.cycle_key()
    stamp(request.session, by, now)


def is_strong(session: Any) -> bool:
    return session.get(_PROOF, {}).get("by") in STRONG


def is_fresh(session: Any, now: datetime) -> bool:
    at = session.get(_PROOF, {}).get("at")
    return at is not None and 0 <= now.timestamp() - at <= FRESH.total_seconds()


def described(session: dict[str, Any]) -> dict[str, Any]:
    """What a person is shown of one of its sessions: the browser, and when and by what it last proved itself."""
    proved = session.get(_PROOF, {})
    at = datetime.fromtimestamp(proved["at"], UTC) if "at" in proved else None
    return {"device": session.get(DEVICE, ""), "proved_at": at}


def enter(request: HttpRequest, person: Person, by: str, now: datetime) -> None:
    """Begin the session of a person who has proved enough."""
    login(request, person, backend=BACKEND)
    request.session.pop(_PENDING, None)
    stamp(request.session, by, now)


def await_second_step(request: HttpRequest, person: Person, onward: str, now: datetime) -> None:
    """Remember who gave the right password. Nobody is signed in before the second step."""
    request.session.cycle_key()
    at, fingerprint = int(now.timestamp()), person.get_session_auth_hash()
    request.session[_PENDING] = {"person": person.pk, "password": fingerprint, "next": onward, "at": at}


def awaited(request: HttpRequest, now: datetime) -> tuple[Person, str] | None:
    """Who is to take the second step, and where it leads; None without a password of the last ten minutes."""
    pending = request.session.get(_PENDING)
    if not pending or not 0 <= now.timestamp() - pending["at"] <= PATIENCE.total_seconds():
        return None
    person = Person.objects.filter(pk=pending["person"], is_active=True).first()
    if person is None or not constant_time_compare(person.get_session_auth_hash(), pending["password"]):
        return None
    return person, pending["next"]


def new_challenge(request: HttpRequest) -> bytes:
    """A fresh question for a passkey, remembered in the session until it is answered."""
    challenge = secrets.token_bytes(32)
    request.session[_CHALLENGE] = to_text(challenge)
    return challenge


def take_challenge(request: HttpRequest) -> bytes:
    """The question that this session's passkey was asked. It can be answered once."""
    challenge = request.session.pop(_CHALLENGE, None)
    if challenge is None:
        raise Refused(_("The passkey answered an earlier question. Try again."), code="passkey")
    return to_bytes(challenge)
