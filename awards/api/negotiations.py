"""Endpoints of negotiations: what programs read of them, and the acts of supplier and table in their turns."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path

from accounts.permissions import Permission
from awards.actions import negotiation as actions
from awards.actions.negotiation.ending import Outcome
from awards.models import Counter, Negotiation
from awards.presentation.negotiation import last_minutes
from awards.serializers.negotiations import NegotiationSerializer, OutcomeSerializer, PackPriceSerializer
from core.api import Act, Endpoint, Reading, ReadingMany
from tenders.api.tenders import READ


class OfANegotiation(Endpoint):
    """Of a negotiation in which the seat's organisation is a party; answers with it."""

    serializer_class = NegotiationSerializer

    def load(self, reference: str) -> Negotiation:
        return self.one(Negotiation.objects.visible_to(self.seat).for_list(), reference=reference)

    def context(self) -> dict[str, Any]:
        return {"seat": self.seat}

    def shape(self, found: Any) -> Any:
        return super().shape(self.load(**self.kwargs))


class Negotiations(ReadingMany):
    """Negotiations of which the seat's organisation is a party."""

    model = Negotiation
    permissions = {"GET": READ}
    serializer_class = NegotiationSerializer

    def context(self) -> dict[str, Any]:
        return {"seat": self.seat}

    def rows(self) -> QuerySet[Negotiation]:
        rows = Negotiation.objects.visible_to(self.seat).for_list()
        return rows.prefetch_related("offers", "counters", "minutes").order_by("-opened_at", "-pk")


class OneNegotiation(OfANegotiation, Reading):
    """A negotiation with its rounds, as its reader may see them."""

    permissions = {"GET": READ}


class MakeOffer(OfANegotiation, Act):
    """Offer a price a pack, as the supplier in its turn; no later offer may be higher."""

    permissions = {"POST": (Permission.BID,)}
    fresh = ("POST",)
    takes, status = PackPriceSerializer, 201

    def act(self, negotiation: Negotiation, asked: Any) -> None:
        actions.make_offer(negotiation=negotiation, **asked.validated_data, **self.by)


class ProposeCounter(OfANegotiation, Act):
    """Propose what the table answers to the last offer; a second seat signs it."""

    permissions = {"POST": (Permission.NEGOTIATE,)}
    fresh = ("POST",)
    takes, status = PackPriceSerializer, 201

    def act(self, negotiation: Negotiation, asked: Any) -> None:
        actions.propose_counter(negotiation=negotiation, **asked.validated_data, **self.by)


class SignCounter(OfANegotiation, Act):
    """Sign the answer that another seat of the table proposed last."""

    permissions = {"POST": (Permission.NEGOTIATE,)}
    fresh = ("POST",)

    def act(self, negotiation: Negotiation, asked: Any) -> None:
        waiting = Counter.objects.filter(negotiation=negotiation, signed_at=None).select_related("negotiation")
        last = waiting.order_by("pk").last()
        actions.sign_counter(counter=get_object_or_404(waiting, pk=last and last.pk), **self.by)


class CloseTalks(OfANegotiation, Act):
    """End the rounds, from a seat at the table."""

    permissions = {"POST": (Permission.NEGOTIATE,)}

    def act(self, negotiation: Negotiation, asked: Any) -> None:
        actions.close_talks(negotiation=negotiation, **self.by)


class DraftMinutes(OfANegotiation, Act):
    """Draft the minutes: agreed at the last offer, or failed with a reason and what that leads to."""

    permissions = {"POST": (Permission.NEGOTIATE,)}
    takes, status = OutcomeSerializer, 201

    def act(self, negotiation: Negotiation, asked: Any) -> None:
        actions.draft_minutes(negotiation=negotiation, outcome=Outcome(**asked.validated_data), **self.by)


class SignMinutes(OfANegotiation, Act):
    """Sign the last minutes for one's side."""

    permissions = {"POST": (Permission.NEGOTIATE, Permission.BID)}
    fresh = ("POST",)

    def act(self, negotiation: Negotiation, asked: Any) -> None:
        last = last_minutes(negotiation)
        actions.sign_minutes(minutes=get_object_or_404(negotiation.minutes, pk=last and last.pk), **self.by)


ONE = "negotiations/<str:reference>"

urlpatterns = [
    path("negotiations/", Negotiations.as_view(), name="api-negotiations"),
    path(f"{ONE}/", OneNegotiation.as_view(), name="api-negotiation"),
    path(f"{ONE}/offer/", MakeOffer.as_view(), name="api-make-offer"),
    path(f"{ONE}/counter/", ProposeCounter.as_view(), name="api-propose-counter"),
    path(f"{ONE}/sign-counter/", SignCounter.as_view(), name="api-sign-counter"),
    path(f"{ONE}/close/", CloseTalks.as_view(), name="api-close-talks"),
    path(f"{ONE}/minutes/", DraftMinutes.as_view(), name="api-draft-minutes"),
    path(f"{ONE}/sign/", SignMinutes.as_view(), name="api-sign-minutes"),
]
