"""Pages of items and products."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.permissions import Permission
from catalogue import as_of
from catalogue.actions import PROPOSERS
from catalogue.as_of import AsOf
from catalogue.facets import groups
from catalogue.models import Authorisation, Item, PriceEntry, Product, ProductCode, ProductVersion
from catalogue.presentation import explaining
from catalogue.presentation.facts import item_facts, product_facts
from catalogue.tables.codes import CodePartTable, CodeTable, EditableCodeTable
from catalogue.tables.items import (
    AllProductsTable,
    ItemTable,
    ItemVersionTable,
    ProductTable,
    VersionTable,
)
from catalogue.tables.prices import EditablePriceTable, ItemPriceTable
from catalogue.views.chart import price_chart
from catalogue.views.standing import for_sale, standing
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
    return render(request, page, context | {"may_import": may_import, "proposals": may_import or _may_propose(request)})


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
    context = {"item": item, "facts": item_facts(item), "on": on, **_products(request, item, on), "prices": prices}
    context |= {"chart": price_chart(entries, on.day), "may_record": request.seat.may(Permission.RECORD_PRICE)}
    context |= {"may_edit": request.seat.may(Permission.IMPORT_CATALOGUE), "may_propose": _may_propose(request)}
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
    context |= {"chart": price_chart(entries, on.day), "may_edit": request.seat.may(Permission.IMPORT_CATALOGUE)}
    context["authorisations"] = Authorisation.objects.in_force(on.day or on.form.today).of_product(product)
    context |= {"standing": standing(request, product, on.day), "may_propose": _may_propose(request)}
    context["withdrawn"] = product.withdrawals.on(on.day or on.form.today).first()
    context |= for_sale(request, product, context["current"], on)
    return render(request, "catalogue/product.html", context)


def _may_propose(request: HttpRequest) -> bool:
    return any(request.seat.may(permission) for permission in PROPOSERS)


def _products(request: HttpRequest, item: Item, on: AsOf) -> dict[str, Any]:
    """The products of an item, and what the beginning of their codes says."""
    versions = ProductVersion.objects.as_of(on.day) if on.day else ProductVersion.objects.current()
    related = versions.filter(product__item=item).select_related("product__maker", "product__item")
    table = ProductTable(request, related, prefix="products")
    return {"products": table, "parts": _parts(request, explaining.of_item(item))}


def _versions(request: HttpRequest, product: Product, on: AsOf) -> dict[str, Any]:
    """The version that a page is about, all of them, and what its codes say and became of."""
    versions = list(product.versions.select_related("holder", "commissioned_maker").order_by("-number"))
    for version in versions:
        version.product = product
    holding = {version.pk for version in product.versions.as_of(on.day)} if on.day else None
    current = next((one for one in versions if holding is None or one.pk in holding), None)
    if on.day and current is None:
        raise Http404
    table = VersionTable(request, versions, prefix="versions")
    parts = _parts(request, explaining.of_version(current) if current else [])
    facts = product_facts(current, product.item.kind) if current else []
    found = {"current": current, "versions": table, "parts": parts, "facts": facts}
    return found | _codes(request, product, current, on)


def _codes(request: HttpRequest, product: Product, current: ProductVersion | None, on: AsOf) -> dict[str, Any]:
    """What became of the codes of a product by a day, and what is said of the code that it had then."""
    day = on.day or on.form.today
    said_of = ProductCode.objects.about(product, current.national_code if current else "")
    codes = list(said_of.filter(valid_from__lte=day))
    said = next((one for one in codes if current and one.code == current.national_code and one.holds_on(day)), None)
    may_take_back = request.seat.may(Permission.IMPORT_CATALOGUE) and not on.day
    kind = EditableCodeTable if may_take_back else CodeTable
    return {"said": said, "codes": codes and kind(request, codes, prefix="codes")}


def _parts(request: HttpRequest, parts: list[Any]) -> CodePartTable | None:
    return CodePartTable(request, parts, prefix="parts") if parts else None


def _prices(request: HttpRequest, entries: Any, on: AsOf) -> ItemPriceTable:
    kind = EditablePriceTable if request.seat.may(Permission.RECORD_PRICE) and not on.day else ItemPriceTable
    found = entries.as_of(on.day) if on.day else entries.for_list()
    marked = found.with_standard(request.seat, on.day or legal_date(timezone.now()))
    return kind(request, marked, prefix="prices")
