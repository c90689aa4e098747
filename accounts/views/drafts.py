"""Drafts of forms, as their pages keep them while somebody types."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import signed_in
from core import drafts


@signed_in
@require_http_methods(["GET", "PUT", "DELETE"])
def draft(request: HttpRequest, form: str) -> HttpResponse:
    """The draft that the seat keeps of a form: read, kept or dropped. A stranger's is as if it were not there."""
    mine = {"seat_number": request.seat.pk, "form": form}
    if request.method == "GET":
        kept = drafts.kept(**mine)
        return JsonResponse({"cells": kept.cells if kept else {}, "saved_at": kept.saved_at if kept else None})
    if request.method == "PUT":
        try:
            cells = json.loads(request.body)
        except ValueError:
            cells = None
        drafts.keep(**mine, cells=cells, now=timezone.now())
    else:
        drafts.drop(**mine)
    return HttpResponse(status=204)
