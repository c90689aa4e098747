"""The procedure: tender, lots, frozen volumes and criteria."""

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, Region, Seat
from catalogue.models import Item, ProductVersion
from core.constraints import in_order, paired, positive
from core.fields import ChoiceField, PriceField, RatioField
from core.triggers import Guard, recorded
from demand.models import DemandWindow
from selection.ruleset import from_json
from tenders.models.rule_set import RuleSet
from tenders.querysets import LotQuerySet, TenderQuerySet

if TYPE_CHECKING:
    from tenders.models.evaluation import TechnicalResult


# While a tender is in preparation its parts are written anew; in SQL, for what may be removed.
IN_DRAFT = "(SELECT status FROM tenders_tender WHERE id = OLD.tender_id) = 'draft'"
LOT_IN_DRAFT = """(
    SELECT status FROM tenders_tender WHERE id = (SELECT tender_id FROM tenders_lot WHERE id = OLD.lot_id)
) = 'draft'"""
# What bidders read in the notice, and no amendment changes.
NOTICED = ("title", "kind", "region_id", "window_id", "envelopes", "openers_needed", "rule_set_id", "rules")


class Tender(models.Model):
    """One procedure with one deadline. Whether it is open follows from its facts and the clock."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        PUBLISHED = "published", _("published")
        CANCELLED = "cancelled", _("cancelled")

    MOVES = {
        Status.DRAFT: {Status.PUBLISHED, Status.CANCELLED},
        Status.PUBLISHED: {Status.CANCELLED},
    }

    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    status = ChoiceField(Status, default=Status.DRAFT)
    title = models.CharField(max_length=200)
    kind = ChoiceField(Item.Kind)
    summary = models.TextField(blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", help_text=_("Where the prices will apply."))
    window = models.ForeignKey(DemandWindow, models.PROTECT, null=True, blank=True, related_name="+")
    envelopes = models.PositiveSmallIntegerField(
        default=2, help_text=_("2: technical and commercial; 1: commercial only.")
    )
    deadline = models.DateTimeField(
        null=True, blank=True, help_text=_("A bid received before this instant is in time.")
    )
    supply_from = models.DateField(null=True, blank=True)
    supply_to = models.DateField(null=True, blank=True)
    openers_needed = models.PositiveSmallIntegerField(default=3)
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="+")
    rules = models.JSONField(default=dict, help_text=_("The rule set as frozen at publication."))
    notice = models.BinaryField(null=True, help_text=_("The signed notice; its hash stands in every bid as its terms."))
    terms = models.CharField(max_length=64, blank=True)
    demo = models.BooleanField(default=False)
    prepared_at = models.DateTimeField(help_text=_("When the draft was last changed, and by whom."))
    prepared_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.CharField(max_length=300, blank=True)

    objects = TenderQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            paired("tender", "prepared"),
            paired("tender", "published"),
            paired("tender", "cancelled"),
            in_order("tender", "supply_from", "supply_to"),
            models.CheckConstraint(condition=Q(envelopes__in=(1, 2)), name="tender_one_or_two_envelopes"),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "cancelled")) | ~Q(terms="") & Q(deadline__isnull=False),
                name="tender_published_is_complete",
                violation_error_message=_("A published tender has a deadline and terms."),
            ),
        )
        indexes = (models.Index(fields=("status", "deadline"), name="tender_by_deadline"),)
        triggers = (
            *recorded(
                "tender",
                fills="published_at published_by cancelled_at cancelled_by cancel_reason",
                changes=(
                    "status title kind summary region window envelopes deadline supply_from supply_to "
                    "openers_needed rule_set rules notice terms prepared_at prepared_by"
                ),
            ),
            Guard(
                name="tender_noticed_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.published_at IS NOT NULL AND ("
                    + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in NOTICED)
                    + ")"
                ),
                func="RAISE EXCEPTION 'what stands in a published notice stays' USING ERRCODE = 'PT006';",
            ),
            Guard(
                name="tender_published_stays",
                operation=pgtrigger.Update,
                func="""
                    IF OLD.published_at IS NULL OR (
                        NEW.status, NEW.deadline, NEW.terms, NEW.notice, NEW.published_at
                    ) IS NOT DISTINCT FROM (OLD.status, OLD.deadline, OLD.terms, OLD.notice, OLD.published_at) THEN
                        RETURN NEW;
                    END IF;
                    -- Exclusive, as the close takes it: bids in flight come first, and of close and extension one wins.
                    PERFORM pg_advisory_xact_lock(hashtextextended('tender', OLD.id));
                    IF OLD.status <> 'published' OR NEW.status NOT IN ('published', 'cancelled')
                        OR NEW.published_at IS DISTINCT FROM OLD.published_at THEN
                        RAISE EXCEPTION 'what was published stays so' USING ERRCODE = 'PT006';
                    END IF;
                    IF NEW.status = 'cancelled' AND NOT EXISTS (
                        SELECT FROM tenders_change
                        WHERE tender_id = OLD.id AND kind = 'cancellation' AND status = 'approved'
                    ) THEN
                        RAISE EXCEPTION 'a published tender is cancelled by two people' USING ERRCODE = 'PT006';
                    END IF;
                    IF (NEW.deadline, NEW.terms, NEW.notice)
                        IS NOT DISTINCT FROM (OLD.deadline, OLD.terms, OLD.notice) THEN
                        RETURN NEW;
                    END IF;
                    IF platform_clock() >= OLD.deadline
                        OR EXISTS (SELECT FROM tenders_close WHERE tender_id = OLD.id) THEN
                        RAISE EXCEPTION 'CLOSED' USING ERRCODE = 'PT005';
                    END IF;
                    IF NEW.deadline IS DISTINCT FROM OLD.deadline AND (NEW.deadline > OLD.deadline AND EXISTS (
                        SELECT FROM tenders_change
                        WHERE tender_id = OLD.id AND status = 'approved' AND deadline = NEW.deadline
                    )) IS NOT TRUE THEN
                        RAISE EXCEPTION 'a deadline is only extended, by two people' USING ERRCODE = 'PT006';
                    END IF;
                    IF (NEW.terms, NEW.notice) IS DISTINCT FROM (OLD.terms, OLD.notice) AND NOT EXISTS (
                        SELECT FROM tenders_tendernotice n JOIN tenders_change c ON c.id = n.change_id
                        WHERE n.tender_id = OLD.id AND n.sha256 = NEW.terms AND n.document = NEW.notice
                            AND c.kind = 'amendment' AND c.status = 'approved'
                    ) THEN
                        RAISE EXCEPTION 'a notice is only amended, by two people' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def open_for_bids(self, now: datetime) -> bool:
        return self.status == self.Status.PUBLISHED and self.deadline is not None and now < self.deadline

    def closed(self, now: datetime) -> bool:
        """Published, not cancelled, and the deadline has come."""
        return self.status == self.Status.PUBLISHED and self.deadline is not None and now >= self.deadline

    @cached_property
    def runs(self) -> bool:
        """Whether a lot has yet to end. Lists read it with their rows (``TenderQuerySet.for_list``)."""
        return self.lots.running().exists()

    def over(self) -> bool:
        """Whether nothing can be opened any more (``TenderQuerySet.over``)."""
        return type(self).objects.over().filter(pk=self.pk).exists()

    def openers_may_change(self) -> bool:
        """Whether places of the key list may be given to others: in preparation, and after lost keys while a call to
        reveal is prepared."""
        return self.status == self.Status.DRAFT or (
            self.status == self.Status.PUBLISHED
            and hasattr(self, "reveal_call")
            and self.reveal_call.published_at is None
        )

    def may_be_cancelled(self) -> bool:
        """An award binds, and what has ended needs no other end."""
        awarded = self.lots.filter(ending=Lot.Ending.AWARDED)
        return self.status == self.Status.DRAFT or (
            self.status == self.Status.PUBLISHED and self.runs and not awarded.exists()
        )


