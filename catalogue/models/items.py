"""Items, who makes them, and products with their versions."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Cast, Concat, Upper
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from catalogue.querysets import ItemQuerySet, MakerQuerySet, ProductQuerySet, ProductVersionQuerySet
from catalogue.rules import UNCODED, Contents, lacking, print_pack
from core.constraints import in_order, paired, positive
from core.fields import ChoiceField
from core.triggers import append_only, recorded


def numbered(prefix: str, sequence: str) -> Concat:
    """The database's default of a public reference: a prefix and the next number of a sequence."""
    number = Cast(Func(Value(f"reference_{sequence}"), function="nextval"), models.CharField())
    return Concat(Value(prefix), number)


class Item(models.Model):
    """A brand-free drug (generic name, form, strength, route) or consumable (category, specification).

    A national code is not an identity: the same code prefix is printed with several names in the
    real list, so identity is prefix *and* name *and* strength *and* dosage form, however each is spelt
    (``catalogue.rules.identity``). What an item was before it was edited stands in its versions.
    """

    class Kind(models.TextChoices):
        DRUG = "drug", _("drug")
        CONSUMABLE = "consumable", _("consumable")

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=numbered("I-", "item"))
    kind = ChoiceField(Kind)
    name = models.CharField(max_length=300)
    strength = models.CharField(
        max_length=200, blank=True, help_text=_("Strength of a drug, specification of a consumable.")
    )
    form = models.CharField(max_length=100, blank=True)
    route = models.CharField(max_length=100, blank=True)
    name_key = models.CharField(max_length=300, editable=False, help_text=_("The name as names are compared."))
    strength_key = models.CharField(max_length=200, blank=True, editable=False)
    form_key = models.CharField(max_length=100, blank=True, editable=False)
    contents = models.JSONField(
        default=dict, blank=True, help_text=_("Strength and fill as quantities with units, where they are known.")
    )
    base_unit = models.CharField(max_length=20, blank=True, help_text=_("Tablet, vial, stent: what demand counts."))
    code_prefix = models.CharField(max_length=20, blank=True)
    pinyin = models.CharField(max_length=600, editable=False)
    initials = models.CharField(max_length=300, editable=False)
    source = models.CharField(max_length=300, blank=True)
    unverified = models.BooleanField(default=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("pinyin", "strength", "form", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "code_prefix", "name_key", "strength_key", "form_key"),
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
            models.Index(fields=("pinyin", "strength", "form", "id"), name="item_in_order"),
            models.Index(fields=("name_key",), name="item_by_name"),
        )
        triggers = recorded(
            "item",
            changes="name strength form route name_key strength_key form_key contents base_unit code_prefix"
            " pinyin initials source unverified",
        )

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.strength, self.form_unless_said)))

    @property
    def form_unless_said(self) -> str:
        """The dosage form, unless the name says it already, as 片 in 阿莫西林片 does for 片剂."""
        return "" if not self.form or self.form_key.removesuffix("剂") in self.name_key else self.form

    @property
    def quantities(self) -> Contents:
        """Strength and fill as quantities; falsy where they are not known."""
        return Contents.from_json(self.contents)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the item must still say before it enters a demand window or a tender, as marked words."""
        return lacking(self.kind, self.base_unit, self.strength)

    @property
    def why_unready(self) -> str:
        """Why nobody can ask for the item yet, as a sentence; empty where everything is there."""
        words = gettext(", ").join(gettext(word) for word in self.lacks)
        return gettext("The catalogue lacks %(words)s of %(item)s.") % {"words": words, "item": self} if words else ""


class ItemVersion(models.Model):
    """What an item was until a day on which it was edited. What it is now stands in the item itself."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    strength = models.CharField(max_length=200, blank=True)
    form = models.CharField(max_length=100, blank=True)
    route = models.CharField(max_length=100, blank=True)
    base_unit = models.CharField(max_length=20, blank=True)
    contents = models.JSONField(default=dict, blank=True)
    valid_to = models.DateField(help_text=_("Last day of this version."))
    reason = models.CharField(max_length=300, help_text=_("Why it was edited then."))
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("item", "number")
        constraints = (
            paired("item_version", "edited"),
            models.UniqueConstraint(fields=("item", "number"), name="item_version_number"),
        )
        triggers = append_only("item_version")

    def __str__(self) -> str:
        return f"{self.name} {self.strength} {self.form}"


