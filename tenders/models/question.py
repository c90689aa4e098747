"""Questions that suppliers ask about a published tender, and the answers that everybody reads."""

import secrets

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from core.acting import ORGANISATION
from core.constraints import paired
from core.triggers import Guard, append_only, recorded
from core.wall import changed, seen, written
from tenders.models.change import Change
from tenders.models.tender import Tender
from tenders.querysets import QuestionQuerySet

_OWN = f"supplier_id = {ORGANISATION}"
_OF_AGENCY = f"""EXISTS (
    SELECT FROM tenders_tender AS asked WHERE asked.id = tender_id AND asked.agency_id = {ORGANISATION}
)"""
_WATCHED = "current_setting('procurement.reads', true) = 'all'"


def question_reference() -> str:
    """A reference that tells nothing of how many questions there are."""
    return f"Q-{secrets.token_hex(6).upper()}"


class Clarification(models.Model):
    """A published answer, to one question or to many alike, in the agency's words: nobody reads in it who asked."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="clarifications")
    number = models.PositiveSmallIntegerField()
    question = models.TextField(help_text=_("The question as it is published, without who asked it."))
    answer = models.TextField()
    amendment = models.ForeignKey(
        Change,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clarifications",
        help_text=_("The approved amendment that carries out what the answer changes."),
    )
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("tender", "number")
        constraints = (
            models.UniqueConstraint(fields=("tender", "number"), name="clarification_number"),
            paired("clarification", "published"),
        )
        triggers = (
            *append_only("clarification"),
            Guard(
                name="clarification_of_a_notice",
                operation=pgtrigger.Insert,
                func="""
                    IF (SELECT status FROM tenders_tender WHERE id = NEW.tender_id) <> 'published' THEN
                        RAISE EXCEPTION 'answers belong to a published tender' USING ERRCODE = 'PT006';
                    END IF;
                    IF NEW.amendment_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM tenders_change WHERE id = NEW.amendment_id AND tender_id = NEW.tender_id
                            AND kind = 'amendment' AND status = 'approved'
                    ) THEN
                        RAISE EXCEPTION 'terms are changed by an approved amendment' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.tender} {self.number}"


class Question(models.Model):
    """What a supplier asks, by name. Who asked is for the agency, its auditors and the supplier itself, for ever."""

    reference = models.CharField(max_length=20, unique=True)
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="questions")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    clarification = models.ForeignKey(
        Clarification, models.PROTECT, null=True, blank=True, related_name="questions", help_text=_("Its answer.")
    )

    objects = QuestionQuerySet.as_manager()
    policies = (seen(f"{_OWN} OR {_OF_AGENCY} OR {_WATCHED}"), written(_OWN), changed(_OF_AGENCY))

    class Meta:
        ordering = ("tender", "pk")
        constraints = (paired("question", "asked"),)
        indexes = (
            models.Index(fields=("tender",), name="question_waiting", condition=models.Q(clarification=None)),
            models.Index(fields=("supplier", "tender"), name="question_of_supplier"),
        )
        triggers = (
            *recorded("question", fills="clarification"),
            Guard(
                name="question_in_time_and_answered_here",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'INSERT' AND NOT EXISTS (
                        SELECT FROM tenders_tender
                        WHERE id = NEW.tender_id AND status = 'published' AND platform_clock() < deadline
                    ) THEN
                        RAISE EXCEPTION 'questions are asked before the deadline' USING ERRCODE = 'PT005';
                    END IF;
                    IF NEW.clarification_id IS NOT NULL AND (TG_OP = 'INSERT' OR NOT EXISTS (
                        SELECT FROM tenders_clarification
                        WHERE id = NEW.clarification_id AND tender_id = NEW.tender_id
                    )) THEN
                        RAISE EXCEPTION 'a question is answered later, in its own tender' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.reference
