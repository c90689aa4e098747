"""What the pages of an item and of a product say of lists, shortages and designated production, and whether a
hospital may order."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.permissions import Permission
from catalogue.actions import MAPPERS
from catalogue.as_of import AsOf
from catalogue.models import (
    DesignatedProduction,
    EditionEntry,
    Item,
    Listing,
    OwnCode,
    Product,
    ProductVersion,
    Shortage,
)
from catalogue.presentation.selling import ordering_of
from catalogue.tables.listings import ProductListingTable
from catalogue.tables.lists import PlaceTable
from core.clock import legal_date


def standing(request: HttpRequest, thing: Item | Product, day: date | None = None) -> dict[str, Any]:
    """Where an item or a product stands on a day: on which lists, where it is short, who is commissioned with it; and
    what the seat's own system calls it now."""
    day = day or legal_date(timezone.now())
    entries, short, item = _said_of(thing, day)
    of = {"item" if isinstance(thing, Item) else "product": thing}
    places = list(entries.order_by("edition__list__kind", "edition__list", "pk"))
    return {
        "places": PlaceTable(request, places, prefix="places"),
        "shortages": list(short),
        "designated": list(DesignatedProduction.objects.in_force(day).filter(item=item).for_list()),
        "reference": thing.reference,
        "is_item": isinstance(thing, Item),
        "keeps": request.seat.may(Permission.KEEP_LISTS),
        "own_numbers": list(OwnCode.objects.visible_to(request.seat).filter(**of).values_list("code", flat=True)),
        "names": any(map(request.seat.may, MAPPERS)),
        "reports": request.seat.may(Permission.REPORT_SHORTAGE),
    }


def _said_of(thing: Item | Product, day: date) -> tuple[Any, Any, int]:
    """Entries of lists and shortages on a day, and the item, by primary key, that may be commissioned."""
    entries, short = EditionEntry.objects.in_force(day).for_list(), Shortage.objects.in_force(day).for_list()
    if isinstance(thing, Product):
        return entries.of_product(thing), short.of_product(thing), thing.item_id
    return entries.filter(item=thing), short.filter(item=thing), thing.pk


def for_sale(request: HttpRequest, product: Product, version: ProductVersion | None, on: AsOf) -> dict[str, Any]:
    """The listings of a product, as they stood on a day that is asked for, and whether a hospital may order it."""
    seen = Listing.objects.visible_to(request.seat).filter(product=product).for_list()
    rows = seen.as_of(on.day, request.seat) if on.day else seen
    listings = ProductListingTable(request, rows, prefix="listings")
    return {"listings": listings, "ordering": ordering_of(request.seat, product, version, on.day or on.form.today)}
