"""Who confirms, ships and invoices what hospitals order under a contract."""

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region, Seat
from catalogue.models import Product
from contracts.models.contract import Contract
from contracts.querysets import DistributionQuerySet
from core.constraints import in_order, one_at_a_time, paired
from core.triggers import recorded


class Distribution(models.Model):
    """Whom a supplier named to deliver, in an area and for a product, from one day to another.

    Where no row speaks of an order the supplier delivers itself, which is the ordinary case. An order keeps the
    deliverer that it went to.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="distribution")
    number = models.PositiveSmallIntegerField(help_text=_("How pages and programs name the row."))
    deliverer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    area = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Empty: everywhere.")
    )
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Empty: all of the contract's.")
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text=_("Last day; empty while open-ended."))
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = DistributionQuerySet.as_manager()

    class Meta:
        ordering = ("contract", "number")
        constraints = (
            models.UniqueConstraint(fields=("contract", "number"), name="distribution_number"),
            paired("distribution", "named"),
            in_order("distribution", "valid_from", "valid_to"),
            one_at_a_time(
                "distribution",
                ("contract", Coalesce(F("area"), Value("")), Coalesce(F("product"), Value(0))),
                _("Another deliverer is named for the same in the same period."),
            ),
        )
        indexes = (models.Index(fields=("deliverer", "contract"), name="distribution_by_deliverer"),)
        triggers = recorded("distribution", changes="deliverer valid_to named_at named_by")

    def __str__(self) -> str:
        return f"{self.contract} / {self.number}"
