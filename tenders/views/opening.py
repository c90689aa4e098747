"""Pages of the opening: the ceremony that everybody watches, and what the officer does in it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.skins import why_not
from tenders.actions import opening as actions
from tenders.models import EnvelopeKind, OpeningRequest, Tender
from tenders.presentation import ceremony
from tenders.views.bidding import document_response

READ, OFFICER = Permission.READ_TENDERS, Permission.PUBLISH_TENDER


@requires(READ)
def opening(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = _tender(request, reference), timezone.now()
    if request.headers.get("X-News") == str(ceremony.news_of(tender)):
        return HttpResponse(status=204)
    context = ceremony.ceremony_context(tender, request, now)
    return render(request, "tenders/opening.html", context)


@requires(READ)
def opening_minutes(request: HttpRequest, reference: str) -> HttpResponse:
    tender = _tender(request, reference)
    shown = ceremony.Ceremony(tender, timezone.now())
    return render(request, "tenders/opening_minutes.html", {"tender": tender, "ceremony": shown, "now": shown.now})


@requires(READ)
def opening_document(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    document = ceremony.document_of(_tender(request, reference), name)
    if document is None:
        raise Http404
    return document_response(document, f"{reference}-{name}")


@requires(OFFICER)
def request_openings(request: HttpRequest, reference: str, envelope: str) -> HttpResponse:
    tender, now = _run_by(request, reference), timezone.now()
    if envelope not in EnvelopeKind.values:
        raise Http404
    if request.method == "POST":
        actions.request_openings(tender=tender, envelope=envelope, by=request.seat, now=now)
        messages.success(request, _("The lists are signed and public. The openers can release their shares."))
        return redirect("tenders:opening", reference=reference)
    context = {"tender": tender, "envelope": EnvelopeKind(envelope).label}
    context["nothing"] = why_not(lambda: actions.check_requesting(tender, envelope, now))
    effects = ceremony.request_effects(tender, actions.ready_lots(tender, envelope, now), envelope)
    return render(request, "tenders/request_openings.html", context | {"effects": effects})


@requires(OFFICER)
def conclude_opening(request: HttpRequest, reference: str, number: int, envelope: str) -> HttpResponse:
    tender = _run_by(request, reference)
    asked = OpeningRequest.objects.select_related("lot__tender", "tender")
    shut = get_object_or_404(asked, tender=tender, lot__number=number, envelope=envelope)
    if request.method == "POST":
        actions.conclude_opening(request=shut, by=request.seat, now=timezone.now())
        messages.success(request, _("Concluded. What could not be read is recorded as such."))
        return redirect("tenders:opening", reference=reference)
    context = {"tender": tender, "asked": shut, "effects": ceremony.conclude_effects(shut)}
    return render(request, "tenders/conclude_opening.html", context)


def _tender(request: HttpRequest, reference: str) -> Tender:
    tenders = Tender.objects.visible_to(request.seat).filter(published_at__isnull=False)
    return get_object_or_404(tenders.select_related("agency", "close"), reference=reference)


def _run_by(request: HttpRequest, reference: str) -> Tender:
    tenders = Tender.objects.visible_to(request.seat).filter(agency=request.seat.organisation)
    return get_object_or_404(tenders.filter(published_at__isnull=False).select_related("close"), reference=reference)
