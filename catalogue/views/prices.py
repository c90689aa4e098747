"""Pages of the price register."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import public, requires
from accounts.permissions import Permission
from catalogue import actions
from catalogue.forms import EndPriceForm, RecordPriceForm
from catalogue.models import Item, PriceChange, PriceEntry
from catalogue.rules import PlannedPrice
from catalogue.tables.prices import PriceTable, PublicPriceTable
from core.clock import legal_date
from core.skins import attempt


@requires(Permission.READ_CATALOGUE)
def prices(request: HttpRequest) -> HttpResponseBase:
    entries = PriceEntry.objects.visible_to(request.seat).for_list()
    table = PriceTable(request, entries, today=legal_date(timezone.now()))
    if table.filtered or table.export:
        actions.note_price_search(asked=table.filter_values, by=request.seat, now=timezone.now())
    if table.export:
        return table.export_response()
    may_change = request.seat.may(Permission.RECORD_PRICE) or request.seat.may(Permission.READ_TRAIL)
    return render(request, "catalogue/prices.html", {"table": table, "may_change": may_change})


@public
def public_prices(request: HttpRequest) -> HttpResponseBase:
    """What everybody may know of prices, the same for whoever asks."""
    table = PublicPriceTable(request, PriceEntry.objects.visible_to(None).for_list(), today=legal_date(timezone.now()))
    if table.export:
        return table.export_response()
    return render(request, "catalogue/public_prices.html", {"table": table})


@requires(Permission.RECORD_PRICE)
def record_price(request: HttpRequest, reference: str) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.seat), reference=reference)
    start = {"region": request.seat.organisation.region_id, "valid_from": legal_date(timezone.now())}
    form = RecordPriceForm(request.POST or None, item=item, initial=start)
    if request.method == "POST" and attempt(form, lambda: _propose(request, form)):
        return redirect("catalogue:price-changes")
    return render(request, "catalogue/record_price.html", {"item": item, "form": form})


def _propose(request: HttpRequest, form: RecordPriceForm) -> None:
    planned = PlannedPrice(form.cleaned_data["kind"], form.fact)
    said = {"ground": form.ground, **_by(request)}
    if form.cleaned_data["act"] == PriceChange.Act.UNIFY:
        rate = form.cleaned_data["supply_rate"]
        actions.propose_unified_price(fact=form.fact, supply_rate=rate, **said)
    else:
        act = actions.propose_cut if form.cleaned_data["act"] == PriceChange.Act.CUT else actions.propose_prices
        act(prices=[planned], **said)
    messages.success(request, _("Proposed. Another person of the agency confirms it before it counts."))


@requires(Permission.RECORD_PRICE)
def end_price(request: HttpRequest, reference: str) -> HttpResponse:
    readable = PriceEntry.objects.visible_to(request.seat).select_related("item", "product__maker", "region")
    entry = get_object_or_404(readable, reference=reference)
    form = EndPriceForm(request.POST or None, initial={"last_day": legal_date(timezone.now())})
    if request.method == "POST" and attempt(
        form, lambda: actions.propose_end(entry=entry, **form.given, **_by(request))
    ):
        messages.success(request, _("Proposed. Another person of the agency confirms it before it counts."))
        return redirect("catalogue:price-changes")
    return render(request, "catalogue/end_price.html", {"entry": entry, "item": entry.item, "form": form})


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.seat, "now": timezone.now()}
