"""What a draft begins with: a lot for each item of the locked demand, and the usual criteria."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Region
from catalogue.models import Item, PriceEntry
from core.money import quantize_price, unit_price
from tenders.actions.preparation import CriterionPlan
from tenders.models import Lot, LotItem, Tender

# What an item cost before: what was agreed comes before what was only published.
PRICE_KINDS = (
    PriceEntry.Kind.AWARD,
    PriceEntry.Kind.NEGOTIATED,
    PriceEntry.Kind.PAYMENT_STANDARD,
    PriceEntry.Kind.GUIDE,
)


@dataclass(frozen=True)
class ProposedLot:
    """A row of the page that sets lots: one item of the window, and the lot that the draft has of it already."""

    number: int
    item: Item
    volume: int
    take: bool
    title: str = ""
    ceiling_price: Decimal | None = None
    price_before: Decimal | None = None
    quality_requirement: str = ""


def proposed_lots(tender: Tender, *, today: date) -> list[ProposedLot]:
    """A lot for each item of the tender's kind that hospitals need, in the order of the window's lines.

    A draft without lots takes all of them; prices before come from the price register.
    """
    if tender.window is None:
        return []
    lines = [line for line in tender.window.totals() if line.total and line.item.kind == tender.kind]
    have = {part.item_id: part.lot for part in LotItem.objects.filter(lot__tender=tender).select_related("lot")}
    known = prices_before([line.item for line in lines], tender.region, today=today)
    return [
        _proposed(line.number, line.item, int(line.total), have.get(line.item_id), known.get(line.item_id), not have)
        for line in lines
    ]


def _proposed(
    number: int, item: Item, volume: int, lot: Lot | None, known: Decimal | None, take_all: bool
) -> ProposedLot:
    if lot is None:
        return ProposedLot(number, item, volume, take=take_all, price_before=known)
    return ProposedLot(
        number, item, volume, True, lot.title, lot.ceiling_price, lot.price_before, lot.quality_requirement
    )


def prices_before(items: list[Item], region: Region, *, today: date) -> dict[int, Decimal]:
    """What one base unit of each item costs today in a region, by primary key of the item, where known.

    The first of award, negotiated price, payment standard and guide price; of one kind the item's own entry
    before those of single products, then the lowest.
    """
    entries = PriceEntry.objects.in_force(today).filter(item__in=items, region=region, kind__in=PRICE_KINDS)
    found: dict[int, tuple[tuple[int, bool, Decimal], Decimal]] = {}
    for entry in entries:
        price = quantize_price(unit_price(entry.price, entry.units))
        order = (PRICE_KINDS.index(entry.kind), entry.product_id is not None, price)
        if price and (entry.item_id not in found or order < found[entry.item_id][0]):
            found[entry.item_id] = (order, price)
    return {item: price for item, (_order, price) in found.items()}


# Composed from criteria that provinces published (Liaoning 2016 and others); the points are an editable default.
_FORMAL = (
    gettext_noop("Business and production or operating licence valid on the day of opening"),
    gettext_noop("Approval of the product offered valid on the day of opening"),
    gettext_noop("Certificate of good manufacturing practice covering the product offered"),
    gettext_noop("Signed commitment to supply the whole area at the price bid"),
)
_SCORED = (
    (gettext_noop("Manufacturing practice"), gettext_noop("Current certificate 20, older 10."), 20),
    (gettext_noop("Quality sampling"), gettext_noop("Last 24 months: 15 less 5 for each failed batch."), 15),
    (gettext_noop("Production scale"), gettext_noop("Yearly output of the form: place among bidders × 10."), 10),
    (gettext_noop("Annual sales"), gettext_noop("Place between the smallest and the largest bidder × 10."), 10),
    (gettext_noop("Rank in the industry"), gettext_noop("Among the first 100: 10; 200: 7; 400: 4."), 10),
    (gettext_noop("Market share of the product"), gettext_noop("Share divided by the largest share × 10."), 10),
    (gettext_noop("Delivery"), gettext_noop("Counties covered × 5, delivery rate of the last year × 5."), 10),
    (gettext_noop("Traceability"), gettext_noop("Trace codes uploaded: 5, else 0."), 5),
    (gettext_noop("Innovation and consistency"), gettext_noop("Consistency evaluation or export: 5, part of it 3."), 5),
    (gettext_noop("Credit and past performance"), gettext_noop("5 less one for each breach."), 5),
)


def usual_criteria() -> list[CriterionPlan]:
    """The criteria that a draft begins with, in the officer's language: formal ones, then 100 points."""
    return [
        *(CriterionPlan("formal", _(title)) for title in _FORMAL),
        *(CriterionPlan("scored", _(title), _(guidance), points) for title, guidance, points in _SCORED),
    ]


def criteria_of(tender: Tender) -> list[CriterionPlan]:
    """The criteria that a draft has."""
    criteria = tender.criteria.order_by("number")
    return [CriterionPlan(one.kind, one.title, one.guidance, one.max_points) for one in criteria]


def joint_lots(tender: Tender) -> list[Lot]:
    """Lots of several items, which only the API sets: setting lots on the page would take them apart."""
    return list(tender.lots.annotate(parts=Count("lot_items")).filter(parts__gt=1))
