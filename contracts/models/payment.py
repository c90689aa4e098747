"""What is owed for accepted goods, until when, and what was paid against it."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from contracts.models.delivery import Acceptance
from contracts.querysets import PayableQuerySet, PaymentQuerySet
from contracts.rules import Clock, clock_of
from core.constraints import not_negative, paired
from core.fields import AmountField
from core.triggers import append_only, recorded

BANK_REFERENCE_LENGTH = 60


class Payable(models.Model):
    """What one acceptance owes the supplier. Parts of an order line always add up to the whole.

    ``amount`` becomes less only by a reversal; ``paid`` grows by payments and never passes it.
    """

    reference = models.CharField(
        max_length=40, unique=True, help_text=_("Delivery, line and verdict: D-2026-0007-2-1.")
    )
    acceptance = models.OneToOneField(Acceptance, models.PROTECT, related_name="payable")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    payer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    amount = AmountField()
    reversed = AmountField(default=0, help_text=_("What later reversals took back."))
    paid = AmountField(default=0, help_text=_("Sum of the payments recorded against it."))
    owed_from = models.DateField(help_text=_("The legal date of the acceptance."))
    due_on = models.DateField(help_text=_("Acceptance plus the contract's days (30)."))

    objects = PayableQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            not_negative("payable", ("amount", "reversed", "paid")),
            models.CheckConstraint(
                condition=Q(paid__lte=F("amount") - F("reversed")),
                name="payable_never_overpaid",
                violation_error_message=_("This is more than is owed."),
            ),
        )
        indexes = (
            models.Index(
                fields=("due_on", "id"),
                name="payable_open",
                condition=Q(paid__lt=F("amount") - F("reversed")),
            ),
            models.Index(fields=("supplier", "due_on"), name="payable_by_supplier"),
        )
        triggers = recorded("payable")

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
        return clock_of(self.due_on, self.open_amount, today)


class Payment(models.Model):
    """One transfer from the payer to a supplier's account."""

    reference = models.CharField(max_length=20, unique=True)
    payer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    amount = AmountField()
    account = models.CharField(max_length=40, help_text=_("The supplier's account as it was then."))
    bank_reference = models.CharField(max_length=BANK_REFERENCE_LENGTH)
    paid_on = models.DateField()
    paid_at = models.DateTimeField()
    paid_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            paired("payment", "paid"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_above_zero"),
            models.UniqueConstraint(
                fields=("payer", "bank_reference"),
                name="payment_bank_reference_once",
                violation_error_message=_("A payment with this bank reference is recorded already."),
            ),
        )
        indexes = (models.Index(fields=("supplier", "-id"), name="payment_by_supplier"),)
        triggers = append_only("payment")

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("contracts:payment", args=[self.reference])


class PaymentLine(models.Model):
    """How much of a payment went to which payable."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="lines")
    payable = models.ForeignKey(Payable, models.PROTECT, related_name="payment_lines")
    amount = AmountField()

    class Meta:
        ordering = ("payment", "pk")
        constraints = (
            models.UniqueConstraint(fields=("payment", "payable"), name="payment_line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_line_amount_above_zero"),
        )
        triggers = append_only("payment_line")

    def __str__(self) -> str:
        return f"{self.payment} {self.amount}"
