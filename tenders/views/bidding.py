"""Pages on which a supplier bids. Answers and prices never come here: the bidder's browser seals them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from accounts.access import public, requires
from accounts.permissions import Permission
from core.skins import attempt
from tenders import program
from tenders.actions import bidding as actions
from tenders.forms.bidding import PrepareBidForm, SubmissionForm
from tenders.models import Bid, Receipt, Tender
from tenders.presentation import offering, workspace
from tenders.record import evidence_of
from tenders.signing import server_key_id, server_public

BID = Permission.BID
YEAR = 365 * 24 * 3600  # seconds


@requires(BID)
def bids(request: HttpRequest) -> HttpResponseBase:
    table = workspace.BidTable(request, workspace.own_bids(request.seat))
    if table.export:
        return table.export_response()
    return render(request, "tenders/bids.html", {"table": table})


@requires(BID)
def tender_bids(request: HttpRequest, reference: str) -> HttpResponse:
    tender, now = get_object_or_404(Tender.objects.published(), reference=reference), timezone.now()
    context = {"tender": tender, "now": now, "is_open": tender.open_for_bids(now)}
    return render(request, "tenders/tender_bids.html", context | {"lines": workspace.lot_lines(tender, request.seat)})


@requires(BID)
def prepare_bid(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    tender, now = get_object_or_404(Tender.objects.published(), reference=reference), timezone.now()
    lot = get_object_or_404(tender.lots.select_related("tender"), number=number)
    form = PrepareBidForm(lot, request.seat.organisation_id, request.POST or None)
    made: list[Bid] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(actions.prepare_bid(lot=lot, **form.products, by=request.seat, now=now))
    ):
        return redirect("tenders:bid", reference=made[0].reference)
    return render(request, "tenders/prepare_bid.html", {"form": form, "lot": lot, "tender": tender, "now": now})


@requires(BID)
@never_cache
def bid(request: HttpRequest, reference: str) -> HttpResponse:
    return render(
        request, "tenders/bid.html", workspace.bid_context(_own(request, reference), request.seat, timezone.now())
    )


@requires(BID, fresh=True)
@never_cache
@require_safe
def submit_bid(request: HttpRequest, reference: str) -> HttpResponse:
    bid = _own(request, reference)
    return render(request, "tenders/submit_bid.html", offering.offering_context(bid, request, timezone.now()))


@public
@require_safe
@cache_control(public=True, immutable=True, max_age=YEAR)
def page_script(request: HttpRequest, sha256: str) -> HttpResponse:
    script = program.script_by_hash(sha256)
    if script is None:
        raise Http404
    return HttpResponse(script.content, content_type="text/javascript; charset=utf-8")


@requires(BID, fresh=True)
def withdraw_bid(request: HttpRequest, reference: str) -> HttpResponse:
    bid, now = _own(request, reference), timezone.now()
    form = SubmissionForm(request.POST or None)
    receipts: list[Receipt] = []
    if request.method == "POST" and attempt(
        form,
        lambda: receipts.append(
            actions.withdraw_or_record_refusal(bid=bid, **form.cleaned_data, by=request.seat, now=now)
        ),
    ):
        return _to_receipt(request, receipts[0], _("Withdrawn. Its envelopes stay sealed for ever."))
    context = {"form": form, **offering.withdrawal_context(bid, request, timezone.now())}
    return render(request, "tenders/withdraw_bid.html", context)


@requires(BID)
def receipt(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    receipt = _receipt(request, reference, sha256)
    return render(request, "tenders/receipt.html", {"receipt": receipt, **workspace.receipt_context(receipt)})


@requires(BID)
def receipt_document(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    receipt = _receipt(request, reference, sha256)
    return document_response(bytes(receipt.document), f"{reference}-{receipt.kind}-{sha256[:8]}")


@requires(BID)
@never_cache
def evidence(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    """Everything that proves one submission, in one file for its supplier alone."""
    response = JsonResponse(evidence_of(_receipt(request, reference, sha256)))
    response["Content-Disposition"] = f'attachment; filename="{reference}-evidence-{sha256[:8]}.json"'
    return response


@public
def signing_keys(request: HttpRequest) -> HttpResponse:
    context = {"key_id": server_key_id(), "public_key": server_public()}
    return render(request, "tenders/signing_keys.html", context)


def document_response(document: bytes, name: str) -> HttpResponse:
    """A signed document as a file, byte for byte as it was signed."""
    response = HttpResponse(document, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.txt"'
    return response


def _own(request: HttpRequest, reference: str) -> Bid:
    bids = Bid.objects.visible_to(request.seat).with_last_version()
    return get_object_or_404(bids.select_related(*workspace.RELATED), reference=reference)


def _receipt(request: HttpRequest, reference: str, sha256: str) -> Receipt:
    around = ("version", "bid__tender__agency", "bid__tender__close", "bid__lot", "bid__supplier")
    receipts = Receipt.objects.visible_to(request.seat).select_related(*around, "bid__product_version__product__item")
    return get_object_or_404(receipts, bid__reference=reference, sha256=sha256)


def _to_receipt(request: HttpRequest, receipt: Receipt, taken: str) -> HttpResponse:
    refused = receipt.kind == Receipt.Kind.REFUSAL
    messages.add_message(
        request, messages.ERROR if refused else messages.SUCCESS, receipt.get_reason_display() if refused else taken
    )
    return redirect("tenders:receipt", reference=receipt.bid.reference, sha256=receipt.sha256)
