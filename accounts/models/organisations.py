"""Regions and organisations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import OrganisationKind
from accounts.querysets import OrganisationQuerySet, RegionQuerySet
from accounts.rules import region_prefix
from core.fields import ChoiceField
from core.triggers import recorded


class Region(models.Model):
    """An administrative division (GB/T 2260): a province, a city in it, or a county in either."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        CITY = "city", _("city")
        COUNTY = "county", _("county or district")

    code = models.CharField(max_length=6, primary_key=True)
    level = ChoiceField(Level)
    name = models.CharField(max_length=80)
    full_name = models.CharField(
        max_length=120, unique=True, help_text=_("With the names of all regions that it lies in.")
    )
    name_en = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(level="province", parent=None) | ~Q(level="province") & Q(parent__isnull=False),
                name="region_lies_in_one_unless_a_province",
                violation_error_message=_("Cities and counties lie in a region, provinces in none."),
            ),
        )
        triggers = recorded("region")

    def __str__(self) -> str:
        return self.full_name

    def covers(self, other: "Region") -> bool:
        """Whether ``other`` is this region or lies in it."""
        return other.code.startswith(region_prefix(self.code))

    @property
    def around(self) -> list[str]:
        """The codes of this region and of those that it lies in, the nearest first."""
        found, region = [self.code], self.parent
        while region is not None:
            found.append(region.code)
            region = region.parent
        return found


class Organisation(models.Model):
    Kind = OrganisationKind

    kind = ChoiceField(OrganisationKind)
    name = models.CharField(max_length=200)
    credit_code = models.CharField(max_length=18, unique=True, help_text=_("Unified social credit code (GB 32100)."))
    region = models.ForeignKey(Region, models.PROTECT, related_name="organisations")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey("Seat", models.PROTECT, null=True, blank=True, related_name="+")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        indexes = (models.Index(fields=("kind", "name"), name="organisation_by_kind"),)
        triggers = recorded("organisation")

    def __str__(self) -> str:
        return self.name
