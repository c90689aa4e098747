"""What falls on the coming days around tenders: closes, openings, the end of objection times."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Seat
from accounts.permissions import Permission
from core.calendar import start_of
from core.clock import legal_date, zone
from core.shell import Ahead, last_day_ahead
from tenders.figures import RUNS
from tenders.models import Bid, Evaluator, Lot, Opener, Tender


def ahead(seat: Seat, now: datetime) -> list[Ahead]:
    """The coming fortnight of the tenders that a seat runs, judges, opens, watches or may bid in."""
    until = start_of(last_day_ahead(legal_date(now)) + timedelta(days=1), zone())
    tenders, lots = tenders_of_interest(seat), lots_of_interest(seat)
    found = [*_closes(tenders.filter(deadline__gt=now, deadline__lt=until), seat)]
    found += _objection_times(lots.filter(technical_result__final_at__gt=now, technical_result__final_at__lt=until))
    return found


def lots_of_interest(seat: Seat) -> QuerySet:
    """The lots of these tenders; for a bidder those in which it has bid."""
    lots = Lot.objects.filter(tender__in=tenders_of_interest(seat))
    if seat.may(Permission.BID):
        lots = lots.filter(pk__in=Bid.objects.standing().filter(supplier=seat.organisation_id).values("lot"))
    return lots


def tenders_of_interest(seat: Seat) -> QuerySet:
    """The published tenders that a seat runs, judges, opens, watches or may bid in."""
    published = Tender.objects.filter(status=Tender.Status.PUBLISHED)
    if seat.may(Permission.BID) or seat.reads_the_trail:
        return published
    named = Q(pk__in=Opener.objects.filter(seat=seat, replaced_at=None).values("tender")) | Q(
        pk__in=Evaluator.objects.filter(seat=seat, replaced_at=None).values("tender")
    )
    runs = any(seat.may(permission) for permission in RUNS)
    return published.filter(named | Q(agency=seat.organisation_id) if runs else named)


def _closes(tenders: QuerySet, seat: Seat) -> Iterator[Ahead]:
    name = "tenders:tender-bids" if seat.may(Permission.BID) else "tenders:tender"
    for tender in tenders.order_by("deadline"):
        yield Ahead(
            legal_date(tender.deadline),
            _("Bids close") if seat.may(Permission.BID) else _("Bids close, the opening can begin"),
            f"{tender.reference} {tender.title}",
            reverse(name, args=[tender.reference]),
            "envelope",
            tender.deadline,
        )


def _objection_times(lots: QuerySet) -> Iterator[Ahead]:
    for reference, title, at, count in _by_instant(lots, "technical_result__final_at"):
        yield Ahead(
            legal_date(at),
            ngettext(
                "Objection time ends, prices may be opened: %(n)s lot",
                "Objection time ends, prices may be opened: %(n)s lots",
                count,
            )
            % {"n": count},
            f"{reference} {title}",
            reverse("tenders:tender", args=[reference]),
            "envelope-open",
            at,
        )


def _by_instant(lots: QuerySet, instant: str) -> QuerySet:
    """Tender reference, title, instant, and how many of its lots share it."""
    rows = lots.order_by(instant).values_list("tender__reference", "tender__title", instant)
    return rows.annotate(Count("pk"))
