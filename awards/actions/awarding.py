"""Proposal, standstill, award, price register; or no award, where no opened price is valid."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import Permission
from awards.actions.selecting import checked, selected, write_awards
from awards.models import Award, AwardProduct, Decision, Verb
from catalogue.actions import record_award_prices
from catalogue.rules import PriceFact
from core.actions import action
from core.clock import zone
from core.errors import Refused
from core.models import Event
from core.moves import move
from core.outbox import queue
from tenders.actions.lots import end_lot, hold, tell
from tenders.actions.preparation import in_words
from tenders.duties import permit
from tenders.models import Lot, Tender
from tenders.rules.schedule import after_days


@action
def propose_award(*, lot: Lot, regions: Mapping[str, int] | None = None, by: Seat, now: datetime) -> Decision:
    """Propose, in public, to award a lot whose prices are open to the first of its ranked bids, as many as the rules
    let win, that no withdrawn proposal set aside. Its volume is allocated as the rules say; where each region goes to
    one winner, ``regions`` says by its code at which place.

    Until ``standstill_until`` every bidder of the lot may object; nobody else can be proposed. Refused where no bid
    is left.
    """
    permit(lot.tender, by, Permission.PUBLISH_RESULT)
    lot = hold_to_decide(lot)
    (one,) = selected(lot.tender, [lot])
    if not one.winners:
        raise Refused(_("No opened price of this lot is valid."), code="none_valid")
    places = checked(regions or {}, one)
    decision = Decision.objects.create(
        lot=lot,
        number=Decision.objects.filter(lot=lot).count() + 1,
        standstill_until=after_days(now, one.rules.periods.standstill_days, zone()),
        proposed_at=now,
        proposed_by=by,
    )
    awards = write_awards(decision, one, places)
    tell(Verb.AWARD_PROPOSED, lot, by, now, audience=Event.Audience.PUBLIC, supplier=names_of(awards))
    queue("awards.tasks.announce_proposal", decision.pk, now=now)
    return decision


@action
def propose_awards(*, tender: Tender, by: Seat, now: datetime) -> list[Decision]:
    """Propose the award of every lot of a tender that has a valid price and needs nobody's choice of regions; Refused
    where none waits."""
    lots = Decision.objects.lots_to_propose().filter(tender=tender).select_related("tender")
    ready = [one.lot for one in selected(tender, lots) if not one.regions]
    decisions = [propose_award(lot=lot, by=by, now=now) for lot in ready]
    if not decisions:
        raise Refused(_("No lot waits for a proposal."), code="none_ready")
    return decisions


@action
def award_lot(*, lot: Lot, by: Seat, now: datetime) -> Decision:
    """Award a lot as proposed: the decision binds, and the price register has the prices for the supply period.

    Refused before the standstill is over and while an objection waits for its answer. Of two officers who
    award at once one succeeds, and the other is told (Conflict).
    """
    permit(lot.tender, by, Permission.AWARD)
    lot = hold(lot, Lot.Status.OPENED)
    decision = _to_award(lot, now)
    awards = list(decision.awards.winners().select_related("supplier"))
    move(decision, Decision.Status.AWARDED, awarded_at=now, awarded_by=by)
    tell(Verb.LOT_AWARDED, lot, by, now, audience=Event.Audience.PUBLIC, supplier=names_of(awards))
    end_lot(lot=lot, ending=Lot.Ending.AWARDED, by=by, now=now)
    record_award_prices(entries=_prices(awards), by=by, now=now)
    queue("awards.tasks.announce_award", decision.pk, now=now)
    return decision


@action
def award_lots(*, tender: Tender, by: Seat, now: datetime) -> list[Decision]:
    """Award every lot of a tender whose standstill is over and against which nobody waits; Refused where none is."""
    ready = Decision.objects.ready_to_award(now).filter(lot__tender=tender).order_by("lot__number")
    decisions = [award_lot(lot=one.lot, by=by, now=now) for one in ready.select_related("lot__tender")]
    if not decisions:
        raise Refused(_("No lot can be awarded now."), code="none_ready")
    return decisions


@action
def fail_lot(*, lot: Lot, by: Seat, now: datetime) -> Lot:
    """End a lot without an award because none of its opened prices is valid, or every bid with one was set aside;
    Refused where one is left."""
    permit(lot.tender, by, Permission.PUBLISH_RESULT)
    lot = hold_to_decide(lot)
    _must_have_no_price(lot)
    valid = lot.rankings.filter(rank__isnull=False).exists()
    ending = Lot.Ending.NONE_LEFT if valid else Lot.Ending.NONE_VALID
    end_lot(lot=lot, ending=ending, by=by, now=now)
    tell(Verb.LOT_NOT_AWARDED, lot, by, now, audience=Event.Audience.PUBLIC, ending=ending.label)
    return lot


def check_awarding(lot: Lot, now: datetime) -> None:
    """Refused, with the reason and the hour, where a lot cannot be awarded now."""
    if lot.status != Lot.Status.OPENED:
        raise Refused(_("There is nothing to award in this lot."), code="not_now")
    _to_award(lot, now)


def check_failing(lot: Lot) -> None:
    """Refused where a lot cannot be ended without an award now."""
    if lot.status != Lot.Status.OPENED:
        raise Refused(_("There is nothing to award in this lot."), code="not_now")
    _must_be_undecided(lot)
    _must_have_no_price(lot)


def _to_award(lot: Lot, now: datetime) -> Decision:
    decision = standing_proposal(lot)
    if decision.in_standstill(now):
        told = _("The standstill is not over: bidders can still object, until %(until)s.")
        raise Refused(told % {"until": in_words(decision.standstill_until)}, code="standstill")
    _must_not_be_held(lot)
    return decision


def hold_to_decide(lot: Lot) -> Lot:
    """The lot as it is now, its row locked until commit; Refused unless its prices are open, nothing is decided on
    them, and nothing makes it stand still."""
    lot = hold(lot, Lot.Status.OPENED)
    _must_be_undecided(lot)
    return lot


def _must_be_undecided(lot: Lot) -> None:
    if Decision.objects.standing().filter(lot=lot).exists():
        raise Refused(_("The award of this lot is proposed already."), code="not_now")
    _must_not_be_held(lot)


def _must_have_no_price(lot: Lot) -> None:
    if Decision.objects.ranked().filter(lot=lot).exists():
        raise Refused(_("A price of this lot is valid: propose the award."), code="valid")


def _must_not_be_held(lot: Lot) -> None:
    if lot.holds.standing().exists():
        raise Refused(_("The lot stands still: an objection, a complaint or a court holds it."), code="held")


def standing_proposal(lot: Lot) -> Decision:
    """The proposal on a lot that is held; Refused where there is none."""
    decision = Decision.objects.proposed().filter(lot=lot).first()
    if decision is None:
        raise Refused(_("No award of this lot is proposed."), code="not_now")
    return decision


def names_of(awards: Iterable[Award]) -> str:
    """The suppliers' names, by place."""
    return ", ".join(award.supplier.name for award in awards)


def _prices(awards: Iterable[Award]) -> list[PriceFact]:
    products = AwardProduct.objects.filter(award__in=list(awards)).select_related("award", "product_version__product")
    return [
        PriceFact(
            item_id=one.product_version.product.item_id,
            product_id=one.product_version.product_id,
            region_code=one.award.region_id,
            price=one.price,
            units=one.pack_size,
            valid_from=one.award.starts_on,
            valid_to=one.award.ends_on,
            source=one.award.origin,
        )
        for one in products.order_by("award__place", "number")
    ]
