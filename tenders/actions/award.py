"""From ranked prices to the binding decision: proposal, standstill, award, price register."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.actions import record_award_prices
from catalogue.rules import PriceFact
from core.actions import action
from core.clock import zone
from core.errors import Refused
from core.models import Event
from core.moves import move
from core.outbox import queue
from selection.ruleset import from_json
from tenders.actions.lots import hold, tell
from tenders.duties import permit
from tenders.models import Award, Lot, Objection, Ranking, Tender, Verb
from tenders.rules.schedule import after_days


@action
def propose_award(*, lot: Lot, by: Seat, now: datetime) -> Award:
    """Propose, in public, to award a ranked lot to the bid of rank 1.

    Until ``standstill_until`` every bidder of the lot may object; nobody else can be proposed.
    """
    permit(lot.tender, by, Permission.PUBLISH_RESULT)
    lot = hold(lot, Lot.Status.RANKED)
    best = Ranking.objects.select_related("bid__supplier").get(lot=lot, rank=1)
    days = from_json(lot.tender.rules).standstill_days
    award = Award.objects.create(
        lot=lot,
        bid=best.bid,
        price=best.price,  # type: ignore[misc]  # whoever has a rank has a price
        standstill_until=after_days(now, days, zone()),
        proposed_at=now,
        proposed_by=by,
    )
    move(lot, Lot.Status.PROPOSED)
    tell(Verb.AWARD_PROPOSED, lot, by, now, audience=Event.Audience.PUBLIC, supplier=best.bid.supplier.name)
    queue("tenders.tasks.announce_proposal", lot.pk, now=now)
    return award


@action
def propose_awards(*, tender: Tender, by: Seat, now: datetime) -> list[Award]:
    """Propose the award of every ranked lot of a tender; Refused where none is ranked."""
    lots = Lot.objects.filter(tender=tender, status=Lot.Status.RANKED).select_related("tender")
    awards = [propose_award(lot=lot, by=by, now=now) for lot in lots]
    if not awards:
        raise Refused(_("No lot waits for a proposal."), code="none_ready")
    return awards


@action
def award_lot(*, lot: Lot, by: Seat, now: datetime) -> Award:
    """Award a lot as proposed: the decision binds, and the price register has the price for the supply period.

    Refused before the standstill is over and while an objection waits for its answer. Of two officers who
    award at once one succeeds, and the other is told (Conflict).
    """
    permit(lot.tender, by, Permission.AWARD)
    lot = hold(lot, Lot.Status.PROPOSED)
    award = Award.objects.select_related("bid__supplier", "bid__product_version__product").get(lot=lot)
    if now < award.standstill_until:
        raise Refused(_("The standstill is not over: bidders can still object."), code="standstill")
    if Objection.objects.waiting().filter(lot=lot).exists():
        raise Refused(_("An objection waits for its answer. Until then the lot stands still."), code="objection")
    move(lot, Lot.Status.AWARDED)
    Award.objects.filter(pk=award.pk).update(awarded_at=now, awarded_by=by)
    award.awarded_at, award.awarded_by = now, by
    record_award_prices(entries=[_price(lot, award)], by=by, now=now)
    tell(Verb.LOT_AWARDED, lot, by, now, audience=Event.Audience.PUBLIC, supplier=award.bid.supplier.name)
    queue("tenders.tasks.announce_award", lot.pk, now=now)
    return award


@action
def award_lots(*, tender: Tender, by: Seat, now: datetime) -> list[Award]:
    """Award every lot of a tender whose standstill is over and against which nobody waits; Refused where none is."""
    lots = Lot.objects.ready_to_award(now).filter(tender=tender).select_related("tender")
    awards = [award_lot(lot=lot, by=by, now=now) for lot in lots]
    if not awards:
        raise Refused(_("No lot can be awarded now."), code="none_ready")
    return awards


def _price(lot: Lot, award: Award) -> PriceFact:
    version, tender = award.bid.product_version, lot.tender
    return PriceFact(
        item_id=version.product.item_id,
        product_id=version.product_id,
        region_code=tender.region_id,
        price=award.price,
        units=version.pack_size,  # type: ignore[arg-type]  # a product without one cannot be offered
        valid_from=tender.supply_from,  # type: ignore[arg-type]  # nothing is published without it
        valid_to=tender.supply_to,
        source=f"{tender.reference} / {lot.key}",
    )
