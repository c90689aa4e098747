"""What a draft begins with: a lot for each item of the locked demand, and the usual criteria."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count

from catalogue.models import Item, PriceEntry
from selection.criteria import USUAL_CRITERIA
from tenders.actions.preparation import CriterionPlan
from tenders.models import Lot, LotItem, Tender


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
    offered: str = Lot.Offered.PRODUCT
    parts: str = ""
    with_service_fee: bool = False


def proposed_lots(tender: Tender, *, today: date) -> list[ProposedLot]:
    """A lot for each item of the tender's kind that hospitals need, in the order of the window's lines.

    A draft without lots takes all of them; prices before come from the price register.
    """
    if tender.window is None:
        return []
    lines = [line for line in tender.window.totals() if line.total and line.item.kind == tender.kind]
    taken = LotItem.objects.filter(lot__tender=tender).select_related("lot").prefetch_related("lot__parts__item")
    have = {part.item_id: part.lot for part in taken}
    known = PriceEntry.objects.prices_before([line.item for line in lines], tender.region, today)
    return [
        _proposed(line.number, line.item, int(line.total), have.get(line.item_id), known.get(line.item_id), not have)
        for line in lines
    ]


def _proposed(
    number: int, item: Item, volume: int, lot: Lot | None, known: Decimal | None, take_all: bool
) -> ProposedLot:
    if lot is None:
        return ProposedLot(number, item, volume, take=take_all, price_before=known)
    names = ("title", "ceiling_price", "price_before", "quality_requirement", "offered", "with_service_fee")
    kept = {name: getattr(lot, name) for name in names}
    return ProposedLot(number, item, volume, take=True, parts=parts_as_typed(lot), **kept)


def parts_as_typed(lot: Lot) -> str:
    """The parts of a lot as the form that sets them reads them."""
    return "; ".join(f"{part.item.reference} × {part.quantity}" for part in lot.parts.all())


def usual_criteria() -> list[CriterionPlan]:
    """The criteria that a draft begins with: formal ones, then 100 points."""
    return [
        CriterionPlan("scored" if one.points else "formal", one.title, one.guidance, one.points)
        for one in USUAL_CRITERIA
    ]


def criteria_of(tender: Tender) -> list[CriterionPlan]:
    """The criteria that a draft has."""
    criteria = tender.criteria.order_by("number")
    return [CriterionPlan(one.kind, one.title, one.guidance, one.max_points) for one in criteria]


def joint_lots(tender: Tender) -> list[Lot]:
    """Lots of several items, which only the API sets: setting lots on the page would take them apart."""
    return list(tender.lots.annotate(items=Count("lot_items")).filter(items__gt=1))
