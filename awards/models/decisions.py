"""What the agency decides on opened prices: proposals, awards and the products that they cover."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, Region, Seat
from awards.querysets import AllocationQuerySet, AwardQuerySet, DecisionQuerySet
from catalogue.models import ProductVersion
from core.constraints import in_order, paired, positive
from core.fields import ChoiceField, PriceField, RatioField
from core.triggers import Guard, append_only, recorded
from tenders.models import Lot

# What each hospital needs of a lot as it was published, beside what a decision on it allocates to the hospital.
_HELD = """
    WITH needed AS (
        SELECT volume.hospital_id, ceil(sum(volume.quantity * item.volume_factor)) AS units
        FROM tenders_lotvolume AS volume
        JOIN tenders_lotitem AS item ON item.lot_id = volume.lot_id AND item.item_id = volume.item_id
        WHERE volume.lot_id = {decision}.lot_id GROUP BY volume.hospital_id
    ), allocated AS (
        SELECT hospital_id, sum(quantity) AS units FROM awards_allocation
        WHERE decision_id = {decision}.id GROUP BY hospital_id
    )
    SELECT needed.units AS needed, allocated.units AS allocated FROM needed FULL JOIN allocated USING (hospital_id)
"""


class Verb(TextChoices):
    """What may happen in this room; the label is the sentence of the timeline."""

    AWARD_PROPOSED = "award.proposed", _("%(actor)s proposed to award lot %(lot)s to %(supplier)s")
    LOT_AWARDED = "lot.awarded", _("%(actor)s awarded lot %(lot)s to %(supplier)s")
    PROPOSAL_WITHDRAWN = (
        "award.withdrawn",
        _("%(actor)s withdrew the proposal for lot %(lot)s: another bid is to follow"),
    )
    LOT_NOT_AWARDED = "award.none", _("%(actor)s decided that lot %(lot)s is not awarded: %(ending)s")
    NEGOTIATION_OPENED = (
        "negotiation.opened",
        _("%(actor)s opened negotiation %(negotiation)s on lot %(lot)s with %(supplier)s"),
    )
    RESERVE_COMMITTED = "negotiation.committed", _("%(actor)s sealed the reserve price; its hash is %(hash)s")
    EXPERT_SKIPPED = "negotiation.skipped", _("%(actor)s went on without the expert, who was silent")
    OFFER_MADE = "negotiation.offered", _("%(actor)s made offer %(number)s")
    QUOTE_COMPARED = "negotiation.compared", _("%(actor)s held offer %(number)s against the reserve price: %(result)s")
    COUNTER_PROPOSED = "negotiation.proposed", _("%(actor)s proposed an answer to offer %(number)s")
    COUNTER_SIGNED = "negotiation.countered", _("%(actor)s signed the table's answer to offer %(number)s")
    TALKS_CLOSED = "negotiation.closed", _("%(actor)s closed the talks: the minutes follow")
    RESERVE_DISCLOSED = "negotiation.disclosed", _("%(actor)s disclosed the reserve price, which fits its hash")
    MINUTES_DRAFTED = "negotiation.drafted", _("%(actor)s drafted minutes %(number)s")
    MINUTES_SIGNED = "negotiation.signed", _("%(actor)s signed minutes %(number)s")
    NEGOTIATION_AGREED = "negotiation.agreed", _("Negotiation %(negotiation)s on lot %(lot)s ended: agreed")
    PRICE_SEALED = (
        "negotiation.sealed",
        _("Negotiation %(negotiation)s on lot %(lot)s ended: agreed at a confidential price with the hash %(hash)s"),
    )
    NEGOTIATION_FAILED = (
        "negotiation.failed",
        _("Negotiation %(negotiation)s on lot %(lot)s failed: %(reason)s; it leads to %(leads_on)s"),
    )
    NEGOTIATION_FOLLOWED = "negotiation.followed", _("%(actor)s recorded what followed: %(what)s")


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
    set_aside = models.PositiveSmallIntegerField(
        null=True, help_text=_("Place of the award for which it was withdrawn: its bid is not proposed again.")
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
                condition=Q(set_aside=None) | Q(status="withdrawn"), name="decision_set_aside_is_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(awarded_at=None) | Q(awarded_at__gte=F("standstill_until")),
                name="decision_waits_for_the_standstill",
                violation_error_message=_("The standstill is not over: bidders can still object."),
            ),
        )
        indexes = (models.Index(fields=("status", "standstill_until"), name="decision_by_standstill"),)
        triggers = (
            *recorded(
                "decision",
                fills="awarded_at awarded_by withdrawn_at withdrawn_by withdraw_reason set_aside",
                changes="status",
            ),
            Guard(
                name="decision_allocates_the_volume",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func=f"""
                    IF EXISTS (
                        SELECT FROM ({_HELD.format(decision="NEW")}) AS held
                        WHERE held.needed IS DISTINCT FROM held.allocated
                    ) THEN
                        RAISE EXCEPTION 'allocations add up to what each hospital needs' USING ERRCODE = 'PT007';
                    END IF;
                    RETURN NULL;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.lot} {self.number}"

    def in_standstill(self, now: datetime) -> bool:
        return self.status == self.Status.PROPOSED and now < self.standstill_until


