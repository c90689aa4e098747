"""Pages of items and products."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import as_of
from catalogue.as_of import AsOf
from catalogue.facets import groups
from catalogue.models import Authorisation, Item, PriceEntry, Product, ProductCode, ProductVersion
from catalogue.presentation import item_facts, product_facts
from catalogue.tables.items import (
    AllProductsTable,
    CodeTable,
    ItemTable,
    ItemVersionTable,
    ProductTable,
    VersionTable,
)
from catalogue.tables.prices import EditablePriceTable, ItemPriceTable
from catalogue.views.chart import price_chart
from catalogue.views.standing import standing
from core.clock import legal_date


@vary_on_headers("HX-Request")
@requires(Permission.READ_CATALOGUE)
def items(request: HttpRequest) -> HttpResponseBase:
    found = Item.objects.visible_to(request.seat).with_product_count()
    table = ItemTable(request, found, today=legal_date(timezone.now()))
    if table.export and table.filter_form.is_valid():
        return table.export_response()
    may_import = request.seat.may(Permission.IMPORT_CATALOGUE)
    page = "catalogue/_items.html" if request.htmx else "catalogue/items.html"
    context = {"table": table, "facets": groups(table, table.facets), "on": table.filter_values.get("on")}
    return render(request, page, context | {"may_import": may_import})


@vary_on_headers("HX-Request")
@requires(Permission.READ_CATALOGUE)
def products(request: HttpRequest) -> HttpResponseBase:
    on = as_of.asked(request, legal_date(timezone.now()))
    versions = ProductVersion.objects.visible_to(request.seat).for_list(on.day)
    table = AllProductsTable(request, versions, today=on.form.today)
    if table.export and not on.form.errors:
        return table.export_response()
    page = "catalogue/_products.html" if request.htmx else "catalogue/products.html"
    return render(request, page, {"table": table, "facets": groups(table, table.facets), "on": on.day})


@requires(Permission.READ_CATALOGUE)
def item(request: HttpRequest, reference: str) -> HttpResponseBase:
    on = as_of.asked(request, legal_date(timezone.now()))
    seen = Item.objects.visible_to(request.seat).select_related("variety")
    item = get_object_or_404(seen.as_of(on.day) if on.day else seen, reference=reference)
    entries = PriceEntry.objects.visible_to(request.seat).filter(item=item)
    prices = _prices(request, entries, on)
    if prices.export and not on.form.errors:
        return prices.export_response()
    context = {
        "item": item,
        "facts": item_facts(item),
        "on": on,
        "products": _products(request, item, on),
        "prices": prices,
    }
    context |= {"chart": price_chart(entries), "may_record": request.seat.may(Permission.RECORD_PRICE)}
    context["may_edit"] = request.seat.may(Permission.IMPORT_CATALOGUE)
    earlier = list(item.versions.select_related("edited_by__person").order_by("-number"))
    context["earlier"] = earlier and ItemVersionTable(request, earlier, prefix="versions")
    return render(request, "catalogue/item.html", {**context, "standing": standing(request, item, on.day)})


@requires(Permission.READ_CATALOGUE)
def product(request: HttpRequest, reference: str) -> HttpResponseBase:
    on = as_of.asked(request, legal_date(timezone.now()))
    readable = Product.objects.visible_to(request.seat).select_related("maker__organisation")
    product = get_object_or_404(readable.with_item(on.day), reference=reference)
    entries = PriceEntry.objects.visible_to(request.seat).of_product(product)
    prices = _prices(request, entries, on)
    if prices.export and not on.form.errors:
        return prices.export_response()
    context = {"product": product, "on": on, **_versions(request, product, on), "prices": prices}
    context |= {"chart": price_chart(entries), "may_edit": request.seat.may(Permission.IMPORT_CATALOGUE)}
    context["authorisations"] = Authorisation.objects.in_force(on.day or on.form.today).of_product(product)
    context["standing"] = standing(request, product, on.day)
    return render(request, "catalogue/product.html", context)


_MAY = {"may_record": Permission.RECORD_PRICE, "may_edit": Permission.IMPORT_CATALOGUE}


def _earlier(request: HttpRequest, item: Item) -> ItemVersionTable | None:
    """What it was before it was edited, if it was."""
    versions = list(item.versions.select_related("edited_by__person").order_by("-number"))
    return ItemVersionTable(request, versions, prefix="versions") if versions else None


def _products(request: HttpRequest, item: Item, on: AsOf) -> ProductTable:
    versions = ProductVersion.objects.as_of(on.day) if on.day else ProductVersion.objects.current()
    related = versions.filter(product__item=item).select_related("product__maker", "product__item")
    return ProductTable(request, related, prefix="products")


def _versions(request: HttpRequest, product: Product, on: AsOf) -> dict[str, Any]:
    """The version that a page is about, all of them, and what became of the codes."""
    day = on.day or on.form.today
    versions = list(product.versions.select_related("holder", "commissioned_maker").order_by("-number"))
    for version in versions:
        version.product = product
    holding = {version.pk for version in product.versions.as_of(on.day)} if on.day else None
    current = next((one for one in versions if holding is None or one.pk in holding), None)
    if on.day and current is None:
        raise Http404
    said_of = ProductCode.objects.about(product, current.national_code if current else "")
    codes = list(said_of.filter(valid_from__lte=day))
    said = next((one for one in codes if current and one.code == current.national_code and one.holds_on(day)), None)
    tables: dict[str, Any] = {"versions": VersionTable(request, versions, prefix="versions")}
    tables["facts"] = product_facts(current, product.item.kind) if current else []
    return {"current": current, "said": said, "codes": codes and CodeTable(request, codes, prefix="codes"), **tables}


def _prices(request: HttpRequest, entries: Any, on: AsOf) -> ItemPriceTable:
    kind = EditablePriceTable if request.seat.may(Permission.RECORD_PRICE) and not on.day else ItemPriceTable
    found = entries.as_of(on.day) if on.day else entries.for_list()
    marked = found.with_standard(request.seat, on.day or legal_date(timezone.now()))
    return kind(request, marked, prefix="prices")
