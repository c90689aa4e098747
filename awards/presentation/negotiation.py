"""What the pages of a negotiation show: the list, the rounds as they were, and what its reader can do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from accounts.permissions import Permission
from awards.models import Counter, Negotiation, NegotiationOffer, Reserve, TalkMinutes
from awards.querysets import NegotiationQuerySet
from core.tables import Column, Empty, Table
from tenders.models import Lot

TONES = {"agreed": "good", "failed": "bad", "closing": "accent"}
_S = Negotiation.Status


def tone_of(negotiation: Negotiation) -> str:
    return TONES.get(negotiation.status, "warn")


@dataclass(frozen=True)
class OpenAct:
    """A button: its words, and the page that it leads to."""

    label: Any
    url: str


@dataclass(frozen=True)
class Round:
    """An offer and the signed answer to it."""

    offer: NegotiationOffer
    counter: Counter | None


class NegotiationTable(Table):
    name = "negotiations"
    caption = _("Negotiations")
    default_sort = "-opened"
    key = "reference"
    columns = (
        Column("reference", _("Negotiation"), kind="reference", url=Negotiation.get_absolute_url),
        Column("lot", _("Lot"), value="lot", url=lambda one: lot_url(one.lot)),
        Column("supplier", _("Supplier"), value="supplier.name", sort="supplier__name"),
        Column("status", _("Status"), value="get_status_display", kind="status", tone=tone_of),
        Column("due", _("Turn until"), value="due_at", kind="instant", sort="due_at"),
        Column("opened", _("Opened"), value="opened_at", kind="instant", sort="opened_at"),
    )
    empty = Empty(
        _("No negotiation"), _("A lot that ended without a price is negotiated with a bidder that qualified.")
    )


def lot_url(lot: Lot) -> str:
    return reverse("tenders:lot", args=[lot.tender.reference, lot.number])


def page(negotiation: Negotiation, request: HttpRequest, now: datetime) -> dict[str, Any]:
    """The rounds, the reserve once it is disclosed, the minutes and the acts that are open to the reader."""
    seat = request.seat
    counters = list(shown_counters(negotiation, seat).select_related("proposed_by__person", "signed_by__person"))
    signed = {one.number: one for one in counters if one.signed_at}
    offers = negotiation.offers.select_related("made_by__person").order_by("number")
    minutes = last_minutes(negotiation)
    return {
        "negotiation": negotiation,
        "tone": tone_of(negotiation),
        "now": now,
        "late": negotiation.supplier_is_late(now),
        "rounds": [Round(one, signed.get(one.number)) for one in offers],
        "proposed": [one for one in counters if one.signed_at is None and one.number == len(offers)],
        "reserve": Reserve.objects.filter(negotiation=negotiation, disclosed_at__isnull=False).first(),
        "minutes": minutes,
        "signatures": minutes.signatures.select_related("organisation", "signed_by__person") if minutes else [],
        "acts": list(acts(negotiation, seat, now)),
        "lot_url": lot_url(negotiation.lot),
    }


def shown_counters(negotiation: Negotiation, seat: Seat) -> QuerySet[Counter]:
    """Answers: those that nobody has signed yet are the table's alone."""
    counters = Counter.objects.filter(negotiation=negotiation)
    return counters.filter(signed_at__isnull=False) if negotiation.supplier_id in seat.lineage else counters


def last_minutes(negotiation: Negotiation) -> TalkMinutes | None:
    return negotiation.minutes.order_by("number").last()


def acts(negotiation: Negotiation, seat: Seat, now: datetime) -> Iterator[OpenAct]:
    """What the seat can do in this turn."""
    status = negotiation.status
    if seat.organisation_id == negotiation.supplier_id and seat.may(Permission.BID):
        if status == _S.OFFER and not negotiation.supplier_is_late(now):
            yield _act(_("Make an offer"), "make-offer", negotiation)
        yield from _to_sign(negotiation, seat)
    if seat.pk in negotiation.table and seat.may(Permission.NEGOTIATE):
        yield from _of_the_table(negotiation, seat, now)
    if seat.pk == negotiation.expert_id:
        yield from _of_the_expert(negotiation, seat)
    if seat.organisation_id == negotiation.agency_id:
        yield from _of_the_agency(negotiation, seat, now)


