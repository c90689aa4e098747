"""Who may offer what another makes: agents and dealers, each for a time and with its evidence."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from catalogue.models.items import Maker, Product, numbered
from catalogue.querysets import AuthorisationQuerySet
from core.constraints import in_order, one_at_a_time, paired
from core.fields import ChoiceField
from core.triggers import recorded


class Authorisation(models.Model):
    """A maker or holder lets a supplier offer its products, or one of them, from a day on.

    The sole agent of imported goods stands in the maker's place (GBF[2010]56: the general agent is treated as the
    manufacturer). A dealer may offer where the rules of a tender say so.
    """

    class Kind(models.TextChoices):
        SOLE_AGENT = "sole_agent", _("sole agent of imports")
        DEALER = "dealer", _("authorised dealer")

    reference = models.CharField(
        max_length=20, unique=True, editable=False, db_default=numbered("AU-", "authorisation")
    )
    kind = ChoiceField(Kind)
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    maker = models.ForeignKey(Maker, models.PROTECT, related_name="authorisations")
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Empty: all of the maker's.")
    )
    valid_from = models.DateField()
    valid_to = models.DateField(help_text=_("Last day, as the letter says."))
    evidence = models.CharField(max_length=300, help_text=_("The letter: who signed it, its number and day."))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was ended before its last day."))
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)

    objects = AuthorisationQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_from", "-pk")
        constraints = (
            in_order("authorisation", "valid_from", "valid_to"),
            paired("authorisation", "recorded"),
            paired("authorisation", "ended"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="authorisation_end_has_a_reason",
                violation_error_message=_("Say why it ends before its day."),
            ),
            one_at_a_time(
                "authorisation",
                ("maker", Coalesce(F("product"), Value(0))),
                _("Another sole agent is recorded for the same products and time."),
                only=Q(kind="sole_agent"),
            ),
        )
        indexes = (models.Index(fields=("supplier", "maker", "valid_to"), name="authorisation_by_supplier"),)
        triggers = recorded("authorisation", fills="ended_at ended_by end_reason", changes="supplier valid_to")

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("catalogue:authorisations") + f"?q={self.reference}"
