"""Changes of the price register: proposed by one person, confirmed by another."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, Region, Seat
from catalogue.models.items import Item, Product
from catalogue.models.prices import PriceEntry
from catalogue.querysets import PriceChangeQuerySet, PriceLineQuerySet
from core.constraints import in_order, not_negative, paired, positive
from core.fields import ChoiceField, PriceField
from core.triggers import Guard, recorded
from core.wall import changed, seen, written

# What is proposed may be a price that nobody else is ever to see: the agency and auditors read it, the agency writes.
_SEEN = "is_told('agency', '{}')"
_AGENCY = "current_setting('procurement.reads', true) = 'agency'"


class PriceChange(models.Model):
    """Prices that one person of the agency proposes, with reason and source, and another confirms.

    Until then nothing of it is in the register. Who confirms may ask back first; what was proposed stays as it is, and
    is withdrawn where it was wrong.
    """

    class Act(models.TextChoices):
        RECORD = "record", pgettext_lazy("price change", "prices from a day on")
        CUT = "cut", pgettext_lazy("price change", "cut by decision")
        UNIFY = "unify", pgettext_lazy("price change", "one national price")
        END = "end", pgettext_lazy("price change", "end of a price")

    class Status(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("price change", "waits for a second person")
        RETURNED = "returned", pgettext_lazy("price change", "asked back")
        CONFIRMED = "confirmed", pgettext_lazy("price change", "confirmed")
        REFUSED = "refused", pgettext_lazy("price change", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("price change", "withdrawn")

    MOVES = {
        Status.PROPOSED: {Status.RETURNED, Status.CONFIRMED, Status.REFUSED, Status.WITHDRAWN},
        Status.RETURNED: {Status.PROPOSED, Status.REFUSED, Status.WITHDRAWN},
    }
    OPEN = (Status.PROPOSED, Status.RETURNED)

    reference = models.CharField(max_length=20, unique=True)
    act = ChoiceField(Act)
    status = ChoiceField(Status, default=Status.PROPOSED)
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=300, help_text=_("Notice, contract or page that says so."))
    figures = models.JSONField(default=dict, blank=True, help_text=_("What the rule looked at, where one was asked."))
    question = models.CharField(max_length=500, blank=True, help_text=_("What the second person asked back."))
    answer = models.CharField(max_length=500, blank=True)
    refusal = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PriceChangeQuerySet.as_manager()
    policies = (seen(_SEEN), written(_AGENCY), changed(_AGENCY))

    class Meta:
        ordering = ("-pk",)
        constraints = (
            paired("price_change", "proposed"),
            paired("price_change", "decided"),
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "returned"), decided_at=None)
                | Q(status__in=("confirmed", "refused", "withdrawn"), decided_at__isnull=False),
                name="price_change_status_is_its_facts",
            ),
        )
        indexes = (models.Index(fields=("status", "-id"), name="price_change_by_status"),)
        triggers = (
            *recorded("price_change", fills="decided_at decided_by refusal", changes="status question answer"),
            Guard(
                name="price_change_needs_two_people",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NEW.status = 'confirmed' AND (SELECT person_id FROM accounts_seat WHERE id = NEW.decided_by_id)
                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.proposed_by_id) THEN
                        RAISE EXCEPTION 'a change of prices needs two people' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("catalogue:price-change", args=[self.reference])


class PriceLine(models.Model):
    """One price of a change: an entry that is to begin, or one that is to end."""

    change = models.ForeignKey(PriceChange, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    kind = ChoiceField(PriceEntry.Kind)
    guide_class = ChoiceField(PriceEntry.GuideClass, default=PriceEntry.GuideClass.NONE)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    hospital = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    price = PriceField()
    units = models.PositiveIntegerField(default=1)
    unrounded = PriceField(null=True, blank=True)
    steps = models.JSONField(
        default=list, blank=True, help_text=_("How it was converted: a list of {name, ratio, factor}.")
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    visibility = ChoiceField(PriceEntry.Visibility, default=PriceEntry.Visibility.PUBLIC)
    parties = ArrayField(models.BigIntegerField(), default=list, blank=True)
    public_from = models.DateField(null=True, blank=True)
    ends = models.ForeignKey(
        PriceEntry, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("The entry that is to end.")
    )
    entry = models.OneToOneField(
        PriceEntry, models.PROTECT, null=True, blank=True, related_name="line", help_text=_("What came of it.")
    )

    objects = PriceLineQuerySet.as_manager()
    policies = (seen(_SEEN), written(_AGENCY), changed(_AGENCY))

    class Meta:
        ordering = ("change", "number")
        constraints = (
            not_negative("price_line", ("price",)),
            positive("price_line", "units"),
            in_order("price_line", "valid_from", "valid_to"),
            models.UniqueConstraint(fields=("change", "number"), name="price_line_number"),
            models.CheckConstraint(condition=Q(ends=None) | Q(entry=None), name="price_line_begins_or_ends"),
        )
        indexes = (models.Index(F("item"), name="price_line_by_item"),)
        triggers = recorded("price_line", fills="entry")

    def __str__(self) -> str:
        return f"{self.change} · {self.number}"

    @property
    def only_binds(self) -> bool:
        """Whether it says what listings may cost at most, and is no price by itself."""
        return self.change.act == PriceChange.Act.CUT and self.kind == PriceEntry.Kind.LISTING
