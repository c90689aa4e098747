"""Documents of a tender: attached by the agency, read by everybody once a notice names them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accounts.access import public, requires
from accounts.permissions import Permission
from core.skins import attempt, posted_from
from tenders.actions import documents as actions
from tenders.forms.documents import AttachDocumentForm
from tenders.models import Tender, TenderDocument
from tenders.presentation.attached import attached_to, published_documents

OFFICER = Permission.PREPARE_TENDER


@requires(OFFICER)
def attach_document(request: HttpRequest, reference: str) -> HttpResponse:
    tender = _own_tender(request, reference)
    form = AttachDocumentForm(request.POST or None, request.FILES or None)
    facts = {"tender": tender, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(
        form, lambda: actions.attach_document(kind=form.cleaned_data["kind"], paper=form.paper, **facts)
    ):
        messages.success(request, _("Attached."))
        return redirect("tenders:attach-document", reference=reference)
    context = {"form": form, "tender": tender, "documents": attached_to(tender, request.seat)}
    context["is_draft"] = tender.status == Tender.Status.DRAFT
    return render(request, "tenders/attach_document.html", context)


@requires(OFFICER)
@posted_from("tenders:attach-document", "reference")
def remove_document(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    tender = _own_tender(request, reference)
    actions.remove_document(tender=tender, number=number, by=request.seat, now=timezone.now())
    messages.success(request, _("The document is off the draft."))
    return redirect("tenders:attach-document", reference=reference)


@requires(Permission.READ_TENDERS)
def document(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A document as it was uploaded, for whom the tender shows it to."""
    tender = get_object_or_404(Tender.objects.visible_to(request.seat), reference=reference)
    shown = {one.number for one in attached_to(tender, request.seat)}
    return _as_file(get_object_or_404(tender.documents.filter(number__in=shown), number=number))


@public
def notice_file(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    """A document that a notice names, by its hash."""
    tender = get_object_or_404(Tender.objects.published(), reference=reference)
    return _as_file(get_object_or_404(published_documents(tender), sha256=sha256))


def _as_file(found: TenderDocument) -> HttpResponse:
    """To be kept as a file: it is never shown within a page."""
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, found.name)
    return response


def _own_tender(request: HttpRequest, reference: str) -> Tender:
    tenders = Tender.objects.visible_to(request.seat).filter(agency=request.seat.organisation)
    return get_object_or_404(tenders, reference=reference)
