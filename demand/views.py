"""Pages about demand: the agency opens and locks windows, hospitals report."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from core.clock import legal_date
from core.skins import attempt, fill_in
from core.spreadsheets import csv_response, xlsx_response
from demand import actions
from demand.forms import OpenWindowForm, ReportForm, UnlockDemandForm
from demand.models import DemandWindow
from demand.presentation import lock_context
from demand.querysets import READERS
from demand.tables import AskedTable, EntryTable, TotalTable, WindowTable, exported_entries

AGENCY = Permission.OPEN_DEMAND
ANSWERS = {"csv": csv_response, "xlsx": xlsx_response}


@requires(*READERS)
def windows(request: HttpRequest) -> HttpResponseBase:
    windows = DemandWindow.objects.visible_to(request.seat).with_progress()
    table = WindowTable(request, windows, today=legal_date(timezone.now()))
    if table.export:
        return table.export_response()
    return render(request, "demand/windows.html", {"table": table, "may_open": request.seat.may(AGENCY)})


@requires(AGENCY)
def open_window(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = OpenWindowForm(request.seat.organisation, legal_date(now), request.POST or None, request.FILES or None)
    made: list[DemandWindow] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(actions.open_window(**form.asked, by=request.seat, now=now))
    ):
        messages.success(request, _("The window is open, and its hospitals are told."))
        return redirect("demand:window", reference=made[0].reference)
    return render(request, "demand/open_window.html", {"form": form})


@requires(*READERS)
def window(request: HttpRequest, reference: str) -> HttpResponseBase:
    window = _window(request, reference)
    if request.seat.may(Permission.REPORT_DEMAND) and not request.seat.of_the_agency:
        return redirect("demand:report-demand", reference=reference)
    tables = AskedTable(request, window.asked(), prefix="asked"), TotalTable(request, window.totals(), prefix="total")
    for table in tables:
        if table.export:
            return table.export_response()
    context = {"window": window, "asked": tables[0], "totals": tables[1], "may_change": _may_change(request, window)}
    return render(request, "demand/window.html", context | _today())


@requires(Permission.REPORT_DEMAND)
def report_demand(request: HttpRequest, reference: str) -> HttpResponseBase:
    window = _window(request, reference)
    form = ReportForm(window, request.seat.organisation, request.POST or None, request.FILES)
    if template := request.GET.get("template"):
        return form.template_response(template)
    if fill_in(
        request,
        form,
        lambda: actions.report_demand(window=window, lines=form.lines, by=request.seat, now=timezone.now()),
    ):
        messages.success(request, _("Reported. You may report again until the last day, or until it is locked."))
        return redirect("demand:report-demand", reference=reference)
    return render(request, "demand/report_demand.html", _report_context(request, window, form))


@requires(*READERS)
def export_demand(request: HttpRequest, reference: str, kind: str) -> HttpResponseBase:
    header, rows = exported_entries(_window(request, reference), request.seat)
    return _download(f"{reference}-reported.{kind}", kind, header, rows)


@requires(AGENCY)
def lock_demand(request: HttpRequest, reference: str) -> HttpResponse:
    window = _window(request, reference)
    if request.method == "POST":
        actions.lock_demand(window=window, by=request.seat, now=timezone.now())
        messages.success(request, _("The demand is locked. Tenders can be prepared from it."))
        return redirect("demand:window", reference=reference)
    return render(request, "demand/lock_demand.html", lock_context(window) | _today())


@requires(AGENCY)
def unlock_demand(request: HttpRequest, reference: str) -> HttpResponse:
    window = _window(request, reference)
    form = UnlockDemandForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: actions.unlock_demand(window=window, **form.cleaned_data, by=request.seat, now=timezone.now())
    ):
        messages.success(request, _("The demand is unlocked. Hospitals can report until the last day."))
        return redirect("demand:window", reference=reference)
    return render(request, "demand/unlock_demand.html", {"form": form, "window": window} | _today())


def _download(name: str, kind: str, header: list[str], rows: Iterable[list[Any]]) -> HttpResponseBase:
    if kind not in ANSWERS:
        raise Http404
    return ANSWERS[kind](name, header, rows)


def _window(request: HttpRequest, reference: str) -> DemandWindow:
    windows = DemandWindow.objects.visible_to(request.seat).with_progress().select_related("agency")
    return get_object_or_404(windows, reference=reference)


def _may_change(request: HttpRequest, window: DemandWindow) -> bool:
    return request.seat.may(AGENCY) and request.seat.organisation_id == window.agency_id


def _today() -> dict[str, Any]:
    now = timezone.now()
    return {"now": now, "today": legal_date(now)}


def _report_context(request: HttpRequest, window: DemandWindow, form: ReportForm) -> dict[str, Any]:
    report = window.reports.filter(hospital=request.seat.organisation).select_related("reported_by__person").first()
    entries = report.entries.select_related("item") if report else []
    facts = {"window": window, "form": form, "report": report, "table": EntryTable(request, entries)}
    return facts | {"is_open": window.is_open(legal_date(timezone.now()))} | _today()
