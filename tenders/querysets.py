"""Questions about demand, tenders and bids. What a seat may see is decided here and nowhere else."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.permissions import OrganisationKind

BIDDING_KINDS = {OrganisationKind.SUPPLIER, OrganisationKind.DISTRIBUTOR}


class DemandWindowQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "DemandWindowQuerySet":
        """The agency reads all windows, a hospital those that ask it, a regulator all."""
        if seat.of_the_agency or seat.reads_the_trail:
            return self
        return self.filter(hospitals=seat.organisation_id)


class DemandReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "DemandReportQuerySet":
        if seat.of_the_agency or seat.reads_the_trail:
            return self
        return self.filter(hospital=seat.organisation_id)


class TenderQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "TenderQuerySet":
        """A draft is the agency's, its openers' and its evaluators'; what was published is everybody's."""
        if seat is None:
            return self.published()
        if seat.of_the_agency or seat.reads_the_trail:
            return self
        named = Q(openers__seat=seat, openers__replaced_at=None) | Q(
            evaluators__seat=seat, evaluators__replaced_at=None
        )
        return self.filter(Q(published_at__isnull=False) | Q(pk__in=self.model.objects.filter(named).values("pk")))

    def published(self) -> "TenderQuerySet":
        """Everything that was ever published, cancelled tenders included."""
        return self.filter(published_at__isnull=False)

    def open_for_bids(self, now: datetime) -> "TenderQuerySet":
        return self.filter(status=self.model.Status.PUBLISHED, deadline__gt=now)

    def closed(self, now: datetime) -> "TenderQuerySet":
        return self.filter(status=self.model.Status.PUBLISHED, deadline__lte=now)


class LotQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "LotQuerySet":
        from tenders.models import Tender

        return self.filter(tender__in=Tender.objects.visible_to(seat))

    def without_waiting_objection(self) -> "LotQuerySet":
        from tenders.models import Objection

        return self.exclude(pk__in=Objection.objects.waiting().values("lot"))


class BidQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "BidQuerySet":
        """Before its technical envelope was opened a bid exists for its supplier alone."""
        own = Q(supplier=seat.organisation_id)
        if seat.organisation.kind in BIDDING_KINDS or not self._reads_opened_bids(seat):
            return self.filter(own)
        return self.filter(own | Q(lot__opening_requests__envelope="technical")).distinct()

    def _reads_opened_bids(self, seat: Any) -> bool:
        return bool(seat.of_the_agency or seat.reads_the_trail or seat.may("evaluate") or seat.may("open_envelopes"))

    def standing(self) -> "BidQuerySet":
        """Bids whose last version is a bid and not a withdrawal."""
        from tenders.models import BidVersion

        return self.filter(pk__in=BidVersion.objects.standing().values("bid"))


class BidVersionQuerySet(models.QuerySet[Any]):
    def last_of_each(self) -> "BidVersionQuerySet":
        newer = self.model.objects.filter(bid=models.OuterRef("bid"), number__gt=models.OuterRef("number"))
        return self.filter(~models.Exists(newer))

    def standing(self) -> "BidVersionQuerySet":
        """The last version of every bid that was not withdrawn."""
        return self.last_of_each().filter(kind=self.model.Kind.BID)


class ReceiptQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ReceiptQuerySet":
        return self.filter(bid__supplier=seat.organisation_id)


class AwardQuerySet(models.QuerySet[Any]):
    def binding(self) -> "AwardQuerySet":
        return self.filter(awarded_at__isnull=False)


class ObjectionQuerySet(models.QuerySet[Any]):
    def visible_to(self, seat: Any) -> "ObjectionQuerySet":
        if seat.of_the_agency or seat.reads_the_trail:
            return self
        return self.filter(supplier=seat.organisation_id)

    def waiting(self) -> "ObjectionQuerySet":
        return self.filter(answer="")
