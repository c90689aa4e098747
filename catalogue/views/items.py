"""Pages of items and products."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.permissions import Permission
from catalogue.models import Authorisation, Item, PriceEntry, Product, ProductVersion
from catalogue.tables import (
    EditablePriceTable,
    ItemPriceTable,
    ItemTable,
    ItemVersionTable,
    ProductTable,
    VersionTable,
)
from catalogue.views.chart import price_chart
from core.clock import legal_date

_COUNTED = Product.objects.filter(item=OuterRef("pk")).order_by().values("item").annotate(n=Count("pk")).values("n")


@vary_on_headers("HX-Request")
@requires(Permission.READ_CATALOGUE)
def items(request: HttpRequest) -> HttpResponseBase:
    found = Item.objects.visible_to(request.seat).annotate(product_count=Coalesce(Subquery(_COUNTED), 0))
    table = ItemTable(request, found, today=legal_date(timezone.now()))
    if table.export:
        return table.export_response()
    may_import = request.seat.may(Permission.IMPORT_CATALOGUE)
    page = "catalogue/_items.html" if request.htmx else "catalogue/items.html"
    return render(request, page, {"table": table, "may_import": may_import})


@requires(Permission.READ_CATALOGUE)
def item(request: HttpRequest, reference: str) -> HttpResponseBase:
    item = get_object_or_404(Item.objects.visible_to(request.seat), reference=reference)
    entries = PriceEntry.objects.visible_to(request.seat).filter(item=item)
    prices = _prices(request, entries)
    if prices.export:
        return prices.export_response()
    versions = ProductVersion.objects.current().filter(product__item=item).select_related("product__maker")
    products = ProductTable(request, versions.select_related("product__item"), prefix="products")
    context = {"item": item, "products": products, "prices": prices, "chart": price_chart(entries)}
    context["may_record"] = request.seat.may(Permission.RECORD_PRICE)
    context["may_edit"] = request.seat.may(Permission.IMPORT_CATALOGUE)
    earlier = list(item.versions.select_related("edited_by__person").order_by("-number"))
    context["earlier"] = earlier and ItemVersionTable(request, earlier, prefix="versions")
    return render(request, "catalogue/item.html", context)


@requires(Permission.READ_CATALOGUE)
def product(request: HttpRequest, reference: str) -> HttpResponseBase:
    readable = Product.objects.visible_to(request.seat).select_related("item", "maker__organisation")
    product = get_object_or_404(readable, reference=reference)
    entries = PriceEntry.objects.visible_to(request.seat).filter(product=product)
    prices = _prices(request, entries)
    if prices.export:
        return prices.export_response()
    versions = list(product.versions.select_related("product__item", "holder").order_by("-number"))
    letters = Authorisation.objects.in_force(legal_date(timezone.now())).of_product(product)
    context = {"product": product, "current": versions[0] if versions else None}
    context |= {"prices": prices, "authorisations": letters, "may_edit": request.seat.may(Permission.IMPORT_CATALOGUE)}
    context |= {"versions": VersionTable(request, versions, prefix="versions"), "chart": price_chart(entries)}
    return render(request, "catalogue/product.html", context)


def _prices(request: HttpRequest, entries: object) -> ItemPriceTable:
    kind = EditablePriceTable if request.seat.may(Permission.RECORD_PRICE) else ItemPriceTable
    return kind(request, entries.select_related("item", "product__maker", "region"), prefix="prices")
