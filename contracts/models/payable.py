"""What is owed for accepted goods, from when and until when."""

from datetime import date
from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from contracts.models.delivery import Acceptance
from contracts.querysets import PayableQuerySet
from contracts.rules import LONGEST_CAP, Clock, clock_of
from core.constraints import not_negative
from core.fields import AmountField
from core.triggers import Guard, recorded


class Payable(models.Model):
    """What one acceptance of a supplier's goods owes. Parts of an order line always add up to the whole.

    ``amount`` is for price and service fee together. It becomes less only by a reversal; ``paid`` grows by payments and
    never passes it.
    """

    reference = models.CharField(
        max_length=40, unique=True, help_text=_("Delivery, line and verdict: D-2026-0007-2-1.")
    )
    acceptance = models.OneToOneField(Acceptance, models.PROTECT, related_name="payable")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    payer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", help_text=_("As the contract's rule said on the first day.")
    )
    payee = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", help_text=_("As the contract's rule said on the first day.")
    )
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    amount = AmountField()
    fee = AmountField(default=0, help_text=_("Of the amount, the service fee."))
    reversed = AmountField(default=0, help_text=_("What later reversals took back."))
    paid = AmountField(default=0, help_text=_("Sum of the payments recorded against it."))
    owed_from = models.DateField(help_text=_("Its first day: the legal date of the acceptance."))
    due_on = models.DateField(help_text=_("The earlier of the day of the contract's rule and its cap."))
    last_paid_on = models.DateField(null=True, blank=True, help_text=_("Day of the latest payment against it."))
    settled_on = models.GeneratedField(
        expression=Case(When(paid__gt=0, paid=F("amount") - F("reversed"), then=F("last_paid_on"))),
        output_field=models.DateField(null=True),
        db_persist=True,
        help_text=_("The day on which nothing of it was left to be paid."),
    )

    objects = PayableQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            not_negative("payable", ("amount", "reversed", "paid", "fee")),
            models.CheckConstraint(condition=Q(fee__lte=F("amount")), name="payable_fee_within_the_amount"),
            models.CheckConstraint(
                condition=Q(paid__lte=F("amount") - F("reversed")),
                name="payable_never_overpaid",
                violation_error_message=_("This is more than is owed."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("owed_from"), due_on__lte=F("owed_from") + LONGEST_CAP),
                name="payable_due_within_the_longest_cap",
                violation_error_message=_("Nothing is due later than 60 days from its first day."),
            ),
            models.CheckConstraint(
                condition=Q(paid=0) | Q(last_paid_on__gte=F("owed_from")),
                name="payable_paid_from_its_first_day",
                violation_error_message=_("Nothing is paid before it is owed."),
            ),
        )
        indexes = (
            models.Index(
                fields=("due_on", "id"),
                name="payable_open",
                condition=Q(paid__lt=F("amount") - F("reversed")),
            ),
            models.Index(fields=("supplier", "due_on"), name="payable_by_supplier"),
            models.Index(fields=("payer", "due_on"), name="payable_by_payer"),
            models.Index(fields=("payee", "due_on"), name="payable_by_payee"),
        )
        triggers = (
            *recorded("payable", changes="reversed paid owed_from due_on last_paid_on payer payee"),
            Guard(
                name="payable_days_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.owed_from <> NEW.owed_from OR OLD.due_on <> NEW.due_on"),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM contracts_acceptance acceptance
                        JOIN contracts_correction correction ON correction.line_id = acceptance.line_id
                        WHERE acceptance.id = NEW.acceptance_id AND correction.kind = 'later_arrival'
                            AND correction.status = 'approved' AND correction.arrived_on = NEW.owed_from
                    ) THEN
                        RAISE EXCEPTION 'a debt''s days move as its deliverer confirmed' USING ERRCODE = 'PT002';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def open_amount(self) -> Decimal:
        """What is still to be paid."""
        return self.amount - self.reversed - self.paid

    @property
    def is_settled(self) -> bool:
        return self.open_amount <= 0

    def clock(self, today: date) -> Clock:
        if self.amount == self.reversed:
            return Clock.REVERSED
        return clock_of(self.due_on, self.open_amount, today)
