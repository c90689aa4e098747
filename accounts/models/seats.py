"""People, and the seats in which they act."""

import re

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from accounts.permissions import NEEDS_FACTOR, OrganisationKind, Permission, permissions_of
from accounts.querysets import InboxMessageQuerySet, PasswordResetQuerySet, PersonManager, SeatQuerySet
from core.acting import SEAT, Acting, Reads
from core.constraints import in_order, paired
from core.triggers import Guard, recorded

LONGEST_HEADLINE = 120  # characters: more than a list of mails shows


class Verb(models.TextChoices):
    """What may happen in this room; the label is the sentence of the timeline."""

    ORGANISATION_REGISTERED = "organisation.registered", _("%(actor)s registered the organisation %(name)s")
    BANK_ACCOUNT_PROPOSED = "bank_account.proposed", _("%(actor)s proposed the bank account %(account)s (%(row)s)")
    BANK_ACCOUNT_CONFIRMED = (
        "bank_account.confirmed",
        _("%(actor)s confirmed the bank account %(account)s (%(row)s); payments go there from %(since)s"),
    )
    BANK_ACCOUNT_WITHDRAWN = (
        "bank_account.withdrawn",
        _("%(actor)s withdrew the bank account %(account)s (%(row)s): %(reason)s"),
    )
    BANK_ACCOUNT_LAPSED = (
        "bank_account.lapsed",
        _("Nobody confirmed the bank account %(account)s (%(row)s) in time: it lapsed"),
    )
    FILING_PROPOSED = "filing.proposed", _("%(actor)s filed %(filing)s, from %(day)s: %(what)s")
    FILING_DECLINED = "filing.declined", _("%(actor)s declined %(filing)s: %(reason)s")
    ORGANISATION_RENAMED = (
        "organisation.renamed",
        _("%(actor)s confirmed %(filing)s: from %(day)s %(before)s is %(name)s, licence %(licence)s"),
    )
    AFFILIATION_RECORDED = (
        "affiliation.recorded",
        _("%(actor)s confirmed %(filing)s: from %(day)s it belongs together with %(other)s, %(kind)s"),
    )
    AFFILIATION_ENDED = (
        "affiliation.ended",
        _("%(actor)s confirmed %(filing)s: until %(day)s it belonged together with %(other)s, %(kind)s"),
    )
    ORGANISATION_SUCCEEDED = (
        "organisation.succeeded",
        _("%(actor)s confirmed %(filing)s: %(before)s was succeeded by %(after)s on %(day)s"),
    )
    ORGANISATION_SPLIT = (
        "organisation.split",
        _("%(actor)s confirmed %(filing)s: %(before)s split from %(after)s on %(day)s"),
    )
    ORGANISATION_IN_LIQUIDATION = (
        "organisation.in_liquidation",
        _("%(actor)s confirmed %(filing)s: in liquidation from %(day)s; %(administrator)s acts for it"),
    )
    ORGANISATION_CLOSED = "organisation.closed", _("%(actor)s confirmed %(filing)s: closed on %(day)s")
    SEATS_PASSED = (
        "organisation.seats_passed",
        _("With %(filing)s people of %(before)s have a seat in %(after)s: %(seats)s"),
    )
    PERSON_INVITED = "seat.invited", _("%(actor)s invited %(email)s")
    INVITATION_ACCEPTED = "seat.accepted", _("%(actor)s accepted the invitation")
    SEAT_GIVEN = "seat.given", _("%(actor)s gave %(person)s a seat")
    SEAT_ENDED = "seat.ended", _("%(actor)s ended the seat of %(person)s: %(reason)s")
    SYSTEM_PROPOSED = "system.proposed", _("%(actor)s proposed the system %(name)s (%(row)s), until %(until)s")
    SYSTEM_CONFIRMED = "system.confirmed", _("%(actor)s confirmed the system %(name)s (%(row)s), until %(until)s")
    SYSTEM_DECLINED = "system.declined", _("%(actor)s declined the system %(name)s (%(row)s)")
    TOKEN_MADE = "token.made", _("%(actor)s made the access token %(label)s")
    TOKEN_REVOKED = "token.revoked", _("%(actor)s revoked the access token %(label)s")
    PASSWORD_CHANGED = "person.password_changed", _("%(person)s chose a new password")
    PASSWORD_LINK_SENT = "person.password_link_sent", _("A link to choose a new password was sent to %(person)s")
    PASSKEY_ADDED = "factor.passkey_added", _("%(person)s added the passkey %(label)s (%(fingerprint)s)")
    PASSKEY_REMOVED = "factor.passkey_removed", _("%(person)s removed the passkey %(label)s (%(fingerprint)s)")
    CODES_SET_UP = "factor.codes_set_up", _("%(person)s set up one-time codes")
    CODES_REMOVED = "factor.codes_removed", _("%(person)s removed the one-time codes")
    FACTOR_USED = "factor.used", _("%(person)s proved to be there, by passkey or code")
    RECOVERY_CODES_MADE = "factor.recovery_codes_made", _("%(person)s made new recovery codes")
    RECOVERY_CODE_USED = "factor.recovery_code_used", _("%(person)s used a recovery code")
    FACTORS_RESET = "factor.reset", _("%(actor)s removed all second factors of %(person)s: %(reason)s")
    DEVICE_SEEN = "person.device_seen", _("%(person)s signed in with a new device")
    SESSIONS_ENDED = "person.sessions_ended", _("%(person)s ended all other sessions")


