"""Endpoints about changes of a published tender: read them, propose, approve, decline."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.serializers import ReasonSerializer
from tenders.actions import changes as actions
from tenders.api.tenders import PUBLISH, READ, checked, tender_of
from tenders.models import Change
from tenders.presentation.changes import PEOPLE
from tenders.serializers.changes import ChangeSerializer, ProposeAmendmentSerializer, ProposeExtensionSerializer

ANSWERS = {201: ChangeSerializer, **WRITE_ERRORS}


def change_of(request: Request, reference: str, number: int) -> Change:
    tender = tender_of(request, reference)
    changes = Change.objects.visible_to(seat_of(request)).filter(tender=tender)
    return get_object_or_404(changes.select_related(*PEOPLE, "tender"), number=number)


def answer(request: Request, change: Change, status: int = 200) -> Response:
    """The change as it is now."""
    found = change_of(request, change.tender.reference, change.number)
    return Response(ChangeSerializer(found).data, status=status)


class Changes(ListAPIView):
    """What was changed in a tender since its publication; the agency also reads what is proposed."""

    queryset = Change.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": READ}
    serializer_class = ChangeSerializer
    filter_backends = ()

    def get_queryset(self) -> Any:
        tender = tender_of(self.request, self.kwargs["reference"])
        changes = Change.objects.visible_to(seat_of(self.request)).filter(tender=tender)
        return changes.select_related(*PEOPLE).order_by("number")


class Extensions(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": PUBLISH}

    @extend_schema(request=ProposeExtensionSerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str) -> Response:
        """Propose a later deadline, before the published one has come."""
        tender, given = tender_of(request, reference), checked(ProposeExtensionSerializer, request).validated_data
        change = actions.propose_extension(tender=tender, **given, by=seat_of(request), now=timezone.now())
        return answer(request, change, 201)


class Amendments(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": PUBLISH}

    @extend_schema(request=ProposeAmendmentSerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str) -> Response:
        """Propose another notice as a whole. Every fault is told at once: its row is the lot or criterion."""
        tender, given = tender_of(request, reference), checked(ProposeAmendmentSerializer, request).proposal
        change = actions.propose_amendment(tender=tender, **given, by=seat_of(request), now=timezone.now())
        return answer(request, change, 201)


class Cancellations(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": PUBLISH}

    @extend_schema(request=ReasonSerializer, responses=ANSWERS)
    def post(self, request: Request, reference: str) -> Response:
        """Propose to cancel a published tender, with the reason."""
        tender, given = tender_of(request, reference), checked(ReasonSerializer, request).validated_data
        change = actions.propose_cancellation(tender=tender, **given, by=seat_of(request), now=timezone.now())
        return answer(request, change, 201)


class Approve(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": PUBLISH}

    @extend_schema(request=None, responses={200: ChangeSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Approve what somebody else proposed, and carry it out."""
        change = change_of(request, reference, number)
        return answer(request, actions.approve_change(change=change, by=seat_of(request), now=timezone.now()))


class Decline(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": PUBLISH}

    @extend_schema(request=ReasonSerializer, responses={200: ChangeSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str, number: int) -> Response:
        """Decline a proposal, or take back one's own."""
        change, given = change_of(request, reference, number), checked(ReasonSerializer, request).validated_data
        return answer(request, actions.decline_change(change=change, **given, by=seat_of(request), now=timezone.now()))


urlpatterns = [
    path("tenders/<str:reference>/changes/", Changes.as_view(), name="api-changes"),
    path("tenders/<str:reference>/extensions/", Extensions.as_view(), name="api-propose-extension"),
    path("tenders/<str:reference>/amendments/", Amendments.as_view(), name="api-propose-amendment"),
    path("tenders/<str:reference>/cancellations/", Cancellations.as_view(), name="api-propose-cancellation"),
    path("tenders/<str:reference>/changes/<int:number>/approve/", Approve.as_view(), name="api-approve-change"),
    path("tenders/<str:reference>/changes/<int:number>/decline/", Decline.as_view(), name="api-decline-change"),
]
