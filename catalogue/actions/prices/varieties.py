"""Prices of a whole variety in one change: guide prices by conversion, and one national price. Two people each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Region, Seat
from accounts.permissions import Permission
from catalogue.actions.prices.proposals import propose
from catalogue.actions.prices.unified import Proposed, refuse_doubtful
from catalogue.converting import converted, described, steps_of, told_gaps
from catalogue.models import Item, PriceChange, PriceEntry, Product, ProductVersion, Variety
from catalogue.rules import Ground, PlannedPrice, PriceFact
from catalogue.rules.guide import DerivedPrice, derived, rounded
from catalogue.rules.specifications import Converted
from core.actions import action
from core.errors import Fault, Refused
from core.money import quantize_price, unit_price
from selection.conversion import Conversion


@dataclass(frozen=True)
class Representative:
    """What guide prices of a variety start from: one base unit of an item, or the pack of one product of it.

    ``price`` is as exact as it was decided; None: that of the guide price in force, before it was rounded.
    """

    item: Item
    product: Product | None = None
    price: Decimal | None = None


@dataclass(frozen=True)
class GuideTerms:
    """Where and from when guide prices hold, and what they do (their class). ``cuts`` lets listings above them fall;
    ``leaves_out`` leaves out what cannot be converted, which is refused otherwise."""

    region: Region
    valid_from: date
    guide_class: str
    valid_to: date | None = None
    cuts: bool = False
    leaves_out: bool = False


@dataclass(frozen=True)
class GuideLine:
    """The guide price of an item or product of a variety, by so many base units; without a price what is missing."""

    item: Item
    product: Product | None
    units: int
    found: DerivedPrice

    @property
    def steps(self) -> tuple[dict[str, str], ...]:
        return steps_of(self.found.converted.conversion) if self.found.converted.conversion else ()

    @property
    def missing(self) -> str:
        return told_gaps(self.found.converted)


@dataclass(frozen=True)
class NationalPrice:
    """One price of a base unit of the main specification, from a day on, for a region and all that lies in it."""

    region: Region
    valid_from: date
    price: Decimal
    supply_rate: Decimal | None = None


@action
def propose_guide_prices(
    *, variety: Variety, representative: Representative, terms: GuideTerms, ground: Ground, by: Seat, now: datetime
) -> PriceChange:
    """Propose the guide price of a representative and those that follow from it for the rest of the variety.

    They begin together, when another person has confirmed them. Refused, item by item, for what cannot be converted.
    """
    require(by, Permission.RECORD_PRICE)
    lines = guide_lines(variety, representative, terms)
    if not terms.leaves_out:
        faults = [
            Fault(f"{line.product or line.item}: {line.missing}", "representative", code="unconvertible")
            for line in lines
            if line.found.price is None
        ]
        if faults:
            raise Refused(faults[0].message, faults=faults)
    if terms.guide_class not in PriceEntry.GuideClass.values or not terms.guide_class:
        raise Refused(_("Say what the guide prices do."), field="guide_class", code="required")
    planned = [
        PlannedPrice(
            PriceEntry.Kind.GUIDE.value,
            PriceFact(
                item_id=line.item.pk,
                product_id=line.product.pk if line.product else None,
                region_code=terms.region.pk,
                price=line.found.price,
                units=line.units,
                valid_from=terms.valid_from,
                valid_to=terms.valid_to,
                source=ground.source,
                guide_class=terms.guide_class,
                unrounded=line.found.unrounded,
            ),
            line.steps,
        )
        for line in lines
        if line.found.price is not None
    ]
    act = PriceChange.Act.CUT if terms.cuts else PriceChange.Act.RECORD
    return propose(act, planned, ground, by=by, now=now)


def guide_lines(variety: Variety, representative: Representative, terms: GuideTerms) -> list[GuideLine]:
    """What guide prices would follow: of each product whose pack is known, and of an item where none is.

    The representative comes first, if its price is said; where the register has it, it stays as it is. Refused where
    the representative is none of the variety, or no price of it is known.
    """
    items = {item.pk: item for item in variety.items.order_by("pinyin", "strength", "pk")}
    if representative.item.pk not in items:
        raise Refused(
            _("This item is not of the variety: put it in first."), field="representative", code="not_of_variety"
        )
    packs = _packs(items)
    units, base = _base(representative, terms, packs)
    main = described(items[representative.item.pk], units)
    with_pack = {product.item_id for product, _pack in packs}
    of_base = (representative.item.pk, representative.product)
    rest: list[tuple[int, Product | None, int]] = [(item, None, 1) for item in items if item not in with_pack]
    rest += [(product.item_id, product, pack) for product, pack in packs]
    lines = []
    for item, product, pack in rest:
        if (item, product) != of_base:
            found = derived(base, main, described(items[item], pack), variety.conversion)
            lines.append(GuideLine(items[item], product, pack, found))
    if representative.price is None:
        return lines
    return [_published(items[representative.item.pk], representative.product, units, base), *lines]


@action
def propose_variety_price(
    *, variety: Variety, price: NationalPrice, ground: Ground, by: Seat, now: datetime
) -> PriceChange:
    """Propose one national price of a variety: that of its main specification, and what follows for its other items.

    The rule looks at the last awards of all its items, as of the main specification. Refused with everything that it
    finds, and for an item that cannot be converted. Confirmed, no item of the variety is tendered any more.
    """
    require(by, Permission.RECORD_PRICE)
    if variety.main_item is None:
        raise Refused(_("Name the main specification first."), code="no_main_specification")
    found = converted(variety, variety.items.order_by("pinyin", "strength", "pk"))
    faults = [
        Fault(f"{one.item}: {told_gaps(one.price)}", "price", code="unconvertible")
        for one in found
        if one.price.factor is None
    ]
    if faults:
        raise Refused(faults[0].message, faults=faults)
    factors = {one.item.pk: one.price.factor for one in found if one.price.factor}
    makers = Product.objects.filter(item__in=factors).values("maker").distinct().count()
    proposed = Proposed(Fraction(price.price), _awards(factors, price.valid_from), makers, price.supply_rate)
    figures = refuse_doubtful(proposed) | {"variety": str(variety), "main": str(variety.main_item)}
    planned = [
        PlannedPrice(
            PriceEntry.Kind.UNIFIED.value,
            PriceFact(
                item_id=one.item.pk,
                region_code=price.region.pk,
                price=quantize_price(Fraction(price.price) * factors[one.item.pk]),
                units=1,
                valid_from=price.valid_from,
                source=ground.source,
            ),
            steps_of(one.price.conversion) if one.price.conversion else (),
        )
        for one in found
    ]
    return propose(PriceChange.Act.UNIFY, planned, ground, by=by, now=now, figures=figures)


def _awards(factors: dict[int, Fraction], day: date) -> list[Fraction]:
    """Award prices of a base unit of the main specification, the latest first."""
    entries = PriceEntry.objects.filter(item__in=factors, kind=PriceEntry.Kind.AWARD, valid_from__lte=day)
    rows = entries.order_by("-valid_from", "-pk").values_list("item_id", "price", "units")[:10]
    return [unit_price(price, units) / factors[item] for item, price, units in rows]


def _packs(items: Iterable[int]) -> list[tuple[Product, int]]:
    """The products of items whose pack is known, with its base units."""
    versions = ProductVersion.objects.current().filter(product__item__in=list(items), pack_size__isnull=False)
    rows = versions.select_related("product__item", "product__maker").order_by("product__item", "pack_size", "product")
    return [(version.product, version.pack_size) for version in rows]


def _base(
    representative: Representative, terms: GuideTerms, packs: Sequence[tuple[Product, int]]
) -> tuple[int, Decimal]:
    """The units of the representative and its price before it was rounded."""
    product = representative.product
    units = 1 if product is None else {one.pk: pack for one, pack in packs}.get(product.pk)
    if units is None:
        raise Refused(_("The pack of the representative is not known."), field="representative", code="no_pack")
    if representative.price is not None:
        if not representative.price.is_finite() or representative.price <= 0:
            raise Refused(_("A price is a number above zero."), field="price", code="min_value")
        return units, representative.price
    of_it = PriceEntry.objects.in_force(terms.valid_from).filter(
        item=representative.item, product=product, kind=PriceEntry.Kind.GUIDE, region=terms.region
    )
    entry = of_it.first()
    if entry is None:
        raise Refused(
            _("The register has no guide price of the representative in this region: say it."),
            field="price",
            code="required",
        )
    return entry.units, entry.unrounded if entry.unrounded is not None else entry.price


def _published(item: Item, product: Product | None, units: int, base: Decimal) -> GuideLine:
    """The representative's own line: its price needs no conversion."""
    return GuideLine(item, product, units, DerivedPrice(Converted(Conversion(())), rounded(base), base))
