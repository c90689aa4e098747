"""Questions about decisions and awards."""

from datetime import datetime
from typing import Any

from django.db import models

from tenders.models import Lot, Objection
from tenders.querysets import LotQuerySet


class DecisionQuerySet(models.QuerySet[Any]):
    def standing(self) -> "DecisionQuerySet":
        """Those that were not withdrawn: one a lot at most. With its tender's end a lot's proposal is void."""
        return self.exclude(status=self.model.Status.WITHDRAWN).exclude(lot__ending=Lot.Ending.CANCELLED)

    def proposed(self) -> "DecisionQuerySet":
        """Proposals that may still become awards."""
        return self.filter(status=self.model.Status.PROPOSED, lot__status=Lot.Status.OPENED)

    def in_standstill(self, now: datetime) -> "DecisionQuerySet":
        return self.proposed().filter(standstill_until__gt=now)

    def ready_to_award(self, now: datetime) -> "DecisionQuerySet":
        """Proposals whose standstill is over and against which no objection waits."""
        over = self.proposed().filter(standstill_until__lte=now)
        return over.exclude(lot__in=Objection.objects.waiting().values("lot"))


class AwardQuerySet(models.QuerySet[Any]):
    def binding(self) -> "AwardQuerySet":
        return self.filter(decision__status="awarded")

    def of_lots(self, lots: Any) -> "AwardQuerySet":
        """The awards of the standing decisions on these lots."""
        from awards.models import Decision

        return self.filter(decision__in=Decision.objects.standing().filter(lot__in=lots))


def lots_to_decide() -> LotQuerySet:
    """Lots whose prices are open and on which nothing is decided."""
    from awards.models import Decision

    return Lot.objects.filter(status=Lot.Status.OPENED).exclude(pk__in=Decision.objects.standing().values("lot"))
