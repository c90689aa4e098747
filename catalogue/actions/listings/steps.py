"""What every act on a listing leaves: its step, its event, and word to the other side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Seat
from catalogue.models import Listing, ListingStep, Verb
from catalogue.models.listings import PUBLISHED
from core.clock import legal_date
from core.errors import Refused
from core.events import record_all
from core.models import Event
from core.moves import move
from core.outbox import queue


def required(reason: str) -> str:
    """The reason without blanks around it. Refused when there is none."""
    if not reason.strip():
        raise Refused(_("Give the reason, so that the other side knows."), field="reason", code="required")
    return reason.strip()[:300]


def held(listing: Listing) -> Listing:
    """The listing as it is now, locked until commit."""
    rows = Listing.objects.select_for_update(of=("self",)).select_related("product__item", "region", "supplier")
    return rows.get(pk=listing.pk)


@dataclass(frozen=True)
class Change:
    """What a listing becomes: the status with what is filled in, why, from which day, and what its timeline tells."""

    verb: Verb
    to: str
    reason: str = ""
    day: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)


def step(listing: Listing, change: Change, *, by: Seat, now: datetime) -> Listing:
    """Move a listing that is held, and say so: on its timeline, in its history, and to whom it concerns."""
    move(listing, change.to, **change.facts)
    said = {**change.told, **({"reason": change.reason} if change.reason else {})}
    note(change.verb, [(listing, said)], by=by, now=now, day=change.day)
    told_of = (listing.reference, listing.status, listing.supplier_id)
    queue("catalogue.tasks.tell_of_listing", *told_of, now=now)
    return listing


def note(
    verb: Verb, listings: Sequence[tuple[Listing, dict[str, Any]]], *, by: Seat, now: datetime, day: date | None = None
) -> None:
    """Leave the steps and the events of what some listings of one supplier are now."""
    ListingStep.objects.bulk_create(
        ListingStep(
            listing=listing,
            status=listing.status,
            day=day or legal_date(now),
            reason=said.get("reason", ""),
            taken_at=now,
            taken_by=by,
        )
        for listing, said in listings
    )
    first = listings[0][0]
    audience = Event.Audience.PUBLIC if first.status in PUBLISHED else Event.Audience.AGENCY
    subjects = [(listing.reference, said) for listing, said in listings]
    record_all(verb, subjects, by=by, now=now, audience=audience, organisations=[first.supplier_id])
