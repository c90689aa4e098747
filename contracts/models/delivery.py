"""Goods sent for an order, and the hospital's verdict on each batch."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from contracts.models.order import Order, OrderLine
from contracts.querysets import DeliveryQuerySet
from core.constraints import paired, positive
from core.fields import ChoiceField
from core.triggers import append_only


class Delivery(models.Model):
    """A consignment with its delivery note. Whether it waits follows from its lines' acceptances."""

    reference = models.CharField(max_length=20, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="deliveries")
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    deliverer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (paired("delivery", "sent"),)
        indexes = (
            models.Index(fields=("hospital", "-id"), name="delivery_by_hospital"),
            models.Index(fields=("deliverer", "-id"), name="delivery_by_deliverer"),
        )

    def __str__(self) -> str:
        return self.reference


class DeliveryLine(models.Model):
    """One batch of one order line."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="delivery_lines")
    batch = models.CharField(max_length=40, help_text=_("The maker's batch number."))
    expires_on = models.DateField()
    packs = models.PositiveIntegerField()

    class Meta:
        ordering = ("delivery", "pk")
        constraints = (
            models.UniqueConstraint(fields=("delivery", "order_line", "batch"), name="delivery_line_once"),
            positive("delivery_line", "packs"),
            models.CheckConstraint(condition=~Q(batch=""), name="delivery_line_has_a_batch"),
        )

    def __str__(self) -> str:
        return f"{self.delivery} {self.batch}"


class Acceptance(models.Model):
    """The signed verdict on one batch: accepted + rejected + short = delivered.

    Written once. A mistake is corrected by a reversal (the same numbers, ``reverses`` set) and a new
    acceptance.
    """

    class Rejection(models.TextChoices):
        NONE = "", _("none")
        DAMAGED = "damaged", _("damaged")
        WRONG_PRODUCT = "wrong_product", _("wrong product")
        NEAR_EXPIRY = "near_expiry", _("expires too soon")
        NO_TEST_REPORT = "no_test_report", _("test report missing")
        COLD_CHAIN = "cold_chain", _("cold chain broken")
        QUALITY = "quality", _("quality defect")
        OTHER = "other", _("other, see note")

    line = models.ForeignKey(DeliveryLine, models.PROTECT, related_name="acceptances")
    accepted = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField(default=0)
    short = models.PositiveIntegerField(default=0)
    rejection = ChoiceField(Rejection, default=Rejection.NONE)
    note = models.CharField(max_length=300, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    accepted_on = models.DateField(help_text=_("The legal date that starts the payment clock."))
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("line", "pk")
        constraints = (
            paired("acceptance", "accepted"),
            models.CheckConstraint(
                condition=Q(rejected=0) | ~Q(rejection=""),
                name="acceptance_rejection_has_a_reason",
                violation_error_message=_("Choose why packs are rejected."),
            ),
            models.CheckConstraint(
                condition=Q(accepted__gt=0) | Q(rejected__gt=0) | Q(short__gt=0),
                name="acceptance_says_something",
            ),
        )
        triggers = append_only("acceptance")

    def __str__(self) -> str:
        return f"{self.line} {self.accepted}+{self.rejected}+{self.short}"
