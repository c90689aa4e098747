"""Telling people. Nothing becomes true because one of these ran."""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.actions import notify
from accounts.models import Seat
from core.clock import legal_date
from demand.models import DemandWindow


@shared_task
def announce_window(window_id: int) -> int:
    """Tell the pharmacists of every hospital that is asked. Returns how many messages are new."""
    window, now = DemandWindow.objects.get(pk=window_id), timezone.now()
    asked = Seat.objects.current(legal_date(now)).with_role("pharmacist")
    return notify(
        seats=list(asked.filter(organisation__in=window.hospitals.all())),
        subject=window.reference,
        text=gettext_noop("Your demand is asked for: %(title)s. Report it until %(until)s."),
        path=reverse("demand:report-demand", args=[window.reference]),
        about=f"demand:{window.pk}",
        now=now,
        data={"title": window.title, "until": f"{window.closes_on:%Y-%m-%d}"},
    )
