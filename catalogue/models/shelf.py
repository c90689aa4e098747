"""A supplier's own shelf: its licences, approvals and reports, each filled once and used in every bid and listing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from catalogue.models.items import Product
from catalogue.querysets import ShelfQuerySet
from catalogue.validity import DocumentKind
from core.constraints import in_order, paired
from core.fields import ChoiceField
from core.triggers import append_only, recorded


class ShelfDocument(models.Model):
    """A document of a supplier, with its last day. It is of the company, or of the products that its uses name."""

    Kind = DocumentKind

    reference = models.CharField(max_length=20, unique=True)
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = ChoiceField(DocumentKind)
    number = models.CharField(max_length=80)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True, help_text=_("Last day; empty where it has none."))
    note = models.CharField(max_length=200, blank=True)
    document_name = models.CharField(max_length=200, blank=True)
    document = models.BinaryField(null=True, blank=True, help_text=_("The file as it was uploaded."))
    sha256 = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawal_reason = models.CharField(max_length=200, blank=True)
    warned_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("How many days ahead the last warning of its end was.")
    )

    objects = ShelfQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            paired("shelf_document", "added"),
            paired("shelf_document", "withdrawn"),
            in_order("shelf_document", "valid_from", "valid_until"),
            models.UniqueConstraint(
                fields=("supplier", "kind", "number", "valid_until"),
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="shelf_document_once",
                violation_error_message=_("This document stands on the shelf already."),
            ),
            models.CheckConstraint(
                condition=Q(document=None, document_name="", sha256="")
                | Q(document__isnull=False) & ~Q(document_name="") & ~Q(sha256=""),
                name="shelf_document_file_is_whole",
            ),
        )
        indexes = (
            models.Index(fields=("supplier", "-id"), name="shelf_document_by_supplier"),
            models.Index(fields=("valid_until",), name="shelf_document_ending", condition=Q(withdrawn_at=None)),
        )
        triggers = recorded(
            "shelf_document",
            fills="document document_name sha256 withdrawn_at withdrawn_by withdrawal_reason",
            changes="warned_days",
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class ShelfUse(models.Model):
    """A product that a document of the shelf is about."""

    document = models.ForeignKey(ShelfDocument, models.PROTECT, related_name="uses")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("document", "pk")
        constraints = (models.UniqueConstraint(fields=("document", "product"), name="shelf_use_once"),)
        indexes = (models.Index(fields=("product",), name="shelf_use_by_product"),)
        triggers = append_only("shelf_use")

    def __str__(self) -> str:
        return f"{self.document} · {self.product}"
