"""Purchase plans: what of a window's demand is bought on which way, drafted by one person and decided by another."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region, Seat
from catalogue.models import Item
from core.constraints import paired, positive
from core.fields import ChoiceField, PriceField
from core.triggers import Guard, recorded
from demand.models import DemandWindow
from selection.ranking import Ceiling
from tenders.querysets import PlanLineQuerySet, PurchasePlanQuerySet

PLAN_IN_DRAFT = "(SELECT status FROM tenders_purchaseplan WHERE id = OLD.plan_id) = 'draft'"


class PurchasePlan(models.Model):
    """What an agency buys of the items of a demand window: for each the lane, the quality and the ceiling."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        DECIDED = "decided", _("decided")
        DROPPED = "dropped", _("dropped")

    MOVES = {Status.DRAFT: {Status.DECIDED, Status.DROPPED}}

    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    status = ChoiceField(Status, default=Status.DRAFT)
    title = models.CharField(max_length=200)
    kind = ChoiceField(Item.Kind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text=_("Where the prices will apply."))
    window = models.ForeignKey(DemandWindow, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(help_text=_("When the draft was last changed, and by whom."))
    prepared_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    drop_reason = models.CharField(max_length=300, blank=True)

    objects = PurchasePlanQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            paired("purchase_plan", "prepared"),
            paired("purchase_plan", "decided"),
            paired("purchase_plan", "dropped"),
            models.CheckConstraint(
                condition=Q(status="draft", decided_at=None, dropped_at=None)
                | Q(status="decided", decided_at__isnull=False, dropped_at=None)
                | Q(status="dropped", decided_at=None, dropped_at__isnull=False),
                name="purchase_plan_status_is_its_facts",
            ),
        )
        indexes = (models.Index(fields=("agency", "status"), name="purchase_plan_of_agency"),)
        triggers = (
            *recorded(
                "purchase_plan",
                fills="decided_at decided_by dropped_at dropped_by drop_reason",
                changes="status prepared_at prepared_by",
            ),
            Guard(
                name="purchase_plan_needs_two_people",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'INSERT' AND NEW.status <> 'draft' THEN
                        RAISE EXCEPTION 'a plan begins as a draft' USING ERRCODE = 'PT006';
                    END IF;
                    IF TG_OP = 'UPDATE' AND OLD.status <> 'draft' THEN
                        RAISE EXCEPTION 'a plan is decided once, and stays' USING ERRCODE = 'PT006';
                    END IF;
                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.decided_by_id)
                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.prepared_by_id) THEN
                        RAISE EXCEPTION 'a plan needs two people' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class PlanLine(models.Model):
    """One item of a plan: on which way it is bought and why, the quality asked for, and the ceiling with its basis."""

    class Lane(models.TextChoices):
        TENDER = "tender", _("tender")
        NEGOTIATION = "negotiation", _("negotiation")
        SINGLE_SOURCE = "single_source", _("single-source commitment: the quantity cannot be known")
        LISTING = "listing", _("listing")
        EMERGENCY = "emergency", _("emergency purchase")
        DESIGNATED = "designated", _("designated production")
        SPECIAL = "special", _("special rules")
        RENEWAL = "renewal", _("renewal")
        ELSEWHERE = "elsewhere", _("decided elsewhere")

    class Basis(models.TextChoices):
        """Where a ceiling comes from."""

        NONE = "", _("no ceiling")
        BEFORE = "before", _("price before")
        GUIDE = "guide", _("guide price")
        OTHERS = "others", _("lowest winning price elsewhere")
        PUBLISHED = "published", _("published ceiling")
        SURVEY = "survey", _("price survey")

    plan = models.ForeignKey(PurchasePlan, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField(help_text=_("Its line in the demand window."))
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    lane = ChoiceField(Lane)
    reason = models.CharField(max_length=300, blank=True, help_text=_("Why this lane, or one more specification."))
    quality_requirement = models.CharField(max_length=300, blank=True)
    ceiling_price = PriceField(null=True, blank=True, help_text=_("Highest valid price, as published."))
    ceiling_units = models.PositiveIntegerField(default=1, help_text=_("For how many base units the ceiling price is."))
    ceiling_basis = ChoiceField(Basis, default=Basis.NONE)
    price_before = PriceField(
        null=True, blank=True, help_text=_("What one base unit cost when the line was planned, by the price register.")
    )

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        ordering = ("plan", "number")
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="plan_line_number"),
            models.UniqueConstraint(fields=("plan", "item"), name="plan_line_once"),
            positive("plan_line", "ceiling_price"),
            positive("plan_line", "ceiling_units"),
        )
        triggers = (
            *recorded("plan_line", removed=PLAN_IN_DRAFT),
            Guard(
                name="plan_line_of_a_draft",
                operation=pgtrigger.Insert,
                func="""
                    IF (SELECT status FROM tenders_purchaseplan WHERE id = NEW.plan_id) <> 'draft' THEN
                        RAISE EXCEPTION 'a decided plan gets no more lines' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan.reference} / {self.number}"

    @property
    def ceiling(self) -> Ceiling | None:
        """The ceiling as it was published; None where there is none."""
        return None if self.ceiling_price is None else Ceiling(self.ceiling_price, self.ceiling_units)
