"""Whether a product may be ordered, and at which entry of the price register."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accounts.models import Organisation, Region
from catalogue.lapsing import Shelves, why_lapsed
from catalogue.models import (
    Listing,
    PriceEntry,
    Product,
    ProductCode,
    ProductVersion,
    ProductWithdrawal,
    SingleSource,
)
from catalogue.rules.bounds import KINDS, Use, judge
from catalogue.rules.ordering import AGREED, Registered, answering, bounding, pack_price
from core.querysets import holding
from core.templatetags.ui import price as price_words

_KINDS = (*AGREED, *KINDS)


@dataclass(frozen=True)
class Answer:
    """What the register says of a product for a hospital on a day: the ``entry`` at whose price it may be ordered, with
    the ``listing`` that it belongs to, or ``why`` not, with a ``code`` for programs.

    ``bound`` is the guide or unified price that it was held against, where there is one. ``commitment`` names of whom
    the hospital buys such products in this time, where it is committed; ``sellers`` are those who would sell it, by
    primary key, as far as the register knows.
    """

    entry: PriceEntry | None = None
    listing: Listing | None = None
    code: str = ""
    why: str = ""
    bound: PriceEntry | None = None
    commitment: SingleSource | None = None
    sellers: frozenset[int] = frozenset()

    def price_of(self, pack_size: int) -> Decimal | None:
        """What a pack of so many base units costs; None where the register has no such price."""
        return pack_price(self.entry.price, self.entry.units, pack_size) if self.entry else None

    def needs_departure(self, supplier: int | None = None) -> bool:
        """Whether buying of this supplier, by primary key, takes a reason of ``SingleSource.Departure``; without one,
        whether buying of whoever sells it does."""
        sellers = self.sellers if supplier is None else {supplier}
        return self.commitment is not None and self.commitment.supplier_id not in sellers


@dataclass(frozen=True)
class _Asked:
    """A product with all that is known of it for a hospital's region on a day. ``owners`` are its maker and holder."""

    product: Any
    owners: frozenset[int]
    entries: Mapping[Registered, PriceEntry]
    listings: Sequence[Any]  # with their standing on the day
    commitment: SingleSource | None


class Register:
    """What the price register and the catalogue's dated facts say of some products, by primary key, for a hospital of a
    region on a day: read once, six statements, however many products are asked for.

    ``suppliers``, by primary key, are those of whom it is asked besides who has a product listed. ``asked_on`` is the
    day on which somebody asks about a later one: what is published in between is not told before.
    """

    def __init__(
        self,
        products: Collection[int],
        *,
        region: Region,
        hospital: Organisation,
        day: date,
        suppliers: Collection[int] = (),
        asked_on: date | None = None,
    ) -> None:
        regions = region.around
        found = _found(products, day)
        entries = _entries(found, regions, hospital, day, asked_on or day)
        listings = _listings(found, regions, day)
        committed = _commitments(found, regions, hospital, day)
        self._day = day
        self._asked = {
            key: _Asked(
                product,
                frozenset({product.maker.organisation_id, product.holder_organisation} - {None}),
                entries[key],
                listings[key],
                committed.get(key),
            )
            for key, product in found.items()
        }
        listed = {one.supplier_id for some in listings.values() for one in some}
        self._shelves = Shelves(found, listed.union(suppliers, *(one.owners for one in self._asked.values())))

    def __iter__(self) -> Iterator[int]:
        return iter(self._asked)

    def answer(self, product: int, supplier: int | None = None) -> Answer:
        """Whether the hospital may order a product, and at which price: of one supplier, or of whoever sells it.

        The lowest of contract (award, negotiated), listing and the hospital's own agreement in force answers, ties to
        the contract; never a guide price or a payment standard, nothing above a guide or unified price that binds, and
        of a named supplier never what another has listed or agreed to. What stops it: a withdrawal, a code that is
        disabled, and a licence that has ended on the shelf of its maker, its holder, or whoever sells it.
        """
        return _answer(self._asked[product], self._shelves, self._day, supplier)


def may_order(
    products: Collection[int],
    *,
    region: Region,
    hospital: Organisation,
    day: date,
    supplier: int | None = None,
    asked_on: date | None = None,
) -> dict[int, Answer]:
    """``Register.answer`` of each product, by primary key."""
    named = () if supplier is None else (supplier,)
    register = Register(products, region=region, hospital=hospital, day=day, suppliers=named, asked_on=asked_on)
    return {key: register.answer(key, supplier) for key in register}


def above(price: Decimal, bound: PriceEntry) -> str:
    """What is said of a price that a guide or unified price forbids."""
    said = {"price": price_words(price), "bound": price_words(bound.price), "units": bound.units}
    return _("Its price of %(price)s is above the guide or unified price, %(bound)s for %(units)s base units.") % said


