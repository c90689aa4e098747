"""Rounds of offer and answer, each signed and dated by the database, until one side has no turn left."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import Min
from django.utils.translation import gettext as _

from accounts.access import require_for
from accounts.models import Seat
from accounts.permissions import Permission
from awards.actions.negotiation.holding import (
    checked_price,
    go_on,
    hold_negotiation,
    must_be_at_the_table,
    tell_parties,
)
from awards.models import Counter, Negotiation, NegotiationOffer, Verb
from core.actions import action
from core.clock import database_clock
from core.errors import Conflict, Refused
from core.moves import move
from core.templatetags.ui import money
from tenders.actions.preparation import in_words
from tenders.models import LotItem


@action
def make_offer(*, negotiation: Negotiation, price: Decimal, by: Seat, now: datetime) -> NegotiationOffer:
    """Offer, as the supplier and in its turn, a price a pack; it binds the supplier while the table answers.

    The database dates it. Refused from the end of the turn on, above the lot's ceiling, and above an earlier offer, the
    opened price included.
    """
    require_for(by, Permission.BID, negotiation.supplier_id)
    negotiation = hold_negotiation(negotiation, Negotiation.Status.OFFER)
    if database_clock() >= negotiation.due_at:
        late = _("The time for this offer ended at %(until)s: your last offer stands.")
        raise Refused(late % {"until": in_words(negotiation.due_at)}, code="late")
    _must_not_rise(negotiation, checked_price(price))
    number, rules = negotiation.offers.count() + 1, negotiation.rules
    offer = NegotiationOffer.objects.create(
        negotiation=negotiation, number=number, price=price, made_at=now, made_by=by
    )
    offer.refresh_from_db(fields=["made_at"])
    if negotiation.reserve_hash and rules.to_be_compared(number):
        go_on(negotiation, Negotiation.Status.COMPARE, now)
    else:
        go_on(negotiation, Negotiation.Status.CLOSING if rules.over(number) else Negotiation.Status.COUNTER, now)
    tell_parties(Verb.OFFER_MADE, negotiation, by, now, number=number)
    return offer


def _must_not_rise(negotiation: Negotiation, price: Decimal) -> None:
    lowest = negotiation.offers.aggregate(lowest=Min("price"))["lowest"]
    most = min((one for one in (lowest, negotiation.first_price) if one is not None), default=None)
    if most is not None and price > most:
        told = _("A later offer is never higher: offer %(price)s or less.") % {"price": money(most)}
        raise Refused(told, field="price", code="above_offer")
    ceiling = negotiation.lot.ceiling_price
    item = LotItem.objects.get(lot=negotiation.lot_id, item=negotiation.product_version.product.item_id)
    if ceiling is not None and Fraction(price) / negotiation.pack_size / Fraction(item.factor) > Fraction(ceiling):
        raise Refused(_("This is above the ceiling price of the lot."), field="price", code="above_ceiling")


@action
def propose_counter(*, negotiation: Negotiation, price: Decimal, by: Seat, now: datetime) -> Counter:
    """Propose, from a seat at the table, what it answers to the last offer; the supplier sees it when a second seat has
    signed. Refused at or above the offer: who takes that closes the talks."""
    must_be_at_the_table(negotiation, by)
    negotiation = hold_negotiation(negotiation, Negotiation.Status.COUNTER)
    last = negotiation.offers.latest("number")
    if checked_price(price) >= last.price:
        raise Refused(_("Answer below the offer, or close the talks to take it."), field="price", code="above_offer")
    counter = Counter.objects.create(
        negotiation=negotiation, number=last.number, price=price, proposed_at=now, proposed_by=by
    )
    counter.refresh_from_db(fields=["proposed_at"])
    tell_parties(Verb.COUNTER_PROPOSED, negotiation, by, now, number=last.number)
    return counter


@action
def sign_counter(*, counter: Counter, by: Seat, now: datetime) -> Counter:
    """Sign, as a second seat of the table, what another proposed: it is the answer, and the supplier's turn. A late one
    counts too: the table's silence takes nothing from the supplier. Of two who sign at once one succeeds."""
    must_be_at_the_table(counter.negotiation, by)
    negotiation = hold_negotiation(counter.negotiation, Negotiation.Status.COUNTER)
    if counter.number != negotiation.offers.count():
        raise Conflict(_("This answer was to an earlier offer."), code="not_now")
    if counter.proposed_by_id == by.pk:
        raise Refused(_("Somebody else at the table signs what one of it proposes."), code="same_person")
    Counter.objects.filter(pk=counter.pk, signed_by=None).update(signed_at=now, signed_by=by)
    counter.refresh_from_db()
    go_on(negotiation, Negotiation.Status.OFFER, now)
    tell_parties(Verb.COUNTER_SIGNED, negotiation, by, now, number=counter.number)
    return counter


@action
def close_talks(*, negotiation: Negotiation, by: Seat, now: datetime) -> Negotiation:
    """End the rounds, from a seat at the table: because it takes the last offer or sees no agreement, in its own turn;
    or because the supplier was silent until its turn ended."""
    must_be_at_the_table(negotiation, by)
    negotiation = hold_negotiation(negotiation, Negotiation.Status.COUNTER, Negotiation.Status.OFFER)
    if negotiation.status == Negotiation.Status.OFFER and now < negotiation.due_at:
        told = _("The supplier may offer until %(until)s.") % {"until": in_words(negotiation.due_at)}
        raise Refused(told, code="too_early")
    move(negotiation, Negotiation.Status.CLOSING)
    tell_parties(Verb.TALKS_CLOSED, negotiation, by, now)
    return negotiation
