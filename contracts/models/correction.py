"""What a hospital wants put right after a verdict, where it may not do so alone."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from contracts.models.delivery import DeliveryLine
from contracts.querysets import CORRECTION_LASTS, CorrectionQuerySet
from core.constraints import paired
from core.fields import ChoiceField
from core.triggers import recorded


class Correction(models.Model):
    """A request that another person answers: to reverse the verdict behind an overdue debt, which a second person of
    the hospital approves; or to count a debt from a later day, because the goods came later, which only the
    deliverer can confirm. It lapses by itself when nobody answers within two weeks.
    """

    class Kind(models.TextChoices):
        REVERSAL = "reversal", _("reverse the verdict behind an overdue debt")
        LATER_ARRIVAL = "later_arrival", _("the goods came later")

    class Status(models.TextChoices):
        ASKED = "asked", _("waits for an answer")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LAPSED = "lapsed", _("lapsed without an answer")

    MOVES = {Status.ASKED: {Status.APPROVED, Status.DECLINED, Status.WITHDRAWN, Status.LAPSED}}

    line = models.ForeignKey(DeliveryLine, models.PROTECT, related_name="corrections")
    kind = ChoiceField(Kind)
    status = ChoiceField(Status, default=Status.ASKED)
    arrived_on = models.DateField(null=True, blank=True, help_text=_("The day on which the goods came."))
    moved_days = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("By how many days the first day moved, once confirmed.")
    )
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=300, blank=True, help_text=_("Why it was declined."))

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            paired("correction", "asked"),
            paired("correction", "answered"),
            models.CheckConstraint(
                condition=Q(kind="later_arrival", arrived_on__isnull=False) | Q(kind="reversal", arrived_on=None),
                name="correction_arrival_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("asked", "lapsed"), answered_at=None)
                | Q(status__in=("approved", "declined", "withdrawn"), answered_at__isnull=False),
                name="correction_answered_by_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | ~Q(answered_by=F("asked_by")),
                name="correction_approved_by_another",
                violation_error_message=_("Somebody else than the person who asked answers this."),
            ),
            models.CheckConstraint(
                condition=Q(moved_days=None) | Q(kind="later_arrival", status="approved"),
                name="correction_moves_once_confirmed",
            ),
            models.UniqueConstraint(fields=("line",), condition=Q(status="asked"), name="correction_one_at_a_time"),
        )
        triggers = recorded("correction", fills="answered_at answered_by answer", changes="status moved_days")

    def __str__(self) -> str:
        return f"{self.line} {self.kind}"

    @property
    def lapses_at(self) -> datetime:
        return self.asked_at + CORRECTION_LASTS
