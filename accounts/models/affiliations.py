"""Which organisations belong together, from when until when, and by which document."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.filings import AffiliationKind, Filing
from accounts.models.organisations import Organisation
from accounts.querysets import AffiliationQuerySet
from core.constraints import in_order, one_at_a_time
from core.fields import ChoiceField, PointsField
from core.triggers import recorded


class Affiliation(models.Model):
    """Two organisations that belong together: a holder and its contract maker, or both under one control. What
    follows from it is a rule set's to say."""

    Kind = AffiliationKind

    kind = ChoiceField(AffiliationKind)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations")
    other = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    share = PointsField(null=True, blank=True, help_text=_("Per cent of the other, where the document says so."))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text=_("Last day; empty while open-ended."))
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="begun")
    ending = models.ForeignKey(Filing, models.PROTECT, null=True, blank=True, related_name="ended")

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_from", "-pk")
        constraints = (
            in_order("affiliation", "valid_from", "valid_to"),
            models.CheckConstraint(condition=~Q(organisation=F("other")), name="affiliation_is_of_two"),
            models.CheckConstraint(
                condition=Q(valid_to=None, ending=None) | Q(valid_to__isnull=False, ending__isnull=False),
                name="affiliation_ends_by_a_filing",
            ),
            one_at_a_time(
                "affiliation",
                ("organisation", "other", "kind"),
                _("This is on record already for the same time."),
            ),
        )
        triggers = recorded("affiliation", fills="ending", changes="valid_to")

    def __str__(self) -> str:
        return f"{self.organisation} – {self.other}"
