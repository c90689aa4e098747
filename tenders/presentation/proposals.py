"""What a draft begins with: a lot for each item of the locked demand, and the usual criteria."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.models import Item, PriceEntry
from selection.criteria import USUAL_CRITERIA
from tenders.actions.preparation import CriterionPlan
from tenders.models import Lot, LotItem, Tender


@dataclass(frozen=True)
class ProposedLot:
    """A row of the page that sets lots: one item of the window, and the lot that the draft has of it already.

    Items of one lot share a ``mark``; what is said of the lot stands with its reference item.
    """

    number: int
    item: Item
    volume: int
    take: bool
    title: str = ""
    mark: str = ""
    factor: Decimal | None = None
    volume_factor: Decimal | None = None
    ceiling_price: Decimal | None = None
    ceiling_units: int | None = None
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
    lots: dict[int, list[LotItem]] = defaultdict(list)
    for part in taken.order_by("pk"):
        lots[part.lot_id].append(part)
    have = {part.item_id: _kept(part, parts) for parts in lots.values() for part in parts}
    known = PriceEntry.objects.prices_before([line.item for line in lines], tender.region, today)
    return [
        ProposedLot(
            line.number,
            line.item,
            int(line.total),
            **have.get(line.item_id, {"take": not have, "price_before": known.get(line.item_id)}),
        )
        for line in lines
    ]


def _kept(part: LotItem, parts: list[LotItem]) -> dict[str, Any]:
    """What a row shows of an item that the draft has already, among those of its lot; the first is the reference."""
    lot, joint = part.lot, {}
    if len(parts) > 1:
        same = part.volume_factor == part.factor
        joint = {
            "mark": str(lot.number),
            "factor": _plain(part.factor),
            "volume_factor": None if same else _plain(part.volume_factor),
        }
    if part != parts[0]:
        return {"take": True, "title": lot.title, **joint}
    names = ("title", "ceiling_price", "price_before", "quality_requirement", "offered", "with_service_fee")
    said = {name: getattr(lot, name) for name in names} | {
        "ceiling_units": lot.ceiling_units if lot.ceiling_units > 1 else None
    }
    return {"take": True, "parts": parts_as_typed(lot), **joint, **said}


def _plain(factor: Decimal) -> Decimal:
    """A factor without needless zeros, and without an exponent."""
    return Decimal(f"{factor.normalize():f}")


def parts_as_typed(lot: Lot) -> str:
    """The parts of a lot as the form that sets them reads them."""
    return "; ".join(f"{part.item.reference} × {part.quantity}" for part in lot.parts.all())


def usual_criteria(kind: str) -> list[CriterionPlan]:
    """The criteria that a draft of items of a kind begins with: formal ones, then 100 points."""
    return [
        CriterionPlan("scored" if one.points else "formal", one.title, one.guidance, one.points)
        for one in USUAL_CRITERIA[kind]
    ]


def criteria_of(tender: Tender) -> list[CriterionPlan]:
    """The criteria that a draft has."""
    criteria = tender.criteria.order_by("number")
    return [CriterionPlan(one.kind, one.title, one.guidance, one.max_points) for one in criteria]
