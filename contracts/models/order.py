"""A hospital's call-off at the contract price, in whole packs."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from catalogue.models import PriceEntry, SingleSource
from contracts.models.contract import AgreedVolume, Contract, ContractProduct
from contracts.querysets import OrderLineQuerySet, OrderQuerySet
from contracts.rules import Stage
from core.constraints import paired, positive
from core.fields import AmountField, ChoiceField, PriceField, RatioField
from core.triggers import recorded


class Order(models.Model):
    class Status(models.TextChoices):
        PLACED = "placed", _("waits for approval")
        SENT_BACK = "sent_back", _("not approved")
        APPROVED = "approved", _("waits for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused by the deliverer")
        CANCELLED = "cancelled", _("cancelled")

    MOVES = {
        Status.PLACED: {Status.APPROVED, Status.SENT_BACK, Status.CANCELLED},
        Status.APPROVED: {Status.CONFIRMED, Status.REFUSED, Status.CANCELLED},
    }

    class Progress(models.TextChoices):
        NONE = "", _("not confirmed")
        TO_SEND = Stage.TO_SEND, _("to be delivered")
        UNDER_WAY = Stage.UNDER_WAY, _("on its way")
        RECEIVED = Stage.RECEIVED, _("received")

    class Closing(models.TextChoices):
        NONE = "", _("open")
        LATE = "late", _("the deliverer failed")
        NOT_WANTED = "not_wanted", _("not wanted any more")
        BY_DELIVERER = "by_deliverer", _("the deliverer cannot deliver")
        LATEST_ARRIVAL = "latest_arrival", _("the latest arrival was over")

    reference = models.CharField(max_length=20, unique=True)
    status = ChoiceField(Status, default=Status.PLACED)
    stage = ChoiceField(Progress, default=Progress.NONE, help_text=_("How far a confirmed order is, by its lines."))
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="orders")
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    deliverer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", help_text=_("As named when the order was placed.")
    )
    amount = AmountField(help_text=_("Sum of the lines with their service fees, each rounded once."))
    note = models.CharField(max_length=300, blank=True)
    own_number = models.CharField(max_length=60, blank=True, help_text=_("In the hospital's own system."))
    basket = models.CharField(
        max_length=20,
        help_text=_("Reference of the first order that was placed with it; its own where it is the first."),
    )
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True, help_text=_("When the deliverer confirmed or refused."))
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was sent back or cancelled."))
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True, help_text=_("Why it was sent back, refused or cancelled."))

    latest_arrival_on = models.DateField(help_text=_("Last day on which it may be sent; then its rest closes itself."))
    closing = ChoiceField(Closing, default=Closing.NONE, help_text=_("Why the rest is not delivered any more."))
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    close_reason = models.CharField(max_length=300, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            paired("order", "placed"),
            paired("order", "approved"),
            paired("order", "answered"),
            paired("order", "ended"),
            paired("order", "closed"),
            models.CheckConstraint(
                condition=Q(closing__in=("", "latest_arrival"), closed_at=None)
                | Q(closing__in=("late", "not_wanted", "by_deliverer"), closed_at__isnull=False),
                name="order_closed_by_a_person_or_by_its_day",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("placed_by")),
                name="order_approved_by_another_person",
                violation_error_message=_("An order is approved by somebody else than the person who placed it."),
            ),
            models.CheckConstraint(
                condition=Q(status="confirmed") & ~Q(stage="") | ~Q(status="confirmed") & Q(stage=""),
                name="order_has_a_stage_once_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("sent_back", "refused", "cancelled")) | ~Q(reason=""),
                name="order_end_has_a_reason",
                violation_error_message=_("Give the reason, so that the other side knows."),
            ),
        )
        indexes = (
            models.Index(fields=("hospital", "-id"), name="order_by_hospital"),
            models.Index(fields=("deliverer", "-id"), name="order_by_deliverer"),
            models.Index(fields=("basket",), name="order_by_basket"),
            models.Index(fields=("own_number",), name="order_by_own_number", condition=~Q(own_number="")),
            models.Index(fields=("status", "-id"), name="order_by_status"),
            models.Index(fields=("deliverer", "stage"), name="order_to_deliver"),
            models.Index(fields=("latest_arrival_on",), name="order_to_close", condition=Q(stage="to_send")),
            # The lists of orders, as they are sorted and paged.
            models.Index(F("placed_at").desc(nulls_last=True), F("reference").desc(), name="order_by_day"),
            models.Index(
                F("stage"), F("placed_at").desc(nulls_last=True), F("reference").desc(), name="order_by_stage_and_day"
            ),
        )
        triggers = recorded(
            "order",
            fills=(
                "approved_at approved_by answered_at answered_by ended_at ended_by reason closing closed_at "
                "closed_by close_reason"
            ),
            changes="status stage hospital deliverer",
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("contracts:order", args=[self.reference])


class OrderLine(models.Model):
    """One product in whole packs, and the counters of what became of them.

    ``packs - released`` is what the line still draws of the agreed volume, each pack so many ``units``, and what is
    to come once it is confirmed; ``delivered - accepted`` is under way or waits for the hospital's verdict.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField(help_text=_("How confirmations and deliveries name the line."))
    volume = models.ForeignKey(AgreedVolume, models.PROTECT, related_name="order_lines")
    product = models.ForeignKey(ContractProduct, models.PROTECT, related_name="+")
    own_number = models.CharField(max_length=60, blank=True, help_text=_("In the hospital's own system."))
    packs = models.PositiveIntegerField()
    price = PriceField(help_text=_("The price a pack in force when it was ordered."))
    price_entry = models.ForeignKey(
        PriceEntry,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Entry of the price register that set the price; empty where the contract's own price stands."),
    )
    service_fee = PriceField(null=True, help_text=_("The contract's service fee a pack."))
    pack_size = models.PositiveIntegerField()
    units = RatioField(help_text=_("What a pack draws of the agreed volume."))
    departure = ChoiceField(
        SingleSource.Departure,
        default=SingleSource.Departure.NONE,
        help_text=_("Why it is not bought of the supplier to whom the item is committed."),
    )
    amount = AmountField(help_text=_("Price times packs, rounded once."))
    fee = AmountField(default=0, help_text=_("Service fee times packs, rounded once."))
    confirmed = models.PositiveIntegerField(null=True, help_text=_("None until the deliverer has answered."))
    released = models.PositiveIntegerField(
        default=0, help_text=_("Packs not confirmed, refused, cancelled, or rejected or short without replacement.")
    )
    closed = models.PositiveIntegerField(default=0, help_text=_("Of those, confirmed packs of a rest that was closed."))
    delivered = models.PositiveIntegerField(default=0, help_text=_("Packs sent and not found rejected or short."))
    accepted = models.PositiveIntegerField(default=0)

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        ordering = ("order", "number")
        constraints = (
            models.UniqueConstraint(fields=("order", "number"), name="order_line_number"),
            models.UniqueConstraint(fields=("order", "product"), name="order_line_once"),
            positive("order_line", "packs"),
            models.CheckConstraint(
                condition=Q(confirmed=None) | Q(confirmed__lte=F("packs")),
                name="order_line_confirmed_within_ordered",
                violation_error_message=_("More cannot be confirmed than was ordered."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed=None, delivered=0)
                | Q(confirmed__isnull=False, delivered__lte=F("packs") - F("released")),
                name="order_line_delivered_within_confirmed",
                violation_error_message=_("More cannot be delivered than was confirmed."),
            ),
            models.CheckConstraint(condition=Q(released__lte=F("packs")), name="order_line_released_within_ordered"),
            models.CheckConstraint(condition=Q(closed__lte=F("released")), name="order_line_closed_within_released"),
            models.CheckConstraint(
                condition=Q(accepted__lte=F("delivered")),
                name="order_line_accepted_within_delivered",
                violation_error_message=_("More cannot be accepted than was delivered."),
            ),
        )
        triggers = recorded("order_line", changes="volume confirmed released closed delivered accepted")

    def __str__(self) -> str:
        return f"{self.order} / {self.number}"
