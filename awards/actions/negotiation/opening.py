"""Opening a negotiation: with whom, about which pack, and who sits at the table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import OrganisationKind, Permission
from awards.actions.negotiation.holding import tell_parties
from awards.models import Negotiation, Verb
from core.actions import action
from core.clock import legal_date, zone
from core.errors import Conflict, Fault, Refused
from core.models import Event
from core.references import next_reference
from selection.negotiation import NegotiationRules
from tenders.actions.lots import hold, tell
from tenders.duties import keep_apart, permit, take_part
from tenders.models import Bid, Lot, Qualification, Ranking
from tenders.rules.schedule import after_days


@dataclass(frozen=True)
class NegotiationPlan:
    """The three seats of the table, the expert who seals a reserve price (None: nobody), by which rules is talked, for
    how many full legal days at most, and whether the price is agreed to be confidential."""

    agency_seat: Seat
    hospital_seat: Seat
    payer_seat: Seat
    expert: Seat | None = None
    rules: NegotiationRules = field(default_factory=NegotiationRules)
    days: int = 30
    confidential: bool = False


@action
def open_negotiation(*, lot: Lot, bid: Bid, plan: NegotiationPlan, by: Seat, now: datetime) -> Negotiation:
    """Open the negotiation on a lot that ended without a price, with a bidder whose bid qualified, in public.

    Refused while the technical result can be objected to or something holds the lot, for a bid of several products, and
    where the price of the lot is negotiated already; Refused at its field for a seat that may not sit there.
    """
    permit(lot.tender, by, Permission.PUBLISH_RESULT)
    lot = hold(lot, Lot.Status.ENDED)
    version, first = _to_negotiate(lot, bid, now)
    _must_fit(lot, plan, now)
    seats = (plan.agency_seat, plan.hospital_seat, plan.payer_seat)
    begins = Negotiation.Status.RESERVE if plan.expert else Negotiation.Status.OFFER
    turn = plan.rules.answer_days if plan.expert else plan.rules.offer_days
    negotiation = Negotiation.objects.create(
        reference=next_reference("negotiation", "N", now),
        status=begins,
        lot=lot,
        agency_id=lot.tender.agency_id,
        supplier=bid.supplier,
        bid=bid.reference,
        product_version=version,
        pack_size=version.pack_size,
        first_price=first,
        agency_seat=plan.agency_seat,
        hospital_seat=plan.hospital_seat,
        payer_seat=plan.payer_seat,
        expert=plan.expert,
        parties=sorted({bid.supplier_id, *(seat.organisation_id for seat in seats)}),
        rounds=plan.rules.rounds,
        quotes=plan.rules.quotes,
        within=plan.rules.within,
        offer_days=plan.rules.offer_days,
        answer_days=plan.rules.answer_days,
        confidential=plan.confidential,
        due_at=after_days(now, turn, zone()),
        ends_at=after_days(now, plan.days, zone()),
        opened_at=now,
        opened_by=by,
    )
    for seat in seats:
        take_part(lot.tender, seat, Permission.NEGOTIATE)
    told = {"negotiation": negotiation.reference, "supplier": bid.supplier.name}
    tell(Verb.NEGOTIATION_OPENED, lot, by, now, audience=Event.Audience.PUBLIC, **told)
    tell_parties(Verb.NEGOTIATION_OPENED, negotiation, by, now, lot=lot.number, **told)
    return negotiation


def _to_negotiate(lot: Lot, bid: Bid, now: datetime) -> tuple:
    """The product that is negotiated and its first offer, where its price was opened."""
    if lot.ending not in Lot.NEGOTIABLE or lot.technical_result is None:
        raise Refused(_("What ended this lot leads to no negotiation."), code="not_now")
    if lot.technical_result.final_at > now or lot.holds.standing().exists():
        raise Refused(_("The technical result can still be objected to, or an objection holds the lot."), code="held")
    if Negotiation.objects.filter(lot=lot).exclude(status=Negotiation.Status.FAILED).exists():
        raise Conflict(_("The price of this lot is negotiated already."), code="not_now")
    passed = Qualification.objects.filter(result=lot.technical_result, verdict=Qualification.Verdict.QUALIFIED)
    if bid.lot_id != lot.pk or not passed.filter(bid=bid).exists():
        raise Refused(_("Only a bid that qualified in this lot is negotiated."), field="bid", code="does_not_exist")
    version = bid.product_version
    if lot.offered != Lot.Offered.PRODUCT or version.pack_size is None:
        raise Refused(_("Only the bid of one product in a pack is negotiated here."), field="bid", code="not_one")
    opened = Ranking.objects.filter(bid=bid, price__isnull=False, pack_size=version.pack_size).first()
    return version, opened.price if opened else None


def _must_fit(lot: Lot, plan: NegotiationPlan, now: datetime) -> None:
    """Refuse, each at its field, seats of another kind or without the permission, and rules without a round."""
    rules = plan.rules
    faults = list(_wrong_seats(lot, plan, now))
    if rules.rounds < 1 or rules.quotes < 1 or rules.within < 1 or min(rules.offer_days, rules.answer_days) < 1:
        faults.append(
            Fault(_("A negotiation has a round at least, and a day for each turn."), "rounds", code="invalid")
        )
    if plan.days < rules.offer_days:
        faults.append(Fault(_("The last day comes before the first offer is due."), "days", code="min_value"))
    if faults:
        raise Refused(faults[0].message, field=faults[0].field, code=faults[0].code, faults=faults)
    for name in ("agency_seat", "hospital_seat", "payer_seat"):
        keep_apart(lot.tender, getattr(plan, name), Permission.NEGOTIATE, field=name)
    if plan.expert:
        keep_apart(lot.tender, plan.expert, Permission.EVALUATE, field="expert")


def _wrong_seats(lot: Lot, plan: NegotiationPlan, now: datetime) -> Iterable[Fault]:
    kinds = {
        "agency_seat": OrganisationKind.AGENCY,
        "hospital_seat": OrganisationKind.HOSPITAL,
        "payer_seat": OrganisationKind.PAYER,
    }
    for name, kind in kinds.items():
        seat: Seat = getattr(plan, name)
        here = kind != OrganisationKind.AGENCY or seat.organisation_id == lot.tender.agency_id
        if seat.organisation.kind != kind or not here or not _may(seat, Permission.NEGOTIATE, now):
            yield Fault(_("Name somebody of this side who may negotiate."), name, code="does_not_exist")
    if plan.expert and not _may(plan.expert, Permission.EVALUATE, now):
        yield Fault(_("Name somebody who may evaluate."), "expert", code="does_not_exist")
    people = [getattr(plan, name).person_id for name in kinds] + ([plan.expert.person_id] if plan.expert else [])
    if len(set(people)) < len(people):
        yield Fault(_("One person sits in one place."), "agency_seat", code="twice")


def _may(seat: Seat, permission: Permission, now: datetime) -> bool:
    return seat.may(permission) and Seat.objects.current(legal_date(now)).filter(pk=seat.pk).exists()
