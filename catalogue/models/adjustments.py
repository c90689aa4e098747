"""What suppliers and hospitals propose to change in the catalogue, with evidence, and what an officer decided."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from catalogue.models.items import Item, Product, numbered
from catalogue.querysets import AdjustmentPaperQuerySet, AdjustmentQuerySet, ProductWithdrawalQuerySet
from core.constraints import in_order, one_at_a_time, paired
from core.fields import ChoiceField
from core.triggers import append_only, recorded
from core.wall import changed, seen, written

# Its organisation, the agency and auditors; what came of it stands in the catalogue for everybody.
_PARTY = "is_told('agency', ARRAY[organisation_id])"


class Adjustment(models.Model):
    """Somebody who buys or sells proposes that something be added to the catalogue, corrected or withdrawn. An officer
    asks back, accepts, which carries the change out in the same act, or refuses with a reason.

    What is said stands by the columns of the import template; of a correction only what changes, with what the
    catalogue said when it was proposed.
    """

    class Kind(models.TextChoices):
        ADD = "add", _("addition")
        CORRECT_ITEM = "correct_item", _("correction of an item")
        CORRECT_PRODUCT = "correct_product", _("correction of a product")
        WITHDRAW = "withdraw", _("withdrawal of a product")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("waits for an answer")
        ASKED = "asked", _("asked back")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    OPEN = (Status.PROPOSED, Status.ASKED)
    MOVES = {
        Status.PROPOSED: {Status.ASKED, Status.ACCEPTED, Status.REFUSED, Status.WITHDRAWN},
        Status.ASKED: {Status.PROPOSED, Status.REFUSED, Status.WITHDRAWN},
    }

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=numbered("AJ-", "adjustment"))
    bundle = models.CharField(max_length=20, help_text=_("What was proposed together, with the same evidence."))
    status = ChoiceField(Status, default=Status.PROPOSED)
    kind = ChoiceField(Kind)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text=_("Who proposes it."))
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    said = models.JSONField(default=dict, blank=True, help_text=_("What is to be so, by columns of the template."))
    before = models.JSONField(default=dict, blank=True, help_text=_("What the catalogue said of these then."))
    reason = models.CharField(max_length=500)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    waits_since = models.DateTimeField(help_text=_("Since when somebody has to act."))
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    question = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=300, blank=True, help_text=_("Why it was refused, or withdrawn."))
    starts_on = models.DateField(null=True, blank=True, help_text=_("From this day on what was accepted holds."))

    objects = AdjustmentQuerySet.as_manager()
    policies = (seen(_PARTY), written(_PARTY), changed(_PARTY))

    class Meta:
        ordering = ("-id",)
        constraints = (
            paired("adjustment", "proposed"),
            paired("adjustment", "asked"),
            paired("adjustment", "answered"),
            paired("adjustment", "decided"),
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "asked"), decided_at=None)
                | Q(status="accepted", decided_at__isnull=False, starts_on__isnull=False)
                | Q(status__in=("refused", "withdrawn"), decided_at__isnull=False) & ~Q(decision=""),
                name="adjustment_status_is_its_facts",
            ),
            models.CheckConstraint(condition=~Q(status="asked") | ~Q(question=""), name="adjustment_asks_something"),
            models.CheckConstraint(
                condition=Q(kind="add")
                | Q(kind="correct_item", item__isnull=False, product=None)
                | Q(kind__in=("correct_product", "withdraw"), product__isnull=False),
                name="adjustment_is_of_something",
            ),
            *(
                models.UniqueConstraint(
                    fields=("organisation", "kind", thing),
                    condition=Q(status__in=("proposed", "asked")),
                    name=f"adjustment_one_of_{thing}_waits",
                    violation_error_message=_("Your proposal about this waits already."),
                )
                for thing in ("item", "product")
            ),
        )
        indexes = (
            models.Index(fields=("status", "waits_since"), name="adjustment_waiting"),
            models.Index(fields=("organisation", "-id"), name="adjustment_by_proposer"),
            models.Index(fields=("product",), name="adjustment_by_product"),
            models.Index(fields=("item",), name="adjustment_by_item"),
            models.Index(fields=("bundle",), name="adjustment_by_bundle"),
        )
        triggers = recorded(
            "adjustment",
            fills="item product decided_at decided_by starts_on",
            changes="status said before reason waits_since asked_at asked_by question answered_at"
            " answered_by answer decision",
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("catalogue:adjustment", args=[self.reference])

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def about(self) -> str:
        """What it is about: the product or item, or what is to be added."""
        if self.product or self.item:
            return str(self.product or self.item)
        said = self.said
        return " ".join(filter(None, (said.get(name, "") for name in ("item_name", "strength", "form", "maker"))))


class AdjustmentPaper(models.Model):
    """A file that shows what was proposed; what was proposed together has the same ones."""

    bundle = models.CharField(max_length=20)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    document_name = models.CharField(max_length=200)
    document = models.BinaryField(help_text=_("The file as it was uploaded."))
    sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = AdjustmentPaperQuerySet.as_manager()
    policies = (seen(_PARTY), written(_PARTY))

    class Meta:
        ordering = ("pk",)
        constraints = (
            paired("adjustment_paper", "given"),
            models.UniqueConstraint(
                fields=("bundle", "sha256"),
                name="adjustment_paper_once",
                violation_error_message=_("This file stands there already."),
            ),
        )
        triggers = append_only("adjustment_paper")

    def __str__(self) -> str:
        return self.document_name


class ProductWithdrawal(models.Model):
    """A product is out of the catalogue for a time: nothing new is bid, listed or ordered of it. What was agreed before
    stands, and so does its history."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="withdrawals")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text=_("Day on which it was taken up again."))
    reason = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)

    objects = ProductWithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ("product", "valid_from")
        constraints = (
            in_order("product_withdrawal", "valid_from", "valid_to"),
            paired("product_withdrawal", "recorded"),
            paired("product_withdrawal", "ended"),
            # On the day on which it was taken up again it is in the catalogue, and may be withdrawn anew.
            one_at_a_time(
                "product_withdrawal", ("product",), _("This product is withdrawn already."), last_included=False
            ),
        )
        triggers = recorded("product_withdrawal", fills="valid_to ended_at ended_by end_reason")

    def __str__(self) -> str:
        return f"{self.product_id} {self.valid_from}"
