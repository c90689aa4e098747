"""Questions about demand. What a seat may see of it is decided here and nowhere else."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from accounts.permissions import Permission
from core.querysets import along

READERS = (Permission.OPEN_DEMAND, Permission.PREPARE_TENDER, Permission.REPORT_DEMAND, Permission.READ_TRAIL)
MANDATE_READERS = (*READERS, Permission.SIGN_MANDATE)


class DemandWindowQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "DemandWindowQuerySet":
        """The agency reads all windows, a hospital those that ask it or asked whom it succeeded, a regulator all."""
        if seat.of_the_agency or seat.reads_the_trail:
            return self
        return self.asking(*seat.lineage)

    def asking(self, *hospitals: int) -> "DemandWindowQuerySet":
        """Windows that ask one of these hospitals."""
        asked = self.model.hospitals.through.objects.filter(organisation__in=hospitals)
        return self.filter(pk__in=asked.values("demandwindow"))

    def with_progress(self) -> "DemandWindowQuerySet":
        """With ``asked_count`` and ``reported_count``: how many hospitals are asked, and how many have reported."""
        asked = self.model.hospitals.through.objects.filter(demandwindow=models.OuterRef("pk")).order_by()
        reported = along(self.model, "reports").objects.filter(window=models.OuterRef("pk")).order_by()
        return self.annotate(
            asked_count=Coalesce(models.Subquery(_count(asked, "demandwindow")), 0),
            reported_count=Coalesce(models.Subquery(_count(reported, "window")), 0),
        )

    def in_work(self) -> "DemandWindowQuerySet":
        """Windows whose numbers are not locked."""
        return self.filter(locked_at=None)

    def waiting_for(self, hospital: int, today: date) -> "DemandWindowQuerySet":
        """Open windows in which a hospital is asked and has not reported."""
        open_today = self.filter(locked_at=None, opens_on__lte=today, closes_on__gte=today)
        return open_today.filter(hospitals=hospital).exclude(reports__hospital=hospital)


def _count(rows: models.QuerySet[Any], group: str) -> models.QuerySet[Any]:
    return rows.values(group).annotate(count=models.Count("pk")).values("count")


class DemandReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "DemandReportQuerySet":
        if seat.of_the_agency or seat.reads_the_trail:
            return self
        return self.filter(hospital__in=seat.lineage)


class DemandUseQuerySet(models.QuerySet[Any]):
    def standing(self) -> "DemandUseQuerySet":
        """What still holds the numbers."""
        return self.filter(released_at=None)


class MandateQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "MandateQuerySet":
        """The agency and regulators read all, an institution those that it gave and those that list it."""
        if seat.of_the_agency or seat.reads_the_trail:
            return self
        listed = self.model.institutions.through.objects.filter(institution__in=seat.lineage)
        return self.filter(models.Q(giver__in=seat.lineage) | models.Q(pk__in=listed.values("mandate")))

    def with_people(self) -> "MandateQuerySet":
        """With what its pages name, how many institutions it lists (``institution_count``), and without the file."""
        listed = self.model.institutions.through.objects.filter(mandate=models.OuterRef("pk")).order_by()
        people = ("given_by__person", "signed_by__person", "ended_by__person")
        return (
            self.select_related("giver", *people)
            .defer("document")
            .annotate(institution_count=Coalesce(models.Subquery(_count(listed, "mandate")), 0))
        )

    def waiting(self) -> "MandateQuerySet":
        """Those that wait for the agency's signature."""
        return self.filter(status=self.model.Status.GIVEN)

    def in_force(self) -> "MandateQuerySet":
        return self.filter(status=self.model.Status.IN_FORCE)

    def for_year(self, year: Any) -> "MandateQuerySet":
        """Those that cover the need of a year."""
        return self.filter(first_year__lte=year, last_year__gte=year)

    def to_sign_for(self, institution: Any, goods: Any = None) -> "MandateQuerySet":
        """Those by which the agency signs for an institution, where ``goods`` are named also for these."""
        of_goods = models.Q(goods=None) | models.Q(goods=goods) if goods is not None else models.Q()
        return self.filter(of_goods, signs=True, institutions=institution)


class DemandEntryQuerySet(models.QuerySet[Any]):
    def entrusted(self) -> "DemandEntryQuerySet":
        """What a mandate in force covers, so that a tender may take it."""
        return self.filter(self._covered())

    def apart(self) -> "DemandEntryQuerySet":
        """What no mandate in force covers: it is shown, and no tender takes it."""
        return self.exclude(self._covered())

    def _covered(self) -> models.Exists:
        mandates = self.model.mandates().in_force().for_year(models.OuterRef("report__window__year"))
        return models.Exists(mandates.to_sign_for(models.OuterRef("report__hospital"), models.OuterRef("item__kind")))