def _of_the_table(negotiation: Negotiation, seat: Seat, now: datetime) -> Iterator[OpenAct]:
    if negotiation.status == _S.COUNTER:
        latest = Counter.objects.filter(negotiation=negotiation, signed_at=None).order_by("pk").last()
        current = latest is not None and latest.number == negotiation.offers.count()
        if current and latest and latest.proposed_by_id != seat.pk:
            yield _act(_("Sign the answer"), "sign-counter", negotiation)
        yield _act(_("Answer the offer"), "propose-counter", negotiation)
        yield _act(_("Close the talks"), "close-talks", negotiation)
    elif negotiation.supplier_is_late(now):
        yield _act(_("Close the talks"), "close-talks", negotiation)
    elif negotiation.status == _S.CLOSING:
        yield from _to_sign(negotiation, seat)
        yield _act(_("Draft the minutes"), "draft-minutes", negotiation)


def _to_sign(negotiation: Negotiation, seat: Seat) -> Iterator[OpenAct]:
    minutes = last_minutes(negotiation) if negotiation.status == _S.CLOSING else None
    if minutes and not minutes.signatures.filter(organisation=seat.organisation_id).exists():
        yield _act(_("Sign the minutes"), "sign-minutes", negotiation)


def _of_the_expert(negotiation: Negotiation, seat: Seat) -> Iterator[OpenAct]:
    if negotiation.status == _S.RESERVE:
        yield _act(_("Seal the reserve price"), "commit-reserve", negotiation)
    elif negotiation.status == _S.COMPARE:
        yield _act(_("Compare the quote"), "compare-quote", negotiation)
    elif (
        negotiation.status == _S.CLOSING
        and Reserve.objects.filter(negotiation=negotiation, disclosed_at=None, committed_by=seat).exists()
    ):
        yield _act(_("Disclose the reserve price"), "disclose-reserve", negotiation)


def _of_the_agency(negotiation: Negotiation, seat: Seat, now: datetime) -> Iterator[OpenAct]:
    agreed, waits = negotiation.status == _S.AGREED, negotiation.followed_at is None
    if agreed and waits and negotiation.confidential and seat.may(Permission.AWARD):
        yield _act(_("Register the price"), "register-confidential", negotiation)
    if not seat.may(Permission.PUBLISH_RESULT):
        return
    if negotiation.status in (_S.RESERVE, _S.COMPARE) and now >= negotiation.due_at:
        yield _act(_("Go on without the expert"), "skip-expert", negotiation)
    if negotiation.status in Negotiation.RUNNING and now >= negotiation.ends_at:
        yield _act(_("End it: its last day has passed"), "lapse-negotiation", negotiation)
    if agreed and waits and not negotiation.confidential:
        yield _act(_("Propose the award"), "propose-negotiated", negotiation)
    if negotiation.status == _S.FAILED and waits:
        yield _act(_("Record what followed"), "follow-negotiation", negotiation)


def _act(label: Any, name: str, negotiation: Negotiation) -> OpenAct:
    return OpenAct(label, reverse(f"awards:{name}", args=[negotiation.reference]))


def lots_to_open(seat: Seat, now: datetime) -> QuerySet[Lot]:
    """Lots of the seat's agency that wait for a negotiation, which it may open."""
    found: NegotiationQuerySet = Negotiation.objects.all()
    lots = found.lots_to_negotiate(seat.organisation_id, now).select_related("tender").order_by("tender", "number")
    return lots if seat.may(Permission.PUBLISH_RESULT) else lots.none()
