"""Pages of imports: upload, progress, preview, merge."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import actions
from catalogue.forms import KeptInMemory, StageImportForm
from catalogue.models import CatalogueImport, StagedRow
from catalogue.rules import NATIONAL_LIST_COLUMNS, PRICE_COLUMNS, TEMPLATE_COLUMNS, heading_of
from catalogue.tables import ImportTable, rows_table
from core.models import OutboxMessage
from core.skins import attempt
from core.spreadsheets import csv_response, xlsx_response
from core.tables import Table
from core.templatetags.ui import local_datetime

TEMPLATES = {"products": TEMPLATE_COLUMNS, "prices": PRICE_COLUMNS}
LAYOUTS = (
    (CatalogueImport.Layout.TEMPLATE.label, TEMPLATE_COLUMNS.items()),
    (CatalogueImport.Layout.PRICES.label, PRICE_COLUMNS.items()),
    (CatalogueImport.Layout.NATIONAL_LIST.label, [(column, "") for column in NATIONAL_LIST_COLUMNS]),
)
RESPONSES = {"csv": csv_response, "xlsx": xlsx_response}
TASKS = {"staging": "catalogue.tasks.read_import", "merging": "catalogue.tasks.apply_import"}
may_import = requires(Permission.IMPORT_CATALOGUE, Permission.RECORD_PRICE)


@may_import
def imports(request: HttpRequest) -> HttpResponseBase:
    batches = CatalogueImport.objects.visible_to(request.seat).select_related("uploaded_by__person")
    table = ImportTable(request, batches)
    if table.export:
        return table.export_response()
    return render(request, "catalogue/imports.html", {"table": table})


@csrf_exempt
@may_import
def stage_import(request: HttpRequest) -> HttpResponse:
    """The upload is taken into memory; that must be said before anything reads the request, the CSRF check too."""
    request.upload_handlers = [KeptInMemory(request)]
    return _stage_import(request)


@csrf_protect
def _stage_import(request: HttpRequest) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StageImportForm(*posted)
    staged: list[CatalogueImport] = []
    if posted and attempt(form, lambda: staged.append(_stage(request, form))):
        return redirect("catalogue:import", reference=staged[0].reference)
    return render(request, "catalogue/stage_import.html", {"form": form, "layouts": LAYOUTS})


def _stage(request: HttpRequest, form: StageImportForm) -> CatalogueImport:
    file = form.cleaned_data["file"]
    return actions.stage_import(file_name=file.name, content=file.read(), by=request.seat, now=timezone.now())


@may_import
def template(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    if name not in TEMPLATES or kind not in RESPONSES:
        raise Http404
    columns, language = TEMPLATES[name], get_language() or ""
    return RESPONSES[kind](f"{name}.{kind}", [heading_of(columns, column, language) for column in columns], [])


@vary_on_headers("HX-Request")
@may_import
def import_page(request: HttpRequest, reference: str) -> HttpResponseBase:
    batch = _batch(request, reference)
    if not request.htmx:
        effect = request.GET.get("rows") or ("faulty" if batch.faulty else "new")
        context = {"batch": batch, "facts": _facts(batch), "tabs": _tabs(batch, effect), "waiting": _waiting(batch)}
        return render(request, "catalogue/import.html", {**context, "table": _rows(request, batch, effect)})
    if batch.status not in TASKS:
        return HttpResponseClientRefresh()
    return render(request, "catalogue/_progress.html", {"batch": batch, "waiting": _waiting(batch)})


@may_import
def import_faults(request: HttpRequest, reference: str) -> HttpResponseBase:
    batch = _batch(request, reference)
    rows = StagedRow.objects.filter(batch=batch).faulty().order_by("number").iterator(chunk_size=2000)
    lines = ([row.number, fault.field, fault.message] for row in rows for fault in row.told())
    header = [pgettext("of a table", "Row"), _("Column"), _("What is wrong")]
    return csv_response(f"{batch.reference}-errors.csv", header, lines)


@may_import
def merge_import(request: HttpRequest, reference: str) -> HttpResponse:
    batch = _batch(request, reference)
    if request.method == "POST":
        actions.merge_import(batch=batch, by=request.seat, now=timezone.now())
        return redirect("catalogue:import", reference=batch.reference)
    context = {"title": _("Merge %(file)s") % {"file": batch.file_name}, "submit": _("Merge all rows")}
    return _confirm(request, batch, context | {"effects": _effects(batch)})


@may_import
def discard_import(request: HttpRequest, reference: str) -> HttpResponse:
    batch = _batch(request, reference)
    if request.method == "POST":
        actions.discard_import(batch=batch, by=request.seat, now=timezone.now())
        messages.success(request, _("The file is discarded."))
        return redirect("catalogue:imports")
    context = {"title": _("Discard %(file)s") % {"file": batch.file_name}, "submit": _("Discard"), "danger": True}
    effects = [_("Nothing of this file goes into the catalogue."), _("The file itself is kept for the record.")]
    return _confirm(request, batch, context | {"effects": effects})


def _batch(request: HttpRequest, reference: str) -> CatalogueImport:
    readable = CatalogueImport.objects.visible_to(request.seat)
    people = ("uploaded_by__person", "uploaded_by__organisation", "approved_by__person", "approved_by__organisation")
    return get_object_or_404(readable.select_related(*people), reference=reference)


def _confirm(request: HttpRequest, batch: CatalogueImport, context: dict[str, Any]) -> HttpResponse:
    back = reverse("catalogue:import", args=[batch.reference])
    return render(request, "confirm.html", {"reference": batch.reference, "cancel_url": back, **context})


def _effects(batch: CatalogueImport) -> list[str]:
    """What merging will do, in sentences."""
    new = ngettext("%(n)s row adds something new.", "%(n)s rows add something new.", batch.new)
    changed = ngettext("%(n)s row changes what is there.", "%(n)s rows change what is there.", batch.changed)
    same = ngettext("%(n)s row changes nothing.", "%(n)s rows change nothing.", batch.same)
    kept = _("A changed product keeps its old version, with its last day; a new version begins.")
    ended = _("A running price ends the day before the new one begins.")
    return [
        *batch.told,
        new % {"n": batch.new},
        changed % {"n": batch.changed},
        same % {"n": batch.same},
        *([ended if batch.is_prices else kept] if batch.changed else []),
        _("All rows go in at once, or none."),
    ]


def _facts(batch: CatalogueImport) -> list[dict[str, Any]]:
    facts = [
        {"label": _("File"), "value": batch.file_name},
        {"label": _("Holds"), "value": batch.get_layout_display()},
        {"label": _("Uploaded by"), "value": batch.uploaded_by.signature, "note": local_datetime(batch.uploaded_at)},
        {"label": _("SHA-256 of the file"), "value": batch.sha256},
    ]
    if batch.approved_by:
        note = local_datetime(batch.approved_at)
        facts.append({"label": _("Merged by"), "value": batch.approved_by.signature, "note": note})
    before = CatalogueImport.objects.merged_before(batch).first()
    if before:
        url = reverse("catalogue:import", args=[before.reference])
        facts.append({"label": _("This very file was merged before as"), "value": before.reference, "url": url})
    return facts


def _tabs(batch: CatalogueImport, effect: str) -> list[dict[str, Any]]:
    counts = {"new": batch.new, "changed": batch.changed, "same": batch.same, "faulty": batch.faulty}
    labels = {"new": _("New"), "changed": _("Changed"), "same": _("Unchanged"), "faulty": _("With errors")}
    return [
        {"label": labels[name], "url": f"?rows={name}", "count": count, "current": name == effect}
        for name, count in counts.items()
    ]


def _rows(request: HttpRequest, batch: CatalogueImport, effect: str) -> Table:
    return rows_table(batch, effect)(request, StagedRow.objects.filter(batch=batch, effect=effect))


def _waiting(batch: CatalogueImport) -> OutboxMessage | None:
    """The message that makes a worker go on, if it has failed so far."""
    task = TASKS.get(batch.status, "")
    return OutboxMessage.objects.filter(task=task, arguments=[batch.pk], delivered_at=None, attempts__gt=0).first()