class Lot(models.Model):
    """What is awarded separately: one or more items compared after conversion to the reference item."""

    class Status(models.TextChoices):
        OPEN = "open", _("bids and technical evaluation")
        EVALUATED = "evaluated", _("technical result published")
        OPENED = "opened", _("prices opened")
        ENDED = "ended", _("ended")

    class Ending(models.TextChoices):
        """How a lot ended. What opened prices lead to is decided by the room of awards."""

        NONE = "", _("not ended")
        AWARDED = "awarded", _("awarded")
        NO_BID = "no_bid", _("no bid was received")
        TOO_FEW = "too_few", _("goes to negotiation: too few qualified bids for a price competition")
        NONE_QUALIFIED = "none_qualified", _("no bid passed the technical envelope")
        NONE_VALID = "none_valid", _("no opened price was valid")
        NONE_LEFT = "none_left", _("every bid with a valid price was set aside")
        CANCELLED = "cancelled", _("the tender was cancelled")
        OBJECTION_UPHELD = "objection_upheld", _("an objection was upheld")

    WITHOUT_AWARD = tuple(value for value in Ending.values if value not in ("", "awarded"))
    # What a technical result ended may be judged again after an objection.
    JUDGED = (Ending.TOO_FEW, Ending.NONE_QUALIFIED)
    MOVES = {
        Status.OPEN: {Status.EVALUATED, Status.ENDED},
        Status.EVALUATED: {Status.OPENED, Status.ENDED, Status.OPEN},
        Status.OPENED: {Status.ENDED},
        Status.ENDED: {Status.OPEN},
    }

    class Offered(models.TextChoices):
        PRODUCT = "product", _("one product")
        REGISTRATION = "registration", _("all models of a registration at one price")
        SYSTEM = "system", _("a set of parts whose prices add up")

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="lots")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    offered = ChoiceField(Offered, default=Offered.PRODUCT, help_text=_("What a bid in this lot is of."))
    with_service_fee = models.BooleanField(
        default=False, help_text=_("Bidders may ask for a service fee beside the price; it is never ranked.")
    )
    status = ChoiceField(Status, default=Status.OPEN)
    round = models.PositiveSmallIntegerField(
        default=1, help_text=_("How often its bids have been judged, this time included.")
    )
    technical_result = models.ForeignKey(
        "TechnicalResult",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The one that stands, of this round."),
    )
    quality_requirement = models.CharField(max_length=300, blank=True)
    ceiling_price = PriceField(
        null=True, blank=True, help_text=_("Highest valid price of one base unit of the reference item.")
    )
    price_before = PriceField(null=True, blank=True, help_text=_("What one base unit cost before this tender."))
    ending = ChoiceField(Ending, default=Ending.NONE)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    objects = LotQuerySet.as_manager()

    class Meta:
        ordering = ("tender", "number")
        constraints = (
            models.UniqueConstraint(fields=("tender", "number"), name="lot_number"),
            positive("lot", "ceiling_price"),
            paired("lot", "ended"),
            models.CheckConstraint(
                condition=Q(status="ended", ended_at__isnull=False) & ~Q(ending="")
                | ~Q(status="ended") & Q(ending="", ended_at=None),
                name="lot_end_has_a_code",
                violation_error_message=_("A lot ends with a code that says how."),
            ),
        )
        triggers = (
            *recorded(
                "lot",
                changes="status round technical_result quality_requirement ceiling_price ending ended_at ended_by",
                removed=IN_DRAFT,
            ),
            Guard(
                name="lot_goes_back_by_a_round",
                operation=pgtrigger.Update,
                func="""
                    IF NEW.round = OLD.round AND NEW.technical_result_id IS NOT DISTINCT FROM OLD.technical_result_id
                        AND (NEW.status <> 'open' OR OLD.status = 'open') THEN
                        RETURN NEW;
                    END IF;
                    IF NEW.round = OLD.round AND OLD.technical_result_id IS NULL AND NEW.status = OLD.status
                        AND EXISTS (
                            SELECT FROM tenders_technicalresult
                            WHERE id = NEW.technical_result_id AND lot_id = NEW.id AND round = NEW.round
                        ) THEN
                        RETURN NEW;
                    END IF;
                    IF NEW.round = OLD.round + 1 AND NEW.technical_result_id IS NULL AND NEW.status = 'open'
                        AND EXISTS (SELECT FROM tenders_round WHERE lot_id = NEW.id AND number = NEW.round)
                        AND NOT EXISTS (
                            SELECT FROM tenders_openingrequest
                            WHERE lot_id = NEW.id AND envelope LIKE '%commercial'
                        ) THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'a lot goes back by a round, before its prices are asked for'
                        USING ERRCODE = 'PT003';
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.tender} / {self.number}"

    def products_of(self, supplier: int, day: date) -> models.QuerySet[ProductVersion]:
        """What a supplier, by its primary key, may offer on a day by the rules of the tender; of whichever item."""
        dealers = from_json(self.tender.rules or self.tender.rule_set.body).evaluation.dealers
        return ProductVersion.objects.offerable().offered_by(supplier, day, dealers=dealers)

    @property
    def result(self) -> "TechnicalResult":
        """The technical result that stands; prices are asked for and opened on it alone."""
        if self.technical_result is None:
            raise LookupError(f"no technical result of {self} stands")
        return self.technical_result

    @property
    def key(self) -> str:
        """How bids and signed documents name the lot."""
        return f"L-{self.number:02d}"

    @property
    def standing(self) -> str:
        """How far it is, or how it ended, in words."""
        return self.get_ending_display() if self.ending else self.get_status_display()


class LotItem(models.Model):
    """An item of a lot: how many base units of the reference item one base unit of it counts as, where prices are
    compared (``factor``) and where volumes are added up (``volume_factor``)."""

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="lot_items")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    factor = RatioField(default=1)
    volume_factor = RatioField(default=1)

    class Meta:
        ordering = ("lot", "pk")
        constraints = (
            models.UniqueConstraint(fields=("lot", "item"), name="lot_item_once"),
            positive("lot_item", "factor"),
            positive("lot_item", "volume_factor"),
        )
        triggers = recorded("lot_item", removed=LOT_IN_DRAFT)

    def __str__(self) -> str:
        return f"{self.lot} {self.item}"


class LotPart(models.Model):
    """What a set of a lot must have: so many base units of an item. The first is the main part, one in each set."""

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ("lot", "number")
        constraints = (
            models.UniqueConstraint(fields=("lot", "number"), name="lot_part_number"),
            models.UniqueConstraint(fields=("lot", "item"), name="lot_part_once"),
            positive("lot_part", "quantity"),
            models.CheckConstraint(
                condition=~Q(number=1) | Q(quantity=1),
                name="lot_part_first_counts_sets",
                violation_error_message=_("A set has its main part, which comes first, once."),
            ),
        )
        triggers = recorded("lot_part", removed=LOT_IN_DRAFT)

    def __str__(self) -> str:
        return f"{self.item} × {self.quantity}"


class LotVolume(models.Model):
    """What one hospital needs of one item of a lot, in base units; frozen at publication."""

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="volumes")
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    quantity = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("lot", "hospital__name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("lot", "hospital", "item"), name="lot_volume_once"),
            positive("lot_volume", "quantity"),
        )
        triggers = recorded("lot_volume")

    def __str__(self) -> str:
        return f"{self.lot} {self.hospital}: {self.quantity}"


class Criterion(models.Model):
    """One line of the technical evaluation: a formal requirement, or points up to a maximum."""

    class Kind(models.TextChoices):
        FORMAL = "formal", _("formal requirement")
        SCORED = "scored", pgettext_lazy("criterion", "scored")

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    kind = ChoiceField(Kind)
    title = models.CharField(max_length=200)
    guidance = models.CharField(max_length=500, blank=True)
    max_points = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("tender", "number")
        constraints = (
            models.UniqueConstraint(fields=("tender", "number"), name="criterion_number"),
            models.CheckConstraint(
                condition=Q(kind="formal", max_points=0) | Q(kind="scored", max_points__gt=0),
                name="criterion_points_if_scored",
                violation_error_message=_("A scored criterion has points; a formal one has none."),
            ),
        )
        triggers = recorded("criterion", changes="title guidance max_points", removed=IN_DRAFT)

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"C-{self.number:02d}"
