"""Changes of a published tender, which two people make, and the notices that it has had."""

import json
from datetime import datetime
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from core.constraints import paired
from core.fields import ChoiceField
from core.triggers import Guard, append_only, recorded
from tenders.models.tender import Tender
from tenders.querysets import ChangeQuerySet


class Change(models.Model):
    """What one officer proposes for a published tender, and another one approves or declines."""

    class Kind(models.TextChoices):
        EXTENSION = "extension", _("extension of the deadline")
        AMENDMENT = "amendment", _("amendment of the notice")
        CANCELLATION = "cancellation", _("cancellation")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")

    MOVES = {Status.PROPOSED: {Status.APPROVED, Status.DECLINED}}

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField()
    kind = ChoiceField(Kind)
    status = ChoiceField(Status, default=Status.PROPOSED)
    reason = models.CharField(max_length=300, help_text=_("Published with the change."))
    deadline_before = models.DateTimeField(help_text=_("The deadline that the change was made under."))
    deadline = models.DateTimeField(null=True, blank=True, help_text=_("The later deadline, where there is one."))
    terms_before = models.CharField(max_length=64, help_text=_("Hash of the notice that was seen and is amended."))
    body = models.JSONField(default=dict, help_text=_("The whole new state that an amendment asks for."))
    differences = models.JSONField(default=list, help_text=_("What an amendment changes, value by value."))
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    decline_reason = models.CharField(max_length=300, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("tender", "number")
        constraints = (
            models.UniqueConstraint(fields=("tender", "number"), name="change_number"),
            models.UniqueConstraint(
                fields=("tender", "kind"), condition=Q(status="proposed"), name="change_one_of_a_kind_waits"
            ),
            paired("change", "proposed"),
            paired("change", "approved"),
            paired("change", "declined"),
            models.CheckConstraint(
                condition=Q(kind="extension", deadline__isnull=False)
                | Q(kind="amendment")
                | Q(kind="cancellation", deadline=None),
                name="change_has_what_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=Q(deadline__gt=F("deadline_before")),
                name="change_never_shortens",
                violation_error_message=_("A deadline can only be extended."),
            ),
            models.CheckConstraint(
                condition=Q(status="proposed", approved_at=None, declined_at=None)
                | Q(status="approved", approved_at__isnull=False, declined_at=None)
                | Q(status="declined", approved_at=None, declined_at__isnull=False),
                name="change_status_is_its_facts",
            ),
        )
        triggers = (
            *recorded(
                "change",
                fills="approved_at approved_by declined_at declined_by decline_reason",
                changes="status deadline_before",
            ),
            Guard(
                name="change_needs_two_people",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'INSERT' AND NEW.status <> 'proposed' THEN
                        RAISE EXCEPTION 'a change begins as a proposal' USING ERRCODE = 'PT006';
                    END IF;
                    IF TG_OP = 'UPDATE' AND (OLD.status <> 'proposed' OR (
                        NEW.tender_id, NEW.number, NEW.kind, NEW.reason, NEW.deadline,
                        NEW.terms_before, NEW.body, NEW.differences, NEW.proposed_at, NEW.proposed_by_id
                    ) IS DISTINCT FROM (
                        OLD.tender_id, OLD.number, OLD.kind, OLD.reason, OLD.deadline,
                        OLD.terms_before, OLD.body, OLD.differences, OLD.proposed_at, OLD.proposed_by_id
                    )) THEN
                        RAISE EXCEPTION 'what was proposed stays, and is decided once' USING ERRCODE = 'PT006';
                    END IF;
                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.approved_by_id)
                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.proposed_by_id) THEN
                        RAISE EXCEPTION 'a change needs two people' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
            Guard(
                name="change_stays",
                operation=pgtrigger.Delete,
                func="RAISE EXCEPTION 'what was proposed stays on record' USING ERRCODE = 'PT002';",
            ),
        )

    def __str__(self) -> str:
        return f"{self.tender} / {self.number}"

    def waits(self, now: datetime) -> bool:
        """Whether it can still be decided: an extension or amendment is void once the deadline has come."""
        if self.status != self.Status.PROPOSED or self.tender.status != Tender.Status.PUBLISHED:
            return False
        return self.kind == self.Kind.CANCELLATION or self.tender.open_for_bids(now)


class TenderNotice(models.Model):
    """A signed notice of a tender, byte for byte: the one it was published with, then one for each amendment."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="notices")
    number = models.PositiveSmallIntegerField()
    document = models.BinaryField(help_text=_("Signed document tender-notice/1."))
    sha256 = models.CharField(
        max_length=64, unique=True, help_text=_("Hash of its body: the terms of bids sealed to it.")
    )
    change = models.OneToOneField(Change, models.PROTECT, null=True, related_name="notice")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("tender", "number")
        constraints = (
            models.UniqueConstraint(fields=("tender", "number"), name="tender_notice_number"),
            paired("tender_notice", "published"),
            models.CheckConstraint(
                condition=Q(number=1, change=None) | Q(number__gt=1, change__isnull=False),
                name="tender_notice_first_or_amending",
            ),
        )
        triggers = append_only("tender_notice")

    def __str__(self) -> str:
        return f"{self.tender} {self.number}"

    @property
    def body(self) -> dict[str, Any]:
        """What the notice says."""
        return json.loads(bytes(self.document).partition(b"\n")[0])
