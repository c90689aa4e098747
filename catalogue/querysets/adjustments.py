"""Questions about proposals to change the catalogue, and about products that were withdrawn from it."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.permissions import Permission


def _mine(seat: Any) -> Q:
    """What a seat may see: the agency and auditors all, everybody else what its own organisation proposed."""
    return Q() if seat.of_the_agency or seat.reads_the_trail else Q(organisation__in=seat.lineage)


class AdjustmentQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "AdjustmentQuerySet":
        """The agency and auditors see all, everybody else what its own organisation proposed; so does the policy."""
        return self.filter(_mine(seat))

    def for_list(self) -> "AdjustmentQuerySet":
        """With all that a list says of a proposal."""
        return self.select_related("organisation", "item", "product__item", "product__maker")

    def open(self) -> "AdjustmentQuerySet":
        """What still waits for somebody."""
        return self.filter(status__in=self.model.OPEN)

    def waiting_for(self, seat: Any) -> "AdjustmentQuerySet":
        """What waits for this seat: for an officer of the catalogue what is proposed, for its proposer what was asked
        back; what waits longest first."""
        mine = Q(pk__in=[])
        if seat.may(Permission.IMPORT_CATALOGUE):
            mine |= Q(status="proposed")
        if any(seat.may(one) for one in (Permission.BID, Permission.APPLY_FOR_LISTING, Permission.REPORT_DEMAND)):
            mine |= Q(status="asked", organisation__in=seat.lineage)
        return self.visible_to(seat).filter(mine).order_by("waits_since", "pk")

    def waiting_since(self, until: datetime) -> "AdjustmentQuerySet":
        """What nobody has acted on since an instant or longer."""
        return self.open().filter(waits_since__lte=until).order_by("waits_since", "pk")


class AdjustmentPaperQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "AdjustmentPaperQuerySet":
        """Whoever sees a proposal sees its files. They stay in the database until they are asked for."""
        return self.filter(_mine(seat)).defer("document")


class ProductWithdrawalQuerySet(models.QuerySet[Any]):
    def running(self) -> "ProductWithdrawalQuerySet":
        return self.filter(valid_to=None)

    def on(self, day: date) -> "ProductWithdrawalQuerySet":
        """What was out of the catalogue on a day; on that on which it was taken up again it was in it."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)
