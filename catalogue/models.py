"""The unified catalogue of drugs and consumables, and the price register."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat, Upper
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region, Seat
from catalogue.querysets import (
    CatalogueImportQuerySet,
    ItemQuerySet,
    PriceEntryQuerySet,
    ProductQuerySet,
    ProductVersionQuerySet,
    StagedRowQuerySet,
)
from catalogue.rules import Layout
from core.constraints import in_order, not_negative, paired, positive
from core.errors import Fault
from core.fields import ChoiceField, PriceField
from core.triggers import recorded


class Verb(models.TextChoices):
    """What may happen in this room; the label is the sentence of the timeline."""

    IMPORT_STAGED = "import.staged", _("%(actor)s uploaded %(file)s")
    IMPORT_READ = "import.read", _("%(file)s was read: %(rows)s rows, %(faulty)s with errors")
    IMPORT_APPROVED = "import.approved", _("%(actor)s decided to merge %(file)s")
    IMPORT_MERGED = (
        "import.merged",
        _("%(file)s was merged: %(new)s new, %(changed)s changed, %(same)s unchanged"),
    )
    IMPORT_OVERTAKEN = (
        "import.overtaken",
        _("%(file)s was not merged: the catalogue has changed, and %(faulty)s rows no longer fit"),
    )
    IMPORT_DISCARDED = "import.discarded", _("%(actor)s discarded %(file)s")
    PRICE_RECORDED = "price.recorded", _("%(actor)s recorded the %(kind)s %(price)s for %(item)s from %(first_day)s")
    PRICES_SEARCHED = "price.searched", _("%(actor)s searched the price register for %(asked)s")
    PRICE_ENDED = "price.ended", _("%(actor)s ended the %(kind)s %(price)s for %(item)s on %(last_day)s")


def _numbered(prefix: str, sequence: str) -> Concat:
    """The database's default of a public reference: a prefix and the next number of a sequence."""
    number = Cast(Func(Value(f"reference_{sequence}"), function="nextval"), models.CharField())
    return Concat(Value(prefix), number)


class Item(models.Model):
    """A brand-free drug (generic name, form, strength, route) or consumable (category, specification).

    A national code is not an identity: the same code prefix is printed with several names in the
    real list, so identity is prefix *and* printed name *and* strength.
    """

    class Kind(models.TextChoices):
        DRUG = "drug", _("drug")
        CONSUMABLE = "consumable", _("consumable")

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=_numbered("I-", "item"))
    kind = ChoiceField(Kind)
    name = models.CharField(max_length=300)
    strength = models.CharField(
        max_length=200, blank=True, help_text=_("Strength of a drug, specification of a consumable.")
    )
    form = models.CharField(max_length=100, blank=True)
    route = models.CharField(max_length=100, blank=True)
    base_unit = models.CharField(max_length=20, blank=True, help_text=_("Tablet, vial, stent: what demand counts."))
    code_prefix = models.CharField(max_length=20, blank=True)
    pinyin = models.CharField(max_length=600, editable=False)
    initials = models.CharField(max_length=300, editable=False)
    source = models.CharField(max_length=300, blank=True)
    unverified = models.BooleanField(default=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("pinyin", "strength", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "code_prefix", "name", "strength"),
                name="item_identity",
                violation_error_message=_("The catalogue has this item already."),
            ),
        )
        indexes = (
            # Kept up at once, not put off: search must be fast right after an import.
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="item_name_trigram", fastupdate=False),
            GinIndex(OpClass("pinyin", "gin_trgm_ops"), name="item_pinyin_trigram", fastupdate=False),
            GinIndex(OpClass("initials", "gin_trgm_ops"), name="item_initials_trigram", fastupdate=False),
            models.Index(fields=("code_prefix",), name="item_by_code", opclasses=("varchar_pattern_ops",)),
            models.Index(fields=("pinyin", "strength", "id"), name="item_in_order"),
        )
        triggers = recorded("item")

    def __str__(self) -> str:
        return f"{self.name} {self.strength}".strip()


class Maker(models.Model):
    """A maker or marketing authorisation holder as the catalogue names it; not yet an organisation."""

    name = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=5, blank=True, help_text=_("Five digits of the national code."))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("name", "code")
        constraints = (
            models.UniqueConstraint(fields=("name", "code"), name="maker_identity"),
            models.CheckConstraint(condition=~Q(name="", code=""), name="maker_has_name_or_code"),
        )
        triggers = recorded("maker")

    def __str__(self) -> str:
        return self.name or self.code


