"""Pages of the history of an item and of a product."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import as_of
from catalogue.models import Item, Product
from catalogue.presentation import history
from catalogue.tables.items import HistoryTable
from core.clock import legal_date


@requires(Permission.READ_CATALOGUE)
def item_history(request: HttpRequest, reference: str) -> HttpResponseBase:
    item = get_object_or_404(Item.objects.visible_to(request.seat), reference=reference)
    return _page(request, item, "catalogue:item", history.of_item(item, request.seat))


@requires(Permission.READ_CATALOGUE)
def product_history(request: HttpRequest, reference: str) -> HttpResponseBase:
    readable = Product.objects.visible_to(request.seat).select_related("item", "maker")
    product = get_object_or_404(readable, reference=reference)
    return _page(request, product, "catalogue:product", history.of_product(product, request.seat))


def _page(request: HttpRequest, thing: Any, url: str, entries: Sequence[history.Happening]) -> HttpResponseBase:
    """All that happened, or what had happened by a day."""
    on = as_of.asked(request, legal_date(timezone.now()))
    table = HistoryTable(request, history.until(entries, on.day))
    if table.export and not on.form.errors:
        return table.export_response()
    return render(request, "catalogue/history.html", {"thing": thing, "url": url, "table": table, "on": on})
