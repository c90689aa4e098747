"""When standstills end in the coming days."""

from datetime import datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import Seat
from awards.models import Decision
from core.calendar import start_of
from core.clock import legal_date, zone
from core.shell import Ahead, last_day_ahead
from tenders.ahead import lots_of_interest


def ahead(seat: Seat, now: datetime) -> list[Ahead]:
    """The coming fortnight of the lots that a seat runs, judges, opens, watches or has bid in."""
    until = start_of(last_day_ahead(legal_date(now)) + timedelta(days=1), zone())
    ending = Decision.objects.in_standstill(now).filter(lot__in=lots_of_interest(seat), standstill_until__lt=until)
    rows = ending.order_by("standstill_until").values_list(
        "lot__tender__reference", "lot__tender__title", "standstill_until"
    )
    return [
        Ahead(
            legal_date(at),
            ngettext("Standstill ends: %(n)s lot", "Standstill ends: %(n)s lots", count) % {"n": count},
            f"{reference} {title}",
            reverse("awards:awards", args=[reference]),
            "award",
            at,
        )
        for reference, title, at, count in rows.annotate(Count("pk"))
    ]
