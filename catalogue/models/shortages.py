"""What is short where, what may take its place, and who is commissioned to make it."""

import pgtrigger
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, Region, Seat
from catalogue.models.items import Item, Maker, Product, numbered
from catalogue.querysets import DesignatedProductionQuerySet, ShortageQuerySet, SubstituteQuerySet
from core.constraints import in_order, one_at_a_time, paired
from core.fields import ChoiceField
from core.triggers import Guard, recorded


class Shortage(models.Model):
    """An item, or one product of it, cannot be had in a region: reported by a hospital or a supplier, and true of it
    once the agency has verified it (GBF[2019]47: monitoring, verification and release of shortages)."""

    class Status(models.TextChoices):
        REPORTED = "reported", _("reported")
        VERIFIED = "verified", _("verified")
        REFUSED = "refused", _("not a shortage")
        WITHDRAWN = "withdrawn", _("withdrawn")
        OVER = "over", pgettext_lazy("of a shortage", "over")

    MOVES = {
        Status.REPORTED: {Status.VERIFIED, Status.REFUSED, Status.WITHDRAWN},
        Status.VERIFIED: {Status.OVER},
    }

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=numbered("SH-", "shortage"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="shortages")
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Empty: of every maker.")
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    status = ChoiceField(Status, default=Status.REPORTED)
    valid_from = models.DateField(help_text=_("Since when it cannot be had."))
    valid_to = models.DateField(null=True, blank=True, help_text=_("Last day of the shortage."))
    evidence = models.CharField(max_length=1000, help_text=_("What was asked of whom, and what they answered."))
    reporter = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.CharField(max_length=300, blank=True, help_text=_("Why it is none, or was withdrawn."))
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)

    objects = ShortageQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            *(paired("shortage", fact) for fact in ("reported", "decided", "ended")),
            in_order("shortage", "valid_from", "valid_to"),
            models.CheckConstraint(
                condition=Q(status="reported", decided_at=None, ended_at=None, valid_to=None)
                | Q(status="verified", decided_at__isnull=False, ended_at=None, valid_to=None)
                | Q(status__in=("refused", "withdrawn"), decided_at__isnull=False, ended_at=None, valid_to=None)
                & ~Q(decision_reason="")
                | Q(status="over", decided_at__isnull=False, ended_at__isnull=False, valid_to__isnull=False)
                & ~Q(end_reason=""),
                name="shortage_status_is_its_facts",
            ),
            models.UniqueConstraint(
                fields=("item", "product", "region", "reporter"),
                condition=Q(status="reported"),
                nulls_distinct=False,
                name="shortage_reported_once",
            ),
            models.UniqueConstraint(
                fields=("item", "product", "region"),
                condition=Q(status="verified"),
                nulls_distinct=False,
                name="shortage_verified_once",
            ),
        )
        indexes = (
            models.Index(fields=("item", "region"), name="shortage_by_item"),
            models.Index(fields=("status", "reported_at"), name="shortage_in_order"),
        )
        triggers = (
            *recorded(
                "shortage",
                fills="decided_at decided_by decision_reason ended_at ended_by end_reason valid_to",
                changes="status",
            ),
            Guard(
                name="shortage_begins_as_a_report",
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.status <> 'reported' THEN
                        RAISE EXCEPTION 'a shortage begins as a report' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("catalogue:shortage", args=[self.reference])

    @property
    def thing(self) -> Item | Product:
        """What is short: the product where it is one, else the item."""
        return self.product or self.item


class Substitute(models.Model):
    """What may take the place of something that is short, of the same variety or another, as the agency says why."""

    shortage = models.ForeignKey(Shortage, models.PROTECT, related_name="substitutes")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SubstituteQuerySet.as_manager()

    class Meta:
        ordering = ("shortage", "pk")
        constraints = (
            paired("substitute", "named"),
            paired("substitute", "withdrawn"),
            models.UniqueConstraint(
                fields=("shortage", "item", "product"),
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="substitute_once",
            ),
        )
        indexes = (models.Index(fields=("item",), name="substitute_by_item"),)
        triggers = recorded("substitute", fills="withdrawn_at withdrawn_by")

    def __str__(self) -> str:
        return str(self.product or self.item)


class DesignatedProduction(models.Model):
    """A maker commissioned by the state or a province to make what else would be short, for a time (GBF[2015]7, lane
    4: small-volume clinical necessities in short supply)."""

    reference = models.CharField(
        max_length=20, unique=True, editable=False, db_default=numbered("DP-", "designated_production")
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="designated")
    maker = models.ForeignKey(Maker, models.PROTECT, related_name="+")
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Empty: by the state.")
    )
    valid_from = models.DateField()
    valid_to = models.DateField()
    source = models.CharField(max_length=300, help_text=_("The decision: who took it, its number and day."))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was ended before its last day."))
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)

    objects = DesignatedProductionQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_from", "-pk")
        constraints = (
            in_order("designated_production", "valid_from", "valid_to"),
            paired("designated_production", "recorded"),
            paired("designated_production", "ended"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="designated_production_end_has_a_reason",
            ),
            one_at_a_time(
                "designated_production",
                ("item", "maker", Coalesce(F("region"), Value(""))),
                _("This maker is commissioned with this item for the same time already."),
            ),
        )
        indexes = (models.Index(fields=("item", "valid_to"), name="designated_by_item"),)
        triggers = recorded("designated_production", fills="ended_at ended_by end_reason", changes="valid_to")

    def __str__(self) -> str:
        return self.reference
