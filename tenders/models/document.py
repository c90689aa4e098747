"""The documents of a tender: its own, the contract's text and others, hashed into the notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from core.constraints import paired
from core.fields import ChoiceField
from core.triggers import recorded
from tenders.models.tender import IN_DRAFT, Tender


class TenderDocument(models.Model):
    """A file that belongs to a tender. Those that a notice names, by their hashes, are everybody's; what is attached
    after publication counts for nothing until an amendment names it."""

    class Kind(models.TextChoices):
        TENDER = "tender", _("tender document")
        CONTRACT = "contract", _("text of the contract")
        OTHER = "other", _("other document")

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="documents")
    number = models.PositiveSmallIntegerField()
    kind = ChoiceField(Kind)
    name = models.CharField(max_length=200)
    content = models.BinaryField(help_text=_("The file as it was uploaded."))
    sha256 = models.CharField(max_length=64)
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("tender", "number")
        constraints = (
            models.UniqueConstraint(fields=("tender", "number"), name="tender_document_number"),
            models.UniqueConstraint(fields=("tender", "sha256"), name="tender_document_once"),
            paired("tender_document", "attached"),
        )
        triggers = recorded("tender_document", removed=IN_DRAFT)

    def __str__(self) -> str:
        return self.name
