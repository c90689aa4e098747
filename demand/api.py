"""Endpoints about demand."""

from typing import Any

from django.db.models import QuerySet, Sum
from django.urls import path
from rest_framework.parsers import MultiPartParser

from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind, Permission
from core.api import Act, Endpoint, Reading, ReadingMany, ReasonSerializer, Setting
from demand import actions
from demand.models import DemandEntry, DemandLine, DemandWindow, Mandate
from demand.querysets import MANDATE_READERS, READERS
from demand.serializers import (
    DemandLineSerializer,
    GiveMandateSerializer,
    MandateSerializer,
    OpenWindowSerializer,
    ReportDemandSerializer,
    UnlockDemandSerializer,
    WindowSerializer,
)


def windows_of(seat: Seat) -> QuerySet[DemandWindow]:
    return DemandWindow.objects.visible_to(seat).with_progress().select_related("agency")


class Windows(ReadingMany, Act):
    """Demand windows that the seat may read; the agency opens new ones."""

    model = DemandWindow
    permissions = {"GET": READERS, "POST": (Permission.OPEN_DEMAND,)}
    serializer_class = WindowSerializer
    filterset_fields = ("year",)
    takes, status = OpenWindowSerializer, 201

    def rows(self) -> QuerySet[DemandWindow]:
        return windows_of(self.seat).order_by("-reference")

    def act(self, thing: None, asked: Any) -> DemandWindow:
        everybody = Organisation.objects.standing().of_kind(OrganisationKind.HOSPITAL)
        hospitals = asked.validated_data.get("hospitals") or list(everybody)
        opened = actions.open_window(
            plan=asked.plan, items=asked.validated_data["items"], hospitals=hospitals, **self.by
        )
        return self.one(windows_of(self.seat), reference=opened.reference)


class OfAWindow(Endpoint):
    """Of the window at the address; answers with it as it is then."""

    serializer_class = WindowSerializer

    def load(self, reference: str) -> DemandWindow:
        return self.one(windows_of(self.seat), reference=reference)

    def shape(self, found: Any) -> Any:
        return super().shape(self.load(**self.kwargs))


class Window(OfAWindow, Reading):
    """One window."""

    permissions = {"GET": READERS}


class Lines(OfAWindow, ReadingMany):
    """The lines of a window, each with the sum of what the seat may read: a hospital reads its own numbers."""

    model = DemandLine
    permissions = {"GET": READERS}
    serializer_class = DemandLineSerializer

    def rows(self) -> QuerySet[DemandLine]:
        return self.load(**self.kwargs).lines.select_related("item")

    def context(self) -> dict[str, Any]:
        reports = self.load(**self.kwargs).reports.visible_to(self.seat)
        totals = DemandEntry.objects.filter(report__in=reports).order_by().values("item").annotate(sum=Sum("quantity"))
        return {"quantities": dict(totals.values_list("item", "sum"))}


class Report(OfAWindow, Setting):
    """Report the demand of the seat's hospital, whole: sent again, it replaces what was reported before."""

    permissions = {"PUT": (Permission.REPORT_DEMAND,)}
    takes = ReportDemandSerializer

    def act(self, window: DemandWindow, asked: Any) -> None:
        actions.report_demand(window=window, lines=asked.reported, **self.by)


class Lock(OfAWindow, Act):
    """Lock the numbers, so that tenders can be based on them."""

    permissions = {"POST": (Permission.OPEN_DEMAND,)}

    def act(self, window: DemandWindow, asked: Any) -> None:
        actions.lock_demand(window=window, **self.by)


class Unlock(OfAWindow, Act):
    """Unlock the numbers, with the reason."""

    permissions = {"POST": (Permission.OPEN_DEMAND,)}
    takes = UnlockDemandSerializer

    def act(self, window: DemandWindow, asked: Any) -> None:
        actions.unlock_demand(window=window, **asked.validated_data, **self.by)


def mandates_of(seat: Seat) -> QuerySet[Mandate]:
    return Mandate.objects.visible_to(seat).with_people()


class Mandates(ReadingMany, Act):
    """Mandates that the seat may read; an institution gives new ones, with the document as a part of the request."""

    model = Mandate
    permissions = {"GET": MANDATE_READERS, "POST": (Permission.SIGN_MANDATE,)}
    fresh = ("POST",)
    parser_classes = (MultiPartParser,)
    serializer_class = MandateSerializer
    filterset_fields = ("status",)
    takes, status = GiveMandateSerializer, 201

    def rows(self) -> QuerySet[Mandate]:
        return mandates_of(self.seat).order_by("-reference")

    def act(self, thing: None, asked: GiveMandateSerializer) -> Mandate:
        institutions = asked.validated_data.get("institutions") or [self.seat.organisation]
        given = actions.give_mandate(plan=asked.plan, institutions=institutions, paper=asked.paper, **self.by)
        return self.one(mandates_of(self.seat), reference=given.reference)


class OfAMandate(Endpoint):
    """Of the mandate at the address; answers with it as it is then."""

    serializer_class = MandateSerializer

    def load(self, reference: str) -> Mandate:
        return self.one(mandates_of(self.seat), reference=reference)

    def shape(self, found: Any) -> Any:
        return super().shape(self.load(**self.kwargs))


class OneMandate(OfAMandate, Reading):
    """One mandate."""

    permissions = {"GET": MANDATE_READERS}


class SignMandate(OfAMandate, Act):
    """Sign a mandate for the agency: it is in force."""

    permissions = {"POST": (Permission.SIGN_MANDATE,)}
    fresh = ("POST",)

    def act(self, mandate: Mandate, asked: Any) -> None:
        actions.sign_mandates(mandates=[mandate], **self.by)


class WithdrawMandate(OfAMandate, Act):
    """Take back, or decline, a mandate that waits for the agency's signature."""

    permissions = {"POST": (Permission.SIGN_MANDATE,)}
    takes = ReasonSerializer

    def act(self, mandate: Mandate, asked: Any) -> None:
        actions.withdraw_mandate(mandate=mandate, **asked.validated_data, **self.by)


class RevokeMandate(OfAMandate, Act):
    """End a mandate in force. What is published on it stays."""

    permissions = {"POST": (Permission.SIGN_MANDATE,)}
    fresh = ("POST",)
    takes = ReasonSerializer

    def act(self, mandate: Mandate, asked: Any) -> None:
        actions.revoke_mandate(mandate=mandate, **asked.validated_data, **self.by)


urlpatterns = [
    path("demand-windows/", Windows.as_view(), name="api-windows"),
    path("demand-windows/<str:reference>/", Window.as_view(), name="api-window"),
    path("demand-windows/<str:reference>/lines/", Lines.as_view(), name="api-demand-lines"),
    path("demand-windows/<str:reference>/report/", Report.as_view(), name="api-report-demand"),
    path("demand-windows/<str:reference>/lock/", Lock.as_view(), name="api-lock-demand"),
    path("demand-windows/<str:reference>/unlock/", Unlock.as_view(), name="api-unlock-demand"),
    path("mandates/", Mandates.as_view(), name="api-mandates"),
    path("mandates/<str:reference>/", OneMandate.as_view(), name="api-mandate"),
    path("mandates/<str:reference>/sign/", SignMandate.as_view(), name="api-sign-mandate"),
    path("mandates/<str:reference>/withdraw/", WithdrawMandate.as_view(), name="api-withdraw-mandate"),
    path("mandates/<str:reference>/revoke/", RevokeMandate.as_view(), name="api-revoke-mandate"),
]
