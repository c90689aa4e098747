"""Whether a product may be ordered, and at which entry of the price register."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Organisation, Region
from catalogue.models import (
    Listing,
    PriceEntry,
    Product,
    ProductCode,
    ProductVersion,
    ProductWithdrawal,
    SingleSource,
)
from catalogue.rules.ordering import AGREED, Registered, answering, binding, pack_price
from core.querysets import holding
from core.templatetags.ui import price as price_words

_KINDS = (*AGREED, PriceEntry.Kind.GUIDE)


@dataclass(frozen=True)
class Answer:
    """What the register says of a product for a hospital on a day: the ``entry`` at whose price it may be ordered, with
    the ``listing`` that it belongs to, or ``why`` not, with a ``code`` for programs. ``commitment`` names of whom the
    hospital buys such products in this time, where it is committed."""

    entry: PriceEntry | None = None
    listing: Listing | None = None
    code: str = ""
    why: str = ""
    commitment: SingleSource | None = None

    def price_of(self, pack_size: int) -> Decimal | None:
        """What a pack of so many base units costs; None where the register has no such price."""
        return pack_price(self.entry.price, self.entry.units, pack_size) if self.entry else None

    def needs_departure(self, supplier: int) -> bool:
        """Whether buying of this supplier, by primary key, takes a reason of ``SingleSource.Departure``."""
        return self.commitment is not None and self.commitment.supplier_id != supplier


def may_order(products: Collection[int], *, region: Region, hospital: Organisation, day: date) -> dict[int, Answer]:
    """For each product, by primary key, whether a hospital of a region may order it on a day, and at which price.

    The lowest of contract (award, negotiated), listing and the hospital's own agreement in force answers, ties to the
    contract; never a guide price or a payment standard. A handful of statements, however many products.
    """
    regions = region.around
    found = Product.objects.filter(pk__in=products).select_related("item").in_bulk()
    entries = _entries(found, regions, hospital, day)
    listings = _listings(found, regions, day)
    stopped = _stopped(found, day)
    committed = _commitments(found, regions, hospital, day)
    return {
        key: _answer(day, entries[key], listings[key], stopped=stopped.get(key), commitment=committed.get(key))
        for key in found
    }


def _answer(
    day: date,
    entries: dict[Registered, PriceEntry],
    listings: list[Listing],
    *,
    stopped: Answer | None,
    commitment: SingleSource | None,
) -> Answer:
    if stopped:
        return replace(stopped, commitment=commitment)
    standing = {listing.region_id: listing for listing in reversed(listings)}  # the latest of a region
    open_ones = [one for one in entries if _stands(entries[one], standing)]
    chosen, bound = answering(open_ones), binding(entries)
    if chosen is None:
        return replace(_why_not(listings, day), commitment=commitment)
    entry = entries[chosen]
    if bound is not None and chosen.per_unit > bound.per_unit:
        guide = entries[bound]
        said = {"price": price_words(entry.price), "guide": price_words(guide.price), "units": guide.units}
        why = _("Its price of %(price)s is above the guide price, which is %(guide)s for %(units)s base units.") % said
        return Answer(code="above_guide", why=why, commitment=commitment)
    listing = standing.get(entry.region_id) if entry.kind == PriceEntry.Kind.LISTING else None
    return Answer(entry, listing, commitment=commitment)


def _stands(entry: PriceEntry, standing: dict[str, Listing]) -> bool:
    """Whether an entry counts: a listing price does as long as its listing stands."""
    if entry.kind != PriceEntry.Kind.LISTING:
        return True
    listing = standing.get(entry.region_id)
    return listing is not None and listing.standing == Listing.Status.LISTED


def _why_not(listings: list[Listing], day: date) -> Answer:
    """Why nothing answers: the nearest listing's own reason, or that there is no price at all."""
    for listing in listings:
        said = {"listing": listing.reference, "reason": listing.standing_reason, "day": listing.valid_from}
        match listing.standing:
            case Listing.Status.SUSPENDED:
                return Answer(code="suspended", why=_("Listing %(listing)s is suspended: %(reason)s") % said)
            case Listing.Status.DELISTED:
                return Answer(code="delisted", why=_("Listing %(listing)s has ended: %(reason)s") % said)
            case Listing.Status.LISTED if listing.valid_from > day:
                return Answer(code="not_yet", why=_("Listing %(listing)s begins on %(day)s.") % said)
    why = _("No agreed price is in force for this product and your hospital: it is not listed.")
    return Answer(code="no_price", why=why)