def _answer(asked: _Asked, shelves: Shelves, day: date, supplier: int | None) -> Answer:
    key = asked.product.pk
    owners = asked.owners if supplier is None else asked.owners | {supplier}
    known: dict[str, Any] = {"commitment": asked.commitment, "sellers": owners}
    if reason := asked.product.withdrawn_for:
        why = _("This product was withdrawn from the catalogue: %(reason)s") % {"reason": reason}
        return Answer(code="withdrawn", why=why, **known)
    if asked.product.code_disabled:
        return Answer(code="disabled", why=_("The national code of this product is disabled."), **known)
    if lapse := shelves.lapse(key, owners, day):
        return Answer(code="lapsed_licence", why=why_lapsed(lapse), **known)
    listings = [one for one in asked.listings if supplier in (None, one.supplier_id)]
    stopped = {(one.region_id, one.supplier_id) for one in listings if one.standing == Listing.Status.SUSPENDED}
    standing = {  # the latest of a region; one that is to follow stops it while it is suspended
        one.region_id: one for one in reversed(listings) if (one.region_id, one.supplier_id) not in stopped
    }
    lapses = {
        one.pk: lapse
        for one in standing.values()
        if one.standing == Listing.Status.LISTED and (lapse := shelves.lapse(key, [one.supplier_id], day))
    }
    open_ones = [
        one
        for one, entry in asked.entries.items()
        if _stands(entry, standing, lapses) and _sold_by(entry, asked.owners, supplier)
    ]
    chosen, bounds = answering(open_ones), bounding(asked.entries)
    bound = asked.entries[bounds] if bounds else None
    if chosen is None:
        lapse = next(iter(lapses.values()), None)
        stop = Answer(code="lapsed_licence", why=why_lapsed(lapse)) if lapse else _why_not(listings, day)
        return replace(stop, bound=bound, **known)
    entry = asked.entries[chosen]
    if bound and judge(bound.bound, chosen.per_unit, Use.ORDER).refuses:
        return Answer(code="above_guide", why=above(entry.price, bound), bound=bound, **known)
    listing = standing.get(entry.region_id) if entry.kind == PriceEntry.Kind.LISTING else None
    if listing:
        known["sellers"] = frozenset({listing.supplier_id})
    elif entry.kind == PriceEntry.Kind.OWN and entry.parties:
        known["sellers"] = frozenset(entry.parties)
    return Answer(entry, listing, bound=bound, **known)


def _sold_by(entry: PriceEntry, owners: frozenset[int], supplier: int | None) -> bool:
    """Whether an entry is a supplier's offer: a hospital's own agreement is that of its parties, or of the maker. A
    listing is known by its own supplier already; an award speaks of the product."""
    if supplier is None or entry.kind != PriceEntry.Kind.OWN:
        return True
    return supplier in (entry.parties or owners)


def _stands(entry: PriceEntry, standing: Mapping[str, Any], lapses: Mapping[int, Any]) -> bool:
    """Whether an entry counts: a listing price does as long as its listing stands, and its supplier may sell."""
    if entry.kind != PriceEntry.Kind.LISTING:
        return True
    listing = standing.get(entry.region_id)
    return listing is not None and listing.standing == Listing.Status.LISTED and listing.pk not in lapses


def _why_not(listings: Sequence[Any], day: date) -> Answer:
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


def _found(products: Collection[int], day: date) -> dict[int, Any]:
    """The products, each with ``holder_organisation``, why it is withdrawn on the day (``withdrawn_for``) and whether
    its national code is disabled."""
    current = ProductVersion.objects.current().filter(product=OuterRef("pk"))
    disabled = ProductCode.objects.filter(holding(day), status=ProductCode.Status.DISABLED, code=OuterRef("national"))
    withdrawn = ProductWithdrawal.objects.on(day).filter(product=OuterRef("pk"))
    rows = Product.objects.filter(pk__in=products).select_related("item", "maker")
    return rows.annotate(
        withdrawn_for=Subquery(withdrawn.values("reason")[:1]),
        national=Subquery(current.values("national_code")[:1]),
        holder_organisation=Subquery(current.values("holder__organisation")[:1]),
        code_disabled=Exists(disabled),
    ).in_bulk()


def _entries(
    products: dict[int, Any], regions: list[str], hospital: Organisation, day: date, asked_on: date
) -> dict[int, dict[Registered, PriceEntry]]:
    """The entries in force that speak of each product, or of its item, for the hospital; what it is not shown on the
    day, nor when it asks, and what is of no checked source, is not among them."""
    of_item = defaultdict(list)
    for product in products.values():
        of_item[product.item_id].append(product.pk)
    mine = hospital.lineage()
    shown = Q(visibility="public") | Q(public_from__lte=min(day, asked_on))
    shown |= Q(parties__overlap=mine) | Q(hospital__in=mine)
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


def _listings(products: dict[int, Any], regions: list[str], day: date) -> dict[int, list[Listing]]:
    """The listings of each product, as they stood on the day; the nearest region first, the latest of it before its
    predecessors."""
    rows = Listing.objects.filter(product__in=products, region__in=regions, listed_at__isnull=False)
    found: dict[int, list[Listing]] = defaultdict(list)
    for listing in rows.with_standing(day).order_by("-valid_from", "-pk"):
        found[listing.product_id].append(listing)
    for listings in found.values():
        listings.sort(key=lambda one: (one.valid_from > day, regions.index(one.region_id)))
    return found


def _commitments(
    products: dict[int, Any], regions: list[str], hospital: Organisation, day: date
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


def _first_of(rows: list[SingleSource], product: Any) -> SingleSource | None:
    item = product.item
    return next(
        (row for row in rows if row.item_id == item.pk or (row.variety_id and row.variety_id == item.variety_id)), None
    )
