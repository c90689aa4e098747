"""Questions about decisions and awards."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce, Length

from accounts.permissions import OrganisationKind
from core.querysets import along
from tenders.querysets import LotQuerySet

# Since when an award binds: one that replaces another has its own day.
AWARDED_AT = Coalesce("letter__issued_at", "decision__awarded_at")


class DecisionQuerySet(models.QuerySet[Any]):
    def standing(self) -> "DecisionQuerySet":
        """Those that were not withdrawn: one a lot at most. With its tender's end a lot's proposal is void."""
        cancelled = along(self.model, "lot").Ending.CANCELLED
        return self.exclude(status=self.model.Status.WITHDRAWN).exclude(lot__ending=cancelled)

    def proposed(self) -> "DecisionQuerySet":
        """Proposals that may still become awards."""
        opened = along(self.model, "lot").Status.OPENED
        return self.filter(status=self.model.Status.PROPOSED, lot__status=opened)

    def in_standstill(self, now: datetime) -> "DecisionQuerySet":
        return self.proposed().filter(standstill_until__gt=now)

    def ready_to_award(self, now: datetime) -> "DecisionQuerySet":
        """Proposals whose standstill is over, of lots that nothing holds."""
        over = self.proposed().filter(standstill_until__lte=now)
        return over.exclude(lot__in=along(self.model, "lot__holds").objects.standing().values("lot"))

    def ranked(self) -> models.QuerySet[Any]:
        """Ranked bids of lots, the first first, without those that a withdrawn decision set aside."""
        awards = along(self.model, "awards").objects.filter(decision__set_aside=models.F("place"))
        aside = awards.filter(decision__lot=models.OuterRef("lot"), bid=models.OuterRef("bid__reference"))
        rankings = along(self.model, "lot__rankings").objects.filter(~models.Exists(aside), rank__isnull=False)
        return rankings.order_by("lot_id", "rank")

    def lots_to_propose(self) -> LotQuerySet:
        """Lots whose prices are open, on which nothing is decided and of which a ranked bid can be proposed."""
        return self._undecided().filter(pk__in=self.ranked().values("lot"))

    def lots_to_fail(self) -> LotQuerySet:
        """Lots whose prices are open, on which nothing is decided and of which no bid can be proposed."""
        return self._undecided().exclude(pk__in=self.ranked().values("lot"))

    def _undecided(self) -> LotQuerySet:
        lot = along(self.model, "lot")
        opened = lot.objects.not_held().filter(status=lot.Status.OPENED)
        return opened.exclude(pk__in=self.standing().values("lot"))


class AwardQuerySet(models.QuerySet[Any]):
    def winners(self) -> "AwardQuerySet":
        return self.filter(kind="winner")

    def standbys(self) -> "AwardQuerySet":
        return self.filter(kind="standby")

    def standing(self) -> "AwardQuerySet":
        """Without those that ended because the winner did not sign."""
        return self.filter(letter__ended_at=None)

    def binding(self) -> "AwardQuerySet":
        """Winners of binding decisions whose award has not ended. A standby has a price and no volume."""
        return self.winners().standing().filter(decision__status="awarded")

    def with_units(self) -> "AwardQuerySet":
        """Adds ``units``: all that is allocated to the award, in base units of the lot's main specification."""
        return self.annotate(units=Coalesce(models.Sum("allocations__quantity"), 0))

    def by_part(self) -> "AwardQuerySet":
        """In the order of the lots: a longer number comes after a shorter one."""
        return self.order_by(Length("part"), "part", "place")

    def of_lots(self, lots: Any) -> "AwardQuerySet":
        """The awards of the standing decisions on these lots."""
        return self.filter(decision__in=along(self.model, "decision").objects.standing().filter(lot__in=lots))


class AwardLetterQuerySet(models.QuerySet[Any]):
    def silent(self, now: datetime) -> "AwardLetterQuerySet":
        """Whose day has passed: the contract lies before the winner, who neither signed nor refused."""
        open_ = self.filter(signed_at=None, ended_at=None, presented_at__isnull=False)
        return open_.filter(sign_until__lte=now)

    def to_offer(self, now: datetime) -> "AwardLetterQuerySet":
        """Of ended awards for which nobody else was found yet, and that nobody is thinking over."""
        ended = self.filter(ended_at__isnull=False, given_up_at=None)
        return ended.exclude(pk__in=self._offers().open(now).values("letter"))

    def to_award(self) -> "AwardLetterQuerySet":
        """Of ended awards that the next in rank has accepted and that are not awarded to it yet."""
        accepted = self._offers().filter(accepted_at__isnull=False)
        return self.filter(award__replaced_by=None, given_up_at=None, pk__in=accepted.values("letter"))

    def _offers(self) -> "NextOfferQuerySet":
        return along(self.model, "offers").objects.all()


class NextOfferQuerySet(models.QuerySet[Any]):
    def running(self, now: datetime) -> "NextOfferQuerySet":
        """Those that can still be answered."""
        return self.filter(accepted_at=None, declined_at=None, answer_until__gt=now)

    def open(self, now: datetime) -> "NextOfferQuerySet":
        """Those that were accepted or can still be."""
        return self.filter(declined_at=None).filter(
            models.Q(accepted_at__isnull=False) | models.Q(answer_until__gt=now)
        )


class AllocationQuerySet(models.QuerySet[Any]):
    def standing(self) -> "AllocationQuerySet":
        """Without those of awards that ended, which whoever replaces them has anew."""
        return self.filter(award__letter__ended_at=None)

    def visible_to(self, seat: Any) -> "AllocationQuerySet":
        """What a hospital gets from whom is read by the hospital, the winner and those who run, watch or pay; everybody
        else reads the totals of the winners."""
        if seat.of_the_agency or seat.reads_the_trail or seat.organisation.kind == OrganisationKind.PAYER:
            return self
        return self.filter(models.Q(hospital__in=seat.lineage) | models.Q(award__supplier__in=seat.lineage))
