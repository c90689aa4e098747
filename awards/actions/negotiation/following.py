"""What an ended negotiation leads to: a proposed award, a confidential price in the register, or another way."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import Permission
from awards.actions.negotiation.holding import hold_negotiation, tell_parties
from awards.models import Allocation, Award, AwardProduct, Decision, Negotiation, Verb
from catalogue.actions import record_negotiated_prices
from catalogue.models import PriceEntry
from catalogue.rules import PriceFact
from core.actions import action
from core.clock import zone
from core.errors import Conflict, Refused
from core.models import Event
from core.outbox import queue
from selection.ruleset import from_json
from tenders.actions.lots import hold, tell
from tenders.actions.preparation import in_words
from tenders.duties import permit
from tenders.models import Lot, LotItem, LotVolume
from tenders.rules.schedule import after_days
from tenders.volumes import needs_of


@action
def propose_negotiated(*, negotiation: Negotiation, by: Seat, now: datetime) -> Decision:
    """Propose the award of the lot at the agreed price, in public: from then on it goes the way of every proposal, with
    standstill, objection and award. Its whole volume is the supplier's. Refused for a confidential price."""
    permit(negotiation.lot.tender, by, Permission.PUBLISH_RESULT)
    negotiation = hold_negotiation(negotiation, Negotiation.Status.AGREED)
    lot = hold(negotiation.lot, Lot.Status.ENDED)
    if negotiation.confidential:
        raise Refused(_("A confidential price is registered with its parties, not published."), code="confidential")
    if Decision.objects.standing().filter(lot=lot).exists():
        raise Conflict(_("The award of this lot is proposed already."), code="not_now")
    rules = from_json(lot.tender.rules)
    decision = Decision.objects.create(
        lot=lot,
        number=Decision.objects.filter(lot=lot).count() + 1,
        standstill_until=after_days(now, rules.standstill_days, zone()),
        proposed_at=now,
        proposed_by=by,
    )
    _write_award(decision, negotiation)
    Negotiation.objects.filter(pk=negotiation.pk).update(decision=decision)
    _follow(negotiation, negotiation.supplier.name, by, now)
    tell(Verb.AWARD_PROPOSED, lot, by, now, audience=Event.Audience.PUBLIC, supplier=negotiation.supplier.name)
    queue("awards.tasks.announce_proposal", decision.pk, now=now)
    return decision


def _write_award(decision: Decision, negotiation: Negotiation) -> None:
    lot, tender, version = decision.lot, decision.lot.tender, negotiation.product_version
    counts = LotItem.objects.get(lot=lot, item=version.product.item_id)
    offered = {"price": _agreed_price(negotiation), "pack_size": negotiation.pack_size, "factor": counts.factor}
    award = Award.objects.create(  # type: ignore[misc]  # nothing is published without its days
        decision=decision,
        place=1,
        agency_id=tender.agency_id,
        supplier=negotiation.supplier,
        region_id=tender.region_id,
        source=tender.reference,
        source_title=tender.title,
        part=lot.key,
        part_title=lot.title,
        bid=negotiation.bid,
        unit=lot.lot_items.order_by("pk")[0].item.base_unit,
        price_before=lot.price_before,
        starts_on=tender.supply_from,
        ends_on=tender.supply_to,
        **offered,
    )
    AwardProduct.objects.create(
        award=award, number=1, product_version=version, volume_factor=counts.volume_factor, **offered
    )
    Allocation.objects.bulk_create(
        Allocation(
            decision=decision,
            award=award,
            region_id=need.region,
            hospital=hospital,
            year=award.starts_on.year,
            quantity=need.units,
        )
        for need, hospital in needs_of(lot).items()
        if need.units
    )


@action
def register_confidential(*, negotiation: Negotiation, by: Seat, now: datetime) -> PriceEntry:
    """Put a confidential price into the register when the standstill after its agreement is over: shown to supplier,
    agency, payer and the hospitals with a need in the lot, to auditors, and to nobody else."""
    permit(negotiation.lot.tender, by, Permission.AWARD)
    negotiation = hold_negotiation(negotiation, Negotiation.Status.AGREED)
    if not negotiation.confidential or negotiation.ended_at is None:
        raise Refused(_("This price is public: propose the award."), code="not_now")
    lot, tender = negotiation.lot, negotiation.lot.tender
    until = after_days(negotiation.ended_at, from_json(tender.rules).standstill_days, zone())
    if now < until:
        told = _("The standstill is not over: bidders can still object, until %(until)s.")
        raise Refused(told % {"until": in_words(until)}, code="standstill")
    hospitals = LotVolume.objects.filter(lot=lot).values_list("hospital", flat=True)
    fact = PriceFact(
        item_id=negotiation.product_version.product.item_id,
        product_id=negotiation.product_version.product_id,
        region_code=tender.region_id,
        price=_agreed_price(negotiation),
        units=negotiation.pack_size,
        valid_from=tender.supply_from,  # type: ignore[arg-type]  # nothing is published without its days
        valid_to=tender.supply_to,
        source=f"{tender.reference} / {lot.key}",
        parties=tuple(sorted({*negotiation.parties, *hospitals})),
    )
    (entry,) = record_negotiated_prices(entries=[fact], by=by, now=now)
    _follow(negotiation, entry.reference, by, now)
    return entry


@action
def follow_negotiation(*, negotiation: Negotiation, what: str, by: Seat, now: datetime) -> Negotiation:
    """Record what was done where a failed negotiation leads: the tender, listing or entry that followed, once."""
    permit(negotiation.lot.tender, by, Permission.PUBLISH_RESULT)
    negotiation = hold_negotiation(negotiation, Negotiation.Status.FAILED)
    if not what.strip():
        raise Refused(_("Say what followed."), field="what", code="required")
    _follow(negotiation, what.strip(), by, now)
    return negotiation


def _follow(negotiation: Negotiation, what: str, by: Seat, now: datetime) -> None:
    facts = {"followed_at": now, "followed_by": by, "followed_with": what}
    if not Negotiation.objects.filter(pk=negotiation.pk, followed_at=None).update(**facts):
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    tell_parties(Verb.NEGOTIATION_FOLLOWED, negotiation, by, now, what=what)


def _agreed_price(negotiation: Negotiation) -> Decimal:
    """Of the minutes that all have signed, which are the last ones."""
    minutes = negotiation.minutes.latest("number")
    if minutes.price is None:
        raise LookupError(f"nothing is agreed in {negotiation}")
    return minutes.price
