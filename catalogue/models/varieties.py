"""Varieties: items that are one medicine or device in several specifications."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from catalogue.models.items import Item, numbered
from catalogue.querysets import VarietyQuerySet
from core.constraints import paired
from core.fields import ChoiceField
from core.triggers import recorded
from selection.conversion import ConversionRules, RuleSet, rule_set


class Variety(models.Model):
    """Items of one generic name, often of one form, that are compared with each other (品种).

    Prices and volumes of its items are converted to the main specification (主品规), which is one of them, by a set of
    rules. One that has ended has no items any more; another of its name may be made then.
    """

    class Rules(models.TextChoices):
        NDRC = "ndrc-2011", _("Comparable prices of medicines")
        VOLUME_BASED = "volume-based", _("Volume-based procurement: packs in proportion")
        INSULIN = "insulin-2024", _("Insulins: presentations of one maker")

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=numbered("V-", "variety"))
    kind = ChoiceField(Item.Kind)
    name = models.CharField(max_length=300)
    form = models.CharField(max_length=100, blank=True, help_text=_("Empty where its items have several forms."))
    name_key = models.CharField(max_length=300, editable=False)
    form_key = models.CharField(max_length=100, blank=True, editable=False)
    rules = ChoiceField(Rules, default=Rules.NDRC)
    main_item = models.ForeignKey(
        Item,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The main specification, to which the others are converted."),
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)

    objects = VarietyQuerySet.as_manager()

    class Meta:
        ordering = ("name", "form")
        constraints = (
            paired("variety", "made"),
            paired("variety", "ended"),
            models.UniqueConstraint(
                fields=("kind", "name_key", "form_key"),
                condition=Q(ended_at=None),
                name="variety_identity",
                violation_error_message=_("There is such a variety already."),
            ),
        )
        indexes = (models.Index(fields=("name", "form", "id"), name="variety_in_order"),)
        triggers = recorded(
            "variety", fills="ended_at ended_by end_reason", changes="main_item name form name_key form_key rules"
        )

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.form)))

    def get_absolute_url(self) -> str:
        return reverse("catalogue:variety", args=[self.reference])

    @property
    def rule_set(self) -> RuleSet:
        """By which its items are converted, with title and source."""
        return rule_set(self.rules)

    @property
    def conversion(self) -> ConversionRules:
        return self.rule_set.rules
