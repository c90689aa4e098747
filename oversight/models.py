"""Signed heads of the trail, and checks of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.triggers import append_only


class Verb(models.TextChoices):
    """What is recorded of the trail itself."""

    TRAIL_CHECKED = "trail.checked", _("The whole trail was checked; faults: %(faults)s")


class TrailHead(models.Model):
    """The platform's signature under the trail as it was at one instant, sent to where its operator cannot reach it."""

    # One comes whatever happens, and is signed: an event would say nothing more.
    untold = ("insert",)

    number = models.BigIntegerField(help_text=_("How many links the trail had. Nobody is told: it would tell of bids."))
    hash = models.CharField(max_length=64, help_text=_("Hash of the last of them."))
    document = models.BinaryField(help_text=_("Signed document trail-head/1."))
    sha256 = models.CharField(max_length=64, help_text=_("Hash of the document's body."))
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        triggers = append_only("trail_head")

    def __str__(self) -> str:
        return self.sha256

    @property
    def text(self) -> str:
        """The document as it was signed."""
        return bytes(self.document).decode()


class TrailCheck(models.Model):
    """One check of the whole trail, and what it found."""

    looked_at = models.JSONField(help_text=_("How many of what: links, rows, documents and the like."))
    faults = models.PositiveIntegerField()
    told = models.JSONField(help_text=_("The first faults, a sentence each."))
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        triggers = append_only("trail_check")

    def __str__(self) -> str:
        return f"{self.checked_at}: {self.faults}"
