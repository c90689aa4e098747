"""Endpoints about changes of a published tender: read them, propose, approve, decline."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path

from core.api import Act, Listing, ReasonSerializer
from tenders.actions import changes as actions
from tenders.api.tenders import PUBLISH, READ, OfATender
from tenders.models import Change, Tender
from tenders.presentation.changes import PEOPLE
from tenders.serializers.changes import ChangeSerializer, ProposeAmendmentSerializer, ProposeExtensionSerializer


class OfAChange(OfATender):
    """Tells of a change as it is now."""

    serializer_class = ChangeSerializer

    def changes(self) -> QuerySet[Change]:
        tender = OfATender.load(self, self.kwargs["reference"])
        return Change.objects.visible_to(self.seat).filter(tender=tender).select_related(*PEOPLE, "tender")

    def shape(self, found: Change) -> Any:
        return super().shape(self.one(self.changes(), number=found.number))


class Changes(OfAChange, Listing):
    """What was changed in a tender since its publication; the agency also reads what is proposed."""

    model = Change
    permissions = {"GET": READ}
    filter_backends = ()

    def rows(self) -> QuerySet[Change]:
        return self.changes().order_by("number")


class Proposal(OfAChange, Act):
    permissions = {"POST": PUBLISH}
    status = 201


class Extensions(Proposal):
    """Propose a later deadline, before the published one has come."""

    takes = ProposeExtensionSerializer

    def act(self, tender: Tender, asked: Any) -> Change:
        return actions.propose_extension(tender=tender, **asked.validated_data, **self.by)


class Amendments(Proposal):
    """Propose another notice as a whole. Every fault is told at once: its row is the lot or criterion."""

    takes = ProposeAmendmentSerializer

    def act(self, tender: Tender, asked: Any) -> Change:
        return actions.propose_amendment(tender=tender, **asked.proposal, **self.by)


class Cancellations(Proposal):
    """Propose to cancel a published tender, with the reason."""

    takes = ReasonSerializer

    def act(self, tender: Tender, asked: Any) -> Change:
        return actions.propose_cancellation(tender=tender, **asked.validated_data, **self.by)


class DecidedChange(OfAChange, Act):
    permissions = {"POST": PUBLISH}

    def load(self, reference: str, number: int) -> Change:
        return self.one(self.changes(), number=number)


class Approve(DecidedChange):
    """Approve what somebody else proposed, and carry it out."""

    def act(self, change: Change, asked: Any) -> Change:
        return actions.approve_change(change=change, **self.by)


class Decline(DecidedChange):
    """Decline a proposal, or take back one's own."""

    takes = ReasonSerializer

    def act(self, change: Change, asked: Any) -> Change:
        return actions.decline_change(change=change, **asked.validated_data, **self.by)


urlpatterns = [
    path("tenders/<str:reference>/changes/", Changes.as_view(), name="api-changes"),
    path("tenders/<str:reference>/extensions/", Extensions.as_view(), name="api-propose-extension"),
    path("tenders/<str:reference>/amendments/", Amendments.as_view(), name="api-propose-amendment"),
    path("tenders/<str:reference>/cancellations/", Cancellations.as_view(), name="api-propose-cancellation"),
    path("tenders/<str:reference>/changes/<int:number>/approve/", Approve.as_view(), name="api-approve-change"),
    path("tenders/<str:reference>/changes/<int:number>/decline/", Decline.as_view(), name="api-decline-change"),
]
