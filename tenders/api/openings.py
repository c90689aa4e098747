"""Endpoints of the opening: watch it, ask the openers."""

from typing import Any

from django.urls import path

from core.api import Act, Reading
from tenders.actions import opening as actions
from tenders.api.tenders import PUBLISH, READ, OfATender
from tenders.models import Close, OpenedEnvelope, OpeningRequest, Tender
from tenders.serializers.bids import OpeningSerializer, RequestOpeningsSerializer


class OfAnOpening(OfATender):
    """Answers with the opening as it is then."""

    serializer_class = OpeningSerializer

    def shape(self, found: Any) -> Any:
        tender = OfATender.load(self, self.kwargs["reference"])
        requests = OpeningRequest.objects.filter(tender=tender).select_related("lot")
        opened = OpenedEnvelope.objects.filter(bid__tender=tender).order_by("request", "bid__reference")
        close = Close.objects.filter(tender=tender).first()
        shown = {
            "close": bytes(close.document).decode() if close else "",
            "requests": requests.prefetch_related("releases__opener"),
            "opened": opened.select_related("bid__lot", "bid__supplier"),
        }
        return super().shape(shown)


class Opening(OfAnOpening, Reading, Act):
    """What was asked for, who released, and what came out."""

    permissions = {"GET": READ, "POST": PUBLISH}
    takes, status = RequestOpeningsSerializer, 201

    def act(self, tender: Tender, asked: Any) -> None:
        """Ask the openers for the envelopes of every lot that is ready."""
        actions.request_openings(tender=tender, **asked.validated_data, **self.by)


urlpatterns = [
    path("tenders/<str:reference>/opening/", Opening.as_view(), name="api-opening"),
]
