"""What all acts of a negotiation share: holding it in its turn, going on to the next one, telling its parties."""

import hashlib
import secrets
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from awards.models import Negotiation, Verb
from core.clock import zone
from core.errors import Conflict, Denied, Refused
from core.events import record
from core.models import Event
from core.money import quantize_price
from core.moves import move
from sealing.canonical import canonical_json
from tenders.actions.preparation import in_words
from tenders.rules.schedule import after_days


def hold_negotiation(negotiation: Negotiation, *statuses: str) -> Negotiation:
    """The negotiation as it is now, its row locked until commit. Raises Conflict if its turn has passed since the
    caller read it, Refused if the caller's own was another turn."""
    rows = Negotiation.objects.select_for_update(of=("self",), no_key=True).select_related("lot__tender", "supplier")
    held = rows.get(pk=negotiation.pk)
    if held.status in statuses:
        return held
    if negotiation.status in statuses:
        raise Conflict(_("Someone else has just done this. Reload the page to see how things stand now."))
    raise Refused(
        _("This is not possible while the status is “%(status)s”.") % {"status": held.get_status_display()},
        code="not_now",
    )


def go_on(negotiation: Negotiation, to: str, now: datetime) -> None:
    """Pass the turn on, with its time limit."""
    rules = negotiation.rules
    days = rules.offer_days if to == Negotiation.Status.OFFER else rules.answer_days
    move(negotiation, to, due_at=after_days(now, days, zone()))


def must_be_at_the_table(negotiation: Negotiation, by: Seat) -> None:
    """Raise Denied unless the seat is one of the three."""
    require(by, Permission.NEGOTIATE)
    if by.pk not in negotiation.table:
        raise Denied(Permission.NEGOTIATE)


def must_be_the_expert(negotiation: Negotiation, by: Seat) -> None:
    require(by, Permission.EVALUATE)
    if by.pk != negotiation.expert_id:
        raise Denied(Permission.EVALUATE)


def must_be_late(negotiation: Negotiation, now: datetime) -> None:
    """Refused before the turn's time limit is over."""
    if now < negotiation.due_at:
        told = _("There is time until %(until)s.") % {"until": in_words(negotiation.due_at)}
        raise Refused(told, code="too_early")


def checked_price(price: Decimal) -> Decimal:
    """A price a pack as the database keeps it; Refused where it is none."""
    if not price.is_finite() or price <= 0 or price >= 10**12:
        raise Refused(_("A price is a number above zero."), field="price", code="min_value")
    if price != quantize_price(price):
        raise Refused(_("A price has at most 6 decimals."), field="price", code="max_decimal_places")
    return price


def fresh_salt() -> str:
    return secrets.token_hex(32)


def salted_hash(negotiation: Negotiation, price: Decimal, salt: str) -> str:
    """SHA-256 of canonical JSON with negotiation, price (six decimals, as text) and salt: whoever is told the last two
    recomputes it, and nobody finds the price by trying prices."""
    said = {"negotiation": negotiation.reference, "price": f"{quantize_price(price):f}", "salt": salt}
    return hashlib.sha256(canonical_json(said)).hexdigest()


def tell_parties(verb: Verb, negotiation: Negotiation, by: Seat, now: datetime, /, **data: Any) -> None:
    """Write an event that the parties read, and auditors; it never says a price."""
    named = Event.Audience.NAMED
    record(verb, negotiation.reference, by=by, now=now, audience=named, organisations=negotiation.parties, **data)
