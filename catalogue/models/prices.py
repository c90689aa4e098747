"""The price register."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region, Seat
from catalogue.models.items import Item, Product, numbered
from catalogue.querysets import PriceEntryQuerySet
from catalogue.rules.bounds import Bound
from core.acting import ORGANISATION
from core.constraints import in_order, not_negative, one_at_a_time, paired, positive
from core.fields import ChoiceField, PriceField
from core.triggers import recorded
from core.wall import changed, seen, written

# A hidden price is shown to the agency, to auditors and to its parties, and from its day on to everybody. The agency
# writes and ends prices, a hospital those that it has agreed for itself, and nobody else.
_WRITTEN = f"""current_setting('procurement.reads', true) = 'agency'
    OR kind = 'own' AND hospital_id = (SELECT {ORGANISATION})"""
_SEEN = f"""visibility = 'public' OR is_told('agency', parties)
    OR public_from <= ((SELECT platform_clock()) AT TIME ZONE '{settings.TIME_ZONE}')::date"""


class PriceEntry(models.Model):
    """One price in force for a period: for an item, or for one maker's product of it.

    ``price`` is the price of ``units`` base units: 1 for a price an item's base unit, the pack size
    for a product's price a pack. A hospital's own agreement holds for that hospital alone. A guide price says by its
    class what it does to other prices (``catalogue.rules.bounds``); where it was rounded, ``unrounded`` is what
    others are converted from.
    """

    class Kind(models.TextChoices):
        GUIDE = "guide", _("guide price")
        CEILING = "ceiling", _("ceiling price")
        AWARD = "award", _("award price")
        NEGOTIATED = "negotiated", _("negotiated price")
        PAYMENT_STANDARD = "payment_standard", _("payment standard")
        LISTING = "listing", _("listing price")
        OWN = "own", _("hospital's own agreement")
        UNIFIED = "unified", _("unified price")

    class GuideClass(models.TextChoices):
        NONE = "", _("none")
        FIXED = "fixed", _("fixed")
        CEILING = "ceiling", _("at most")
        REFERENCE = "reference", _("for reference")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("everybody")
        PARTIES = "parties", _("the agency, auditors and the parties named")

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=numbered("PR-", "price"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="prices")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="prices")
    kind = ChoiceField(Kind)
    guide_class = ChoiceField(GuideClass, default=GuideClass.NONE)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    hospital = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Whose own agreement it is.")
    )
    price = PriceField()
    units = models.PositiveIntegerField(default=1)
    unrounded = PriceField(null=True, blank=True, help_text=_("The price before it was rounded, where it was."))
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
    policies = (seen(_SEEN), written(_WRITTEN), changed(_WRITTEN))

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
            models.CheckConstraint(
                condition=Q(kind="own", hospital__isnull=False) | ~Q(kind="own") & Q(hospital=None),
                name="price_entry_own_has_hospital",
                violation_error_message=_("A hospital's own agreement names the hospital, and no other price does."),
            ),
            models.CheckConstraint(
                condition=Q(kind="guide") & ~Q(guide_class="") | ~Q(kind="guide") & Q(guide_class="", unrounded=None),
                name="price_entry_guide_has_class",
                violation_error_message=_("A guide price has a class, and no other price does."),
            ),
            one_at_a_time(
                "price_entry",
                ("item", Coalesce(F("product"), Value(0)), "kind", "region", Coalesce(F("hospital"), Value(0))),
                _("Another price of this kind is in force in the same period."),
            ),
        )
        indexes = (models.Index(fields=("item", "-valid_from"), name="price_entry_by_item"),)
        triggers = recorded("price_entry", changes="valid_to parties")

    def __str__(self) -> str:
        return f"{self.item} {self.price}/{self.units}"

    @property
    def bound(self) -> Bound:
        """What a guide price or a unified price says of other prices."""
        return Bound(self.guide_class or self.kind, self.price, self.units, self.reference)
