"""Pages of the trail: its signed heads, for everybody to keep."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.access import public
from oversight.models import TrailCheck, TrailHead
from oversight.state import trail_is_late, trail_is_unchecked
from oversight.tables import HeadTable
from tenders.signing import server_public

TEXT = "text/plain; charset=utf-8"


@public
def heads(request: HttpRequest) -> HttpResponseBase:
    table = HeadTable(request, TrailHead.objects.defer("document"))
    if table.export:
        return table.export_response()
    now = timezone.now()
    context = {"late": trail_is_late(now), "unchecked": trail_is_unchecked(now), "check": TrailCheck.objects.first()}
    context["told"] = bool(request.seat and request.seat.reads_the_trail)
    return render(request, "oversight/heads.html", context | {"table": table, "public_key": server_public()})


@public
def head_document(request: HttpRequest, sha256: str) -> HttpResponse:
    head = get_object_or_404(TrailHead, sha256=sha256)
    response = HttpResponse(bytes(head.document), content_type=TEXT)
    response["Content-Disposition"] = f'attachment; filename="trail-head-{head.sha256[:12]}.txt"'
    return response


@public
def head_documents(request: HttpRequest) -> StreamingHttpResponse:
    """Every head, one document after the other, the oldest first: what `manage.py verify_trail --head` reads."""
    response = StreamingHttpResponse(_documents(), content_type=TEXT)
    response["Content-Disposition"] = 'attachment; filename="trail-heads.txt"'
    return response


def _documents() -> Iterator[bytes]:
    for document in TrailHead.objects.order_by("pk").values_list("document", flat=True).iterator(1000):
        yield bytes(document)
