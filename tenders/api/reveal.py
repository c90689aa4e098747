"""Endpoints after lost keys: postponing the opening, the call by two officers, and a bidder's reveal."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from accounts.serializers import ReasonSerializer
from tenders.actions import bidding, opening
from tenders.api.bids import BID, bid_of
from tenders.api.openings import opening_of
from tenders.api.tenders import PUBLISH, READ, checked, tender_of
from tenders.call import published_call, reveal_receipt, shut_envelopes
from tenders.models import RevealCall
from tenders.serializers.bids import OpeningSerializer
from tenders.serializers.reveal import (
    CallSerializer,
    PrepareCallSerializer,
    PublishCallSerializer,
    RevealReceiptSerializer,
    RevealSerializer,
    RevealTermsSerializer,
)


def call_of(request: Request, reference: str) -> RevealCall:
    calls = RevealCall.objects.visible_to(seat_of(request)).filter(tender=tender_of(request, reference))
    return get_object_or_404(calls.select_related("tender", "called_by__person", "published_by__person"))


def answer(request: Request, reference: str) -> Response:
    """The call as it is now."""
    return Response(CallSerializer(call_of(request, reference)).data)


class Postpone(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": PUBLISH}

    @extend_schema(request=ReasonSerializer, responses={201: OpeningSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Put on record that too few openers came, and why. Whoever comes later still releases."""
        tender, given = tender_of(request, reference), checked(ReasonSerializer, request).validated_data
        opening.postpone_opening(tender=tender, **given, by=seat_of(request), now=timezone.now())
        return opening_of(tender, 201)


class Call(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": READ, "PUT": PUBLISH}

    @extend_schema(responses={200: CallSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """The call to reveal seeds to replacement openers; 404 where there is none."""
        return answer(request, reference)

    @extend_schema(request=PrepareCallSerializer, responses={200: CallSerializer, **WRITE_ERRORS})
    def put(self, request: Request, reference: str) -> Response:
        """Prepare the call, or make it anew before its publication. Openers can be replaced from then on."""
        tender, given = tender_of(request, reference), checked(PrepareCallSerializer, request).validated_data
        opening.call_reveal(tender=tender, **given, by=seat_of(request), now=timezone.now())
        return answer(request, reference)


class PublishCall(APIView):
    permission_classes = (SeatMay,)
    permissions = {"POST": PUBLISH}
    fresh = ("POST",)

    @extend_schema(request=PublishCallSerializer, responses={200: CallSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Publish, as the second person, what another prepared and all new openers signed the keys for."""
        call = call_of(request, reference)
        call.called_at = checked(PublishCallSerializer, request).validated_data["called_at"]
        opening.publish_call(call=call, by=seat_of(request), now=timezone.now())
        return answer(request, reference)


class RevealBid(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": BID, "POST": BID}
    fresh = ("POST",)

    @extend_schema(responses={200: RevealTermsSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """The call, and which envelopes of the bid it asks for; 404 where it asks for none."""
        bid = bid_of(request, reference)
        call, shut = published_call(bid.tender), shut_envelopes(bid.tender, bid=bid)
        if call is None or not shut:
            raise Http404
        ((version, kinds),) = shut.items()
        close = bytes(bid.tender.close.document).decode()
        terms = {"call": bytes(call.document or b"").decode(), "close": close}
        return Response(RevealTermsSerializer(terms | {"version": version.number, "envelopes": kinds}).data)

    @extend_schema(request=RevealSerializer, responses={201: RevealReceiptSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Reveal the seeds, sealed to the openers of the call. The same files again get the same receipt."""
        bid = bid_of(request, reference)
        given = checked(RevealSerializer, request).validated_data
        reveal = bidding.reveal_bid(bid=bid, **given, by=seat_of(request), now=timezone.now())
        receipt = {"receipt": reveal_receipt(reveal).decode()}
        return Response(RevealReceiptSerializer(receipt).data, status=201)


urlpatterns = [
    path("tenders/<str:reference>/opening/postpone/", Postpone.as_view(), name="api-postpone-opening"),
    path("tenders/<str:reference>/call/", Call.as_view(), name="api-call"),
    path("tenders/<str:reference>/call/publish/", PublishCall.as_view(), name="api-publish-call"),
    path("bids/<str:reference>/reveal/", RevealBid.as_view(), name="api-reveal-bid"),
]
