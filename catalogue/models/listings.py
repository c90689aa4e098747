"""What suppliers sell without an award: applied for, reviewed, listed by a second person, suspended, delisted."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region, Seat
from catalogue.models.items import Item, Product, numbered
from catalogue.models.varieties import Variety
from catalogue.querysets import ListingQuerySet, SingleSourceQuerySet
from core.constraints import in_order, one_at_a_time, paired, positive
from core.fields import ChoiceField, PriceField
from core.triggers import append_only, recorded
from core.wall import changed, seen, written

# Once it is listed everybody reads it; before that its supplier, the agency and auditors.
PUBLISHED = ("listed", "suspended", "delisted")
_PUBLISHED = ", ".join(f"'{status}'" for status in PUBLISHED)
_PARTY = "is_told('agency', ARRAY[{supplier}])"
_STEP = f"""EXISTS (SELECT FROM catalogue_listing AS whole WHERE whole.id = listing_id
    AND ({{of}} OR {_PARTY.format(supplier="whole.supplier_id")}))"""


class Listing(models.Model):
    """A supplier sells one product in a region at a price a pack, to every hospital there that wants it.

    Listing is the way of what is not tendered (GBF[2015]7: negotiated for patented and exclusive medicines, direct for
    women, children, emergencies, infusions and low prices, and what is short). The price is the supplier's own
    application, which the agency lists or does not; while it is listed the register has it as a ``listing`` price.
    """

    class Basis(models.TextChoices):
        NEGOTIATED = "negotiated", _("negotiated")
        DIRECT = "direct", _("direct listing")
        SHORTAGE = "shortage", _("shortage")
        DESIGNATED = "designated", _("designated production")
        RECORDED = "recorded", _("bought by hospitals on record")

    class Status(models.TextChoices):
        APPLIED = "applied", _("applied for")
        ASKED = "asked", _("asked back")
        REVIEWED = "reviewed", _("reviewed, to be listed")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LISTED = "listed", _("listed")
        SUSPENDED = "suspended", _("suspended")
        DELISTED = "delisted", _("delisted")

    MOVES = {
        Status.APPLIED: {Status.ASKED, Status.REVIEWED, Status.REFUSED, Status.WITHDRAWN},
        Status.ASKED: {Status.APPLIED, Status.REFUSED, Status.WITHDRAWN},
        Status.REVIEWED: {Status.APPLIED, Status.LISTED, Status.REFUSED, Status.WITHDRAWN},
        Status.LISTED: {Status.SUSPENDED, Status.DELISTED},
        Status.SUSPENDED: {Status.LISTED, Status.DELISTED},
    }

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=numbered("LS-", "listing"))
    status = ChoiceField(Status, default=Status.APPLIED)
    product = models.ForeignKey(Product, models.PROTECT, related_name="listings")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    basis = ChoiceField(Basis)
    price = PriceField(help_text=_("Of a pack, as the supplier applied for it."))
    pack_size = models.PositiveIntegerField(help_text=_("Base units in such a pack."))
    valid_from = models.DateField(help_text=_("First day on which it can be ordered."))
    evidence = models.CharField(max_length=500, help_text=_("What the application rests on: notice, price elsewhere."))
    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    listed_at = models.DateTimeField(null=True, blank=True)
    listed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ListingQuerySet.as_manager()
    policies = (
        seen(f"status IN ({_PUBLISHED}) OR {_PARTY.format(supplier='supplier_id')}"),
        written(_PARTY.format(supplier="supplier_id")),
        changed(_PARTY.format(supplier="supplier_id")),
    )

    class Meta:
        ordering = ("-id",)
        constraints = (
            positive("listing", "price"),
            positive("listing", "pack_size"),
            paired("listing", "applied"),
            paired("listing", "reviewed"),
            paired("listing", "listed"),
            models.CheckConstraint(
                condition=Q(listed_by=None) | Q(reviewed_by__isnull=False) & ~Q(listed_by=F("reviewed_by")),
                name="listing_by_two",
                violation_error_message=_("Somebody else than who reviewed the application lists the product."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=PUBLISHED) | Q(listed_at__isnull=False), name="listing_published_was_listed"
            ),
            models.UniqueConstraint(
                fields=("product", "region", "supplier"),
                condition=Q(status__in=("applied", "asked", "reviewed")),
                name="listing_one_application",
                violation_error_message=_("An application for this product and region waits already."),
            ),
            models.UniqueConstraint(
                fields=("product", "region"),
                condition=Q(status__in=("listed", "suspended")),
                name="listing_one_of_a_product_and_region",
                violation_error_message=_("This product is listed in this region already."),
            ),
        )
        indexes = (
            models.Index(fields=("status", "-id"), name="listing_by_status"),
            models.Index(fields=("supplier", "-id"), name="listing_by_supplier"),
            models.Index(fields=("product", "-valid_from"), name="listing_by_product"),
        )
        triggers = recorded(
            "listing",
            fills="listed_at listed_by",
            changes="status supplier price pack_size valid_from evidence basis applied_at applied_by reviewed_at"
            " reviewed_by",
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("catalogue:listing", args=[self.reference])

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer, of the agency or of its supplier."""
        return self.status in (self.Status.APPLIED, self.Status.ASKED, self.Status.REVIEWED)


