"""Anybody's check of a tender: a page that sends nothing anywhere, and the same as one file."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import public
from tenders.models import Tender
from tenders.presentation.checking import check_file, words


@public
@csp_replace({"connect-src": [NONE]})
def check(request: HttpRequest) -> HttpResponse:
    tender = Tender.objects.published().filter(reference=request.GET.get("tender", "")).first()
    return render(request, "tenders/check.html", {"tender": tender, "words": words(), "sha256": check_file().sha256})


@public
def check_page_file(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(check_file().content, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="check.html"'
    return response
