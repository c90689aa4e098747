"""Endpoints for revealing a bid's seeds after lost keys."""

from django.http import Http404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from tenders.actions import bidding as actions
from tenders.api.bids import BID, bid_of
from tenders.api.tenders import checked
from tenders.call import published_call, reveal_receipt, shut_envelopes
from tenders.serializers.reveal import RevealReceiptSerializer, RevealSerializer, RevealTermsSerializer


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
        reveal = actions.reveal_bid(bid=bid, **given, by=seat_of(request), now=timezone.now())
        receipt = {"receipt": reveal_receipt(reveal).decode()}
        return Response(RevealReceiptSerializer(receipt).data, status=201)


urlpatterns = [path("bids/<str:reference>/reveal/", RevealBid.as_view(), name="api-reveal-bid")]
