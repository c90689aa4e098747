"""Questions about demand. What a seat may see of it is decided here and nowhere else."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from accounts.permissions import Permission
from core.querysets import along

READERS = (Permission.OPEN_DEMAND, Permission.PREPARE_TENDER, Permission.REPORT_DEMAND, Permission.READ_TRAIL)


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
