"""Pages after lost keys: postponing the opening, the call by two officers, and the page on which a bidder reveals."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from core.skins import attempt, read_at
from tenders import call
from tenders.actions import opening as actions
from tenders.forms.reveal import CallForm, PostponeForm
from tenders.models import Bid, Reveal, RevealCall, Tender
from tenders.presentation import reveal as look
from tenders.views.bidding import document_response

OFFICER, BID = Permission.PUBLISH_TENDER, Permission.BID


@requires(OFFICER)
def postpone_opening(request: HttpRequest, reference: str) -> HttpResponse:
    tender, form = _run_by(request, reference), PostponeForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: actions.postpone_opening(tender=tender, **form.cleaned_data, by=request.seat, now=timezone.now())
    ):
        messages.success(request, _("Recorded. Nothing is lost: whoever comes later releases."))
        return redirect("tenders:opening", reference=reference)
    context = {"tender": tender, "form": form, "absent": actions.absent_openers(tender)}
    return render(request, "tenders/postpone_opening.html", context)


@requires(OFFICER)
def call_reveal(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = _run_by(request, reference), timezone.now()
    form = CallForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: actions.call_reveal(tender=tender, **form.cleaned_data, by=request.seat, now=now)
    ):
        messages.success(request, _("Prepared. Replace the openers who lost their keys; a second person publishes it."))
        return redirect("tenders:people", reference=reference)
    return render(request, "tenders/call_reveal.html", look.calling_context(tender, request.seat, now) | {"form": form})


@requires(OFFICER, fresh=True)
def publish_call(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = _run_by(request, reference), timezone.now()
    prepared = get_object_or_404(RevealCall.objects.select_related("called_by__person"), tender=tender)
    if request.method == "POST":
        prepared.called_at = read_at(request)
        actions.publish_call(call=prepared, by=request.seat, now=now)
        messages.success(request, _("Published. Every bidder whose bid stands is told."))
        return redirect("tenders:opening", reference=reference)
    return render(request, "tenders/publish_call.html", look.publishing_context(prepared, now))


@requires(BID, fresh=True)
@never_cache
@require_safe
def reveal_bid(request: HttpRequest, reference: str) -> HttpResponse:
    bid = _own_bid(request, reference)
    return render(request, "tenders/reveal_bid.html", look.revealing_context(bid, request, timezone.now()))


@requires(BID)
def reveal_receipt(request: HttpRequest, reference: str) -> HttpResponse:
    related = ("bid__tender", "bid__lot", "bid__supplier", "version", "call")
    own = Reveal.objects.visible_to(request.seat).defer("technical", "commercial")
    reveal = get_object_or_404(own.select_related(*related), bid__reference=reference)
    return document_response(call.reveal_receipt(reveal), f"{reference}-reveal")


def _run_by(request: HttpRequest, reference: str) -> Tender:
    tenders = Tender.objects.visible_to(request.seat).filter(agency=request.seat.organisation)
    return get_object_or_404(tenders.published().select_related("agency"), reference=reference)


def _own_bid(request: HttpRequest, reference: str) -> Bid:
    """A bid of one's own in a tender whose call is published; any other answers like a missing one."""
    own = Bid.objects.filter(
        supplier=request.seat.organisation, tender__in=RevealCall.objects.published().values("tender")
    )
    related = ("tender__close", "tender__reveal_call", "lot", "supplier", "product_version__product__item")
    return get_object_or_404(own.select_related(*related), reference=reference)
