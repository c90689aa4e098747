"""Questions about decisions, awards and negotiations."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce, Length

from accounts.permissions import OrganisationKind
from core.querysets import along
from tenders.querysets import LotQuerySet


class DecisionQuerySet(models.QuerySet[Any]):
    def standing(self) -> "DecisionQuerySet":
        """Those that were not withdrawn: one a lot at most. With its tender's end a lot's proposal is void."""
        cancelled = along(self.model, "lot").Ending.CANCELLED
        return self.exclude(status=self.model.Status.WITHDRAWN).exclude(lot__ending=cancelled)

    def proposed(self) -> "DecisionQuerySet":
        """Proposals that may still become awards: on opened prices, or on a price negotiated after the lot ended."""
        lot = along(self.model, "lot")
        waits = models.Q(lot__status=lot.Status.OPENED) | models.Q(lot__ending__in=lot.NEGOTIABLE)
        return self.filter(waits, status=self.model.Status.PROPOSED)

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

    def binding(self) -> "AwardQuerySet":
        """Winners of binding decisions. A standby has a price and no volume."""
        return self.winners().filter(decision__status="awarded")

    def with_units(self) -> "AwardQuerySet":
        """Adds ``units``: all that is allocated to the award, in base units of the lot's main specification."""
        return self.annotate(units=Coalesce(models.Sum("allocations__quantity"), 0))

    def by_part(self) -> "AwardQuerySet":
        """In the order of the lots: a longer number comes after a shorter one."""
        return self.order_by(Length("part"), "part", "place")

    def of_lots(self, lots: Any) -> "AwardQuerySet":
        """The awards of the standing decisions on these lots."""
        return self.filter(decision__in=along(self.model, "decision").objects.standing().filter(lot__in=lots))


class AllocationQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "AllocationQuerySet":
        """What a hospital gets from whom is read by the hospital, the winner and those who run, watch or pay; everybody
        else reads the totals of the winners."""
        if seat.of_the_agency or seat.reads_the_trail or seat.organisation.kind == OrganisationKind.PAYER:
            return self
        return self.filter(models.Q(hospital__in=seat.lineage) | models.Q(award__supplier__in=seat.lineage))


class NegotiationQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "NegotiationQuerySet":
        """Those of the seat's organisation, and those in which it seals the reserve; auditors see all."""
        if seat.reads_the_trail:
            return self.all()
        return self.filter(models.Q(parties__overlap=seat.lineage) | models.Q(expert=seat.pk))

    def running(self) -> "NegotiationQuerySet":
        return self.filter(status__in=self.model.RUNNING)

    def for_list(self) -> "NegotiationQuerySet":
        """With all that a list says of one."""
        return self.select_related("lot__tender", "supplier", "product_version__product__item")

    def at_the_table(self, seat: Any) -> "NegotiationQuerySet":
        """Those in which the seat is one of the three."""
        mine = models.Q(agency_seat=seat.pk) | models.Q(hospital_seat=seat.pk) | models.Q(payer_seat=seat.pk)
        return self.filter(mine)

    def lots_to_negotiate(self, agency: int, now: datetime) -> LotQuerySet:
        """Lots of an agency that ended without a price, whose technical result is final and about which nobody
        talks or has talked."""
        lot = along(self.model, "lot")
        found = lot.objects.not_held().filter(tender__agency=agency, ending__in=lot.NEGOTIABLE, offered="product")
        final = found.filter(technical_result__final_at__lte=now)
        return final.exclude(pk__in=self.values("lot"))
