"""The framework contract that follows from an award, and what each hospital agreed to buy under it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from awards.models import Award
from catalogue.models import Listing, ProductVersion, Shortage
from contracts.querysets import (
    AgreedVolumeQuerySet,
    ContractLineQuerySet,
    ContractProductQuerySet,
    ContractQuerySet,
)
from contracts.rules import (
    LATEST_ARRIVAL_DAYS,
    LONGEST_CAP,
    PAYMENT_LIMIT,
    PAYMENT_RULES_VERSION,
    PaymentRule,
    PaymentTerm,
    covering_packs,
    packs_that_fit,
)
from core.constraints import in_order, not_negative, paired, positive
from core.fields import ChoiceField, PriceField, RatioField
from core.triggers import append_only, recorded


class Contract(models.Model):
    """Supplier and agency, the agency for its hospitals: prices and volumes for a term.

    A lot that is awarded later, after an objection, gets a contract of its own. What a supplier has listed in a year
    stands in one agreement on prices alone, which nobody signs anew: the application and its listing are the
    signatures, and each further listing adds its line.
    """

    class Kind(models.TextChoices):
        AWARD = "award", _("from awards")
        LISTING = "listing", _("prices of listings")

    class Status(models.TextChoices):
        DRAFT = "draft", _("to be signed")
        SIGNED = "signed", _("signed by both sides")
        TERMINATED = "terminated", _("terminated")
        VOID = "void", _("set aside unsigned")

    MOVES = {Status.DRAFT: {Status.SIGNED, Status.VOID}, Status.SIGNED: {Status.TERMINATED}}

    class DueBy(models.TextChoices):
        DAYS = PaymentRule.DAYS, _("a number of days from acceptance")
        END_OF_NEXT_MONTH = PaymentRule.END_OF_NEXT_MONTH, _("the end of the month after acceptance")

    reference = models.CharField(max_length=20, unique=True)
    status = ChoiceField(Status, default=Status.DRAFT)
    kind = ChoiceField(Kind, default=Kind.AWARD)
    source = models.CharField(
        max_length=40,
        blank=True,
        help_text=_("Reference of the procedure that its awards came from; empty where it has listings."),
    )
    title = models.CharField(max_length=200, help_text=_("Title of that procedure, or what the agreement is on."))
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text=_("Last day on which hospitals may order."))
    payment_rule = ChoiceField(DueBy, default=DueBy.DAYS)
    payment_days = models.PositiveSmallIntegerField(
        null=True, blank=True, default=30, help_text=_("Calendar days from a debt's first day; of that rule alone.")
    )
    payment_cap = models.PositiveSmallIntegerField(
        default=PAYMENT_LIMIT, help_text=_("A debt is never due later than so many calendar days from its first day.")
    )
    cap_policy = models.CharField(max_length=200, blank=True, help_text=_("The policy that raises the cap above 30."))
    payer_rule = models.ForeignKey(
        "PayerRule", models.PROTECT, related_name="+", help_text=_("Who owes what hospitals accept, by the day.")
    )
    payment_rules_version = models.PositiveSmallIntegerField(default=PAYMENT_RULES_VERSION)
    minimum_shelf_life = models.PositiveSmallIntegerField(
        default=180, help_text=_("Days that a batch must still last on delivery.")
    )
    latest_arrival_days = models.PositiveSmallIntegerField(
        default=LATEST_ARRIVAL_DAYS, help_text=_("Days after the end until which orders of the term may be delivered.")
    )
    agreed_delay = models.PositiveSmallIntegerField(
        default=0, help_text=_("Working days that a delivery may be late before the hospital may close the rest.")
    )
    demo = models.BooleanField(default=False)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    signed_by_supplier_at = models.DateTimeField(null=True, blank=True)
    signed_by_supplier_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    signed_by_agency_at = models.DateTimeField(null=True, blank=True)
    signed_by_agency_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    terminated_at = models.DateTimeField(null=True, blank=True)
    terminated_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    terminate_reason = models.CharField(max_length=300, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            in_order("contract", "starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(kind="award") & ~Q(source="") | Q(kind="listing", source=""),
                name="contract_source_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(payment_rule="days", payment_days__isnull=False)
                | Q(payment_rule="end_of_next_month", payment_days=None),
                name="contract_payment_days_of_their_rule",
            ),
            models.CheckConstraint(
                condition=Q(payment_cap__range=(1, PAYMENT_LIMIT))
                | Q(payment_cap__lte=LONGEST_CAP, payment_cap__gt=PAYMENT_LIMIT) & ~Q(cap_policy=""),
                name="contract_payment_cap_within_policy",
                violation_error_message=_("A cap above 30 days needs the policy's name, and none goes beyond 60."),
            ),
            paired("contract", "prepared"),
            paired("contract", "signed_by_supplier"),
            paired("contract", "signed_by_agency"),
            paired("contract", "terminated"),
            paired("contract", "voided"),
            models.CheckConstraint(
                condition=Q(status="void", voided_at__isnull=False) | ~Q(status="void") & Q(voided_at=None),
                name="contract_void_is_its_fact",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "void"))
                | Q(signed_by_supplier_at__isnull=False, signed_by_agency_at__isnull=False),
                name="contract_in_force_needs_both_signatures",
                violation_error_message=_("Both sides must sign before the contract is in force."),
            ),
        )
        indexes = (
            models.Index(fields=("source", "supplier"), name="contract_by_source"),
            models.Index(fields=("supplier", "-id"), name="contract_by_supplier"),
        )
        triggers = recorded(
            "contract",
            fills=(
                "signed_by_supplier_at signed_by_supplier_by signed_by_agency_at signed_by_agency_by terminated_at "
                "terminated_by terminate_reason voided_at voided_by"
            ),
            changes="status supplier",
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("contracts:contract", args=[self.reference])

    @property
    def payment_term(self) -> PaymentTerm:
        return PaymentTerm(
            rule=PaymentRule(self.payment_rule),
            days=self.payment_days,
            cap=self.payment_cap,
            policy=self.cap_policy,
            version=self.payment_rules_version,
        )

    def open_for_orders(self, today: date) -> bool:
        return self.status == self.Status.SIGNED and self.starts_on <= today <= self.ends_on


class ContractLine(models.Model):
    """One award, or one listing: what is sold at which price. Its products draw on one agreed volume together.

    The ordinary line has one product; one of a registration has all its models, and one of a system the parts of a
    set, which are ordered together. The line of a listing has its product alone, nothing is agreed of it, and it counts
    while the listing does.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField(help_text=_("How orders name the line."))
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="+")
    listing = models.ForeignKey(Listing, models.PROTECT, null=True, related_name="+")
    unit = models.CharField(max_length=40, help_text=_("What its volumes count: tablet, stent, set."))
    void = models.BooleanField(
        default=False, help_text=_("Set aside with its contract; its award may stand in another.")
    )
    is_set = models.BooleanField(default=False, help_text=_("Its products are the parts of a set."))
    price = PriceField(help_text=_("Of a pack of its first product, or of a set."))
    units = RatioField(help_text=_("How many units such a pack draws; 1 for a set."))

    objects = ContractLineQuerySet.as_manager()

    class Meta:
        ordering = ("contract", "number")
        constraints = (
            models.UniqueConstraint(fields=("contract", "number"), name="contract_line_number"),
            models.UniqueConstraint(fields=("award",), condition=Q(void=False), name="contract_line_of_an_award_once"),
            models.UniqueConstraint(fields=("contract", "listing"), name="contract_line_of_a_listing_once"),
            models.CheckConstraint(
                condition=Q(award__isnull=False, listing=None) | Q(award=None, listing__isnull=False, is_set=False),
                name="contract_line_of_an_award_or_a_listing",
            ),
            not_negative("contract_line", ("price",)),
            positive("contract_line", "units"),
            models.CheckConstraint(condition=Q(is_set=False) | Q(units=1), name="contract_line_counts_sets"),
        )
        triggers = recorded("contract_line", changes="void")

    def __str__(self) -> str:
        return f"{self.contract} / {self.number}"

    @property
    def name(self) -> str:
        """What is bought: the item, or the lot where it is of several. ``with_products`` fetches it."""
        items = {product.product_version.product.item for product in self.products.all()}
        return str(items.pop()) if len(items) == 1 or self.award is None else self.award.part_title

    @property
    def title(self) -> str:
        """The lot that it comes from, or the listing."""
        return self.award.part_title if self.award else self.listing.reference if self.listing else ""