def _entries(
    products: dict[int, Product], regions: list[str], hospital: Organisation, day: date
) -> dict[int, dict[Registered, PriceEntry]]:
    """The entries in force that speak of each product, or of its item, for the hospital; what it is not shown, and what
    is of no checked source, is not among them."""
    of_item = defaultdict(list)
    for product in products.values():
        of_item[product.item_id].append(product.pk)
    mine = hospital.lineage()
    shown = Q(visibility="public") | Q(public_from__lte=day) | Q(parties__overlap=mine) | Q(hospital__in=mine)
    rows = PriceEntry.objects.in_force(day).filter(
        shown,
        Q(hospital=None) | Q(hospital__in=mine),
        Q(product=None) | Q(product__in=products),
        item__in=of_item,
        kind__in=_KINDS,
        region__in=regions,
        unverified=False,
    )
    found: dict[int, dict[Registered, PriceEntry]] = defaultdict(dict)
    for row in rows:
        one = _registered(row, regions)
        for product in [row.product_id] if row.product_id else of_item[row.item_id]:
            found[product][one] = row
    return found


def _registered(entry: PriceEntry, regions: list[str]) -> Registered:
    per_unit, place = Fraction(entry.price) / entry.units, regions.index(entry.region_id)
    return Registered(entry.pk, entry.kind, per_unit, place, entry.product_id is not None, entry.guide_class)


def bound_of(product: Product, *, region: Region, day: date) -> PriceEntry | None:
    """The guide price that binds a product in a region on a day, if one does."""
    regions = region.around
    rows = PriceEntry.objects.in_force(day).filter(
        Q(product=None) | Q(product=product),
        item=product.item_id,
        kind=PriceEntry.Kind.GUIDE,
        region__in=regions,
        unverified=False,
    )
    entries = {_registered(row, regions): row for row in rows}
    bound = binding(entries)
    return entries[bound] if bound else None


def _listings(products: dict[int, Product], regions: list[str], day: date) -> dict[int, list[Listing]]:
    """The listings of each product, as they stood on the day; the nearest region first, the latest of it before its
    predecessors."""
    rows = Listing.objects.filter(product__in=products, region__in=regions, listed_at__isnull=False)
    found: dict[int, list[Listing]] = defaultdict(list)
    for listing in rows.with_standing(day).order_by("-valid_from", "-pk"):
        found[listing.product_id].append(listing)
    for listings in found.values():
        listings.sort(key=lambda one: (one.valid_from > day, regions.index(one.region_id)))
    return found


def _stopped(products: dict[int, Product], day: date) -> dict[int, Answer]:
    """Of the products that nobody orders on the day why not."""
    disabled = Answer(code="disabled", why=_("The national code of this product is disabled."))
    out = ProductWithdrawal.objects.on(day).filter(product__in=products).values_list("product", "reason")
    words = _("This product was withdrawn from the catalogue: %(reason)s")
    withdrawn = {product: Answer(code="withdrawn", why=words % {"reason": reason}) for product, reason in out}
    return dict.fromkeys(_disabled(products, day), disabled) | withdrawn


def _disabled(products: dict[int, Product], day: date) -> set[int]:
    """The products whose national code is disabled on the day."""
    codes = ProductVersion.objects.current().filter(product__in=products).exclude(national_code="")
    of_code = {code: product for product, code in codes.values_list("product", "national_code")}
    rows = ProductCode.objects.filter(holding(day), code__in=of_code, status=ProductCode.Status.DISABLED)
    return {of_code[code] for code in rows.values_list("code", flat=True)}


def _commitments(
    products: dict[int, Product], regions: list[str], hospital: Organisation, day: date
) -> dict[int, SingleSource]:
    """Of whom the hospital is committed to buy such products: what names the hospital before what names its region, the
    nearest region before a wider one, the item before its variety."""
    items = {product.item_id for product in products.values()}
    varieties = {product.item.variety_id for product in products.values()} - {None}
    rows = SingleSource.objects.in_force(day).filter(
        Q(item__in=items) | Q(variety__in=varieties),
        Q(hospital=None) | Q(hospital__in=hospital.lineage()),
        region__in=regions,
    )
    nearest = sorted(
        rows.select_related("supplier"),
        key=lambda row: (row.hospital_id is None, regions.index(row.region_id), row.item_id is None),
    )
    return {key: row for key, product in products.items() for row in [_first_of(nearest, product)] if row is not None}


def _first_of(rows: list[SingleSource], product: Product) -> SingleSource | None:
    item = product.item
    return next(
        (row for row in rows if row.item_id == item.pk or (row.variety_id and row.variety_id == item.variety_id)), None
    )
