"""Notices to inboxes after something was published. Each task may run twice: a notice is said once."""

from datetime import datetime

from celery import shared_task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.actions import notify
from accounts.models import Seat
from accounts.permissions import OrganisationKind
from core.clock import legal_date
from tenders.models import DemandWindow, Tender


@shared_task
def announce_window(window_id: int) -> int:
    """Tell the pharmacists of every hospital that is asked. Returns how many notices are new."""
    window, now = DemandWindow.objects.get(pk=window_id), timezone.now()
    asked = Seat.objects.current(legal_date(now)).with_role("pharmacist")
    return notify(
        seats=list(asked.filter(organisation__in=window.hospitals.all())),
        subject=window.reference,
        text=gettext_noop("Your demand is asked for: %(title)s. Report it until %(until)s."),
        path=reverse("tenders:report-demand", args=[window.reference]),
        about=f"demand:{window.pk}",
        now=now,
        data={"title": window.title, "until": f"{window.closes_on:%Y-%m-%d}"},
    )


@shared_task
def announce_tender(tender_id: int) -> int:
    """Tell the bid managers of every supplier. Returns how many notices are new."""
    tender, now = Tender.objects.get(pk=tender_id), timezone.now()
    return notify(
        seats=_bid_managers(now),
        subject=tender.reference,
        text=gettext_noop("A tender was published: %(title)s."),
        path=reverse("tenders:tender", args=[tender.reference]),
        about=f"published:{tender.pk}",
        now=now,
        data={"title": tender.title},
    )


@shared_task
def announce_cancellation(tender_id: int) -> int:
    """Tell the bid managers of every supplier, whether they bid or not: who has bid stays unknown."""
    tender, now = Tender.objects.get(pk=tender_id), timezone.now()
    return notify(
        seats=_bid_managers(now),
        subject=tender.reference,
        text=gettext_noop("The tender %(title)s was cancelled. Bids in it stay sealed for ever."),
        path=reverse("tenders:tender", args=[tender.reference]),
        about=f"cancelled:{tender.pk}",
        now=now,
        data={"title": tender.title},
    )


def _bid_managers(now: datetime) -> list[Seat]:
    seats = Seat.objects.current(legal_date(now)).with_role("bid_manager")
    return list(seats.filter(organisation__kind=OrganisationKind.SUPPLIER))
