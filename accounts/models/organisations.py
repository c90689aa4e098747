"""Regions and organisations."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import OrganisationKind
from accounts.querysets import OrganisationQuerySet, RegionQuerySet
from accounts.rules import groups, region_prefix
from core.fields import ChoiceField
from core.querysets import along
from core.triggers import append_only, recorded


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
    """Who takes part, known for life by its credit code. Name and licence are those of its last version."""

    Kind = OrganisationKind

    kind = ChoiceField(OrganisationKind)
    name = models.CharField(max_length=200)
    licence = models.CharField(max_length=60, blank=True, help_text=_("Number of the licence under which it works."))
    credit_code = models.CharField(max_length=18, unique=True, help_text=_("Unified social credit code (GB 32100)."))
    region = models.ForeignKey(Region, models.PROTECT, related_name="organisations")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey("Seat", models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True, help_text=_("From when it is no more, as its filing says."))
    succeeded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    predecessors = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        help_text=_("Everybody whom it has succeeded, also through others."),
    )
    administrator = models.ForeignKey(
        "Seat", models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Who acts for it in liquidation.")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(succeeded_by=None) | Q(ended_on__isnull=False), name="organisation_succeeded_has_ended"
            ),
            models.CheckConstraint(condition=~Q(succeeded_by=F("id")), name="organisation_succeeded_by_another"),
        )
        indexes = (models.Index(fields=("kind", "name"), name="organisation_by_kind"),)
        triggers = recorded(
            "organisation", fills="ended_on succeeded_by", changes="name licence predecessors administrator"
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:organisation", args=[self.credit_code])

    def name_on(self, day: date) -> str:
        """What it was called on a day; before its first version, as in that one."""
        versions = sorted(self.versions.all(), key=lambda version: version.valid_from)
        held = [version for version in versions if version.valid_from <= day] or versions[:1]
        return held[-1].name

    def lineage(self) -> list[int]:
        """Primary keys of this organisation and of everybody whom it has succeeded: figures count through them, and it
        may do what they might."""
        return [self.pk, *self.predecessors]

    @property
    def standing(self) -> str:
        """In one word: in force, in liquidation, succeeded or closed."""
        if self.ended_on:
            return _("succeeded") if self.succeeded_by_id else _("closed")
        return _("in liquidation") if self.administrator_id else _("in force")

    def affiliated(self, on: date) -> "models.QuerySet[Organisation]":
        """Every other organisation that belongs together with this one on a day, also through others."""
        pairs = list(along(type(self), "affiliations").objects.on(on).values_list("organisation", "other"))
        together = groups(pairs, {self.pk}.union(*pairs))
        group = next((group for group in together if self.pk in group), frozenset({self.pk}))
        return Organisation.objects.filter(pk__in=group).exclude(pk=self.pk)


class OrganisationVersion(models.Model):
    """Name and licence of an organisation from a day until the next version: the first as it was registered, each
    further one from a filing that two people have made."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=200)
    licence = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    filing = models.OneToOneField("Filing", models.PROTECT, null=True, blank=True, related_name="version")

    class Meta:
        ordering = ("organisation", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "valid_from"), name="organisation_version_once_a_day"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_version_has_a_name"),
        )
        triggers = append_only("organisation_version")

    def __str__(self) -> str:
        return self.name
