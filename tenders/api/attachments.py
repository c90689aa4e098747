"""Endpoints for sealed attachments, sent ahead of a submission, and for a bidder's own stored envelopes."""

from typing import IO, Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import Act, Endpoint, Listing, Reading
from core.api.schema import READ_ERRORS, WRITE_ERRORS
from sealing.attachments import SEALED_CHUNK
from tenders.actions import bidding as actions
from tenders.api.bids import BID, OfABid
from tenders.models import Bid, EnvelopeKind, SealedAttachment
from tenders.serializers.bids import DeclareAttachmentSerializer, SealedAttachmentSerializer


class ChunkParser(BaseParser):
    """Bytes as they come, and one more than a chunk has at the most: enough to refuse what is too long."""

    media_type = "application/octet-stream"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> bytes:
        return stream.read(SEALED_CHUNK + 1)


class OfAnAttachment(Endpoint):
    """Of an attachment of one's own bid; another's answers like a missing one."""

    serializer_class = SealedAttachmentSerializer

    def attachment(self, reference: str, blob: str) -> SealedAttachment:
        own = SealedAttachment.objects.visible_to(self.seat).with_stored().select_related("bid__tender")
        return self.one(own, bid__reference=reference, blob=blob)


class Attachments(OfABid, OfAnAttachment, Listing, Act):
    """The sealed attachments of one's own bid, whole or begun."""

    model = SealedAttachment
    permissions = {"GET": BID, "POST": BID}
    filter_backends = ()
    takes, status = DeclareAttachmentSerializer, 201

    def rows(self) -> QuerySet[SealedAttachment]:
        return self.load(**self.kwargs).attachments.with_stored().order_by("pk")

    def act(self, bid: Bid, asked: Any) -> SealedAttachment:
        """Begin to store a sealed attachment, or go on with one: the answer says which chunks are missing."""
        begun = actions.declare_attachment(bid=bid, **asked.validated_data, **self.by)
        return self.attachment(bid.reference, begun.blob)


class OneAttachment(OfAnAttachment, Reading):
    """One sealed attachment, and which of its chunks are missing."""

    permissions = {"GET": BID}

    def load(self, reference: str, blob: str) -> SealedAttachment:
        return self.attachment(reference, blob)


class Chunk(OfAnAttachment):
    permissions = {"PUT": BID}
    parser_classes = (ChunkParser,)

    @extend_schema(request=OpenApiTypes.BINARY, responses={204: None, **WRITE_ERRORS})
    def put(self, request: Request, reference: str, blob: str, number: int) -> Response:
        """Store one sealed chunk (number from 0), which must be the one declared. Sending it again is harmless."""
        attachment = self.attachment(reference, blob)
        data = request.data if isinstance(request.data, bytes) else b""
        actions.store_chunk(attachment=attachment, number=number, data=data, **self.by)
        return Response(status=204)


class Envelope(OfABid):
    permissions = {"GET": BID}

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **READ_ERRORS})
    def get(self, request: Request, reference: str, number: int, envelope: str) -> HttpResponse:
        """A sealed file of one's own, as it was submitted: with its recovery file the bidder can open it."""
        version = self.one(self.load(reference).versions, number=number)
        file = getattr(version, envelope) if envelope in EnvelopeKind else None
        if not file:
            raise Http404
        return HttpResponse(bytes(file), content_type="application/octet-stream")


urlpatterns = [
    path("bids/<str:reference>/attachments/", Attachments.as_view(), name="api-attachments"),
    path("bids/<str:reference>/attachments/<str:blob>/", OneAttachment.as_view(), name="api-attachment"),
    path(
        "bids/<str:reference>/attachments/<str:blob>/chunks/<int:number>/", Chunk.as_view(), name="api-attachment-chunk"
    ),
    path("bids/<str:reference>/versions/<int:number>/<str:envelope>/", Envelope.as_view(), name="api-sealed-envelope"),
]
