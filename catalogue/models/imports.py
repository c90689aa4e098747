"""Uploaded files on their way into the catalogue."""

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from catalogue.querysets import CatalogueImportQuerySet, StagedRowQuerySet
from catalogue.rules import Layout
from core.constraints import paired
from core.errors import Fault
from core.fields import ChoiceField
from core.triggers import recorded


class CatalogueImport(models.Model):
    """An uploaded file on its way into the catalogue: staged, previewed, merged or discarded."""

    class Status(models.TextChoices):
        STAGING = "staging", _("being read")
        FAULTY = "faulty", _("has errors")
        READY = "ready", _("ready to merge")
        MERGING = "merging", _("being merged")
        MERGED = "merged", _("merged")
        DISCARDED = "discarded", _("discarded")

    class Layout(models.TextChoices):
        NATIONAL_LIST = Layout.NATIONAL_LIST.value, _("national list")
        TEMPLATE = Layout.TEMPLATE.value, _("items and products")
        PRICES = Layout.PRICES.value, _("prices")

    # Until the merge has happened the file may be discarded, whatever a worker is doing with it. A merge that
    # finds the catalogue changed since the preview, so that rows no longer fit, leaves the file faulty.
    MOVES = {
        Status.STAGING: {Status.FAULTY, Status.READY, Status.DISCARDED},
        Status.FAULTY: {Status.DISCARDED},
        Status.READY: {Status.MERGING, Status.DISCARDED},
        Status.MERGING: {Status.MERGED, Status.FAULTY, Status.DISCARDED},
    }

    reference = models.CharField(max_length=20, unique=True)
    status = ChoiceField(Status, default=Status.STAGING)
    layout = ChoiceField(Layout)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(help_text=_("The file as it was uploaded, so that any worker can read it."))
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(default=0, help_text=_("Rows in the file; a guess while it is being read."))
    rows_done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    notes = models.JSONField(
        default=list, help_text=_("What was passed over, or taken though hidden: a list of {message, values}.")
    )
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    merged_at = models.DateTimeField(null=True, blank=True)
    merged_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CatalogueImportQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            paired("catalogue_import", "uploaded"),
            paired("catalogue_import", "approved"),
            paired("catalogue_import", "merged"),
        )
        indexes = (models.Index(fields=("sha256",), name="catalogue_import_by_content"),)
        triggers = recorded(
            "catalogue_import",
            fills="approved_at approved_by merged_at merged_by",
            changes="status rows rows_done new changed same faulty notes",
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def status_tone(self) -> str:
        tones = {"staging": "info", "faulty": "bad", "ready": "warn", "merging": "info", "merged": "good"}
        return tones.get(self.status, "quiet")

    @property
    def told(self) -> list[str]:
        """The notes in the reader's language."""
        return [_told(note["message"], note["values"]) for note in self.notes]

    @property
    def is_prices(self) -> bool:
        return self.layout == self.Layout.PRICES


class StagedRow(models.Model):
    """One row of an uploaded file as it was read, with what is wrong with it or what it would do."""

    class Effect(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("unchanged")
        FAULTY = "faulty", _("has an error")

    batch = models.ForeignKey(CatalogueImport, models.CASCADE, related_name="staged_rows")
    number = models.PositiveIntegerField(help_text=_("Row in the file, the header being row 1."))
    effect = ChoiceField(Effect)
    values = models.JSONField(default=dict)
    faults = models.JSONField(
        default=list, help_text=_("A list of {column, message, value, values}: values fill the message's gaps.")
    )

    changes = models.JSONField(default=dict, help_text=_("What the row would change: a pair of old and new by column."))

    objects = StagedRowQuerySet.as_manager()

    class Meta:
        ordering = ("batch", "number")
        constraints = (models.UniqueConstraint(fields=("batch", "number"), name="staged_row_number"),)
        indexes = (models.Index(fields=("batch", "effect", "number"), name="staged_row_by_effect"),)

    def __str__(self) -> str:
        return f"row {self.number}"

    def told(self) -> list[Fault]:
        """What is wrong with the row, in the reader's language; its values are words of ours or the file's."""
        return [
            Fault(_told(fault["message"], fault["values"]), fault["column"], self.number, code="invalid")
            for fault in self.faults
        ]


def _told(sentence: str, values: dict[str, Any]) -> str:
    filling = {name: gettext(value) if isinstance(value, str) and value else value for name, value in values.items()}
    return gettext(sentence) % filling if filling else gettext(sentence)
