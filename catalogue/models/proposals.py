"""Dynamic adjustment: suppliers and hospitals propose what the catalogue should say, and officers answer."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from catalogue.models.imports import CatalogueImport
from catalogue.models.items import Item, Product
from catalogue.querysets import ProposalQuerySet
from core.constraints import paired
from core.fields import ChoiceField
from core.triggers import recorded


class CatalogueProposal(models.Model):
    """An addition, a correction or a withdrawal that somebody outside the agency proposes, with evidence.

    An accepted correction is an edit of the catalogue, an accepted addition a file that is imported.
    """

    class Kind(models.TextChoices):
        ADDITION = "addition", _("addition")
        CORRECTION = "correction", _("correction")
        WITHDRAWAL = "withdrawal", _("withdrawal")

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("waits for the agency")
        RETURNED = "returned", _("asked back")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    OPEN = (Status.SUBMITTED, Status.RETURNED)
    MOVES = {
        Status.SUBMITTED: {Status.RETURNED, Status.ACCEPTED, Status.REFUSED, Status.WITHDRAWN},
        Status.RETURNED: {Status.SUBMITTED, Status.REFUSED, Status.WITHDRAWN},
    }

    reference = models.CharField(max_length=20, unique=True)
    kind = ChoiceField(Kind)
    status = ChoiceField(Status, default=Status.SUBMITTED)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=300, help_text=_("What it is about, as the catalogue calls it or should."))
    changes = models.JSONField(
        default=dict, help_text=_("What the catalogue should say, as text by the name of its column.")
    )
    reason = models.CharField(max_length=500)
    evidence = models.CharField(max_length=300, help_text=_("The paper that says so: its number and day."))
    document_name = models.CharField(max_length=200, blank=True)
    document = models.BinaryField(null=True, blank=True, help_text=_("The paper as it was uploaded."))
    sha256 = models.CharField(max_length=64, blank=True)
    waits_since = models.DateTimeField(help_text=_("Since when somebody has to act."))
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    question = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)
    batch = models.ForeignKey(
        CatalogueImport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The import that an accepted addition became."),
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            paired("catalogue_proposal", "proposed"),
            paired("catalogue_proposal", "returned"),
            paired("catalogue_proposal", "answered"),
            models.CheckConstraint(
                condition=Q(kind="addition", item=None, product=None)
                | Q(kind="correction") & (Q(item__isnull=False, product=None) | Q(item=None, product__isnull=False))
                | Q(kind="withdrawal", item=None, product__isnull=False),
                name="catalogue_proposal_is_about_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("submitted", "returned", "withdrawn"), answered_at=None)
                | Q(status="accepted", answered_at__isnull=False)
                | Q(status="refused", answered_at__isnull=False) & ~Q(answer=""),
                name="catalogue_proposal_status_is_its_facts",
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "-id"), name="catalogue_proposal_by_whom"),
            models.Index(fields=("status", "waits_since"), name="catalogue_proposal_waiting"),
        )
        triggers = recorded(
            "catalogue_proposal",
            fills="answered_at answered_by answer batch",
            changes="status changes reason evidence document_name document sha256 waits_since returned_at"
            " returned_by question",
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("catalogue:proposal", args=[self.reference])
