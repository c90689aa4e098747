"""The national release of codes on its way into the catalogue: the file in pieces, how far it is, and its rows."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.models.imports import CatalogueImport, told_faults
from core.errors import Fault
from core.fields import ChoiceField
from core.triggers import append_only


class ReleasePiece(models.Model):
    """A stretch of the uploaded file, as it was uploaded, so that any worker can read it from anywhere."""

    batch = models.ForeignKey(CatalogueImport, models.PROTECT, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("batch", "number"), name="release_piece_once"),)
        triggers = append_only("release_piece")

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class ReleaseRun(models.Model):
    """How far reading and merging a release have come. What it counts is said in the events of the import too."""

    batch = models.OneToOneField(CatalogueImport, models.CASCADE, primary_key=True, related_name="run")
    classes = ArrayField(
        models.CharField(max_length=20), help_text=_("Beginnings of the codes that are taken; none: all.")
    )
    size = models.BigIntegerField(help_text=_("Bytes of the file."))
    mark = models.JSONField(help_text=_("From where the next worker reads on: place in the file, row, columns."))
    rows_read = models.PositiveIntegerField(default=0)
    rows_expected = models.PositiveIntegerField(default=0, help_text=_("A guess while the file is read."))
    passed_over = models.PositiveIntegerField(default=0, help_text=_("Rows of classes that were not asked for."))
    counts = models.JSONField(default=dict, help_text=_("Rows by what they would do."))
    merged_rows = models.PositiveIntegerField(default=0)
    began = models.DateTimeField(help_text=_("When reading, or merging, began."))
    told = models.DateTimeField(help_text=_("When it last went on."))

    def __str__(self) -> str:
        return f"{self.batch_id} {self.mark}"

    @property
    def to_merge(self) -> int:
        """Rows that change anything."""
        return sum(self.counts.get(effect, 0) for effect in ReleaseRow.WRITES)

    def progress(self, done: int, total: int) -> dict[str, Any]:
        """Rows a second since it began, and the time that the rest will take at that rate."""
        seconds = max((self.told - self.began).total_seconds(), 0)
        rate = round(done / seconds) if seconds and done else 0
        left = timedelta(seconds=max(total - done, 0) // rate) if rate else None
        return {"done": done, "total": max(total, done), "rate": rate, "left": left}

    def stands_still(self, now: datetime) -> bool:
        """Whether no worker has told of itself for longer than one needs for what it does at once."""
        return now - self.told > timedelta(minutes=5)


class ReleaseRow(models.Model):
    """One row of a release as it was read, with what it would do or what is wrong with it."""

    class Effect(models.TextChoices):
        KEPT = "kept", pgettext_lazy("rows of a release", "kept")
        ADDED = "added", pgettext_lazy("rows of a release", "added")
        CHANGED = "changed", pgettext_lazy("rows of a release", "changed")
        REMAPPED = "remapped", pgettext_lazy("rows of a release", "remapped")
        DISABLED = "disabled", pgettext_lazy("rows of a release", "disabled")
        FAULTY = "faulty", pgettext_lazy("rows of a release", "with errors")

    WRITES = (Effect.ADDED, Effect.CHANGED, Effect.REMAPPED, Effect.DISABLED)

    batch = models.ForeignKey(CatalogueImport, models.CASCADE, related_name="release_rows")
    number = models.PositiveIntegerField(help_text=_("Row in the file, the header being row 1."))
    effect = ChoiceField(Effect)
    code = models.CharField(max_length=27, blank=True)
    old_code = models.CharField(max_length=27, blank=True)
    code_prefix = models.CharField(max_length=10, blank=True)
    category_code = models.CharField(max_length=6, blank=True)
    category = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=300, blank=True)
    name_key = models.CharField(max_length=300, blank=True)
    strength = models.CharField(max_length=200, blank=True)
    strength_key = models.CharField(max_length=200, blank=True)
    generic_class = models.CharField(max_length=200, blank=True)
    material = models.CharField(max_length=200, blank=True)
    feature = models.CharField(max_length=300, blank=True)
    maker = models.CharField(max_length=200, blank=True)
    maker_name_key = models.CharField(max_length=200, blank=True)
    maker_code = models.CharField(max_length=5, blank=True)
    brand = models.CharField(max_length=200, blank=True)
    approval_number = models.CharField(max_length=60, blank=True)
    specification = models.CharField(max_length=300, blank=True)
    model = models.CharField(max_length=300, blank=True)
    udi_di = models.CharField(max_length=40, blank=True)
    product_number = models.BigIntegerField(null=True, help_text=_("The product that the catalogue had for the code."))
    version_number = models.BigIntegerField(null=True, help_text=_("Its version when the row was judged."))
    changes = models.JSONField(null=True, help_text=_("What the row would change: a pair of old and new by column."))
    faults = models.JSONField(null=True, help_text=_("A list of {column, message, value, values}."))

    class Meta:
        ordering = ("batch", "effect", "number")
        indexes = (
            models.Index(fields=("batch", "effect", "number"), name="release_row_by_effect"),
            models.Index(fields=("batch", "code"), name="release_row_by_code", condition=~models.Q(code="")),
            models.Index(
                fields=("batch", "old_code"), name="release_row_by_old_code", condition=~models.Q(old_code="")
            ),
            models.Index(
                fields=("batch", "product_number"),
                name="release_row_by_product",
                condition=models.Q(effect__in=("changed", "remapped")),
            ),
        )

    def __str__(self) -> str:
        return f"row {self.number}"

    def told(self) -> list[Fault]:
        """What is wrong with the row, in the reader's language."""
        return told_faults(self.faults or [], self.number)
