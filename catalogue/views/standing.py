"""What the pages of an item and of a product say of lists, shortages and designated production, and whether a
hospital may order."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import OrganisationKind, Permission
from catalogue.as_of import AsOf
from catalogue.models import (
    DesignatedProduction,
    EditionEntry,
    Item,
    Listing,
    PriceEntry,
    Product,
    ProductVersion,
    Shortage,
)
from catalogue.ordering import Answer, may_order
from catalogue.tables.listings import ProductListingTable
from catalogue.tables.lists import PlaceTable
from core.clock import legal_date
from core.templatetags.ui import currency
from core.templatetags.ui import price as price_words


def standing(request: HttpRequest, thing: Item | Product, day: date | None = None) -> dict[str, Any]:
    """Where an item or a product stands on a day: on which lists, where it is short, who is commissioned with it."""
    day = day or legal_date(timezone.now())
    entries, short, item = _said_of(thing, day)
    places = list(entries.order_by("edition__list__kind", "edition__list", "pk"))
    return {
        "places": PlaceTable(request, places, prefix="places"),
        "shortages": list(short),
        "designated": list(DesignatedProduction.objects.in_force(day).filter(item=item).for_list()),
        "reference": thing.reference,
        "is_item": isinstance(thing, Item),
        "keeps": request.seat.may(Permission.KEEP_LISTS),
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
    seen = Listing.objects.visible_to(request.seat).filter(product=product).for_list().order_by("-pk")
    rows: Any = seen
    if on.day:
        rows = list(seen.with_standing(on.day).exclude(standing=""))
        for row in rows:
            row.status = row.standing
    listings = ProductListingTable(request, rows, prefix="listings")
    return {"listings": listings, "ordering": ordering(request, product, version, on.day or on.form.today)}


@dataclass(frozen=True)
class Ordering:
    """Whether a product may be ordered, and why or why not; what bounds its price; of whom else it is to be bought."""

    may: str
    because: str
    listing: Listing | None
    bound: str
    departs: str


def ordering(request: HttpRequest, product: Product, version: ProductVersion | None, day: date) -> Ordering | None:
    """For a seat of a hospital, whether it may order the product on a day, at which price and why; or why not."""
    hospital = request.seat.organisation
    if hospital.kind != OrganisationKind.HOSPITAL:
        return None
    answer = may_order([product.pk], region=hospital.region, hospital=hospital, day=day)[product.pk]
    may, because = "", _("It may not be ordered on %(day)s: %(why)s") % {"day": day, "why": answer.why}
    if answer.entry:
        may = _at(answer, product, version, day)
        said = _entry(answer.entry) | {"since": answer.entry.valid_from, "source": answer.entry.source}
        because = _("The %(kind)s %(entry)s, in force since %(since)s, is the lowest for you (%(source)s).") % said
    departs, bound, commitment = "", "", answer.commitment
    if answer.bound:
        bound = _("Held against the %(kind)s %(entry)s: %(price)s for %(units)s.") % _entry(answer.bound)
    if commitment and answer.needs_departure():
        told = {"supplier": commitment.supplier, "day": commitment.valid_to}
        departs = _("Your hospital buys this of %(supplier)s until %(day)s: an order takes a reason.") % told
    return Ordering(may, because, answer.listing, bound, departs)


def _at(answer: Answer, product: Product, version: ProductVersion | None, day: date) -> str:
    entry, a_pack = answer.entry, answer.price_of(version.pack_size) if version and version.pack_size else None
    pack = f"{entry.units} {product.item.base_unit}" if entry else ""
    if version and a_pack:
        pack = version.pack
    price = price_words(a_pack or (entry and entry.price))
    said = {"day": day, "price": price, "currency": currency(), "pack": pack}
    return _("It may be ordered on %(day)s at %(price)s %(currency)s (%(pack)s).") % said


def _entry(entry: PriceEntry) -> dict[str, Any]:
    price = {"price": price_words(entry.price), "units": entry.units}
    return {"kind": entry.get_kind_display(), "entry": entry.reference, **price}
