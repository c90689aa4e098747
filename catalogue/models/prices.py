"""The price register."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Region, Seat
from catalogue.models.items import Item, Product, numbered
from catalogue.querysets import PriceEntryQuerySet
from core.constraints import in_order, not_negative, one_at_a_time, paired, positive
from core.fields import ChoiceField, PriceField
from core.triggers import recorded
from core.wall import changed, seen, written

# A hidden price is shown to the agency, to auditors and to its parties, and from its day on to everybody; the agency
# alone writes and ends prices.
_AGENCY = "current_setting('procurement.reads', true) = 'agency'"
_SEEN = f"""visibility = 'public' OR is_told('agency', parties)
    OR public_from <= ((SELECT platform_clock()) AT TIME ZONE '{settings.TIME_ZONE}')::date"""


class PriceEntry(models.Model):
    """One price in force for a period: for an item, or for one maker's product of it.

    ``price`` is the price of ``units`` base units: 1 for a price an item's base unit, the pack size
    for a product's price a pack.
    """

    class Kind(models.TextChoices):
        GUIDE = "guide", _("guide price")
        CEILING = "ceiling", _("ceiling price")
        AWARD = "award", _("award price")
        NEGOTIATED = "negotiated", _("negotiated price")
        PAYMENT_STANDARD = "payment_standard", _("payment standard")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("everybody")
        PARTIES = "parties", _("the agency, auditors and the parties named")

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=numbered("PR-", "price"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="prices")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="prices")
    kind = ChoiceField(Kind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    price = PriceField()
    units = models.PositiveIntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text=_("Last day; empty while open-ended."))
    source = models.CharField(max_length=300)
    unverified = models.BooleanField(default=False)
    visibility = ChoiceField(Visibility, default=Visibility.PUBLIC)
    parties = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text=_("Organisations to which the price is shown.")
    )
    public_from = models.DateField(null=True, blank=True, help_text=_("From this day on everybody sees it."))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = PriceEntryQuerySet.as_manager()
    policies = (seen(_SEEN), written(_AGENCY), changed(_AGENCY))

    class Meta:
        ordering = ("-valid_from", "-id")
        constraints = (
            not_negative("price_entry", ("price",)),
            positive("price_entry", "units"),
            in_order("price_entry", "valid_from", "valid_to"),
            paired("price_entry", "recorded"),
            models.CheckConstraint(
                condition=~Q(visibility="public") | Q(parties=[], public_from=None),
                name="price_entry_public_has_no_parties",
                violation_error_message=_("What everybody sees has neither parties nor a day from which it is public."),
            ),
            one_at_a_time(
                "price_entry",
                ("item", Coalesce(F("product"), Value(0)), "kind", "region"),
                _("Another price of this kind is in force in the same period."),
            ),
        )
        indexes = (models.Index(fields=("item", "-valid_from"), name="price_entry_by_item"),)
        triggers = recorded("price_entry", changes="valid_to parties")

    def __str__(self) -> str:
        return f"{self.item} {self.price}/{self.units}"
