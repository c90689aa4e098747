"""Endpoints for sealed attachments, sent ahead of a submission, and for a bidder's own stored envelopes."""

from typing import IO, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import READ_ERRORS, WRITE_ERRORS
from accounts.api_access import SeatMay, seat_of
from sealing.attachments import SEALED_CHUNK
from tenders.actions import bidding as actions
from tenders.api.bids import BID, bid_of
from tenders.api.tenders import checked
from tenders.models import EnvelopeKind, SealedAttachment
from tenders.serializers.bids import DeclareAttachmentSerializer, SealedAttachmentSerializer


class ChunkParser(BaseParser):
    """Bytes as they come, and one more than a chunk has at the most: enough to refuse what is too long."""

    media_type = "application/octet-stream"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> bytes:
        return stream.read(SEALED_CHUNK + 1)


class Attachments(ListAPIView):
    """The sealed attachments of one's own bid, whole or begun."""

    permission_classes = (SeatMay,)
    permissions = {"GET": BID, "POST": BID}
    serializer_class = SealedAttachmentSerializer
    filter_backends = ()
    queryset = SealedAttachment.objects.none()

    def get_queryset(self) -> Any:
        return bid_of(self.request, self.kwargs["reference"]).attachments.with_stored().order_by("pk")

    @extend_schema(request=DeclareAttachmentSerializer, responses={201: SealedAttachmentSerializer, **WRITE_ERRORS})
    def post(self, request: Request, reference: str) -> Response:
        """Begin to store a sealed attachment, or go on with one: the answer says which chunks are missing."""
        bid = bid_of(request, reference)
        given = checked(DeclareAttachmentSerializer, request).validated_data
        attachment = actions.declare_attachment(bid=bid, **given, by=seat_of(request), now=timezone.now())
        return Response(SealedAttachmentSerializer(attachment_of(request, reference, attachment.blob)).data, status=201)


class OneAttachment(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": BID}

    @extend_schema(responses={200: SealedAttachmentSerializer, **READ_ERRORS})
    def get(self, request: Request, reference: str, blob: str) -> Response:
        """One sealed attachment, and which of its chunks are missing."""
        return Response(SealedAttachmentSerializer(attachment_of(request, reference, blob)).data)


class Chunk(APIView):
    permission_classes = (SeatMay,)
    permissions = {"PUT": BID}
    parser_classes = (ChunkParser,)

    @extend_schema(request=OpenApiTypes.BINARY, responses={204: None, **WRITE_ERRORS})
    def put(self, request: Request, reference: str, blob: str, number: int) -> Response:
        """Store one sealed chunk (number from 0), which must be the one declared. Sending it again is harmless."""
        attachment = attachment_of(request, reference, blob)
        data = request.data if isinstance(request.data, bytes) else b""
        actions.store_chunk(attachment=attachment, number=number, data=data, by=seat_of(request), now=timezone.now())
        return Response(status=204)


class Envelope(APIView):
    permission_classes = (SeatMay,)
    permissions = {"GET": BID}

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **READ_ERRORS})
    def get(self, request: Request, reference: str, number: int, envelope: str) -> HttpResponse:
        """A sealed file of one's own, as it was submitted: with its recovery file the bidder can open it."""
        version = get_object_or_404(bid_of(request, reference).versions, number=number)
        file = getattr(version, envelope) if envelope in EnvelopeKind else None
        if not file:
            raise Http404
        return HttpResponse(bytes(file), content_type="application/octet-stream")


def attachment_of(request: Request, reference: str, blob: str) -> SealedAttachment:
    """The attachment of one's own bid; another's answers like a missing one."""
    own = SealedAttachment.objects.visible_to(seat_of(request)).with_stored().select_related("bid__tender")
    return get_object_or_404(own, bid__reference=reference, blob=blob)


urlpatterns = [
    path("bids/<str:reference>/attachments/", Attachments.as_view(), name="api-attachments"),
    path("bids/<str:reference>/attachments/<str:blob>/", OneAttachment.as_view(), name="api-attachment"),
    path(
        "bids/<str:reference>/attachments/<str:blob>/chunks/<int:number>/", Chunk.as_view(), name="api-attachment-chunk"
    ),
    path("bids/<str:reference>/versions/<int:number>/<str:envelope>/", Envelope.as_view(), name="api-sealed-envelope"),
]
