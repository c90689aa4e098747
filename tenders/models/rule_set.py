"""Rules of procedures as data: dated and versioned, drafted by one person and put in force by another."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Seat
from core.constraints import in_order, paired
from core.fields import ChoiceField
from core.triggers import Guard, recorded
from tenders.querysets import RuleSetDraftQuerySet, RuleSetQuerySet


class RuleSet(models.Model):
    """Dated, versioned rules of a procedure: data that is frozen onto a tender at its publication.

    ``body`` is a document of the format of ``selection.ruleset``. It holds until a later version of the same code does.
    """

    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    unverified = models.TextField(blank=True, help_text=_("What in it nobody has verified; printed in no notice."))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    body = models.JSONField()

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        ordering = ("code", "-version")
        constraints = (
            models.UniqueConstraint(fields=("code", "version"), name="rule_set_version"),
            in_order("rule_set", "valid_from", "valid_to"),
        )
        triggers = recorded("rule_set")

    def __str__(self) -> str:
        return f"{self.code}/{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("tenders:rule-set", args=[self.code, self.version])


class RuleSetDraft(models.Model):
    """Rules that are being written, and what became of them.

    One person drafts and proposes them from a day on; another puts them in force, as the next version of their code,
    or refuses them with a reason. What comes with a release has no author and waits as a draft like any other. A
    closed round is kept to be tried and compared: it is never put in force.
    """

    class Status(models.TextChoices):
        DRAFTED = "drafted", pgettext_lazy("rule set", "being written")
        PROPOSED = "proposed", pgettext_lazy("rule set", "waits for a second person")
        IN_FORCE = "in_force", pgettext_lazy("rule set", "put in force")
        REFUSED = "refused", pgettext_lazy("rule set", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("rule set", "withdrawn")

    MOVES = {
        Status.DRAFTED: {Status.PROPOSED, Status.WITHDRAWN},
        Status.PROPOSED: {Status.DRAFTED, Status.IN_FORCE, Status.REFUSED},
    }
    OPEN = (Status.DRAFTED, Status.PROPOSED)

    reference = models.CharField(max_length=20, unique=True)
    status = ChoiceField(Status, default=Status.DRAFTED)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    unverified = models.TextField(blank=True)
    closed = models.BooleanField(default=False, help_text=_("A round that is over: kept to be tried, not for use."))
    based_on = models.ForeignKey(RuleSet, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.JSONField()
    reason = models.CharField(max_length=300, blank=True, help_text=_("Why these rules, as who proposes them says."))
    valid_from = models.DateField(null=True, blank=True, help_text=_("The day from which they are to hold."))
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    refusal = models.CharField(max_length=300, blank=True)
    rule_set = models.OneToOneField(RuleSet, models.PROTECT, null=True, blank=True, related_name="draft")

    objects = RuleSetDraftQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            paired("rule_set_draft", "proposed"),
            paired("rule_set_draft", "decided"),
            models.CheckConstraint(
                condition=Q(status="drafted", proposed_at=None, decided_at=None)
                | Q(status="proposed", proposed_at__isnull=False, valid_from__isnull=False, decided_at=None)
                | Q(status__in=("in_force", "refused", "withdrawn"), decided_at__isnull=False),
                name="rule_set_draft_status_is_its_facts",
            ),
            models.CheckConstraint(
                condition=Q(status="in_force", rule_set__isnull=False, closed=False)
                | ~Q(status="in_force") & Q(rule_set=None),
                name="rule_set_draft_in_force_is_a_rule_set",
            ),
            models.UniqueConstraint(
                fields=("code",),
                condition=Q(status="drafted", drafted_by=None),
                name="rule_set_draft_one_of_a_release",
            ),
        )
        indexes = (models.Index(fields=("status", "-id"), name="rule_set_draft_by_status"),)
        triggers = (
            *recorded(
                "rule_set_draft",
                fills="decided_at decided_by refusal rule_set",
                changes="status title source unverified body reason valid_from proposed_at proposed_by",
            ),
            Guard(
                name="rule_set_draft_needs_two_people",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'UPDATE' AND OLD.status <> 'drafted' AND (
                        ROW(NEW.title, NEW.source, NEW.unverified, NEW.body)
                        IS DISTINCT FROM ROW(OLD.title, OLD.source, OLD.unverified, OLD.body)
                        OR NEW.status <> 'drafted'
                        AND ROW(NEW.reason, NEW.valid_from, NEW.proposed_at, NEW.proposed_by_id)
                        IS DISTINCT FROM ROW(OLD.reason, OLD.valid_from, OLD.proposed_at, OLD.proposed_by_id)
                    ) THEN
                        RAISE EXCEPTION 'rules that are proposed stay as they are' USING ERRCODE = 'PT006';
                    END IF;
                    IF NEW.status = 'in_force' AND (
                        SELECT person_id FROM accounts_seat WHERE id = NEW.decided_by_id
                    ) IN (SELECT person_id FROM accounts_seat WHERE id IN (NEW.proposed_by_id, NEW.drafted_by_id)) THEN
                        RAISE EXCEPTION 'rules need two people' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("tenders:rule-set-draft", args=[self.reference])
