"""What stops a lot: objections of its bidders, and the holds that these, complaints and courts put on it."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from core.constraints import paired
from core.fields import ChoiceField
from core.triggers import Guard, recorded
from tenders.models.tender import Lot
from tenders.querysets import HoldQuerySet, ObjectionQuerySet


class Objection(models.Model):
    """A challenge by a bidder of the lot. While it is unanswered the lot stands still."""

    class Stage(models.TextChoices):
        TECHNICAL = "technical", _("technical result")
        AWARD = "award", _("proposed award")

    class Answer(models.TextChoices):
        WAITING = "", _("waiting")
        UPHELD = "upheld", _("upheld")
        REJECTED = "rejected", _("rejected")

    reference = models.CharField(max_length=20, unique=True)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="objections")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    stage = ChoiceField(Stage)
    text = models.TextField()
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    answer = ChoiceField(Answer, default=Answer.WAITING)
    answer_text = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ("-filed_at",)
        constraints = (
            paired("objection", "filed"),
            paired("objection", "answered"),
            models.UniqueConstraint(
                fields=("lot", "supplier"),
                condition=Q(answer=""),
                name="objection_one_waiting_a_bidder",
                violation_error_message=_("Your objection is filed already and waits for its answer."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False) & ~Q(answer_text="")),
                name="objection_answer_has_a_text",
                violation_error_message=_("An answer needs a text that the bidder can follow."),
            ),
        )
        indexes = (models.Index(fields=("lot",), name="objection_waiting", condition=Q(answer="")),)
        triggers = recorded("objection", fills="answer answer_text answered_at answered_by")

    def __str__(self) -> str:
        return self.reference


class Hold(models.Model):
    """That a lot stands still, from when until when, and why. While one of its lots is held no key of a tender is
    destroyed and no seal deleted; a held lot is neither opened nor awarded."""

    class Code(models.TextChoices):
        OBJECTION = "objection", _("an objection waits for its answer")
        COMPLAINT = "complaint", _("a complaint is before the regulator")
        COURT = "court", _("a court has the matter")

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="holds")
    code = ChoiceField(Code)
    reference = models.CharField(max_length=80, help_text=_("Of the objection, or the number of the file elsewhere."))
    reason = models.CharField(max_length=300, blank=True)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    lift_reason = models.CharField(max_length=300, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ("lot", "pk")
        constraints = (
            paired("hold", "held"),
            paired("hold", "lifted"),
            models.UniqueConstraint(
                fields=("lot", "code", "reference"),
                condition=Q(lifted_at=None),
                name="hold_once_a_reason",
                violation_error_message=_("The lot is held for this already."),
            ),
            models.CheckConstraint(
                condition=Q(code="objection") | ~Q(reason="") & (Q(lifted_at=None) | ~Q(lift_reason="")),
                name="hold_from_elsewhere_has_reasons",
                violation_error_message=_("Say why the lot is held, and why no more."),
            ),
        )
        indexes = (models.Index(fields=("lot",), name="hold_standing", condition=Q(lifted_at=None)),)
        triggers = (
            *recorded("hold", fills="lifted_at lifted_by lift_reason"),
            Guard(
                name="hold_is_lifted_once",
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' OR OLD.lifted_at IS NOT NULL OR NEW.lifted_at IS NULL
                        OR to_jsonb(NEW) - '{lifted_at,lifted_by_id,lift_reason}'::text[]
                            <> to_jsonb(OLD) - '{lifted_at,lifted_by_id,lift_reason}'::text[] THEN
                        RAISE EXCEPTION 'a hold stays on record and is lifted once' USING ERRCODE = 'PT002';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.lot} {self.code} {self.reference}"
