"""Results for the world: what is published about each tender, lot and bid."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.access import public
from awards.presentation import results as look
from core.spreadsheets import csv_response
from tenders.models import Lot, Tender
from tenders.presentation.explained import Explained
from tenders.presentation.tenders import lot_tone


@public
def results(request: HttpRequest) -> HttpResponseBase:
    table = look.ResultTable(request, look.with_results().select_related("region"))
    if table.export:
        return table.export_response()
    return render(request, "awards/results.html", {"table": table})


@public
def result(request: HttpRequest, reference: str) -> HttpResponse:
    tender = _with_result(reference)
    table = look.LotResultTable(request, look.lots_with_result(tender))
    return render(request, "awards/result.html", {"tender": tender, "table": table})


@public
def result_lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    lots = Lot.objects.filter(tender=_with_result(reference)).select_related("tender__agency")
    lot = get_object_or_404(lots, number=number)
    context = {"lot": lot, "tender": lot.tender, "explained": Explained(lot), "now": timezone.now()}
    return render(request, "awards/result_lot.html", context | {"tone": lot_tone(lot)})


@public
def result_export(request: HttpRequest, reference: str, kind: str) -> HttpResponseBase:
    tender = _with_result(reference)
    rows = look.exported(tender)
    if kind == "json":
        return JsonResponse({"tender": tender.reference, "title": tender.title, "bids": list(rows)})
    if kind == "csv":
        return csv_response(f"{reference}-results.csv", look.FIELDS, (list(row.values()) for row in rows))
    raise Http404


def _with_result(reference: str) -> Tender:
    return get_object_or_404(look.with_results().select_related("agency", "region"), reference=reference)
