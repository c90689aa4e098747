"""Everything that changes how a person proves who it is: passkeys, one-time codes, recovery codes, sessions.

A person acts here, not a seat: whoever has several has one set of factors.
"""

import base64
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.db import IntegrityError, connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts import codes
from accounts.actions.seats import digest_of, notify, permit_within
from accounts.models import (
    CodeApp,
    Device,
    GuessedCodes,
    Passkey,
    Person,
    RecoveryCode,
    Seat,
    Session,
    Verb,
)
from accounts.webauthn import Registered
from core.actions import action
from core.clock import installation_kind, legal_date
from core.errors import Conflict, Refused
from core.events import record, record_all
from core.models import Event

GUESSES = 10
GUESSES_LAST = timedelta(minutes=15)
# In one statement: a right code deletes the count, and whoever guesses at that moment finds it there or makes it anew.
_GUESS = """
    INSERT INTO accounts_guessedcodes AS had (person_id, number, since_at) VALUES (%(person)s, 1, %(now)s)
    ON CONFLICT (person_id) DO UPDATE SET
        number = CASE WHEN had.since_at <= %(since)s THEN 1 ELSE had.number + 1 END,
        since_at = CASE WHEN had.since_at <= %(since)s THEN %(now)s ELSE had.since_at END
    WHERE had.since_at <= %(since)s OR had.number < %(most)s
"""
NEW_DEVICE = gettext_noop("Your account was used on a new device: %(device)s. Was it not you? Change your password.")
FACTORS_RESET = gettext_noop("An administrator removed your second factors. Sign in and set up new ones.")


def has_factor(person: Person) -> bool:
    """Whether a password alone does not let this person in."""
    return person.passkeys.in_use().exists() or CodeApp.objects.filter(person=person).exists()


# --- Setting up ----------------------------------------------------------------------------------------------
@action
def add_passkey(*, person: Person, registered: Registered, label: str, keep: str | None, now: datetime) -> list[str]:
    """Keep a new passkey. The first factor brings recovery codes, which are returned, and ends all sessions
    but ``keep``: they were begun with a password alone."""
    begins = not has_factor(person)
    passkey = Passkey(
        person=person,
        label=label.strip(),
        credential_id=registered.credential_id,
        public_key=registered.public_key,
        counter=registered.counter,
        added_at=now,
    )
    try:
        with transaction.atomic():
            passkey.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("This passkey is known already."), code="already_done") from None
    _tell(Verb.PASSKEY_ADDED, person, now, label=passkey.label, fingerprint=passkey.fingerprint)
    return _begin(person, keep, now) if begins else []


@action
def set_up_codes(
    *, person: Person, secret: bytes, code: str, keep: str | None, now: datetime, demo: bool = False
) -> list[str]:
    """Take up one-time codes, once a code shows that the app has the secret. Returns as ``add_passkey`` does.

    ``demo`` marks an account whose code the pages of a demo show; refused anywhere but in a demo.
    """
    if demo and installation_kind() != "demo":
        raise Refused("only the accounts of a demo show their codes", code="demo_only")
    begins = not has_factor(person)
    step = codes.matching_step(secret, codes.cleaned(code), now, after=0)
    if step is None:
        raise Refused(
            _("This is not the code that the app shows now. Wait for the next one."), field="code", code="wrong_code"
        )
    app = CodeApp(
        person=person, sealed_secret=_seal(secret), last_step=step, shown_in_demo=demo, added_at=now, last_used_at=now
    )
    try:
        with transaction.atomic():
            app.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("One-time codes are set up already. Remove them first."), code="already_done") from None
    _tell(Verb.CODES_SET_UP, person, now)
    return _begin(person, keep, now) if begins else []


@action
def make_recovery_codes(*, person: Person, now: datetime) -> list[str]:
    """Ten fresh recovery codes, which are kept nowhere in clear; the old ones stop working."""
    RecoveryCode.objects.filter(person=person).delete()
    made = codes.new_recovery_codes()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, secret_hash=digest_of(codes.cleaned(code)), made_at=now) for code in made
    )
    _tell(Verb.RECOVERY_CODES_MADE, person, now)
    return made


