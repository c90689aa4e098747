"""Endpoints after lost keys: postponing the opening, the call by two officers, and a bidder's reveal."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import path

from core.api import Act, Reading, ReasonSerializer, Setting
from tenders.actions import bidding, opening
from tenders.api.bids import BID, OfABid
from tenders.api.openings import OfAnOpening
from tenders.api.tenders import PUBLISH, READ, OfATender
from tenders.call import published_call, reveal_receipt, shut_envelopes
from tenders.models import Bid, RevealCall, Tender
from tenders.serializers.reveal import (
    CallSerializer,
    PrepareCallSerializer,
    PublishCallSerializer,
    RevealReceiptSerializer,
    RevealSerializer,
    RevealTermsSerializer,
)


class Postpone(OfAnOpening, Act):
    """Put on record that too few openers came, and why. Whoever comes later still releases."""

    permissions = {"POST": PUBLISH}
    takes, status = ReasonSerializer, 201

    def act(self, tender: Tender, asked: Any) -> None:
        opening.postpone_opening(tender=tender, **asked.validated_data, **self.by)


class OfACall(OfATender):
    """Answers with the call as it is then."""

    serializer_class = CallSerializer

    def calls(self) -> QuerySet[RevealCall]:
        seen = RevealCall.objects.visible_to(self.seat).filter(tender=super().load(self.kwargs["reference"]))
        return seen.select_related("tender", "called_by__person", "published_by__person")

    def shape(self, found: Any) -> Any:
        return super().shape(self.one(self.calls()))


class Call(OfACall, Reading, Setting):
    """The call to reveal seeds to replacement openers; 404 where there is none."""

    permissions = {"GET": READ, "PUT": PUBLISH}
    takes = PrepareCallSerializer

    def act(self, tender: Tender, asked: Any) -> None:
        """Prepare the call, or make it anew before its publication. Openers can be replaced from then on."""
        opening.call_reveal(tender=tender, **asked.validated_data, **self.by)


class PublishCall(OfACall, Act):
    """Publish, as the second person, what another prepared and all new openers signed the keys for."""

    permissions = {"POST": PUBLISH}
    fresh = ("POST",)
    takes = PublishCallSerializer

    def load(self, reference: str) -> RevealCall:
        return self.one(self.calls())

    def act(self, call: RevealCall, asked: Any) -> None:
        call.called_at = asked.validated_data["called_at"]
        opening.publish_call(call=call, **self.by)


class RevealBid(OfABid, Reading, Act):
    """The call, and which envelopes of the bid it asks for; 404 where it asks for none."""

    permissions = {"GET": BID, "POST": BID}
    fresh = ("POST",)
    serializer_class = RevealTermsSerializer
    takes, gives, status = RevealSerializer, RevealReceiptSerializer, 201

    def shape(self, found: Bid) -> Any:
        call, shut = published_call(found.tender), shut_envelopes(found.tender, bid=found)
        if call is None or not shut:
            raise Http404
        ((version, kinds),) = shut.items()
        close = bytes(found.tender.close.document).decode()
        terms = {"call": bytes(call.document or b"").decode(), "close": close}
        return super().shape(terms | {"version": version.number, "envelopes": kinds})

    def act(self, bid: Bid, asked: Any) -> dict[str, str]:
        """Reveal the seeds, sealed to the openers of the call. The same files again get the same receipt."""
        reveal = bidding.reveal_bid(bid=bid, **asked.validated_data, **self.by)
        return {"receipt": reveal_receipt(reveal).decode()}


urlpatterns = [
    path("tenders/<str:reference>/opening/postpone/", Postpone.as_view(), name="api-postpone-opening"),
    path("tenders/<str:reference>/call/", Call.as_view(), name="api-call"),
    path("tenders/<str:reference>/call/publish/", PublishCall.as_view(), name="api-publish-call"),
    path("bids/<str:reference>/reveal/", RevealBid.as_view(), name="api-reveal-bid"),
]
