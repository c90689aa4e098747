"""Minutes, signed on the spot: agreed by all, or failed with a coded reason; and the end of a talk that nobody ends."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from awards.actions.negotiation.holding import (
    fresh_salt,
    hold_negotiation,
    must_be_at_the_table,
    salted_hash,
    tell_parties,
)
from awards.models import Negotiation, Reserve, TalkMinutes, TalkSignature, Verb
from core.actions import action
from core.errors import Conflict, Denied, Refused
from core.models import Event
from core.moves import move
from tenders.actions.lots import tell
from tenders.actions.preparation import in_words
from tenders.duties import permit

NEEDED_TO_FAIL = 2  # of the three at the table: a supplier that does not sign keeps nothing open


@dataclass(frozen=True)
class Outcome:
    """How the talk ended: without a ``reason`` at the last offer; else why not, and where that leads."""

    reason: str = ""
    leads_on: str = Negotiation.LeadsOn.AWARD
    text: str = ""


@action
def draft_minutes(*, negotiation: Negotiation, outcome: Outcome, by: Seat, now: datetime) -> TalkMinutes:
    """Draft the minutes from a seat at the table; earlier ones count no more. An agreement is at the last offer, at or
    below the disclosed reserve. Refused for a reason without a way on, and for an agreement without an offer."""
    must_be_at_the_table(negotiation, by)
    negotiation = hold_negotiation(negotiation, Negotiation.Status.CLOSING)
    price = None if outcome.reason else _agreed_price(negotiation)
    _must_lead_on(outcome)
    number = negotiation.minutes.count() + 1
    minutes = TalkMinutes.objects.create(
        negotiation=negotiation,
        number=number,
        price=price,
        salt=fresh_salt() if price is not None and negotiation.confidential else "",
        reason=outcome.reason,
        leads_on=outcome.leads_on,
        text=outcome.text.strip(),
        drafted_at=now,
        drafted_by=by,
    )
    tell_parties(Verb.MINUTES_DRAFTED, negotiation, by, now, number=number)
    return minutes


def _agreed_price(negotiation: Negotiation) -> Decimal:
    last = negotiation.offers.order_by("number").last()
    if last is None:
        raise Refused(_("There is no offer to agree on."), field="reason", code="required")
    if negotiation.reserve_hash:
        reserve = Reserve.objects.filter(negotiation=negotiation, disclosed_at__isnull=False).first()
        if reserve is None:
            raise Refused(_("The expert discloses the reserve price first."), code="sealed")
        if last.price > reserve.price:
            raise Refused(_("The last offer is above the reserve price."), field="reason", code="above_reserve")
    return last.price


def _must_lead_on(outcome: Outcome) -> None:
    ways = {Negotiation.LeadsOn.NEXT_LANE, Negotiation.LeadsOn.PRICE_ONLY, Negotiation.LeadsOn.OPEN_ENTRY}
    if outcome.leads_on not in (ways if outcome.reason else {Negotiation.LeadsOn.AWARD}):
        raise Refused(
            _("Say what a failure leads to; an agreement leads to the award."), field="leads_on", code="invalid"
        )
    if outcome.reason == Negotiation.Reason.LAPSED or outcome.reason not in Negotiation.Reason.values:
        raise Refused(_("Choose one of the values offered."), field="reason", code="invalid_choice")


@action
def sign_minutes(*, minutes: TalkMinutes, by: Seat, now: datetime) -> TalkMinutes:
    """Sign the last minutes, for one's side. With the last signature that is needed the negotiation has ended: agreed
    by the three at the table and the supplier, failed by two of the three."""
    negotiation = hold_negotiation(minutes.negotiation, Negotiation.Status.CLOSING)
    _must_be_a_side(negotiation, by)
    if minutes.number != negotiation.minutes.count():
        raise Conflict(_("These minutes were drafted anew: read the last ones."), code="not_now")
    if minutes.signatures.filter(organisation=by.organisation_id).exists():
        raise Conflict(_("Your side has signed these minutes."), code="not_now")
    TalkSignature.objects.create(minutes=minutes, organisation_id=by.organisation_id, signed_at=now, signed_by=by)
    tell_parties(Verb.MINUTES_SIGNED, negotiation, by, now, number=minutes.number)
    signed = set(minutes.signatures.values_list("signed_by", flat=True))
    if minutes.price is None and len(signed & negotiation.table) >= NEEDED_TO_FAIL:
        _fail(negotiation, minutes.reason, minutes.leads_on, by, now)
    elif minutes.price is not None and negotiation.table < signed:
        _agree(negotiation, minutes, by, now)
    return minutes


def _must_be_a_side(negotiation: Negotiation, by: Seat) -> None:
    require(by, Permission.NEGOTIATE, Permission.BID)
    if by.pk not in negotiation.table and by.organisation_id != negotiation.supplier_id:
        raise Denied(Permission.NEGOTIATE)


@action
def lapse_negotiation(*, negotiation: Negotiation, leads_on: str, by: Seat, now: datetime) -> Negotiation:
    """End, as an officer of the agency, a negotiation whose last day has passed without signed minutes."""
    permit(negotiation.lot.tender, by, Permission.PUBLISH_RESULT)
    negotiation = hold_negotiation(negotiation, *Negotiation.RUNNING)
    if now < negotiation.ends_at:
        told = _("It may last until %(until)s.") % {"until": in_words(negotiation.ends_at)}
        raise Refused(told, code="too_early")
    _must_lead_on(Outcome(Negotiation.Reason.NO_AGREEMENT, leads_on))
    _fail(negotiation, Negotiation.Reason.LAPSED, leads_on, by, now)
    return negotiation


def _fail(negotiation: Negotiation, reason: str, leads_on: str, by: Seat, now: datetime) -> None:
    move(negotiation, Negotiation.Status.FAILED, reason=reason, leads_on=leads_on, ended_at=now, ended_by=by)
    words = {"reason": Negotiation.Reason(reason).label, "leads_on": Negotiation.LeadsOn(leads_on).label}
    _tell_everybody(Verb.NEGOTIATION_FAILED, negotiation, by, now, **words)


def _agree(negotiation: Negotiation, minutes: TalkMinutes, by: Seat, now: datetime) -> None:
    facts = {"leads_on": Negotiation.LeadsOn.AWARD, "ended_at": now, "ended_by": by}
    if not negotiation.confidential or minutes.price is None:
        move(negotiation, Negotiation.Status.AGREED, **facts)
        _tell_everybody(Verb.NEGOTIATION_AGREED, negotiation, by, now)
        return
    sealed = salted_hash(negotiation, minutes.price, minutes.salt)
    move(negotiation, Negotiation.Status.AGREED, price_hash=sealed, **facts)
    _tell_everybody(Verb.PRICE_SEALED, negotiation, by, now, hash=sealed)


def _tell_everybody(verb: Verb, negotiation: Negotiation, by: Seat, now: datetime, **data: Any) -> None:
    """On the trail of the tender for everybody, and of the negotiation."""
    told = {"negotiation": negotiation.reference, **data}
    tell(verb, negotiation.lot, by, now, audience=Event.Audience.PUBLIC, **told)
    tell_parties(verb, negotiation, by, now, lot=negotiation.lot.number, **told)
