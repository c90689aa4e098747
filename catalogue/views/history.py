"""Pages of the history of an item and of a product."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import history
from catalogue.models import Item, Product
from catalogue.tables.items import HistoryTable


@requires(Permission.READ_CATALOGUE)
def item_history(request: HttpRequest, reference: str) -> HttpResponseBase:
    item = get_object_or_404(Item.objects.visible_to(request.seat), reference=reference)
    table = HistoryTable(request, history.of_item(item, request.seat))
    if table.export:
        return table.export_response()
    return render(request, "catalogue/history.html", {"thing": item, "url": "catalogue:item", "table": table})


@requires(Permission.READ_CATALOGUE)
def product_history(request: HttpRequest, reference: str) -> HttpResponseBase:
    readable = Product.objects.visible_to(request.seat).select_related("item", "maker")
    product = get_object_or_404(readable, reference=reference)
    table = HistoryTable(request, history.of_product(product, request.seat))
    if table.export:
        return table.export_response()
    return render(request, "catalogue/history.html", {"thing": product, "url": "catalogue:product", "table": table})