class ContractProduct(models.Model):
    """A product that can be ordered from a line, in the version that was bid, at its own price a pack.

    ``units`` is what one pack draws of the agreed volume. Of a set the first part counts, of which it has one pack,
    and the others draw nothing. ``factor`` is that of the award's product in prices.
    """

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="products")
    number = models.PositiveSmallIntegerField(help_text=_("How orders name it within its line."))
    product_version = models.ForeignKey(ProductVersion, models.PROTECT, related_name="+")
    price = PriceField(help_text=_("Price a pack."))
    service_fee = PriceField(null=True, help_text=_("Owed beside the price, a pack."))
    pack_size = models.PositiveIntegerField(help_text=_("Base units in one pack."))
    factor = RatioField()
    units = RatioField()
    quantity = models.PositiveIntegerField(default=1, help_text=_("How many base units a set has of it; 1 otherwise."))

    objects = ContractProductQuerySet.as_manager()

    class Meta:
        ordering = ("line", "number")
        constraints = (
            models.UniqueConstraint(fields=("line", "number"), name="contract_product_number"),
            models.UniqueConstraint(fields=("line", "product_version"), name="contract_product_once"),
            not_negative("contract_product", ("price", "units")),
            positive("contract_product", "pack_size"),
            positive("contract_product", "factor"),
            positive("contract_product", "quantity"),
        )
        triggers = append_only("contract_product")

    def __str__(self) -> str:
        return f"{self.line} / {self.number}"


