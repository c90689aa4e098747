"""Pages of the price register."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import public, requires
from accounts.permissions import Permission
from catalogue import actions
from catalogue.forms import EndPriceForm, RecordPriceForm
from catalogue.models import Item, PriceEntry
from catalogue.tables import PriceTable, PublicPriceTable
from core.clock import legal_date
from core.skins import attempt


@requires(Permission.READ_CATALOGUE)
def prices(request: HttpRequest) -> HttpResponseBase:
    entries = PriceEntry.objects.visible_to(request.seat).for_list()
    table = PriceTable(request, entries, today=legal_date(timezone.now()))
    if table.export:
        return table.export_response()
    if table.filtered:
        actions.note_price_search(asked=table.filter_values, by=request.seat, now=timezone.now())
    return render(request, "catalogue/prices.html", {"table": table})


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
    if request.method == "POST" and attempt(form, lambda: _record(request, form)):
        messages.success(request, _("The price is in the register."))
        return redirect("catalogue:item", reference=item.reference)
    return render(request, "catalogue/record_price.html", {"item": item, "form": form})


def _record(request: HttpRequest, form: RecordPriceForm) -> None:
    kind, supersede = form.cleaned_data["kind"], form.cleaned_data["supersede"]
    actions.record_price(fact=form.fact, kind=kind, supersede=supersede, by=request.seat, now=timezone.now())


@requires(Permission.RECORD_PRICE)
def end_price(request: HttpRequest, reference: str) -> HttpResponse:
    readable = PriceEntry.objects.visible_to(request.seat).select_related("item", "product__maker", "region")
    entry = get_object_or_404(readable, reference=reference)
    form = EndPriceForm(request.POST or None, initial={"last_day": legal_date(timezone.now())})
    if request.method == "POST" and attempt(
        form, lambda: actions.end_price(entry=entry, **form.cleaned_data, by=request.seat, now=timezone.now())
    ):
        messages.success(request, _("The price ends on %(day)s.") % {"day": entry.valid_to})
        return redirect("catalogue:item", reference=entry.item.reference)
    return render(request, "catalogue/end_price.html", {"entry": entry, "item": entry.item, "form": form})
