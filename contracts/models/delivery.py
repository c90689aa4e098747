"""Goods sent for an order, and the hospital's verdict on each batch."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Mod
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from catalogue.models import Product
from contracts.models.order import Order, OrderLine
from contracts.querysets import AcceptanceQuerySet, DeliveryLineQuerySet, DeliveryQuerySet
from core.constraints import paired, positive
from core.fields import ChoiceField
from core.triggers import append_only, recorded

BATCH_LENGTH = 40


class Delivery(models.Model):
    """A consignment with its delivery note. Whether it waits follows from its lines' acceptances."""

    reference = models.CharField(max_length=20, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="deliveries")
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    deliverer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    own_number = models.CharField(max_length=60, blank=True, help_text=_("In the deliverer's own system."))
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (paired("delivery", "sent"),)
        indexes = (
            models.Index(fields=("hospital", "-id"), name="delivery_by_hospital"),
            models.Index(fields=("deliverer", "-id"), name="delivery_by_deliverer"),
            models.Index(fields=("own_number",), name="delivery_by_own_number", condition=~Q(own_number="")),
        )
        triggers = recorded("delivery", changes="hospital deliverer")

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("contracts:delivery", args=[self.reference])


class ProductBatch(models.Model):
    """A maker's batch of a product. However its number is spelt, it is one batch and has one expiry."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    number = models.CharField(max_length=BATCH_LENGTH, help_text=_("As the first deliverer wrote it."))
    key = models.CharField(max_length=BATCH_LENGTH, help_text=_("The number folded."))
    expires_on = models.DateField()
    said_before = models.DateField(null=True, blank=True, help_text=_("The expiry that was corrected."))
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("product", "key"), name="product_batch_once"),
            models.CheckConstraint(condition=~Q(key=""), name="product_batch_has_a_number"),
            paired("product_batch", "corrected"),
        )
        triggers = recorded("product_batch", changes="expires_on said_before corrected_at corrected_by")

    def __str__(self) -> str:
        return self.number


class DeliveryLine(models.Model):
    """One batch of one order line."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField(help_text=_("Its place on the delivery note."))
    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="delivery_lines")
    batch = models.ForeignKey(ProductBatch, models.PROTECT, related_name="delivery_lines")
    packs = models.PositiveIntegerField()
    own_number = models.CharField(max_length=60, blank=True, help_text=_("In the deliverer's own system."))
    arrived_on = models.DateField(
        null=True, blank=True, help_text=_("Where the deliverer confirmed that the goods came after the first verdict.")
    )

    objects = DeliveryLineQuerySet.as_manager()

    class Meta:
        ordering = ("delivery", "number")
        constraints = (
            models.UniqueConstraint(fields=("delivery", "order_line", "batch"), name="delivery_line_once"),
            models.UniqueConstraint(fields=("delivery", "number"), name="delivery_line_number"),
            positive("delivery_line", "packs"),
        )
        triggers = recorded("delivery_line", changes="arrived_on")

    def __str__(self) -> str:
        return f"{self.delivery} / {self.number}"


class Acceptance(models.Model):
    """The signed verdict on one batch: accepted + rejected + short = delivered.

    Written once. A mistake is corrected by a reversal (the same numbers, ``reverses`` set) and a new
    acceptance. Verdict 1 is the first, 2 its reversal, 3 the next: the number, unique in its line, is what
    makes two verdicts at once impossible, and a line waits while it has an even count of them.
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
    number = models.PositiveSmallIntegerField()
    accepted = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField(default=0)
    short = models.PositiveIntegerField(default=0)
    rejection = ChoiceField(Rejection, default=Rejection.NONE)
    note = models.CharField(max_length=300, blank=True)
    replacement = models.BooleanField(
        default=True, help_text=_("Packs rejected or short are to be delivered again; if not, they are released.")
    )
    own_number = models.CharField(max_length=60, blank=True, help_text=_("Of the hospital's message that gave it."))
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    accepted_on = models.DateField(help_text=_("The legal date of the verdict; a line's first one starts its clock."))
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        ordering = ("line", "number")
        constraints = (
            paired("acceptance", "accepted"),
            models.UniqueConstraint(fields=("line", "number"), name="acceptance_number"),
            models.CheckConstraint(
                condition=Q(Exact(Mod(F("number"), 2), 1), reverses=None)
                | Q(Exact(Mod(F("number"), 2), 0), reverses__isnull=False),
                name="acceptance_every_second_reverses",
            ),
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