class Product(models.Model):
    """One maker's item in one pack. What may change about it lives in dated versions."""

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=_numbered("PD-", "product"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="products")
    maker = models.ForeignKey(Maker, models.PROTECT, related_name="products")
    key = models.CharField(
        max_length=60,
        unique=True,
        help_text=_("The national code where there is one, else a digest of item, maker, brand and pack."),
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ("item", "maker")
        indexes = (models.Index(fields=("item", "maker"), name="product_by_item"),)
        triggers = recorded("product")

    def __str__(self) -> str:
        return f"{self.item} · {self.maker}"


class ProductVersion(models.Model):
    """What a product is from a day on. Bids, contract lines and order lines point at the version they used."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    maker_name = models.CharField(max_length=200, blank=True, help_text=_("The maker as printed then."))
    brand = models.CharField(max_length=200, blank=True)
    national_code = models.CharField(max_length=27, blank=True)
    approval_number = models.CharField(max_length=60, blank=True)
    standard_code = models.CharField(max_length=14, blank=True)
    pack_size = models.PositiveIntegerField(null=True, blank=True, help_text=_("Base units in one pack."))
    pack_unit = models.CharField(max_length=20, blank=True, help_text=_("Box, bottle, piece."))
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text=_("Last day of this version."))
    source = models.CharField(max_length=300, blank=True)
    unverified = models.BooleanField(default=False)

    objects = ProductVersionQuerySet.as_manager()

    class Meta:
        ordering = ("product", "number")
        constraints = (
            positive("product_version", "pack_size"),
            in_order("product_version", "valid_from", "valid_to"),
            models.UniqueConstraint(fields=("product", "number"), name="product_version_number"),
            models.UniqueConstraint(
                fields=("product",), condition=Q(valid_to=None), name="product_one_current_version"
            ),
        )
        indexes = (
            models.Index(fields=("national_code",), name="version_by_code", opclasses=("varchar_pattern_ops",)),
            models.Index(fields=("approval_number",), name="version_by_approval"),
        )
        triggers = recorded("product_version")

    def __str__(self) -> str:
        return f"{self.product} · {self.pack_size or '?'}/{self.pack_unit or '?'}"


class PriceEntry(models.Model):
    """One price in force for a period: for an item, or for one maker's product of it.

    ``price`` is the price of ``units`` base units: 1 for a price an item's base unit, the pack size
    for a product's price a pack.
    """

    class Kind(models.TextChoices):
        GUIDE = "guide", _("guide price")
        CEILING = "ceiling", _("ceiling price")
        AWARD = "award", _("award price")
        NEGOTIATED = "negotiated", _("negotiated price")
        PAYMENT_STANDARD = "payment_standard", _("payment standard")

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=_numbered("PR-", "price"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="prices")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="prices")
    kind = ChoiceField(Kind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    price = PriceField()
    units = models.PositiveIntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text=_("Last day; empty while open-ended."))
    source = models.CharField(max_length=300)
    unverified = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = PriceEntryQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_from", "-id")
        constraints = (
            not_negative("price_entry", ("price",)),
            positive("price_entry", "units"),
            in_order("price_entry", "valid_from", "valid_to"),
            paired("price_entry", "recorded"),
            ExclusionConstraint(
                name="price_entry_one_at_a_time",
                violation_error_message=_("Another price of this kind is in force in the same period."),
                expressions=(
                    (F("item"), RangeOperators.EQUAL),
                    (Coalesce(F("product"), Value(0)), RangeOperators.EQUAL),
                    (F("kind"), RangeOperators.EQUAL),
                    (F("region"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
            ),
        )
        indexes = (models.Index(fields=("item", "-valid_from"), name="price_entry_by_item"),)
        triggers = recorded("price_entry")

    def __str__(self) -> str:
        return f"{self.item} {self.price}/{self.units}"


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
        triggers = recorded("catalogue_import")

    def __str__(self) -> str:
        return self.reference

    @property
    def status_tone(self) -> str:
        tones = {"staging": "info", "faulty": "bad", "ready": "warn", "merging": "info", "merged": "good"}
        return tones.get(self.status, "quiet")

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
        return [Fault(_told(fault["message"], fault["values"]), fault["column"], self.number) for fault in self.faults]


def _told(sentence: str, values: dict[str, Any]) -> str:
    filling = {name: gettext(value) if isinstance(value, str) and value else value for name, value in values.items()}
    return gettext(sentence) % filling if filling else gettext(sentence)
