"""What the agency decides on opened prices: proposals, awards and the products that they cover."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region, Seat
from awards.querysets import AwardQuerySet, DecisionQuerySet
from catalogue.models import ProductVersion
from core.constraints import in_order, paired, positive
from core.fields import ChoiceField, PriceField, RatioField
from core.triggers import append_only, recorded
from tenders.models import Lot


class Verb(TextChoices):
    """What may happen in this room; the label is the sentence of the timeline."""

    AWARD_PROPOSED = "award.proposed", _("%(actor)s proposed to award lot %(lot)s to %(supplier)s")
    LOT_AWARDED = "lot.awarded", _("%(actor)s awarded lot %(lot)s to %(supplier)s")
    PROPOSAL_WITHDRAWN = (
        "award.withdrawn",
        _("%(actor)s withdrew the proposal for lot %(lot)s: another bid is to follow"),
    )
    LOT_NOT_AWARDED = "award.none", _("%(actor)s decided that lot %(lot)s is not awarded: no opened price was valid")


class Decision(models.Model):
    """Whom the agency proposes on a lot's opened prices, made public, and from ``awarded_at`` on the binding decision.

    A lot has one that stands; those before it were withdrawn.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("award proposed")
        AWARDED = "awarded", _("awarded")
        WITHDRAWN = "withdrawn", _("proposal withdrawn")

    MOVES = {Status.PROPOSED: {Status.AWARDED, Status.WITHDRAWN}}

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    status = ChoiceField(Status, default=Status.PROPOSED)
    standstill_until = models.DateTimeField(help_text=_("Until then bidders may object."))
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    awarded_at = models.DateTimeField(null=True, blank=True)
    awarded_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    withdraw_reason = models.CharField(max_length=300, blank=True)
    set_aside = models.BooleanField(
        default=False, help_text=_("Withdrawn so that another bid is proposed: its own bids are not proposed again.")
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("lot", "number")
        constraints = (
            models.UniqueConstraint(fields=("lot", "number"), name="decision_number"),
            models.UniqueConstraint(fields=("lot",), condition=~Q(status="withdrawn"), name="decision_one_stands"),
            paired("decision", "proposed"),
            paired("decision", "awarded"),
            paired("decision", "withdrawn"),
            models.CheckConstraint(
                condition=Q(status="proposed", awarded_at=None, withdrawn_at=None)
                | Q(status="awarded", awarded_at__isnull=False, withdrawn_at=None)
                | Q(status="withdrawn", awarded_at=None, withdrawn_at__isnull=False) & ~Q(withdraw_reason=""),
                name="decision_status_is_its_facts",
            ),
            models.CheckConstraint(
                condition=Q(set_aside=False) | Q(status="withdrawn"), name="decision_set_aside_is_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(awarded_at=None) | Q(awarded_at__gte=F("standstill_until")),
                name="decision_waits_for_the_standstill",
                violation_error_message=_("The standstill is not over: bidders can still object."),
            ),
        )
        indexes = (models.Index(fields=("status", "standstill_until"), name="decision_by_standstill"),)
        triggers = recorded("decision")

    def __str__(self) -> str:
        return f"{self.lot} {self.number}"

    def in_standstill(self, now: datetime) -> bool:
        return self.status == self.Status.PROPOSED and now < self.standstill_until


class Award(models.Model):
    """One supplier's share in a decision: proposed with it, binding once the decision is awarded.

    It carries what follows from it, so that nobody has to look back at bids: ``source`` and ``bid`` name where it came
    from in words only.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="awards")
    place = models.PositiveSmallIntegerField(help_text=_("1 is first among the winners."))
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text=_("Where the price applies."))
    source = models.CharField(max_length=40, help_text=_("Tender and lot, as documents name them."))
    bid = models.CharField(max_length=20, help_text=_("Reference of the bid."))
    price = PriceField(help_text=_("Price a pack, of the product that was compared."))
    pack_size = models.PositiveIntegerField(help_text=_("Base units in that pack."))
    factor = RatioField(help_text=_("How many base units of the lot's reference item one base unit counts as."))
    price_before = PriceField(
        null=True, help_text=_("What one base unit of the lot's reference item cost before this tender.")
    )
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ("decision", "place")
        constraints = (
            models.UniqueConstraint(fields=("decision", "place"), name="award_place"),
            models.UniqueConstraint(fields=("decision", "bid"), name="award_once_a_bid"),
            in_order("award", "starts_on", "ends_on"),
            positive("award", "place"),
            positive("award", "pack_size"),
            positive("award", "factor"),
        )
        indexes = (models.Index(fields=("supplier", "decision"), name="award_by_supplier"),)
        triggers = append_only("award")

    def __str__(self) -> str:
        return f"{self.source} {self.bid}"


class AwardProduct(models.Model):
    """A product that an award covers, at its own price a pack; the first is the one that was compared."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="products")
    number = models.PositiveSmallIntegerField()
    product_version = models.ForeignKey(ProductVersion, models.PROTECT, related_name="+")
    price = PriceField(help_text=_("Price a pack."))
    pack_size = models.PositiveIntegerField(help_text=_("Base units in one pack."))
    factor = RatioField(help_text=_("How many base units of the lot's reference item one base unit counts as."))

    class Meta:
        ordering = ("award", "number")
        constraints = (
            models.UniqueConstraint(fields=("award", "number"), name="award_product_number"),
            models.UniqueConstraint(fields=("award", "product_version"), name="award_product_once"),
            positive("award_product", "pack_size"),
            positive("award_product", "factor"),
        )
        triggers = append_only("award_product")

    def __str__(self) -> str:
        return f"{self.award} / {self.number}"
