"""What hospitals need in a year: a window, their reports, the numbers the agency locks, and what uses them."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from catalogue.models import Item
from core.constraints import in_order, paired, positive
from core.fields import ChoiceField
from core.triggers import Guard, append_only, recorded
from demand.querysets import (
    DemandEntryQuerySet,
    DemandReportQuerySet,
    DemandUseQuerySet,
    DemandWindowQuerySet,
    MandateQuerySet,
)


class Verb(models.TextChoices):
    """What may happen in this room; the label is the sentence of the timeline."""

    DEMAND_OPENED = "demand.opened", _("%(actor)s opened the demand window “%(title)s”")
    DEMAND_REPORTED = "demand.reported", _("%(actor)s reported a need; items: %(items)s")
    DEMAND_LOCKED = "demand.locked", _("%(actor)s locked the demand")
    DEMAND_UNLOCKED = "demand.unlocked", _("%(actor)s unlocked the demand: %(reason)s")
    DEMAND_PASSED = "demand.passed", _("With %(filing)s the demand of %(before)s is that of %(after)s")
    DEMAND_USED = "demand.used", _("%(actor)s published %(reference)s, which is based on the demand")
    DEMAND_RELEASED = "demand.released", _("%(actor)s cancelled %(reference)s, which was based on the demand")
    MANDATE_GIVEN = "mandate.given", _("%(actor)s signed the mandate; institutions: %(institutions)s")
    MANDATE_SIGNED = "mandate.signed", _("%(actor)s signed the mandate for the agency; it is in force")
    MANDATE_WITHDRAWN = "mandate.withdrawn", _("%(actor)s withdrew the mandate: %(reason)s")
    MANDATE_REVOKED = "mandate.revoked", _("%(actor)s revoked the mandate: %(reason)s")


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
            is_entrusted=Exists(Mandate.objects.in_force().for_year(self.year).to_sign_for(OuterRef("pk"))),
        )

    def totals(self) -> models.QuerySet["DemandLine"]:
        """The lines with the ``total`` that all hospitals reported, what of it stands ``apart`` because no mandate
        covers it, and how many hospitals need the item (``needing``)."""
        own = DemandEntry.objects.filter(report__window=self, item=OuterRef("item")).order_by()
        entries, apart = own.values("item"), own.apart().values("item")
        return self.lines.select_related("item").annotate(
            total=Subquery(entries.annotate(total=Sum("quantity")).values("total")),
            apart=Subquery(apart.annotate(total=Sum("quantity")).values("total")),
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

    objects = DemandEntryQuerySet.as_manager()

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

    @staticmethod
    def mandates() -> "MandateQuerySet":
        """All mandates: what its queryset asks, which cannot import them."""
        return Mandate.objects.all()


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


# What happens to a mandate after its first signature; all else of it stays as it was signed.
_SIGNED = "'{status,signed_at,signed_by_id,ended_at,ended_by_id,end_reason}'::text[]"


class Mandate(models.Model):
    """What an institution, or one that leads a county's institutions for all that it lists, entrusts to the agency.

    It is signed twice, by a person of the institution and by a person of the agency, and is for the needs of whole
    years. Need that no mandate in force covers enters no tender. Revoked, it stays what it was for tenders that are
    published.
    """

    class Status(models.TextChoices):
        GIVEN = "given", _("waits for the agency’s signature")
        IN_FORCE = "in_force", _("in force")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REVOKED = "revoked", _("revoked")

    MOVES = {Status.GIVEN: {Status.IN_FORCE, Status.WITHDRAWN}, Status.IN_FORCE: {Status.REVOKED}}

    reference = models.CharField(max_length=20, unique=True)
    status = ChoiceField(Status, default=Status.GIVEN)
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text=_("Whose person signed it."))
    institutions = models.ManyToManyField(Organisation, through="MandateInstitution", related_name="+")
    reports = models.BooleanField(help_text=_("The agency reports the need in their name."))
    signs = models.BooleanField(help_text=_("The agency signs contracts in their name."))
    pays = models.BooleanField(help_text=_("The agency pays in their name."))
    goods = ChoiceField(Item.Kind, null=True, blank=True, help_text=_("Empty: all goods."))
    first_year = models.PositiveSmallIntegerField(help_text=_("The first year whose need it covers."))
    last_year = models.PositiveSmallIntegerField(help_text=_("The last year whose need it covers."))
    document_name = models.CharField(max_length=200)
    document = models.BinaryField(help_text=_("The file as it was uploaded."))
    sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            in_order("mandate", "first_year", "last_year"),
            paired("mandate", "given"),
            paired("mandate", "signed"),
            paired("mandate", "ended"),
            models.CheckConstraint(
                condition=Q(reports=True) | Q(signs=True) | Q(pays=True),
                name="mandate_entrusts_something",
                violation_error_message=_("Say what the agency is entrusted with."),
            ),
            models.CheckConstraint(
                condition=Q(status="given", signed_at=None, ended_at=None)
                | Q(status="in_force", signed_at__isnull=False, ended_at=None)
                | Q(status="withdrawn", signed_at=None, ended_at__isnull=False) & ~Q(end_reason="")
                | Q(status="revoked", signed_at__isnull=False, ended_at__isnull=False) & ~Q(end_reason=""),
                name="mandate_status_is_its_facts",
            ),
        )
        indexes = (models.Index(fields=("status", "last_year"), name="mandate_by_status"),)
        triggers = (
            *recorded("mandate", fills="signed_at signed_by ended_at ended_by end_reason", changes="status"),
            Guard(
                name="mandate_needs_two_people",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    IF TG_OP = 'INSERT' AND NEW.status <> 'given' THEN
                        RAISE EXCEPTION 'a mandate begins with one signature' USING ERRCODE = 'PT006';
                    END IF;
                    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - {_SIGNED} <> to_jsonb(OLD) - {_SIGNED} THEN
                        RAISE EXCEPTION 'what was signed stays' USING ERRCODE = 'PT006';
                    END IF;
                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.signed_by_id)
                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.given_by_id) THEN
                        RAISE EXCEPTION 'a mandate needs two people' USING ERRCODE = 'PT006';
                    END IF;
                    IF NEW.signed_by_id IS NOT NULL AND 'agency' IS DISTINCT FROM (
                        SELECT organisation.kind FROM accounts_seat seat
                        JOIN accounts_organisation organisation ON organisation.id = seat.organisation_id
                        WHERE seat.id = NEW.signed_by_id
                    ) THEN
                        RAISE EXCEPTION 'the second signature is the agency''s' USING ERRCODE = 'PT006';
                    END IF;
                    IF (SELECT organisation_id FROM accounts_seat WHERE id = NEW.given_by_id) <> NEW.giver_id THEN
                        RAISE EXCEPTION 'the first signature is the giver''s' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("demand:mandate", args=[self.reference])

    def has_run_out(self, today: date) -> bool:
        """Whether the years that it covers are over."""
        return self.last_year < today.year


class MandateInstitution(models.Model):
    """An institution that a mandate lists."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("mandate", "pk")
        constraints = (models.UniqueConstraint(fields=("mandate", "institution"), name="mandate_institution_once"),)
        triggers = (
            *append_only("mandate_institution"),
            Guard(
                name="mandate_institution_before_signing",
                operation=pgtrigger.Insert,
                func="""
                    PERFORM 1 FROM demand_mandate WHERE id = NEW.mandate_id AND status = 'given' FOR SHARE;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'what was signed stays' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.mandate} {self.institution}"
