"""Endpoints of the opening: watch it, ask the openers."""

from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from tenders.actions import opening as actions
from tenders.api.tenders import PUBLISH, READ, checked, tender_of
from tenders.models import Close, OpenedEnvelope, OpeningRequest, Tender
from tenders.serializers.bids import OpeningSerializer, RequestOpeningsSerializer


def opening_of(tender: Tender, status: int = 200) -> Response:
    """The opening as it is now."""
    requests = OpeningRequest.objects.filter(tender=tender).select_related("lot")
    opened = OpenedEnvelope.objects.filter(bid__tender=tender).order_by("request", "bid__reference")
    close = Close.objects.filter(tender=tender).first()
    shown = {
        "close": bytes(close.document).decode() if close else "",
        "requests": requests.prefetch_related("releases__opener"),
        "opened": opened.select_related("bid__lot", "bid__supplier"),
    }
    return Response(OpeningSerializer(shown).data, status=status)


class Opening(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": READ, "POST": PUBLISH}

    @extend_schema(responses={200: OpeningSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str) -> Response:
        """What was asked for, who released, and what came out."""
        return opening_of(tender_of(request, reference))

    @extend_schema(request=RequestOpeningsSerializer, responses={201: OpeningSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Ask the openers for the envelopes of every lot that is ready."""
        tender = tender_of(request, reference)
        given = checked(RequestOpeningsSerializer, request).validated_data
        actions.request_openings(tender=tender, **given, by=seat_of(request), now=timezone.now())
        return opening_of(tender, 201)


urlpatterns = [
    path("tenders/<str:reference>/opening/", Opening.as_view(), name="api-opening"),
]
