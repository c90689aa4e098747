"""What waits around bids: tenders open for bids, openings due, and shares to release."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Seat
from accounts.permissions import Permission
from core.shell import NavEntry, Related, Todo
from tenders.models import Bid, Lot, Minutes, Opener, OpeningRequest, Tender

# A key is to be at hand some days before the opening, not found missing on the day.
SOON = timedelta(days=3)


def nav(seat: Seat) -> list[NavEntry]:
    if not seat.may(Permission.BID):
        return []
    return [NavEntry(gettext_lazy("My bids"), reverse("tenders:bids"), "envelope")]


def todos(seat: Seat, now: datetime) -> list[Todo]:
    found: list[Todo] = []
    if seat.may(Permission.BID):
        found += _tenders_to_bid_in(seat, now)
    if seat.may(Permission.PUBLISH_TENDER):
        found += _openings_due(seat, now)
    if seat.may(Permission.OPEN_ENVELOPES):
        found += _shares_to_release(seat)
        found += _minutes_to_sign(seat)
        found += _keys_to_destroy(seat)
        found += _openings_to_come(seat, now)
    return found


def related(reference: str, seat: Seat) -> list[Related]:
    """The opening of a tender and, for a supplier, its own bids in it."""
    tender = Tender.objects.published().filter(reference=reference).first()
    if tender is None:
        return []
    found = [Related(gettext_lazy("Opening"), reference, reverse("tenders:opening", args=[reference]))]
    if seat.may(Permission.BID):
        found.insert(0, Related(gettext_lazy("Your bids"), reference, reverse("tenders:tender-bids", args=[reference])))
    return found


def _tenders_to_bid_in(seat: Seat, now: datetime) -> Iterator[Todo]:
    """Open tenders: to bid in, or with a bid that was begun and does not stand, or no longer since an amendment."""
    begun = Bid.objects.filter(tender=OuterRef("pk"), supplier=seat.organisation_id)
    unsent = begun.exclude(pk__in=Bid.objects.standing().values("pk"))
    lost = begun.unconfirmed()
    tenders = Tender.objects.open_for_bids(now).annotate(
        begun=Exists(begun), unsent=Exists(unsent), unconfirmed=Exists(lost)
    )
    for tender in tenders.filter(Q(begun=False) | Q(unsent=True)):
        what, act = _("Open for bids"), _("Bid")
        if tender.unconfirmed:
            what, act = _("Seal your bids again: the tender was amended, and they do not count"), _("Seal again")
        elif tender.unsent:
            what, act = _("Submit the bids that you began"), _("Continue")
        yield Todo(
            what=what,
            where=f"{tender.reference} {tender.title}",
            url=reverse("tenders:tender-bids", args=[tender.reference]),
            action=act,
            until_at=tender.deadline,
            since=tender.published_at,
        )


def _openings_due(seat: Seat, now: datetime) -> Iterator[Todo]:
    """Closed tenders of the agency with lots whose envelopes the openers can be asked for, without a call."""
    asked = OpeningRequest.objects.filter(lot=OuterRef("pk"))
    technical = Q(status=Lot.Status.OPEN, tender__envelopes=2) & ~Exists(asked)
    priced = Q(status=Lot.Status.EVALUATED, technical_result__final_at__lte=now) & ~Exists(
        asked.filter(envelope="commercial")
    )
    lots = Lot.objects.not_held().filter(technical | priced)
    closed = Tender.objects.closed(now).filter(agency=seat.organisation_id, reveal_call__published_at=None)
    for kind, ready in (("technical", lots.filter(technical)), ("commercial", lots.filter(priced))):
        for tender in closed.filter(pk__in=ready.values("tender")):
            yield Todo(
                what=_("Ask the openers: technical envelopes") if kind == "technical" else _("Ask the openers: prices"),
                where=f"{tender.reference} {tender.title}",
                url=reverse("tenders:request-openings", args=[tender.reference, kind]),
                action=_("Ask"),
                since=tender.deadline if kind == "technical" else None,
            )


def _shares_to_release(seat: Seat) -> Iterator[Todo]:
    asked: dict[Tender, list[OpeningRequest]] = {}
    for request in OpeningRequest.objects.waiting_for(seat=seat).select_related("tender"):
        asked.setdefault(request.tender, []).append(request)
    for tender, requests in asked.items():
        yield Todo(
            what=_("Release your shares"),
            where=f"{tender.reference} {tender.title}",
            url=reverse("tenders:release-shares", args=[tender.reference]),
            action=_("Bring your key"),
            since=min(request.requested_at for request in requests),
            count=len(requests),
        )


def _minutes_to_sign(seat: Seat) -> Iterator[Todo]:
    unsigned = Minutes.objects.to_be_signed(seat=seat).select_related("request__tender").order_by("written_at")
    by_tender: dict[Tender, list[Minutes]] = {}
    for minutes in unsigned:
        by_tender.setdefault(minutes.request.tender, []).append(minutes)
    for tender, written in by_tender.items():
        yield Todo(
            what=_("Sign the minutes of the opening"),
            where=f"{tender.reference} {tender.title}",
            url=reverse("tenders:release-shares", args=[tender.reference]),
            action=_("Bring your key"),
            since=written[0].written_at,
            count=len(written),
        )


def _keys_to_destroy(seat: Seat) -> Iterator[Todo]:
    """Keys of tenders that are over: what was never opened must stay so for ever."""
    held = Opener.objects.filter(seat=seat, replaced_at=None, destruction=None, key_made_at__isnull=False)
    for opener in held.filter(tender__in=Tender.objects.over()).select_related("tender"):
        yield Todo(
            what=_("Destroy your key: the tender is over"),
            where=f"{opener.tender.reference} {opener.tender.title}",
            url=reverse("tenders:destroy-key", args=[opener.tender.reference]),
            action=_("Destroy it"),
        )


def _openings_to_come(seat: Seat, now: datetime) -> Iterator[Todo]:
    places = Opener.objects.filter(
        seat=seat,
        replaced_at=None,
        tender__status=Tender.Status.PUBLISHED,
        tender__deadline__gt=now,
        tender__deadline__lte=now + SOON,
    )
    for opener in places.select_related("tender"):
        yield Todo(
            what=_("Have your key file and code ready for the opening"),
            where=f"{opener.tender.reference} {opener.tender.title}",
            url=reverse("tenders:opening", args=[opener.tender.reference]),
            action=_("See the opening"),
            until_at=opener.tender.deadline,
        )
