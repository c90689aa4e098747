"""Endpoints about demand."""

from typing import Any

from django.db.models import Sum
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.models import Organisation
from accounts.permissions import OrganisationKind, Permission
from demand import actions
from demand.models import DemandEntry, DemandLine, DemandWindow
from demand.querysets import READERS
from demand.serializers import (
    DemandLineSerializer,
    OpenWindowSerializer,
    ReportDemandSerializer,
    UnlockDemandSerializer,
    WindowSerializer,
)


def windows(request: Request) -> Any:
    return DemandWindow.objects.visible_to(seat_of(request)).with_progress().select_related("agency")


def window_of(request: Request, reference: str) -> DemandWindow:
    return get_object_or_404(windows(request), reference=reference)


def answer(request: Request, window: DemandWindow, status: int = 200) -> Response:
    """The window as it is now."""
    return Response(WindowSerializer(window_of(request, window.reference)).data, status=status)


class Windows(ListAPIView):
    """Demand windows that the seat may read; the agency opens new ones."""

    queryset = DemandWindow.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": READERS, "POST": (Permission.OPEN_DEMAND,)}
    serializer_class = WindowSerializer
    filterset_fields = ("year",)

    def get_queryset(self) -> Any:
        return windows(self.request).order_by("-reference")

    @extend_schema(request=OpenWindowSerializer, responses={201: WindowSerializer, **WRITE_ERRORS})
    def post(self, request: Request) -> Response:
        given = OpenWindowSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        everybody = Organisation.objects.standing().of_kind(OrganisationKind.HOSPITAL)
        window = actions.open_window(
            plan=given.plan,
            items=given.validated_data["items"],
            hospitals=given.validated_data.get("hospitals") or list(everybody),
            by=seat_of(request),
            now=timezone.now(),
        )
        return answer(request, window, 201)


class Window(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": READERS}

    @extend_schema(responses={200: WindowSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """One window."""
        return answer(request, window_of(request, reference))


class Lines(ListAPIView):
    """The lines of a window, each with the sum of what the seat may read: a hospital reads its own numbers."""

    queryset = DemandLine.objects.none()  # tells the schema what is listed
    permission_classes = (SeatMay,)
    permissions = {"GET": READERS}
    serializer_class = DemandLineSerializer

    def get_queryset(self) -> Any:
        return window_of(self.request, self.kwargs["reference"]).lines.select_related("item")

    def get_serializer_context(self) -> dict[str, Any]:
        context = super().get_serializer_context()
        if "reference" not in self.kwargs:
            return context
        reports = window_of(self.request, self.kwargs["reference"]).reports.visible_to(seat_of(self.request))
        totals = DemandEntry.objects.filter(report__in=reports).order_by().values("item").annotate(sum=Sum("quantity"))
        return {**context, "quantities": dict(totals.values_list("item", "sum"))}


class Report(APIView):
    permission_classes = (SeatMay,)
    permissions = {"PUT": (Permission.REPORT_DEMAND,)}

    @extend_schema(request=ReportDemandSerializer, responses={200: WindowSerializer, **WRITE_ERRORS})
    def put(self, request: Request, reference: str) -> Response:
        """Report the demand of the seat's hospital, whole: sent again, it replaces what was reported before."""
        window = window_of(request, reference)
        given = ReportDemandSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        actions.report_demand(window=window, lines=given.reported, by=seat_of(request), now=timezone.now())
        return answer(request, window)


class Lock(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.OPEN_DEMAND,)}

    @extend_schema(request=None, responses={200: WindowSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Lock the numbers, so that tenders can be based on them."""
        window = window_of(request, reference)
        return answer(request, actions.lock_demand(window=window, by=seat_of(request), now=timezone.now()))


class Unlock(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": (Permission.OPEN_DEMAND,)}

    @extend_schema(request=UnlockDemandSerializer, responses={200: WindowSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Unlock the numbers, with the reason."""
        window = window_of(request, reference)
        given = UnlockDemandSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        now = timezone.now()
        return answer(
            request, actions.unlock_demand(window=window, **given.validated_data, by=seat_of(request), now=now)
        )


urlpatterns = [
    path("demand-windows/", Windows.as_view(), name="api-windows"),
    path("demand-windows/<str:reference>/", Window.as_view(), name="api-window"),
    path("demand-windows/<str:reference>/lines/", Lines.as_view(), name="api-demand-lines"),
    path("demand-windows/<str:reference>/report/", Report.as_view(), name="api-report-demand"),
    path("demand-windows/<str:reference>/lock/", Lock.as_view(), name="api-lock-demand"),
    path("demand-windows/<str:reference>/unlock/", Unlock.as_view(), name="api-unlock-demand"),
]