class AgreedVolume(models.Model):
    """What one hospital agreed to buy of one contract line (a floor), in the line's unit, and how much it may at most.
    Of a listing's line nothing is agreed: the row is there once the hospital orders, and counts what it did.

    ``ordered`` is what its orders have drawn and not released, the counter that orders lock: the sum of
    (packs - released) times units over their lines.
    """

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="volumes")
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    agreed = models.PositiveBigIntegerField()
    maximum = models.PositiveBigIntegerField(null=True, blank=True)
    ordered = RatioField(default=0)

    objects = AgreedVolumeQuerySet.as_manager()

    class Meta:
        ordering = ("line", "hospital__name")
        constraints = (
            models.UniqueConstraint(fields=("line", "hospital"), name="agreed_volume_once"),
            not_negative("agreed_volume", ("ordered",)),
            models.CheckConstraint(
                condition=Q(maximum=None) | Q(ordered__lte=models.F("maximum")),
                name="agreed_volume_maximum_holds",
                violation_error_message=_("This is more than the contract's maximum for the hospital."),
            ),
            models.CheckConstraint(
                condition=Q(maximum=None) | Q(maximum__gte=models.F("agreed")),
                name="agreed_volume_maximum_not_below_floor",
                violation_error_message=_("The maximum cannot be below the agreed volume."),
            ),
        )
        indexes = (models.Index(fields=("hospital", "line"), name="agreed_volume_by_hospital"),)
        triggers = recorded("agreed_volume", changes="hospital agreed maximum ordered", removed=True)

    def __str__(self) -> str:
        return f"{self.line} {self.hospital_id}"

    @property
    def orderables(self) -> "list[Orderable]":
        """What the hospital may order of it: each product by itself, or the set. ``with_products`` fetches it."""
        products = list(self.line.products.all())
        if self.line.is_set:
            return [Orderable(self, tuple(products))]
        return [Orderable(self, (product,), named=len(products) > 1) for product in products]


@dataclass(frozen=True)
class Orderable:
    """A row of an order form: one product, or the parts of a set. ``named``: it must be told apart in its line;
    ``deliverer``: where an order would go, ``in_force``: what it would cost, ``departs``: whether the hospital is
    committed to another supplier, ``shortage``: that it is short there, and ``borne``: what a patient bears of a pack
    above its payment standard, once that was asked for."""

    volume: AgreedVolume
    products: tuple[ContractProduct, ...]
    named: bool = False
    deliverer: Organisation | None = None
    in_force: Decimal | None = None
    departs: bool = False
    shortage: Shortage | None = None
    borne: Decimal | None = None

    @property
    def line(self) -> ContractLine:
        return self.volume.line

    @property
    def first(self) -> ContractProduct:
        return self.products[0]

    @property
    def number(self) -> int | None:
        """How an order row names the product, where the line has several."""
        return self.first.number if self.named else None

    @property
    def name(self) -> str:
        """The set, or the product's item; models of a line are told apart by brand and code."""
        if self.line.is_set:
            return self.line.name
        version = self.first.product_version
        told_apart = (version.brand, version.national_code) if self.named else ()
        return " · ".join(filter(None, (str(version.product.item), *told_apart)))

    @property
    def price(self) -> Decimal:
        """Of a pack, or of a set: in force where that was asked for, else as the contract has it."""
        if self.in_force is not None:
            return self.in_force
        return self.line.price if self.line.is_set else self.first.price

    @property
    def units(self) -> Decimal:
        return self.first.units

    @property
    def packs_to_agreed(self) -> int:
        """Whole packs that fulfil what is left of the agreed volume; a started pack counts."""
        return covering_packs(max(self.volume.agreed - self.volume.ordered, Decimal(0)), self.units)

    @property
    def packs_to_maximum(self) -> int | None:
        return packs_that_fit(self.volume.maximum, self.volume.ordered, self.units)
