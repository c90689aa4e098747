"""A tender made like an earlier one."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.models import PriceEntry
from core.actions import action
from core.clock import legal_date
from core.errors import Refused
from tenders.actions.people import name_evaluators, name_openers
from tenders.actions.preparation import (
    CriterionPlan,
    LotItemPlan,
    LotPartPlan,
    LotPlan,
    TenderPlan,
    prepare_tender,
    set_criteria,
    set_lots,
)
from tenders.candidates import EVALUATORS, OPENERS, who_served
from tenders.duties import permit
from tenders.models import Lot, Tender


@action
def prepare_tender_like(*, earlier: Tender, plan: TenderPlan, by: Seat, now: datetime) -> Tender:
    """Begin a tender with the lots, criteria and people of an earlier one of the agency, and none of its days.

    Ceilings stay as they were; prices before are those of today. People who may no longer be named are left out, as
    the checklist of the draft then tells by their number. Refused for the other kind of items.
    """
    permit(earlier, by, Permission.PREPARE_TENDER)
    if plan.kind != earlier.kind:
        raise Refused(_("The lots of the earlier tender are of the other kind."), field="kind", code="wrong_kind")
    tender = prepare_tender(plan=plan, by=by, now=now)
    set_lots(tender=tender, lots=lots_of(earlier, now), by=by, now=now)
    if plan.envelopes == 2:
        criteria = earlier.criteria.order_by("number").values_list("kind", "title", "guidance", "max_points")
        set_criteria(tender=tender, criteria=[CriterionPlan(*one) for one in criteria], by=by, now=now)
    today = legal_date(now)
    name_openers(tender=tender, seats=who_served(earlier, OPENERS, tender, today), by=by, now=now)
    name_evaluators(tender=tender, seats=who_served(earlier, EVALUATORS, tender, today), by=by, now=now)
    return tender


def lots_of(tender: Tender, now: datetime) -> list[LotPlan]:
    """The lots of a tender as plans for another, in their order."""
    lots = list(tender.lots.order_by("number").prefetch_related("lot_items__item", "parts__item"))
    items = [part.item for lot in lots for part in lot.lot_items.all()]
    known = PriceEntry.objects.prices_before(items, tender.region, legal_date(now))
    return [_as_planned(lot, known) for lot in lots]


def _as_planned(lot: Lot, known: Mapping[int, Decimal]) -> LotPlan:
    parts = list(lot.lot_items.all())
    return LotPlan(
        title=lot.title,
        items=tuple(LotItemPlan(part.item, part.factor, part.volume_factor) for part in parts),
        ceiling_price=lot.ceiling_price,
        ceiling_units=lot.ceiling_units,
        price_before=known.get(parts[0].item_id) if parts else None,
        quality_requirement=lot.quality_requirement,
        offered=lot.offered,
        parts=tuple(LotPartPlan(part.item, part.quantity) for part in lot.parts.all()),
        with_service_fee=lot.with_service_fee,
    )
