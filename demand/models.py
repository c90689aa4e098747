"""What hospitals need in a year: a window, their reports, the numbers the agency locks, and what uses them."""

from datetime import date

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from catalogue.models import Item
from core.constraints import in_order, paired, positive
from core.triggers import recorded
from demand.querysets import DemandReportQuerySet, DemandUseQuerySet, DemandWindowQuerySet


class Verb(models.TextChoices):
    """What may happen in this room; the label is the sentence of the timeline."""

    DEMAND_OPENED = "demand.opened", _("%(actor)s opened the demand window “%(title)s”")
    DEMAND_REPORTED = "demand.reported", _("%(actor)s reported a need; items: %(items)s")
    DEMAND_LOCKED = "demand.locked", _("%(actor)s locked the demand")
    DEMAND_UNLOCKED = "demand.unlocked", _("%(actor)s unlocked the demand: %(reason)s")
    DEMAND_PASSED = "demand.passed", _("With %(filing)s the demand of %(before)s is that of %(after)s")
    DEMAND_USED = "demand.used", _("%(actor)s published %(reference)s, which is based on the demand")
    DEMAND_RELEASED = "demand.released", _("%(actor)s cancelled %(reference)s, which was based on the demand")


class DemandWindow(models.Model):
    """A period in which hospitals report what they need of the items listed."""

    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField(help_text=_("The year whose need is reported."))
    opens_on = models.DateField()
    closes_on = models.DateField(help_text=_("Last day on which hospitals report."))
    items = models.ManyToManyField(Item, through="DemandLine", related_name="+")
    hospitals = models.ManyToManyField(Organisation, related_name="+", help_text=_("Who is asked to report."))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DemandWindowQuerySet.as_manager()

    class Meta:
        ordering = ("-closes_on", "-id")
        constraints = (
            in_order("demand_window", "opens_on", "closes_on"),
            paired("demand_window", "opened"),
            paired("demand_window", "locked"),
        )
        triggers = recorded("demand_window", changes="closes_on locked_at locked_by")

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def is_open(self, today: date) -> bool:
        """Whether hospitals can report today."""
        return self.locked_at is None and self.opens_on <= today <= self.closes_on

    @property
    def has_need(self) -> bool:
        """Whether any hospital has reported a need of anything."""
        return DemandEntry.objects.filter(report__window=self).exists()

    def asked(self) -> models.QuerySet["Organisation"]:
        """The hospitals asked, each with ``reported_at`` and the number of items it reported; None: not yet."""
        own = DemandReport.objects.filter(window=self, hospital=OuterRef("pk"))
        entries = DemandEntry.objects.filter(report__window=self, report__hospital=OuterRef("pk")).order_by()
        count = entries.values("report").annotate(count=Count("pk")).values("count")
        return self.hospitals.annotate(
            reported_at=Subquery(own.values("reported_at")[:1]),
            reporter=Subquery(own.values("reported_by__person__name")[:1]),
            reported_items=Subquery(count),
        )

    def totals(self) -> models.QuerySet["DemandLine"]:
        """The lines with the ``total`` that all hospitals reported, and how many ``hospitals`` need the item."""
        entries = DemandEntry.objects.filter(report__window=self, item=OuterRef("item")).order_by().values("item")
        return self.lines.select_related("item").annotate(
            total=Subquery(entries.annotate(total=Sum("quantity")).values("total")),
            needing=Subquery(entries.annotate(count=Count("pk")).values("count")),
        )


class DemandLine(models.Model):
    """One item that a window asks for; its number is how forms and files name it."""

    window = models.ForeignKey(DemandWindow, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("window", "number")
        constraints = (
            models.UniqueConstraint(fields=("window", "item"), name="demand_line_once"),
            models.UniqueConstraint(fields=("window", "number"), name="demand_line_number"),
        )
        triggers = recorded("demand_line")

    def __str__(self) -> str:
        return f"{self.window} {self.item}"


class DemandReport(models.Model):
    """What one hospital reports in one window. It may be sent again until the window closes or is locked."""

    window = models.ForeignKey(DemandWindow, models.PROTECT, related_name="reports")
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = DemandReportQuerySet.as_manager()

    class Meta:
        ordering = ("hospital__name",)
        constraints = (
            models.UniqueConstraint(fields=("window", "hospital"), name="demand_report_one_a_hospital"),
            paired("demand_report", "reported"),
        )
        triggers = recorded("demand_report", changes="hospital reported_at reported_by", removed=True)

    def __str__(self) -> str:
        return f"{self.window} {self.hospital}"


class DemandEntry(models.Model):
    """A yearly quantity of one item, in base units."""

    report = models.ForeignKey(DemandReport, models.CASCADE, related_name="entries")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    quantity = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("report", "pk")
        constraints = (
            models.UniqueConstraint(fields=("report", "item"), name="demand_entry_once"),
            positive("demand_entry", "quantity"),
            models.CheckConstraint(
                condition=Q(quantity__lte=10**12),
                name="demand_entry_quantity_is_plausible",
                violation_error_message=_("This quantity is too large to be a yearly need."),
            ),
        )
        triggers = recorded("demand_entry", changes="report quantity", removed=True)

    def __str__(self) -> str:
        return f"{self.item}: {self.quantity}"


class DemandUse(models.Model):
    """What was published on the numbers of a window, by its reference: until it is released they stay locked."""

    window = models.ForeignKey(DemandWindow, models.PROTECT, related_name="uses")
    reference = models.CharField(max_length=20)
    used_at = models.DateTimeField()
    used_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DemandUseQuerySet.as_manager()

    class Meta:
        ordering = ("window", "pk")
        constraints = (
            models.UniqueConstraint(fields=("window", "reference"), name="demand_use_once"),
            paired("demand_use", "used"),
            paired("demand_use", "released"),
        )
        triggers = recorded("demand_use", fills="released_at released_by")

    def __str__(self) -> str:
        return f"{self.window} {self.reference}"
