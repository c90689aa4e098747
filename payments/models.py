"""What the payer transferred to a payee, and which payables it settled."""

from django.db import models
from django.db.models import Q, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import BankAccount, Organisation, Seat
from contracts.models import Payable
from core.constraints import paired
from core.fields import AmountField
from core.triggers import append_only
from payments.querysets import PaymentQuerySet

BANK_REFERENCE_LENGTH = 60


class Payment(models.Model):
    """One transfer from the payer to a payee's account."""

    reference = models.CharField(max_length=20, unique=True)
    payer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    payee = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    amount = AmountField()
    account = models.ForeignKey(
        BankAccount, models.PROTECT, related_name="+", help_text=_("Where it went: the account in use on that day.")
    )
    bank_reference = models.CharField(max_length=BANK_REFERENCE_LENGTH)
    bank_reference_key = models.CharField(
        max_length=BANK_REFERENCE_LENGTH, help_text=_("The reference folded: no spelling makes it another.")
    )
    paid_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True, help_text=_("Why it was recorded more than a month later."))
    paid_at = models.DateTimeField()
    paid_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            paired("payment", "paid"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_above_zero"),
            models.UniqueConstraint(
                fields=("payer", "bank_reference_key"),
                name="payment_bank_reference_once",
                violation_error_message=_("A payment with this bank reference is recorded already."),
            ),
        )
        indexes = (models.Index(fields=("payee", "-id"), name="payment_by_payee"),)
        triggers = append_only("payment")

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("payments:payment", args=[self.reference])


class PaymentLine(models.Model):
    """How much of a payment went to which payable."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="lines")
    payable = models.ForeignKey(Payable, models.PROTECT, related_name="+")
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


class Verb(TextChoices):
    """What may happen in this room; the label is the sentence of the timeline."""

    PAYMENT_RECORDED = "payment.recorded", _("%(actor)s recorded a payment of %(amount)s to %(payee)s")
