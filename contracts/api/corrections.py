"""Endpoints of what may be put right only by two, and of an expiry that was wrong."""

from typing import Any

from django.urls import path
from django.utils import timezone

from accounts.permissions import Permission
from contracts import actions
from contracts.api.deliveries import OfAnAcceptance, ToldDelivery
from contracts.models import Acceptance, Correction, DeliveryLine
from contracts.serializers import CorrectExpirySerializer, LaterArrivalSerializer
from core.api import Act, ReasonSerializer


class OfALine(ToldDelivery, Act):
    """An act on one line of a delivery; answers with the delivery as it is then."""

    def load(self, reference: str, line: int) -> DeliveryLine:
        related = ("delivery__order__contract", "batch")
        return self.one(self.delivery().lines.select_related(*related), number=line)


class OfACorrection(OfALine):
    """An answer to the correction of a line that waits for one."""

    def load(self, reference: str, line: int) -> Correction:
        found = super().load(reference, line)
        correction = self.one(found.corrections.open(timezone.now()).select_related("asked_by"))
        correction.line = found
        return correction


class AskReversal(OfAnAcceptance):
    """Ask a second person to reverse a verdict whose debt is overdue."""

    permissions = {"POST": (Permission.ACCEPT_DELIVERY,)}

    def act(self, acceptance: Acceptance, asked: Any) -> None:
        actions.ask_reversal(acceptance=acceptance, **asked.validated_data, **self.by)


class AskLaterArrival(OfALine):
    """Ask the deliverer to confirm that goods came later than their first verdict says."""

    permissions = {"POST": (Permission.ACCEPT_DELIVERY,)}
    takes = LaterArrivalSerializer

    def act(self, line: DeliveryLine, asked: Any) -> None:
        actions.ask_later_arrival(line=line, **asked.validated_data, **self.by)


class ApproveCorrection(OfACorrection):
    """A second person of the hospital approves a reversal; the deliverer confirms that goods came later."""

    permissions = {"POST": tuple(actions.ANSWERED_WITH.values())}
    fresh = ("POST",)

    def act(self, correction: Correction, asked: Any) -> None:
        actions.approve_correction(correction=correction, **self.by)


class DeclineCorrection(OfACorrection):
    """Leave everything as it is, with the reason."""

    permissions = {"POST": tuple(actions.ANSWERED_WITH.values())}
    takes = ReasonSerializer

    def act(self, correction: Correction, asked: Any) -> None:
        actions.decline_correction(correction=correction, **asked.validated_data, **self.by)


class WithdrawCorrection(OfACorrection):
    """The hospital no longer asks."""

    permissions = {"POST": (Permission.ACCEPT_DELIVERY,)}

    def act(self, correction: Correction, asked: Any) -> None:
        actions.withdraw_correction(correction=correction, **self.by)


class CorrectExpiry(OfALine):
    """Whoever sent a batch corrects its expiry, wherever it was sent."""

    permissions = {"POST": (Permission.DELIVER,)}
    takes = CorrectExpirySerializer

    def act(self, line: DeliveryLine, asked: Any) -> None:
        actions.correct_expiry(line=line, **asked.validated_data, **self.by)


LINE = "deliveries/<str:reference>/lines/<int:line>"
urlpatterns = [
    path(f"{LINE}/ask-reversal/", AskReversal.as_view(), name="api-ask-reversal"),
    path(f"{LINE}/ask-later-arrival/", AskLaterArrival.as_view(), name="api-ask-later-arrival"),
    path(f"{LINE}/approve-correction/", ApproveCorrection.as_view(), name="api-approve-correction"),
    path(f"{LINE}/decline-correction/", DeclineCorrection.as_view(), name="api-decline-correction"),
    path(f"{LINE}/withdraw-correction/", WithdrawCorrection.as_view(), name="api-withdraw-correction"),
    path(f"{LINE}/correct-expiry/", CorrectExpiry.as_view(), name="api-correct-expiry"),
]