# --- Proving -------------------------------------------------------------------------------------------------
@action
def use_passkey(*, passkey: Passkey, counter: int, now: datetime) -> None:
    """Note that a passkey signed. A device that counts must count upwards, or there are two of it."""
    locked = Passkey.objects.select_for_update().filter(pk=passkey.pk, removed_at=None).first()
    if locked is None:
        raise Refused(_("This passkey was removed. Use another one."), code="passkey")
    if (counter or locked.counter) and counter <= locked.counter:
        raise Refused(
            _("This passkey has been used elsewhere since: it may have been copied. Remove it, and add a new one."),
            code="passkey",
        )
    Passkey.objects.filter(pk=passkey.pk).update(counter=counter, last_used_at=now)
    _tell(Verb.FACTOR_USED, locked.person, now)


def prove_by_code(*, person: Person, text: str, now: datetime) -> None:
    """Take a one-time code or a recovery code, once. The guess is counted and committed before it is looked at,
    so that a thousand guesses at the same moment are not a thousand looks."""
    count_guess(person=person, now=now)
    use_code(person=person, text=text, now=now)


@action
def count_guess(*, person: Person, now: datetime) -> None:
    """Count one guess. Refused after ten within a quarter of an hour; a passkey is no guess and always works."""
    guess: dict[str, Any] = {"person": person.pk, "now": now, "since": now - GUESSES_LAST, "most": GUESSES}
    with connection.cursor() as cursor:
        cursor.execute(_GUESS, guess)
        counted = cursor.rowcount
    if not counted:
        raise Refused(
            _("Too many codes were tried. Wait a quarter of an hour, or use a passkey."), field="code", code="too_many"
        )


@action
def use_code(*, person: Person, text: str, now: datetime) -> None:
    """Use up a one-time code or a recovery code. Refused for a wrong, an old, and a used one."""
    code = codes.cleaned(text)
    taken = _one_time(person, code, now) if codes.is_one_time(code) else _recovery(person, code, now)
    if not taken:
        raise Refused(
            _("This code is wrong or was used already. An app shows a new one every half minute."),
            field="code",
            code="wrong_code",
        )
    GuessedCodes.objects.filter(person=person).delete()


def _one_time(person: Person, code: str, now: datetime) -> bool:
    app = CodeApp.objects.filter(person=person).first()
    secret = secret_of(app) if app else None
    step = codes.matching_step(secret, code, now, after=app.last_step) if app and secret else None
    if app is None or step is None:
        return False
    if CodeApp.objects.filter(pk=app.pk, last_step__lt=step).update(last_step=step, last_used_at=now) != 1:
        return False
    _tell(Verb.FACTOR_USED, person, now)
    return True


def _recovery(person: Person, code: str, now: datetime) -> bool:
    unused = RecoveryCode.objects.filter(person=person, secret_hash=digest_of(code), used_at=None)
    if unused.update(used_at=now) != 1:
        return False
    _tell(Verb.RECOVERY_CODE_USED, person, now)
    return True


# --- Removing ------------------------------------------------------------------------------------------------
@action
def remove_passkey(*, passkey: Passkey, now: datetime) -> None:
    """Take a passkey out of use. Refused for the last factor of somebody who needs one."""
    _check_another(passkey.person, passkeys=1, now=now)
    if Passkey.objects.in_use().filter(pk=passkey.pk).update(removed_at=now) != 1:
        raise Conflict(_("This passkey was removed already."), code="already_done")
    _tell(Verb.PASSKEY_REMOVED, passkey.person, now, label=passkey.label, fingerprint=passkey.fingerprint)
    _drop_useless_codes(passkey.person)


@action
def remove_codes(*, person: Person, now: datetime) -> None:
    """Give up one-time codes. Refused for the last factor of somebody who needs one."""
    _check_another(person, passkeys=0, now=now)
    if CodeApp.objects.filter(person=person).delete()[0] != 1:
        raise Conflict(_("There are no one-time codes."), code="already_done")
    _tell(Verb.CODES_REMOVED, person, now)
    _drop_useless_codes(person)


