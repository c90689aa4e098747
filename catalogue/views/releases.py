"""Pages of the national release: upload, progress, what it would do with files of it, errors."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import actions
from catalogue.forms import StageReleaseForm
from catalogue.models import CatalogueImport, ReleaseRow, ReleaseRun
from catalogue.rules import RELEASE_COLUMNS, ReleaseLine
from catalogue.tables.imports import release_table, told_changes
from core.skins import attempt
from core.spreadsheets import csv_response

may_import = requires(Permission.IMPORT_CATALOGUE)
EFFECTS = ReleaseRow.Effect


@csrf_exempt
@may_import
def stage_release(request: HttpRequest) -> HttpResponse:
    """A release is larger than memory: it goes to the disk of this server first, said before anything reads it."""
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _stage_release(request)


@csrf_protect
def _stage_release(request: HttpRequest) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StageReleaseForm(*posted)
    staged: list[CatalogueImport] = []
    if posted and attempt(form, lambda: staged.append(_stage(request, form))):
        return redirect("catalogue:import", reference=staged[0].reference)
    columns = [(headings[0], name) for name, headings in RELEASE_COLUMNS.items()]
    return render(request, "catalogue/stage_release.html", {"form": form, "columns": columns})


def _stage(request: HttpRequest, form: StageReleaseForm) -> CatalogueImport:
    file, classes = form.cleaned_data["file"], form.cleaned_data["classes"]
    return actions.stage_release(file_name=file.name, file=file, classes=classes, by=request.seat, now=timezone.now())


def release_page(request: HttpRequest, batch: CatalogueImport, context: dict[str, Any]) -> HttpResponseBase:
    """The page of an import that is a release."""
    run = batch.run
    asked = request.GET.get("rows", "")
    effect = asked if asked in EFFECTS else EFFECTS.ADDED
    rows = ReleaseRow.objects.filter(batch=batch, effect=effect).order_by("number")
    shown = {"run": run, "report": _report(batch, run, effect), "table": release_table(effect)(request, rows)}
    return render(request, "catalogue/release.html", {**context, **shown, **progress(batch, run)})


def progress(batch: CatalogueImport, run: ReleaseRun) -> dict[str, Any]:
    """How far the work on a release is, for its page and the part of it that asks for itself."""
    told, before = run.progress(run.rows_read, run.rows_expected), None
    if batch.status == CatalogueImport.Status.MERGING:
        told = run.progress(run.merged_rows, run.to_merge)
        merging = CatalogueImport.objects.filter(status=batch.status).defer("content")
        before = merging.filter(approved_at__lt=batch.approved_at).first()
    still = run.stands_still(timezone.now()) and not before
    return {"run": run, "told": told, "left": _lasting(told["left"]), "before": before, "still": still}


def _lasting(left: timedelta | None) -> str:
    """How long something will take, in words; empty where nobody knows."""
    if left is None:
        return ""
    minutes = -(-int(left.total_seconds()) // 60)
    if minutes < 120:
        return ngettext("About %(n)s minute left.", "About %(n)s minutes left.", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    return ngettext("About %(n)s hour left.", "About %(n)s hours left.", hours) % {"n": hours}


@may_import
def release_rows(request: HttpRequest, reference: str, effect: str) -> HttpResponseBase:
    """All rows of a release with one effect, as CSV."""
    batch = get_object_or_404(CatalogueImport.objects.visible_to(request.seat), reference=reference, run__isnull=False)
    if effect not in EFFECTS:
        raise Http404
    rows = ReleaseRow.objects.filter(batch=batch, effect=effect).order_by("number")
    name = f"{batch.reference}-{effect}.csv"
    return csv_response(name, *(faulty(rows) if effect == EFFECTS.FAULTY else _sound(rows)))


def faulty(rows: QuerySet) -> tuple[list[str], Iterator[list[Any]]]:
    """Header and lines of what is wrong with rows."""
    header = [pgettext("of a table", "Row"), _("Column"), _("What is wrong"), _("In the file")]
    lines = (
        [row.number, fault.field, fault.message, kept["value"]]
        for row in rows.iterator(chunk_size=2_000)
        for fault, kept in zip(row.told(), row.faults, strict=True)
    )
    return header, lines


def _sound(rows: QuerySet) -> tuple[list[str], Iterator[list[Any]]]:
    columns = [name for name in ReleaseLine._fields if not name.endswith("_key")]
    header = [pgettext("of a table", "Row"), *columns, _("Would change")]
    lines = (
        [number, *values, told_changes(changes or {})]
        for number, changes, *values in rows.values_list("number", "changes", *columns).iterator(chunk_size=2_000)
    )
    return header, lines


def _report(batch: CatalogueImport, run: ReleaseRun, shown: str) -> list[dict[str, Any]]:
    """A line an effect: how many rows, where they are listed, and the file of them."""
    says = {
        EFFECTS.ADDED: _("Products that the catalogue does not have yet"),
        EFFECTS.CHANGED: _("Products of which something else is printed: the version before stays, with its last day"),
        EFFECTS.REMAPPED: _("Codes in whose place another stands: the product stays, and the old code finds it"),
        EFFECTS.DISABLED: _("Codes that are out of use: the product stays, and says so"),
        EFFECTS.KEPT: _("Rows that say what the catalogue has"),
        EFFECTS.FAULTY: _("Rows that cannot be taken: they are left out"),
    }
    return [
        {
            "label": effect.label,
            "count": run.counts.get(effect, 0),
            "note": note,
            "url": f"?rows={effect}",
            "file": reverse("catalogue:release-rows", args=[batch.reference, effect.value]),
            "current": effect == shown,
        }
        for effect, note in says.items()
    ]


def effects_of(batch: CatalogueImport) -> list[str]:
    """What merging a release will do, in sentences."""
    counts = batch.run.counts
    named = {effect.label: counts.get(effect, 0) for effect in EFFECTS if effect not in (EFFECTS.KEPT, EFFECTS.FAULTY)}
    out = counts.get(EFFECTS.FAULTY, 0)
    left = ngettext("%(n)s row has an error and is left out.", "%(n)s rows have errors and are left out.", out)
    return [
        _("Rows that do something: %(counts)s.") % {"counts": _(", ").join(f"{a} {n:,}" for a, n in named.items())},
        *([left % {"n": f"{out:,}"}] if out else []),
        _("A changed product keeps its old version, with its last day; a new version begins."),
        _("Nothing is deleted: a code that is disabled or remapped still finds its product."),
        _("All rows go in at once, or none. Until then the catalogue is as it was, and is searched as always."),
    ]
