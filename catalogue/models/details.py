"""What else an item and a product's version say of themselves, beside what tells them from others.

Each list of names is the whole of it, in the order in which pages show it: versions, imports and forms go by it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import ChoiceField, RatioField


class ItemDetails(models.Model):
    """Of a drug its English name, class and whom it is for; of a consumable or reagent its place in the national
    classification (three levels of two digits each), generic class, material and feature."""

    class Population(models.TextChoices):
        UNSAID = "", _("not said")
        ANY = "any", _("adults and children")
        ADULT = "adult", _("adults")
        CHILD = "child", _("children")

    NAMES = (
        "name_en",
        "atc_code",
        "population",
        "category_code",
        "category",
        "generic_class",
        "material",
        "feature",
    )

    name_en = models.CharField(max_length=300, blank=True)
    atc_code = models.CharField(
        max_length=7, blank=True, help_text=_("Class of the World Health Organization, where it exists.")
    )
    population = ChoiceField(Population, default=Population.UNSAID)
    category_code = models.CharField(
        max_length=6, blank=True, help_text=_("Two, four or six digits: the levels of the national classification.")
    )
    category = models.CharField(max_length=300, blank=True, help_text=_("The levels in words, with strokes between."))
    generic_class = models.CharField(max_length=200, blank=True)
    material = models.CharField(max_length=200, blank=True)
    feature = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class ProductDetails(models.Model):
    """Quality, storage and registration of a product, and what a consumable's maker calls it."""

    class Quality(models.TextChoices):
        UNSAID = "", _("not said")
        ORIGINATOR = "originator", _("originator or reference")
        CONSISTENT = "consistent", _("passed the consistency evaluation")
        OTHER = "other", pgettext_lazy("quality", "other")

    class Storage(models.TextChoices):
        UNSAID = "", _("not said")
        NORMAL = "normal", _("at room temperature")
        COOL = "cool", _("cool, up to 20 °C")
        COLD = "cold", _("cold chain, 2 to 8 °C")
        FROZEN = "frozen", _("frozen")

    NAMES = (
        "quality_level",
        "quality_standard",
        "container",
        "storage",
        "shelf_life_months",
        "specification",
        "model",
        "registration_expires_on",
        "udi_di",
        "high_value",
    )

    quality_level = ChoiceField(Quality, default=Quality.UNSAID)
    quality_standard = models.CharField(
        max_length=200, blank=True, help_text=_("The standard with its version, such as the pharmacopoeia of a year.")
    )
    container = models.CharField(max_length=100, blank=True, help_text=_("What the medicine itself lies in."))
    storage = ChoiceField(Storage, default=Storage.UNSAID)
    shelf_life_months = models.PositiveSmallIntegerField(null=True, blank=True)
    specification = models.CharField(max_length=300, blank=True, help_text=_("As the maker of a consumable prints it."))
    model = models.CharField(max_length=300, blank=True)
    registration_expires_on = models.DateField(
        null=True, blank=True, help_text=_("Last day of the approval or registration certificate.")
    )
    udi_di = models.CharField(
        max_length=40, blank=True, help_text=_("The identifier of the device: a GTIN or another.")
    )
    high_value = models.BooleanField(default=False)

    class Meta:
        abstract = True


class StatedFactors(models.Model):
    """Conversion factors that a document states, against the main specification of the variety."""

    price_factor = RatioField(null=True, blank=True)
    volume_factor = RatioField(null=True, blank=True)
    factor_source = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