class ListingStep(models.Model):
    """What became of a listing from a day on, by whom and why: how it stood on a day is its last step by then."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="steps")
    status = ChoiceField(Listing.Status)
    day = models.DateField(help_text=_("From this day on it stands so."))
    reason = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    policies = (
        seen(_STEP.format(of=f"catalogue_listingstep.status IN ({_PUBLISHED})")),
        written(_STEP.format(of="FALSE")),
    )

    class Meta:
        ordering = ("listing", "id")
        constraints = (paired("listing_step", "taken"),)
        indexes = (models.Index(fields=("listing", "-day", "-id"), name="listing_step_by_day"),)
        triggers = append_only("listing_step")

    def __str__(self) -> str:
        return f"{self.listing_id} {self.status} {self.day}"


class SingleSource(models.Model):
    """Hospitals buy an item, or all of a variety, of one supplier in a time: what a sole winner got for its price
    (GBF[2019]2: the agreed volume is bought of the winner first). Another supplier's product is ordered for a reason
    only."""

    class Departure(models.TextChoices):
        """Why something else is bought all the same."""

        NONE = "", _("none")
        NOT_DELIVERED = "not_delivered", _("the committed supplier does not deliver")
        CLINICAL = "clinical", _("a patient needs another product")
        EMERGENCY = "emergency", _("emergency or public health")
        FULFILLED = "fulfilled", _("the committed volume is bought")

    reference = models.CharField(
        max_length=20, unique=True, editable=False, db_default=numbered("SS-", "single_source")
    )
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    variety = models.ForeignKey(Variety, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    hospital = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Empty: all of the region.")
    )
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(help_text=_("Last day."))
    source = models.CharField(max_length=300, help_text=_("The decision or contract that says so."))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)

    objects = SingleSourceQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_from", "-id")
        constraints = (
            in_order("single_source", "valid_from", "valid_to"),
            paired("single_source", "recorded"),
            paired("single_source", "ended"),
            models.CheckConstraint(
                condition=Q(item__isnull=False, variety=None) | Q(item=None, variety__isnull=False),
                name="single_source_of_an_item_or_a_variety",
            ),
            one_at_a_time(
                "single_source",
                (
                    Coalesce(F("item"), Value(0)),
                    Coalesce(F("variety"), Value(0)),
                    "region",
                    Coalesce(F("hospital"), Value(0)),
                ),
                _("Another commitment holds for the same item, region and hospital in this time."),
            ),
        )
        indexes = (
            models.Index(fields=("item", "-valid_to"), name="single_source_by_item"),
            models.Index(fields=("variety", "-valid_to"), name="single_source_by_variety"),
        )
        triggers = recorded("single_source", fills="ended_at ended_by end_reason", changes="supplier valid_to")

    def __str__(self) -> str:
        return self.reference
