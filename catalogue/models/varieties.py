"""Varieties: items that are one medicine or device in several specifications."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from catalogue.models.items import Item, numbered
from catalogue.querysets import VarietyQuerySet
from core.constraints import paired
from core.fields import ChoiceField
from core.triggers import recorded


class Variety(models.Model):
    """Items of one generic name, often of one form, that are compared with each other (品种).

    Prices and volumes of its items are converted to the main specification (主品规), which is one of them.
    """

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=numbered("V-", "variety"))
    kind = ChoiceField(Item.Kind)
    name = models.CharField(max_length=300)
    form = models.CharField(max_length=100, blank=True, help_text=_("Empty where its items have several forms."))
    name_key = models.CharField(max_length=300, editable=False)
    form_key = models.CharField(max_length=100, blank=True, editable=False)
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

    objects = VarietyQuerySet.as_manager()

    class Meta:
        ordering = ("name", "form")
        constraints = (
            paired("variety", "made"),
            models.UniqueConstraint(
                fields=("kind", "name_key", "form_key"),
                name="variety_identity",
                violation_error_message=_("There is such a variety already."),
            ),
        )
        indexes = (models.Index(fields=("name", "form", "id"), name="variety_in_order"),)
        triggers = recorded("variety", changes="main_item")

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.form)))
