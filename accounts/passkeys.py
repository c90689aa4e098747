"""Passkeys of people: what other rooms ask for a signature, and how they check it.

>>> options = request_options(person, challenge)          # to navigator.credentials.get, by static/js/passkeys.js
>>> document = checked_assertion(person, challenge, sent, now=now)   # bytes to be stored
>>> passkey_of(document).public_key                        # with which anybody checks it, now and later
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts import webauthn
from accounts.actions import factors
from accounts.models import Passkey, Person
from core.errors import Refused


class PublicPasskey(NamedTuple):
    """What a stored assertion says of its passkey: id, and public key as SubjectPublicKeyInfo (DER)."""

    credential_id: bytes
    public_key: bytes


def site() -> webauthn.Site:
    """For whom passkeys are made here: the host and the origin of PUBLIC_URL."""
    address = urlsplit(settings.PUBLIC_URL)
    return webauthn.Site(
        host=address.hostname or "", origin=f"{address.scheme}://{address.netloc}", name=_("Procurement platform")
    )


def creation_options(person: Person, challenge: bytes) -> dict[str, Any]:
    """The JSON for ``navigator.credentials.create``."""
    handle = salted_hmac("passkey handle", str(person.pk), algorithm="sha256").digest()
    known = _ids(person)
    return webauthn.creation_options(site(), handle=handle, name=person.email, challenge=challenge, known=known)


def checked_registration(challenge: bytes, credential: Any) -> webauthn.Registered:
    """A new passkey, as the browser made it for ``challenge``. Refused where anything does not fit."""
    return webauthn.read_registration(site(), challenge, credential)


def request_options(person: Person | None, challenge: bytes) -> dict[str, Any]:
    """The JSON for ``navigator.credentials.get``: with one of the person's passkeys; for None, with any."""
    return webauthn.request_options(site(), challenge=challenge, known=_ids(person) if person else [])


def checked_assertion(
    person: Person,
    challenge: bytes,
    assertion: Mapping[str, Any],
    *,
    now: datetime,
    kept: Callable[[bytes], bool] = lambda document: False,
) -> bytes:
    """What is to be stored of a passkey's signature over ``challenge``: canonical JSON, of ``webauthn.FORMAT``.

    Checked are challenge, origin, host, that the device verified its person, signature and counter, and that
    the passkey is this person's. Refused, with a sentence for that person, where one does not fit. ``kept`` says of
    a signature over several things whether it was stored with one of them before: its counter was counted then.
    """
    read = webauthn.read_assertion(assertion)
    passkey = Passkey.objects.in_use().filter(credential_id=read.credential_id, person=person).first()
    if passkey is None:
        raise Refused(_("This passkey does not belong to your account. Choose another one."), code="passkey")
    public_key = bytes(passkey.public_key)
    counter = webauthn.verify(site(), challenge, public_key, read)
    document = webauthn.to_document(public_key, read)
    if not kept(document):
        factors.use_passkey(passkey=passkey, counter=counter, now=now)
    return document


def passkey_of(document: bytes) -> PublicPasskey:
    """The passkey that made a stored assertion. ValueError where ``document`` is none."""
    public_key, read = webauthn.read_document(document)
    return PublicPasskey(read.credential_id, public_key)


def person_of(assertion: Any) -> Person | None:
    """Whose passkey an assertion, not yet checked, claims to be."""
    read = webauthn.read_assertion(assertion)
    found = Passkey.objects.in_use().filter(credential_id=read.credential_id, person__is_active=True)
    passkey = found.select_related("person").first()
    return passkey.person if passkey else None


def _ids(person: Person) -> list[bytes]:
    return [bytes(found) for found in person.passkeys.in_use().values_list("credential_id", flat=True)]