class Person(AbstractBaseUser):
    """Somebody who acts from seats; without an e-mail address a program of an organisation, which never signs in."""

    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    # When somebody signs in is no fact about the person; the trail has what is proved.
    last_login = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ("name",)
    objects = PersonManager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="person_email_is_lower_case",
                violation_error_message=_("Write the e-mail address in lower case."),
            ),
        )
        triggers = (
            *recorded("person", changes="password name language is_active"),
            Guard(
                name="person_password_by_its_person",
                operation=pgtrigger.UpdateOf("password"),
                condition=pgtrigger.Q(old__password__df=pgtrigger.F("new__password")),
                # Its own person, or whoever has followed a link: its row names the very password.
                func=f"""
                    IF NEW.id = (SELECT person_id FROM accounts_seat WHERE id = {SEAT}) OR EXISTS (
                        SELECT FROM accounts_passwordreset WHERE person_id = NEW.id
                            AND chosen = encode(sha256(convert_to(NEW.password, 'UTF8')), 'hex')
                    ) THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'nobody chooses the password of somebody else' USING ERRCODE = 'PT006';
                """,
            ),
        )

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str) -> bool:
        """Whether this is the password. A look changes nothing: a password that was hashed by an older method is
        hashed anew when its person chooses the next."""
        return check_password(raw_password, self.password)


