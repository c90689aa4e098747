"""Endpoints about tenders: read them, prepare, publish and cancel."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path

from accounts.models import Seat
from accounts.permissions import Permission
from core.api import Act, Endpoint, Reading, ReadingMany, ReasonSerializer, Setting
from tenders.actions import preparation, publication
from tenders.actions.copying import prepare_tender_like
from tenders.models import Tender
from tenders.serializers.tenders import (
    PublishSerializer,
    SetCriteriaSerializer,
    SetLotsSerializer,
    SetScheduleSerializer,
    TenderDetailSerializer,
    TenderPlanSerializer,
    TenderSerializer,
)
from tenders.volumes import volumes_of

READ = (Permission.READ_TENDERS,)
PREPARE = (Permission.PREPARE_TENDER,)
PUBLISH = (Permission.PUBLISH_TENDER,)


def tenders_of(seat: Seat) -> QuerySet[Tender]:
    return Tender.objects.visible_to(seat).select_related("agency", "window", "rule_set")


class ToldTender(Endpoint):
    """Tells of a tender, by its reference, as it is now."""

    def told(self, reference: str) -> Any:
        tender = self.one(tenders_of(self.seat), reference=reference)
        return TenderDetailSerializer(tender, context={"request": self.request, "volumes": volumes_of(tender)}).data


class Tenders(ReadingMany, ToldTender, Act):
    """Tenders that the seat may read; the agency begins new ones."""

    model = Tender
    permissions = {"GET": READ, "POST": PREPARE}
    serializer_class = TenderSerializer
    filterset_fields = ("kind", "status")
    takes, gives, status = TenderPlanSerializer, TenderDetailSerializer, 201

    def rows(self) -> QuerySet[Tender]:
        return Tender.objects.visible_to(self.seat).select_related("agency").order_by("-reference")

    def act(self, thing: None, asked: Any) -> Tender:
        return preparation.prepare_tender(plan=asked.plan, **self.by)

    def tell(self, done: Tender) -> Any:
        return self.told(done.reference)


class OfATender(Endpoint):
    """Of the tender at the address."""

    def load(self, reference: str) -> Tender:
        return self.one(tenders_of(self.seat), reference=reference)


class ChangedTender(OfATender, ToldTender):
    """Answers with the tender as it is then."""

    serializer_class = TenderDetailSerializer

    def shape(self, found: Any) -> Any:
        return self.told(self.kwargs["reference"])


class OneTender(ChangedTender, Reading, Setting):
    """One tender with its lots, criteria, rules and keys."""

    permissions = {"GET": READ, "PUT": PREPARE}
    takes = TenderPlanSerializer

    def act(self, tender: Tender, asked: Any) -> None:
        """Change the plan of a draft."""
        preparation.change_tender(tender=tender, plan=asked.plan, **self.by)


class LikeTender(OfATender, ToldTender, Act):
    """Begin a tender with the lots, criteria and people of this one, and none of its days."""

    permissions = {"POST": PREPARE}
    takes, gives, status = TenderPlanSerializer, TenderDetailSerializer, 201
    serializer_class = TenderDetailSerializer

    def act(self, tender: Tender, asked: Any) -> Tender:
        return prepare_tender_like(earlier=tender, plan=asked.plan, **self.by)

    def tell(self, done: Tender) -> Any:
        return self.told(done.reference)


class Lots(ChangedTender, Setting):
    """Set all lots of a draft anew, each of one or more items with conversion factors."""

    permissions = {"PUT": PREPARE}
    takes = SetLotsSerializer

    def act(self, tender: Tender, asked: Any) -> None:
        preparation.set_lots(tender=tender, lots=asked.plans, **self.by)


class TenderSchedule(ChangedTender, Setting):
    """Set deadline and supply period of a draft."""

    permissions = {"PUT": PREPARE}
    takes = SetScheduleSerializer

    def act(self, tender: Tender, asked: Any) -> None:
        preparation.set_schedule(tender=tender, **asked.validated_data, **self.by)


class Criteria(ChangedTender, Setting):
    """Set all criteria of a draft anew."""

    permissions = {"PUT": PREPARE}
    takes = SetCriteriaSerializer

    def act(self, tender: Tender, asked: Any) -> None:
        preparation.set_criteria(tender=tender, criteria=asked.plans, **self.by)


class Publish(ChangedTender, Act):
    """Publish a complete draft. Every fault is told at once: its field is the part, its row the lot."""

    permissions = {"POST": PUBLISH}
    takes = PublishSerializer

    def act(self, tender: Tender, asked: Any) -> None:
        tender.prepared_at = asked.validated_data["prepared_at"]
        publication.publish_tender(tender=tender, **self.by)


class Cancel(ChangedTender, Act):
    """Cancel a tender, with the reason. Its bids stay sealed for ever."""

    permissions = {"POST": PUBLISH}
    takes = ReasonSerializer

    def act(self, tender: Tender, asked: Any) -> None:
        publication.cancel_tender(tender=tender, **asked.validated_data, **self.by)


urlpatterns = [
    path("tenders/", Tenders.as_view(), name="api-tenders"),
    path("tenders/<str:reference>/", OneTender.as_view(), name="api-tender"),
    path("tenders/<str:reference>/like/", LikeTender.as_view(), name="api-prepare-like"),
    path("tenders/<str:reference>/lots/", Lots.as_view(), name="api-set-lots"),
    path("tenders/<str:reference>/schedule/", TenderSchedule.as_view(), name="api-set-schedule"),
    path("tenders/<str:reference>/criteria/", Criteria.as_view(), name="api-set-criteria"),
    path("tenders/<str:reference>/publish/", Publish.as_view(), name="api-publish-tender"),
    path("tenders/<str:reference>/cancel/", Cancel.as_view(), name="api-cancel-tender"),
]
