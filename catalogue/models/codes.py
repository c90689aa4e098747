"""What became of national codes: disabled, or remapped to another. A code is never deleted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from catalogue.models.items import Product
from catalogue.querysets import ProductCodeQuerySet
from core.constraints import in_order, one_at_a_time, paired
from core.fields import ChoiceField
from core.triggers import recorded


class ProductCode(models.Model):
    """What is said of a national code for a time: it is disabled, or another stands in its place.

    The healthcare security administration publishes lists of both beside its codes. The code that a product has is
    said by the product's version; a code of which nothing else is said has no row here and is active.
    """

    class Status(models.TextChoices):
        DISABLED = "disabled", _("disabled")
        REMAPPED = "remapped", _("remapped")

    code = models.CharField(max_length=27)
    status = ChoiceField(Status)
    remapped_to = models.CharField(
        max_length=27, blank=True, help_text=_("The code in its place, as it was published.")
    )
    leads_to = models.CharField(
        max_length=27, blank=True, help_text=_("The code at the end of the chain, where that was remapped in its turn.")
    )
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="codes",
        help_text=_("The product that the code means; empty as long as the catalogue has none."),
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text=_("Last day, where it was taken back."))
    reason = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True, help_text=_("The list or notice that says so."))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)

    objects = ProductCodeQuerySet.as_manager()

    class Meta:
        ordering = ("code", "valid_from")
        constraints = (
            in_order("product_code", "valid_from", "valid_to"),
            paired("product_code", "recorded"),
            paired("product_code", "ended"),
            models.CheckConstraint(
                condition=Q(status="remapped") & ~Q(remapped_to="") & ~Q(leads_to="")
                | Q(status="disabled", remapped_to="", leads_to=""),
                name="product_code_remapped_to_another",
                violation_error_message=_("A remapped code says which other stands in its place."),
            ),
            models.CheckConstraint(
                condition=~Q(leads_to=models.F("code")),
                name="product_code_leads_not_to_itself",
                violation_error_message=_("A code cannot be remapped to itself."),
            ),
            one_at_a_time("product_code", ("code", "status"), _("This is said of the code already.")),
        )
        indexes = (
            models.Index(fields=("code",), name="product_code_by_code", opclasses=("varchar_pattern_ops",)),
            models.Index(fields=("leads_to",), name="product_code_by_end"),
        )
        triggers = recorded(
            "product_code",
            fills="valid_to ended_at ended_by end_reason",
            changes="leads_to product",
        )

    def __str__(self) -> str:
        return self.code
