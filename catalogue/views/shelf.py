"""Pages of a supplier's shelf: what stands there, until when, and how it gets there."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.forms import ReasonForm
from accounts.permissions import Permission
from catalogue.actions.shelf import attach_to_shelf, shelve, take_off_shelf
from catalogue.forms.shelf import AttachForm, ShelfFileForm, ShelfForm
from catalogue.models import ShelfDocument
from catalogue.tables.shelf import ShelfTable
from core.clock import legal_date
from core.skins import attempt

FILLS, READS = Permission.BID, (Permission.BID, Permission.IMPORT_CATALOGUE, Permission.EVALUATE, Permission.READ_TRAIL)


@requires(*READS)
def shelf(request: HttpRequest) -> HttpResponseBase:
    found = ShelfDocument.objects.visible_to(request.seat).with_products()
    table = ShelfTable(request, found, today=legal_date(timezone.now()))
    if table.export:
        return table.export_response()
    return render(request, "catalogue/shelf.html", {"table": table, "fills": request.seat.may(FILLS)})


@requires(FILLS)
def add_to_shelf(request: HttpRequest) -> HttpResponse:
    day, start = legal_date(timezone.now()), _begun(request)
    form = ShelfForm(request.seat, day, request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and attempt(form, lambda: shelve(rows=[form.row], by=request.seat, now=timezone.now())):
        messages.success(request, _("It stands on the shelf."))
        return redirect("catalogue:shelf")
    return render(request, "catalogue/add_to_shelf.html", {"form": form, "title": _("Put a document on the shelf")})


def _begun(request: HttpRequest) -> dict[str, Any]:
    """What the form begins with where it is about the document that follows another: its kind and products, from the
    day after that one ends."""
    shown = ShelfDocument.objects.visible_to(request.seat).filter(reference=request.GET.get("after", "")).first()
    if shown is None:
        return {}
    begins = shown.valid_until + timedelta(days=1) if shown.valid_until else None
    products = list(shown.uses.values_list("product", flat=True))
    return {"kind": shown.kind, "number": shown.number, "valid_from": begins, "products": products}


@requires(FILLS)
def fill_shelf(request: HttpRequest) -> HttpResponse:
    """Many documents from a spreadsheet; their files are attached one by one."""
    form = ShelfFileForm(request.POST or None, request.FILES or None)
    made: list[ShelfDocument] = []
    facts = {"by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: made.extend(shelve(rows=form.documents, **facts))):
        messages.success(request, _("Documents put on the shelf: %(n)s.") % {"n": len(made)})
        return redirect("catalogue:shelf")
    return render(request, "catalogue/add_to_shelf.html", {"form": form, "title": _("Fill the shelf from a file")})


@requires(FILLS)
def attach_to_document(request: HttpRequest, reference: str) -> HttpResponse:
    found = _document(request, reference)
    form = AttachForm(request.POST or None, request.FILES or None)
    facts = {"document": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: attach_to_shelf(paper=form.paper, **facts)):
        messages.success(request, _("The file is attached."))
        return redirect("catalogue:shelf")
    return render(request, "catalogue/add_to_shelf.html", {"form": form, "title": str(found)})


@requires(FILLS, Permission.IMPORT_CATALOGUE)
def take_document_off(request: HttpRequest, reference: str) -> HttpResponse:
    found = _document(request, reference)
    form = ReasonForm(request.POST or None)
    facts = {"document": found, "by": request.seat, "now": timezone.now()}
    if request.method == "POST" and attempt(form, lambda: take_off_shelf(**form.cleaned_data, **facts)):
        messages.success(request, _("It is off the shelf."))
        return redirect("catalogue:shelf")
    context = {"form": form, "title": _("Take it off the shelf"), "reference": found.reference, "lead": str(found)}
    effects = [_("New bids and orders no longer count it. Without another one in force they are refused from its end.")]
    return render(request, "confirm.html", {**context, "effects": effects, "submit": _("Take it off the shelf")})


@requires(*READS)
def shelf_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The document, to be kept as a file: it is never shown within a page."""
    found = _document(request, reference)
    if not found.document_name:
        raise Http404
    response = HttpResponse(bytes(found.document), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, found.document_name)
    return response


def _document(request: HttpRequest, reference: str) -> ShelfDocument:
    return get_object_or_404(ShelfDocument.objects.visible_to(request.seat), reference=reference)