class PasswordReset(models.Model):
    """A link by which somebody who lost a password chooses another: mailed, used once, for a while.

    A new password that nobody signed in chooses needs such a row, so that none is set without a trace.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="resets")
    secret_hash = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the secret in the link."))
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    chosen = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of the hash of the password chosen."))

    objects = PasswordResetQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(used_at=None, chosen="") | Q(used_at__isnull=False) & ~Q(chosen=""),
                name="password_reset_used_names_the_password",
            ),
        )
        triggers = recorded("password_reset", fills="used_at chosen")

    def __str__(self) -> str:
        return f"{self.person} {self.asked_at:%Y-%m-%d %H:%M}"


class Seat(models.Model):
    """A person in an organisation, with roles and a period. Everything that acts is a seat."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    roles = ArrayField(models.CharField(max_length=30))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=200, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("person__name",)
        constraints = (
            paired("seat", "ended"),
            in_order("seat", "starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=("person", "organisation"),
                condition=Q(ended_at__isnull=True),
                name="seat_one_a_person_and_organisation",
                violation_error_message=_("This person already has a seat in the organisation."),
            ),
        )
        indexes = (GinIndex(fields=("roles",), name="seat_by_role"),)
        triggers = recorded("seat", fills="ends_on ended_at ended_by end_reason", changes="roles")

    def __str__(self) -> str:
        return self.signature

    @property
    def signature(self) -> str:
        return f"{self.person.name} ({self.organisation.name})"

    @property
    def mark(self) -> str:
        """What tells this seat from others in a page and its script: no number of ours, and always the same."""
        return salted_hmac("seat of a page", str(self.pk), algorithm="sha256").hexdigest()[:16]

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.roles)

    @property
    def lineage(self) -> list[int]:
        """The organisations for which the seat stands: its own, and everybody whom that has succeeded."""
        return self.organisation.lineage()

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def needs_factor(self) -> bool:
        """Whether a password alone opens nothing for this seat. A program has neither, and comes with a token."""
        return self.person.email is not None and not self.permissions.isdisjoint(NEEDS_FACTOR)

    @property
    def of_the_agency(self) -> bool:
        return self.organisation.kind == OrganisationKind.AGENCY

    @property
    def reads_the_trail(self) -> bool:
        return self.may(Permission.READ_TRAIL)

    @property
    def acting(self) -> Acting:
        """What the session of the database is told while somebody acts from this seat."""
        reads = Reads.ALL if self.reads_the_trail else Reads.AGENCY if self.of_the_agency else Reads.PUBLIC
        return Acting(self.organisation_id, self.pk, reads, tuple(self.organisation.predecessors))


class Invitation(models.Model):
    """An offer of a seat, taken up once with a secret link."""

    email = models.EmailField()
    name = models.CharField(max_length=100)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    roles = ArrayField(models.CharField(max_length=30))
    secret_hash = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the secret in the link."))
    expires_at = models.DateTimeField()
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-invited_at",)
        constraints = (paired("invitation", "accepted"),)
        triggers = recorded("invitation", fills="accepted_at accepted_by", changes="organisation")

    def __str__(self) -> str:
        return self.email


class SeatToken(models.Model):
    """A secret with which a program acts as a seat."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=60)
    secret_hash = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the secret."))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-made_at",)
        constraints = (paired("seat_token", "made"), paired("seat_token", "revoked"))
        triggers = recorded("seat_token", fills="revoked_at revoked_by")

    def __str__(self) -> str:
        return self.label

    @property
    def fingerprint(self) -> str:
        """How pages name the token."""
        return self.secret_hash[:12]


class InboxMessage(models.Model):
    """A message in a seat's inbox: what happened or is due, and where to go."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="messages")
    subject = models.CharField(max_length=60, help_text=_("Public reference of the thing."))
    text = models.CharField(max_length=300, help_text=_("Untranslated sentence; its data fill the gaps."))
    data = models.JSONField(default=dict)
    path = models.CharField(max_length=300)
    about = models.CharField(max_length=100, help_text=_("What it is about, so that it is said only once."))
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = InboxMessageQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-id")
        constraints = (models.UniqueConstraint(fields=("seat", "about"), name="inbox_message_said_once"),)
        indexes = (models.Index(fields=("seat",), name="inbox_message_unread", condition=Q(read_at__isnull=True)),)

    def __str__(self) -> str:
        return self.text

    @property
    def sentence(self) -> str:
        """What happened or is due, in the reader's language."""
        return gettext(self.text) % self.data

    @property
    def headline(self) -> str:
        """Of what thing, and what happened to it, on one line: the subject of a mail."""
        first = re.split(r"(?<=[.!?]) |(?<=[。！？])", " ".join(self.sentence.split()), maxsplit=1)[0].rstrip(".。")
        named = first if self.subject in first else f"{self.subject}: {first}"
        return Truncator(named).chars(LONGEST_HEADLINE)