class Maker(models.Model):
    """A maker or marketing authorisation holder as the catalogue names it; not yet an organisation."""

    name = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=200, blank=True, editable=False)
    code = models.CharField(max_length=5, blank=True, help_text=_("Five digits of the national code."))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    objects = MakerQuerySet.as_manager()

    class Meta:
        ordering = ("name", "code")
        constraints = (
            models.UniqueConstraint(fields=("name_key", "code"), name="maker_identity"),
            models.CheckConstraint(condition=~Q(name="", code=""), name="maker_has_name_or_code"),
        )
        triggers = recorded("maker", changes="name name_key organisation")

    def __str__(self) -> str:
        return self.name or self.code


class Product(models.Model):
    """One maker's item in one pack. What may change about it lives in dated versions."""

    reference = models.CharField(max_length=20, unique=True, editable=False, db_default=numbered("PD-", "product"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="products")
    maker = models.ForeignKey(Maker, models.PROTECT, related_name="products")
    key = models.CharField(
        max_length=60, help_text=_("The national code where there is one, else a digest of maker, brand and pack.")
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ("item", "maker")
        constraints = (
            models.UniqueConstraint(fields=("item", "key"), name="product_identity"),
            models.UniqueConstraint(
                fields=("key",), condition=~Q(key__startswith=UNCODED), name="product_one_of_a_national_code"
            ),
        )
        indexes = (models.Index(fields=("item", "maker"), name="product_by_item"),)
        triggers = recorded("product", changes="item key")

    def __str__(self) -> str:
        return f"{self.item} · {self.maker}"


class ProductVersion(models.Model):
    """What a product is from a day on. Bids, contract lines and order lines point at the version they used."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    maker_name = models.CharField(max_length=200, blank=True, help_text=_("The maker as printed then."))
    holder = models.ForeignKey(
        Maker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The marketing authorisation holder, where it is not the maker."),
    )
    brand = models.CharField(max_length=200, blank=True)
    national_code = models.CharField(max_length=27, blank=True)
    approval_number = models.CharField(max_length=60, blank=True)
    standard_code = models.CharField(max_length=14, blank=True)
    pack_size = models.PositiveIntegerField(null=True, blank=True, help_text=_("Base units in one pack."))
    pack_unit = models.CharField(max_length=20, blank=True, help_text=_("Box, bottle, piece."))
    containers = models.JSONField(
        default=list, blank=True, help_text=_("From the inside out: what each container holds of the one before.")
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text=_("Last day of this version."))
    source = models.CharField(max_length=300, blank=True)
    unverified = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True, help_text=_("Why it was edited on a page."))
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ProductVersionQuerySet.as_manager()

    class Meta:
        ordering = ("product", "number")
        constraints = (
            positive("product_version", "pack_size"),
            in_order("product_version", "valid_from", "valid_to"),
            paired("product_version", "edited"),
            models.UniqueConstraint(fields=("product", "number"), name="product_version_number"),
            models.UniqueConstraint(
                fields=("product",), condition=Q(valid_to=None), name="product_one_current_version"
            ),
        )
        indexes = (
            models.Index(fields=("national_code",), name="version_by_code", opclasses=("varchar_pattern_ops",)),
            models.Index(fields=("approval_number",), name="version_by_approval"),
        )
        triggers = recorded("product_version", changes="valid_to unverified source")

    def __str__(self) -> str:
        return f"{self.product} · {self.pack_size or '?'}/{self.pack_unit or '?'}"

    @property
    def label(self) -> str:
        """What tells it from every other in a list of choices: item, maker, brand, pack and code."""
        code = self.national_code or self.approval_number
        return " · ".join(filter(None, (str(self.product), self.brand, self.pack or "?", code)))

    @property
    def pack(self) -> str:
        """What a pack holds, in words: 28 片 / 盒. One thing that is its own pack is told once: 1 个. Empty where it is
        not known."""
        unit = self.product.item.base_unit
        if self.pack_size is None:
            return ""
        alone = self.pack_size == 1 and self.pack_unit in ("", unit)
        return f"{self.pack_size:,} {unit}" + ("" if alone else f" / {self.pack_unit or '–'}")

    @property
    def packaging(self) -> str:
        """How the pack is made up, as it is printed: 12片/板×2板/盒."""
        return print_pack(self.containers, self.product.item.base_unit)
