"""How people prove who they are beyond a password, and the sessions in which they have proved it."""

import hashlib

import pgtrigger
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.seats import Person
from accounts.querysets import PasskeyQuerySet
from core.acting import SEAT
from core.triggers import Guard, recorded


def _by_its_person(table: str) -> Guard:
    """Whoever acts in a session adds what signs them in, and never what signs in somebody else."""
    return Guard(
        name=f"{table}_by_its_person",
        operation=pgtrigger.Insert,
        func=f"""
            IF {SEAT} IS NOT NULL
                AND NEW.person_id IS DISTINCT FROM (SELECT person_id FROM accounts_seat WHERE id = {SEAT}) THEN
                RAISE EXCEPTION 'nobody adds what signs in somebody else' USING ERRCODE = 'PT006';
            END IF;
            RETURN NEW;
        """,
    )


class Passkey(models.Model):
    """A key pair in somebody's device (WebAuthn), of which the platform has the public half.

    A row stays when the passkey is removed: what it signed can still be checked.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="passkeys")
    label = models.CharField(max_length=60)
    credential_id = models.BinaryField(unique=True)
    public_key = models.BinaryField(help_text=_("SubjectPublicKeyInfo, DER."))
    counter = models.BigIntegerField(default=0, help_text=_("How often it signed, where the device counts."))
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PasskeyQuerySet.as_manager()

    class Meta:
        ordering = ("added_at", "id")
        triggers = (
            *recorded("passkey", fills="removed_at", changes="counter last_used_at"),
            _by_its_person("passkey"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def fingerprint(self) -> str:
        """How pages and events name the passkey."""
        return hashlib.sha256(self.credential_id).hexdigest()[:12]


class CodeApp(models.Model):
    """The secret that a person's app and the platform share, from which one-time codes come (RFC 6238)."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="code_app")
    sealed_secret = models.BinaryField(help_text=_("Encrypted under a key that the database does not have."))
    last_step = models.BigIntegerField(default=0, help_text=_("The half minute of the last code that was taken."))
    shown_in_demo = models.BooleanField(default=False, help_text=_("A demo account: pages of a demo show its code."))
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        triggers = (
            *recorded("code_app", changes="last_step last_used_at", removed=True),
            _by_its_person("code_app"),
        )

    def __str__(self) -> str:
        return str(self.person)


class RecoveryCode(models.Model):
    """A code on paper that stands in once for a lost device."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="recovery_codes")
    secret_hash = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the code."))
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        triggers = (*recorded("recovery_code", fills="used_at", removed=True), _by_its_person("recovery_code"))

    def __str__(self) -> str:
        return self.secret_hash[:12]


class GuessedCodes(models.Model):
    """How many codes were tried for a person since when; counted before each is looked at."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="guessed_codes")
    number = models.PositiveSmallIntegerField(default=0)
    since_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person}: {self.number}"


class GuessedPasswords(models.Model):
    """How many more passwords are looked at behind one door before its while is over.

    A door is one account seen from one browser or network, one account from wherever, or one network: a keyed hash
    that names none of them. An account that nobody has counts as any other.
    """

    door = models.CharField(max_length=32, primary_key=True)
    tries_left = models.PositiveSmallIntegerField()
    since_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.door}: {self.tries_left}"


class Device(models.Model):
    """A browser in which a person has signed in, known again by a secret in its cookie."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="devices")
    secret_hash = models.CharField(max_length=64, help_text=_("SHA-256 of the secret in the cookie."))
    name = models.CharField(max_length=100)
    first_seen_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "secret_hash"), name="device_known_once"),)

    def __str__(self) -> str:
        return self.name


class Session(AbstractBaseSession):
    """Django's session with its person, so that people see their own sessions and end them.

    The session middleware writes it at any request, signed in or not: it is no domain row and has no act.
    """

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="sessions")

    objects = BaseSessionManager()

    class Meta(AbstractBaseSession.Meta):
        db_table = "browser_session"
        indexes = (models.Index(fields=("person",), name="session_by_person", condition=Q(person__isnull=False)),)

    @classmethod
    def get_session_store_class(cls):
        from accounts.sessions import SessionStore

        return SessionStore