@action
def reset_factors(*, seat: Seat, reason: str, by: Seat, now: datetime) -> None:
    """Remove everything that a person can prove itself with, when all of it is lost. The password stays; the
    person is told, all sessions end, and new factors are set up at the next sign-in."""
    permit_within(by, seat.organisation)
    person = Person.objects.select_for_update().get(pk=seat.person_id)
    if person.pk == by.person_id:
        raise Refused(_("Nobody resets their own second factors. Ask another administrator."), code="same_person")
    if not reason.strip():
        raise Refused(_("Give the reason, for the record."), field="reason", code="required")
    Passkey.objects.in_use().filter(person=person).update(removed_at=now)
    CodeApp.objects.filter(person=person).delete()
    RecoveryCode.objects.filter(person=person).delete()
    Session.objects.filter(person=person).delete()
    facts = {"person": person.name, "reason": reason.strip()}
    record_all(
        Verb.FACTORS_RESET,
        [(seat.organisation.credit_code, facts), (person.email, facts)],
        by=by,
        now=now,
        audience=Event.Audience.NAMED,
        organisations=_organisations(person),
    )
    about = f"reset {now.isoformat()}"
    notify(seats=[seat], subject=person.name, text=FACTORS_RESET, path="/account/", about=about, now=now)


# --- Sessions and devices ------------------------------------------------------------------------------------
@action
def end_other_sessions(*, person: Person, keep: str | None, now: datetime) -> int:
    """End every session of a person but one. Returns how many."""
    ended, _rows = Session.objects.filter(person=person).exclude(session_key=keep).delete()
    _tell(Verb.SESSIONS_ENDED, person, now)
    return ended


@action
def note_device(*, person: Person, secret: str, name: str, now: datetime) -> None:
    """Remember the browser of a sign-in. A new one is told to the person, unless it is the first of all."""
    known = Device.objects.filter(person=person)
    digest = digest_of(secret)
    if known.filter(secret_hash=digest).exists():
        return
    first = not known.exists()
    Device.objects.create(person=person, secret_hash=digest, name=name, first_seen_at=now)
    _tell(Verb.DEVICE_SEEN, person, now)
    seat = Seat.objects.current(legal_date(now)).filter(person=person).order_by("pk").first()
    if seat and not first:
        about, data = f"device {digest[:16]}", {"device": name}
        notify(seats=[seat], subject=person.name, text=NEW_DEVICE, path="/account/", about=about, now=now, data=data)


# --- Secrets -------------------------------------------------------------------------------------------------
def secret_of(app: CodeApp) -> bytes | None:
    """The secret that a person's app has too; None where another SECRET_KEY sealed it: the app is set up anew."""
    try:
        return _box().decrypt(bytes(app.sealed_secret))
    except InvalidToken:
        return None


def _seal(secret: bytes) -> bytes:
    return _box().encrypt(secret)


def _box() -> Fernet:
    """Encrypts under a key made of SECRET_KEY: a copy of the database alone gives nobody's codes."""
    return Fernet(base64.urlsafe_b64encode(salted_hmac("one-time codes", "", algorithm="sha256").digest()))


def _begin(person: Person, keep: str | None, now: datetime) -> list[str]:
    Session.objects.filter(person=person).exclude(session_key=keep).delete()
    return make_recovery_codes(person=person, now=now)


def _check_another(person: Person, *, passkeys: int, now: datetime) -> None:
    """Refuse the removal of the last factor of a person with a seat that needs one."""
    Person.objects.select_for_update().get(pk=person.pk)
    left = person.passkeys.in_use().count() - passkeys
    left += CodeApp.objects.filter(person=person).count() if passkeys else 0
    needing = any(seat.needs_factor for seat in Seat.objects.current(legal_date(now)).filter(person=person))
    if left < 1 and needing:
        raise Refused(
            _("This is your last second factor, and your seat needs one. Add another one first."), code="last_factor"
        )


def _drop_useless_codes(person: Person) -> None:
    """Recovery codes stand in for a factor; without one there is nothing to recover."""
    if not has_factor(person):
        RecoveryCode.objects.filter(person=person).delete()


def _tell(verb: Verb, person: Person, now: datetime, **data: Any) -> None:
    readers = _organisations(person)
    audience = Event.Audience.NAMED
    told = {"person": person.name, **data}
    record(verb, str(person.email), by=None, now=now, audience=audience, organisations=readers, **told)


def _organisations(person: Person) -> list[int]:
    return list(Seat.objects.filter(person=person, ended_at=None).values_list("organisation", flat=True))
