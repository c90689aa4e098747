"""Endpoints about tenders: read them, prepare, publish and cancel."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.permissions import Permission
from accounts.serializers import ReasonSerializer
from core.clock import legal_date
from tenders.actions import preparation, publication
from tenders.models import RuleSet, Tender
from tenders.serializers.tenders import (
    PublishSerializer,
    RuleSetSerializer,
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


def tender_of(request: Request, reference: str) -> Tender:
    tenders = Tender.objects.visible_to(seat_of(request)).select_related("agency", "window", "rule_set")
    return get_object_or_404(tenders, reference=reference)


def answer(request: Request, reference: str, status: int = 200) -> Response:
    """The tender as it is now."""
    tender = tender_of(request, reference)
    detail = TenderDetailSerializer(tender, context={"request": request, "volumes": volumes_of(tender)})
    return Response(detail.data, status=status)


def checked(serializer: type[Serializer], request: Request) -> Any:
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return given


class Tenders(ListAPIView):
    """Tenders that the seat may read; the agency begins new ones."""

    queryset = Tender.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": READ, "POST": PREPARE}
    serializer_class = TenderSerializer
    filterset_fields = ("kind", "status")

    def get_queryset(self) -> Any:
        return Tender.objects.visible_to(seat_of(self.request)).select_related("agency").order_by("-reference")

    @extend_schema(request=TenderPlanSerializer, responses={201: TenderDetailSerializer, **WRITE_ERRORS})
    def post(self, request: Request) -> Response:
        plan = checked(TenderPlanSerializer, request).plan
        tender = preparation.prepare_tender(plan=plan, by=seat_of(request), now=timezone.now())
        return answer(request, tender.reference, 201)


class OneTender(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": READ, "PUT": PREPARE}

    @extend_schema(responses={200: TenderDetailSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """One tender with its lots, criteria, rules and keys."""
        return answer(request, reference)

    @extend_schema(request=TenderPlanSerializer, responses={200: TenderDetailSerializer, **WRITE_ERRORS})
    def put(self, request: Request, reference: str) -> Response:
        """Change the plan of a draft."""
        tender = tender_of(request, reference)
        plan = checked(TenderPlanSerializer, request).plan
        preparation.change_tender(tender=tender, plan=plan, by=seat_of(request), now=timezone.now())
        return answer(request, reference)


class Lots(APIView):
    permission_classes = (SeatMay,)
    permissions = {"PUT": PREPARE}

    @extend_schema(request=SetLotsSerializer, responses={200: TenderDetailSerializer, **WRITE_ERRORS})
    def put(self, request: Request, reference: str) -> Response:
        """Set all lots of a draft anew, each of one or more items with conversion factors."""
        tender = tender_of(request, reference)
        lots = checked(SetLotsSerializer, request).plans
        preparation.set_lots(tender=tender, lots=lots, by=seat_of(request), now=timezone.now())
        return answer(request, reference)


class TenderSchedule(APIView):
    permission_classes = (SeatMay,)
    permissions = {"PUT": PREPARE}

    @extend_schema(request=SetScheduleSerializer, responses={200: TenderDetailSerializer, **WRITE_ERRORS})
    def put(self, request: Request, reference: str) -> Response:
        """Set deadline and supply period of a draft."""
        tender = tender_of(request, reference)
        given = checked(SetScheduleSerializer, request).validated_data
        preparation.set_schedule(tender=tender, **given, by=seat_of(request), now=timezone.now())
        return answer(request, reference)


class Criteria(APIView):
    permission_classes = (SeatMay,)
    permissions = {"PUT": PREPARE}

    @extend_schema(request=SetCriteriaSerializer, responses={200: TenderDetailSerializer, **WRITE_ERRORS})
    def put(self, request: Request, reference: str) -> Response:
        """Set all criteria of a draft anew."""
        tender = tender_of(request, reference)
        criteria = checked(SetCriteriaSerializer, request).plans
        preparation.set_criteria(tender=tender, criteria=criteria, by=seat_of(request), now=timezone.now())
        return answer(request, reference)


class Publish(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": PUBLISH}

    @extend_schema(request=PublishSerializer, responses={200: TenderDetailSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Publish a complete draft. Every fault is told at once: its field is the part, its row the lot."""
        tender = tender_of(request, reference)
        tender.prepared_at = checked(PublishSerializer, request).validated_data["prepared_at"]
        publication.publish_tender(tender=tender, by=seat_of(request), now=timezone.now())
        return answer(request, reference)


class Cancel(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": PUBLISH}

    @extend_schema(request=ReasonSerializer, responses={200: TenderDetailSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Cancel a tender, with the reason. Its bids stay sealed for ever."""
        tender = tender_of(request, reference)
        reason = checked(ReasonSerializer, request).validated_data["reason"]
        publication.cancel_tender(tender=tender, reason=reason, by=seat_of(request), now=timezone.now())
        return answer(request, reference)


@extend_schema(responses={200: RuleSetSerializer(many=True), **READ_ERRORS})
class RuleSets(ListAPIView):
    """The rule sets in force today."""

    permission_classes = (SeatMay,)
    permissions = {"GET": READ}
    serializer_class = RuleSetSerializer

    def get_queryset(self) -> Any:
        return RuleSet.objects.in_force(legal_date(timezone.now())).order_by("code")


urlpatterns = [
    path("rule-sets/", RuleSets.as_view(), name="api-rule-sets"),
    path("tenders/", Tenders.as_view(), name="api-tenders"),
    path("tenders/<str:reference>/", OneTender.as_view(), name="api-tender"),
    path("tenders/<str:reference>/lots/", Lots.as_view(), name="api-set-lots"),
    path("tenders/<str:reference>/schedule/", TenderSchedule.as_view(), name="api-set-schedule"),
    path("tenders/<str:reference>/criteria/", Criteria.as_view(), name="api-set-criteria"),
    path("tenders/<str:reference>/publish/", Publish.as_view(), name="api-publish-tender"),
    path("tenders/<str:reference>/cancel/", Cancel.as_view(), name="api-cancel-tender"),
]