class Award(models.Model):
    """One supplier's part in a decision: proposed with it, binding once the decision is awarded.

    It carries what follows from it, so that nobody has to look back at bids: ``source``, ``part`` and ``bid`` name
    where it came from in words only.
    """

    class Kind(models.TextChoices):
        WINNER = "winner", pgettext_lazy("award", "winner")
        STANDBY = "standby", pgettext_lazy("award", "standby")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="awards")
    place = models.PositiveSmallIntegerField(help_text=_("1 is first among the winners; standbys come after them."))
    kind = ChoiceField(Kind, default=Kind.WINNER)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text=_("Where the price applies."))
    source = models.CharField(max_length=40, help_text=_("Reference of the procedure."))
    source_title = models.CharField(max_length=200)
    part = models.CharField(max_length=20, help_text=_("The lot, as documents name it."))
    part_title = models.CharField(max_length=300)
    bid = models.CharField(max_length=20, help_text=_("Reference of the bid."))
    unit = models.CharField(max_length=40, help_text=_("Base unit of the lot's reference item: volumes count it."))
    is_set = models.BooleanField(default=False, help_text=_("Its products are the parts of a set."))
    price = PriceField(help_text=_("Price a pack, of the product that was compared; of a set, price a set."))
    pack_size = models.PositiveIntegerField(help_text=_("Base units in that pack; a set is one."))
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
        indexes = (
            models.Index(fields=("supplier", "decision"), name="award_by_supplier"),
            models.Index(fields=("source", "supplier"), name="award_by_source"),
        )
        triggers = append_only("award")

    def __str__(self) -> str:
        return f"{self.origin} {self.bid}"

    @property
    def origin(self) -> str:
        """Procedure and lot, as documents name them."""
        return f"{self.source} / {self.part}"


class AwardProduct(models.Model):
    """A product that an award covers, at its own price a pack; the first is the one that was compared.

    One base unit of it counts as ``factor`` base units of the lot's reference item in prices, as ``volume_factor`` in
    volumes. Of a set the first part counts as one set, the others are of it and count nothing.
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="products")
    number = models.PositiveSmallIntegerField()
    product_version = models.ForeignKey(ProductVersion, models.PROTECT, related_name="+")
    price = PriceField(help_text=_("Price a pack."))
    service_fee = PriceField(null=True, help_text=_("Asked beside the price, a pack; never ranked."))
    pack_size = models.PositiveIntegerField(help_text=_("Base units in one pack."))
    factor = RatioField()
    volume_factor = RatioField()
    quantity = models.PositiveIntegerField(default=1, help_text=_("How many base units a set has of it; 1 otherwise."))

    class Meta:
        ordering = ("award", "number")
        constraints = (
            models.UniqueConstraint(fields=("award", "number"), name="award_product_number"),
            models.UniqueConstraint(fields=("award", "product_version"), name="award_product_once"),
            positive("award_product", "pack_size"),
            positive("award_product", "factor"),
            positive("award_product", "volume_factor"),
            positive("award_product", "quantity"),
        )
        triggers = append_only("award_product")

    def __str__(self) -> str:
        return f"{self.award} / {self.number}"


class Allocation(models.Model):
    """What of a hospital's need in a lot falls to a winner in a year, in base units of the lot's main specification.

    Written with the proposal, read of binding decisions. What a rule gives to nobody is a row without an award: it is
    listed and never lost.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="allocations")
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="allocations")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text=_("Of the hospital."))
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(help_text=_("Of the supply period."))
    quantity = models.PositiveBigIntegerField()

    objects = AllocationQuerySet.as_manager()

    class Meta:
        ordering = ("decision", "award", "region", "hospital")
        constraints = (
            models.UniqueConstraint(
                fields=("decision", "hospital", "year", "award"), name="allocation_once", nulls_distinct=False
            ),
            positive("allocation", "quantity"),
        )
        triggers = (
            *append_only("allocation"),
            Guard(
                name="allocation_within_the_volume",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="changed_rows"),
                func=f"""
                    IF EXISTS (
                        SELECT FROM changed_rows JOIN awards_award AS award ON award.id = changed_rows.award_id
                        WHERE award.decision_id <> changed_rows.decision_id OR award.kind <> 'winner'
                    ) THEN
                        RAISE EXCEPTION 'winners of a decision have its allocations' USING ERRCODE = 'PT007';
                    END IF;
                    IF EXISTS (
                        SELECT FROM awards_decision AS decision,
                            LATERAL ({_HELD.format(decision="decision")}) AS held
                        WHERE decision.id IN (SELECT decision_id FROM changed_rows)
                            AND held.allocated > coalesce(held.needed, 0)
                    ) THEN
                        RAISE EXCEPTION 'no more is allocated than a hospital needs' USING ERRCODE = 'PT007';
                    END IF;
                    RETURN NULL;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision} {self.hospital_id} {self.year}: {self.quantity}"
