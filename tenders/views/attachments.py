"""Attachments of opened envelopes, handed out as files and never shown by the browser."""

from collections import deque

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.access import requires
from accounts.permissions import Permission
from core.errors import Refused
from sealing.errors import AttachmentError
from tenders.models import Bid
from tenders.presentation.attachments import OpenedAttachment, may_read_attachments, opened_attachments

READERS = (Permission.EVALUATE, Permission.PUBLISH_RESULT, Permission.READ_TRAIL, Permission.BID)


@requires(*READERS)
@never_cache
def attachment(request: HttpRequest, reference: str, envelope: str, number: int) -> HttpResponseBase:
    bid = get_object_or_404(Bid.objects.visible_to(request.seat), reference=reference)
    found = opened_attachments(bid, envelope) if may_read_attachments(bid, request.seat) else []
    if not 0 < number <= len(found):
        raise Http404
    return _as_file(found[number - 1])


def _as_file(attachment: OpenedAttachment) -> StreamingHttpResponse:
    """The data as a download. It is read through once before, so that nobody gets half of one that does not open."""
    try:
        deque(attachment.data(), maxlen=0)
    except AttachmentError:
        raise Refused(
            _("This attachment does not open as its bidder sealed it. The fault is the bidder's."), code="unreadable"
        ) from None
    response = StreamingHttpResponse(attachment.data(), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, attachment.file_name)
    response["Content-Length"] = attachment.size
    response["X-Content-Type-Options"] = "nosniff"
    return response
