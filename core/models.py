"""The tables that every room needs and that know no room."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Cast, Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from core.acting import ORGANISATION, SEAT
from core.fields import ChoiceField
from core.origin import OriginKind
from core.querysets import EventQuerySet, OutboxQuerySet
from core.triggers import append_only, recorded
from core.wall import TOLD, kept, seen, written


class Verb(models.TextChoices):
    """What is recorded of every room alike; the label is the sentence of the timeline."""

    ACT_REFUSED = "act.refused", _("%(actor)s was refused “%(act)s” (%(about)s): %(reason)s")
    DATA_EXPORTED = "data.exported", _("%(actor)s exported the list “%(list)s” as %(format)s (%(filters)s)")
    TABLE_FILLED = "table.filled", _("Rows of the table %(table)s that came with the release: %(rows)s")
    INSTALLATION_MARKED = "installation.marked", _("This installation was marked: %(kind)s")
    CALENDAR_SET = "calendar.set", _("Days of the calendar were set: %(days)s (%(first)s to %(last)s)")
    TABLE_REBASELINED = (
        "table.rebaselined",
        _("Rows of the table %(table)s taken as they are: %(rows)s. %(reason)s"),
    )


class Event(models.Model):
    """One act, written in the transaction of the act. It is never changed and never deleted."""

    class Audience(models.TextChoices):
        PUBLIC = "public", _("everybody")
        AGENCY = "agency", _("the procurement agency and the organisations named")
        NAMED = "named", _("the organisations named")

    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, help_text=_("Public reference of the thing, such as T-2026-0014."))
    at = models.DateTimeField()
    seat_number = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=200, help_text=_("Name and organisation as they were then."))
    data = models.JSONField(default=dict)
    audience = ChoiceField(Audience, default=Audience.AGENCY)
    organisations = ArrayField(models.BigIntegerField(), default=list)
    origin = ChoiceField(OriginKind, default=OriginKind.COMMAND)
    address = models.CharField(
        max_length=16, blank=True, help_text=_("Keyed hash of the network address: alike for acts from one place.")
    )
    request = models.CharField(
        max_length=64, blank=True, db_default="", help_text=_("Number of the request that it came with, as in the log.")
    )
    mac = models.BinaryField(help_text=_("Nonce and keyed hash: that the platform wrote it, and nobody by hand."))

    objects = EventQuerySet.as_manager()
    policies = (seen(TOLD), written("true"))

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("subject", "id"), name="event_by_subject"),
            models.Index(fields=("at", "id"), name="event_by_time"),
            models.Index(fields=("seat_number", "at", "id"), name="event_by_seat"),
            models.Index(fields=("verb", "at", "id"), name="event_by_verb"),
        )
        triggers = append_only("event")

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class RowRecord(models.Model):
    """That a row of a recorded table was written, changed or removed, by whatever statement: the database writes it
    itself (``core.triggers.Recorder``), in the transaction of the change. Nobody else can."""

    class Operation(models.TextChoices):
        INSERT = "insert", _("written")
        UPDATE = "update", _("changed")
        DELETE = "delete", _("removed")
        BASELINE = "baseline", _("taken as it is after a change of the table")

    table = models.CharField(max_length=63)
    key = models.TextField(help_text=_("The row's primary key."))
    operation = ChoiceField(Operation)
    # A number of one server: after a restore another server counts anew.
    system = models.BigIntegerField(help_text=_("The database server's own number (pg_control_system)."))
    transaction = models.BigIntegerField(help_text=_("Shared by all that one transaction wrote, its event too."))
    role = models.CharField(max_length=63, help_text=_("The database's role that had signed in."))
    recorded_at = models.DateTimeField()
    fingerprint = models.BinaryField(help_text=_("SHA-256 of the row, of a removed one as it was."))
    before = models.BinaryField(null=True, help_text=_("SHA-256 of a changed row as it was before."))

    class Meta:
        ordering = ("id",)
        triggers = append_only("row_record", recorded=False)

    def __str__(self) -> str:
        return f"{self.table} {self.key} {self.operation}"


class Link(models.Model):
    """One link of the trail: row records in the order 1, 2, 3 … without a gap, each hashed with all before it."""

    number = models.BigIntegerField(primary_key=True)
    # Without a foreign key: records stay by their own trigger, and the check finds one that is gone.
    record = models.OneToOneField(RowRecord, models.PROTECT, related_name="link", db_constraint=False)
    recorded_at = models.DateTimeField(help_text=_("The record's own instant: both lie in the same month."))
    hash = models.BinaryField(help_text=_("SHA-256 of the hash before (nothing before the first) and the record."))

    class Meta:
        ordering = ("number",)
        triggers = append_only("link", recorded=False)

    def __str__(self) -> str:
        return str(self.number)


class OutboxMessage(models.Model):
    """A side effect that must happen after its transaction has committed, at least once."""

    task = models.CharField(max_length=100)
    arguments = models.JSONField(default=list, help_text=_("Ids of rows, nothing else."))
    due_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("due_at",), name="outbox_waiting", condition=models.Q(delivered_at__isnull=True)),
        )

    def __str__(self) -> str:
        return f"{self.task} {self.arguments}"


class CalendarDay(models.Model):
    """A day of which is written down whether it is worked; all others follow Monday to Friday."""

    day = models.DateField(unique=True)
    working = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("day",)
        triggers = recorded("calendar_day", changes="working name", removed=True)

    def __str__(self) -> str:
        return self.day.isoformat()


class IdempotencyKey(models.Model):
    """The first answer to a request, kept for ever, so that the same request sent again gets it again."""

    seat_number = models.BigIntegerField()
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64, help_text=_("SHA-256 of method, path and body."))
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True, help_text=_("JSON, as it was sent."))
    created_at = models.DateTimeField()

    policies = (kept(f"seat_number = {SEAT}"),)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("seat_number", "key"), name="idempotency_key_once_a_seat"),)

    def __str__(self) -> str:
        return self.key


class OwnNumber(models.Model):
    """Which document a sender has made under a number of its own system (``core.own_numbers``)."""

    organisation_number = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=60)
    content = models.CharField(max_length=64, help_text=_("SHA-256 of what the message said."))
    reference = models.CharField(max_length=60)

    policies = (seen(f"organisation_number = {ORGANISATION}"), written(f"organisation_number = {ORGANISATION}"))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation_number", "kind", "number"), name="own_number_names_one_document"
            ),
        )
        triggers = append_only("own_number")

    def __str__(self) -> str:
        return self.number


class SearchEntry(models.Model):
    """A thing that is found, and whom it may be told. Derived from the rooms' rows (``core.search``)."""

    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=60)
    title = models.TextField()
    detail = models.TextField(blank=True)
    url = models.CharField(max_length=200)
    audience = ChoiceField(Event.Audience)
    organisations = ArrayField(models.BigIntegerField(), default=list)
    tokens = ArrayField(
        models.TextField(), help_text=_("Words, characters, pinyin, initials and codes, each after the kind.")
    )
    names = models.TextField(
        blank=True, help_text=_("The title and its pinyin, for what is spelt a little differently.")
    )
    readers = ArrayField(models.TextField(), help_text=_("Whom it may be told, as an index answers."))

    policies = (seen(TOLD),)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "reference"), name="search_entry_once"),)
        indexes = (
            GinIndex(fields=("tokens", "readers"), name="search_entry_by_token", gin_pending_list_limit=256),
            models.Index(fields=("kind", "-id"), name="search_entry_latest"),
            GinIndex(OpClass("names", "gin_trgm_ops"), name="search_entry_by_spelling"),
        )

    def __str__(self) -> str:
        return self.title


class Draft(models.Model):
    """What stands in the fields of a form that its seat has not sent yet (``core.drafts``)."""

    MOST_SIGNS = 200_000

    seat_number = models.BigIntegerField()
    form = models.CharField(max_length=120)
    cells = models.JSONField(help_text=_("Text by the name of its field."))
    saved_at = models.DateTimeField()

    policies = (kept(f"seat_number = {SEAT}"),)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("seat_number", "form"), name="draft_once_a_seat"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length(Cast("cells", models.TextField())), 800_000), name="draft_has_a_limit"
            ),
        )

    def __str__(self) -> str:
        return self.form
