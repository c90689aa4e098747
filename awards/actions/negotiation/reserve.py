"""The experts' reserve price: sealed before the first offer, held against a quote unseen, disclosed after the last."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Seat
from accounts.permissions import Permission
from awards.actions.negotiation.holding import (
    checked_price,
    fresh_salt,
    go_on,
    hold_negotiation,
    must_be_late,
    must_be_the_expert,
    salted_hash,
    tell_parties,
)
from awards.models import Negotiation, Reserve, Verb
from core.actions import action
from core.errors import Refused
from tenders.duties import keep_apart, permit, take_part


@action
def commit_reserve(*, negotiation: Negotiation, price: Decimal, by: Seat, now: datetime) -> Reserve:
    """Seal the highest price a pack that should be paid, as the expert named for it. Its salted hash is told to the
    parties before the first offer; the price is shown to nobody else until it is disclosed."""
    must_be_the_expert(negotiation, by)
    negotiation = hold_negotiation(negotiation, Negotiation.Status.RESERVE)
    keep_apart(negotiation.lot.tender, by, Permission.EVALUATE)
    take_part(negotiation.lot.tender, by, Permission.EVALUATE)
    salt = fresh_salt()
    sealed = salted_hash(negotiation, checked_price(price), salt)
    reserve = Reserve.objects.create(negotiation=negotiation, price=price, salt=salt, committed_at=now, committed_by=by)
    Negotiation.objects.filter(pk=negotiation.pk).update(reserve_hash=sealed)
    go_on(negotiation, Negotiation.Status.OFFER, now)
    tell_parties(Verb.RESERVE_COMMITTED, negotiation, by, now, hash=sealed)
    return reserve


@action
def compare_quote(*, negotiation: Negotiation, by: Seat, now: datetime) -> Negotiation:
    """Hold the last quote against the sealed reserve, as its expert: the talk goes on where it is near enough by the
    rules, and ends otherwise. Nothing but that is told."""
    must_be_the_expert(negotiation, by)
    negotiation = hold_negotiation(negotiation, Negotiation.Status.COMPARE)
    quote, reserve = negotiation.offers.latest("number"), Reserve.objects.get(negotiation=negotiation)
    near = negotiation.rules.near(quote.price, reserve.price)
    go_on(negotiation, Negotiation.Status.COUNTER if near else Negotiation.Status.CLOSING, now)
    result = gettext_noop("near enough, the talk goes on") if near else gettext_noop("too far, the talk ends")
    tell_parties(Verb.QUOTE_COMPARED, negotiation, by, now, number=quote.number, result=result)
    return negotiation


@action
def disclose_reserve(*, negotiation: Negotiation, by: Seat, now: datetime) -> Reserve:
    """Show the reserve to the parties, as its expert and once the last offer is made, with the salt by which everybody
    recomputes the hash. Refused if it does not fit the hash."""
    must_be_the_expert(negotiation, by)
    negotiation = hold_negotiation(negotiation, Negotiation.Status.CLOSING)
    reserve = Reserve.objects.filter(negotiation=negotiation, disclosed_at=None).first()
    if reserve is None:
        raise Refused(_("There is no sealed reserve price to disclose."), code="not_now")
    if salted_hash(negotiation, reserve.price, reserve.salt) != negotiation.reserve_hash:
        raise Refused(_("The reserve price does not fit the hash that was told before."), code="hash")
    Reserve.objects.filter(pk=reserve.pk).update(disclosed_at=now, disclosed_by=by)
    reserve.refresh_from_db()
    tell_parties(Verb.RESERVE_DISCLOSED, negotiation, by, now)
    return reserve


@action
def skip_expert(*, negotiation: Negotiation, by: Seat, now: datetime) -> Negotiation:
    """Go on, as an officer of the agency, without an expert who was silent until the turn ended: the supplier offers
    without a reserve, or the table answers without the comparison."""
    permit(negotiation.lot.tender, by, Permission.PUBLISH_RESULT)
    status = Negotiation.Status
    negotiation = hold_negotiation(negotiation, status.RESERVE, status.COMPARE)
    must_be_late(negotiation, now)
    go_on(negotiation, status.OFFER if negotiation.status == status.RESERVE else status.COUNTER, now)
    tell_parties(Verb.EXPERT_SKIPPED, negotiation, by, now)
    return negotiation
