"""What this room shows on pages of the whole."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation, Seat
from accounts.permissions import Permission
from core.calendar import start_of
from core.clock import end_of, legal_date, zone
from core.shell import Ahead, Figure, NavEntry, Passing, Related, Todo, last_day_ahead
from demand.models import DemandReport, DemandWindow, Verb
from demand.querysets import READERS

VERBS = Verb
_ADDS = gettext_lazy("added to what the successor has reported")


def nav(seat: Seat) -> list[NavEntry]:
    return [NavEntry(gettext_lazy("Demand"), reverse("demand:windows"), "demand")] if _reads(seat) else []


def succession(organisation: Organisation, now: datetime) -> list[Passing]:
    """Windows that ask it and whose numbers are not locked; what is locked keeps its hospital."""
    windows = DemandWindow.objects.in_work().asking(organisation.pk)
    reports = DemandReport.objects.filter(window__in=windows, hospital=organisation)
    return [
        Passing(gettext_lazy("demand windows that ask it"), windows.count(), held=False),
        Passing(gettext_lazy("demand reports not locked"), reports.count(), note=_ADDS),
    ]


def todos(seat: Seat, now: datetime) -> list[Todo]:
    """Demand to report, and demand to lock."""
    found: list[Todo] = []
    if seat.may(Permission.REPORT_DEMAND):
        found += _to_report(seat, now)
    if seat.may(Permission.OPEN_DEMAND):
        found += _to_lock(seat, now)
    return found


def figures(seat: Seat, now: datetime) -> list[Figure]:
    """Nothing here is counted."""
    return []


def ahead(seat: Seat, now: datetime) -> list[Ahead]:
    """Windows on their last day."""
    if not _reads(seat):
        return []
    today = legal_date(now)
    windows = DemandWindow.objects.visible_to(seat).filter(locked_at=None)
    if seat.of_the_agency:
        windows = windows.filter(agency=seat.organisation_id)
    return [
        Ahead(
            window.closes_on,
            _("Last day to report demand"),
            str(window),
            reverse("demand:window", args=[window.reference]),
            "demand",
        )
        for window in windows.filter(closes_on__range=(today, last_day_ahead(today)))
    ]


def related(reference: str, seat: Seat) -> list[Related]:
    """Nothing: what is based on a window says so itself."""
    return []


def _reads(seat: Seat) -> bool:
    return any(seat.may(permission) for permission in READERS)


def _to_report(seat: Seat, now: datetime) -> Iterator[Todo]:
    for window in DemandWindow.objects.waiting_for(seat.organisation_id, legal_date(now)):
        yield Todo(
            what=_("Report your demand"),
            where=str(window),
            url=reverse("demand:report-demand", args=[window.reference]),
            action=_("Report"),
            until_at=end_of(window.closes_on),
            since=max(window.opened_at, start_of(window.opens_on, zone())),
        )


def _to_lock(seat: Seat, now: datetime) -> Iterator[Todo]:
    today = legal_date(now)
    own = DemandWindow.objects.filter(agency=seat.organisation_id, locked_at=None).with_progress()
    for window in own.filter(Q(closes_on__lt=today) | Q(reported_count__gte=1)):
        complete = window.reported_count == window.asked_count
        if complete or window.closes_on < today:
            missing = window.asked_count - window.reported_count
            yield Todo(
                what=_("Lock the demand") if complete else _("Lock the demand: %(n)d missing") % {"n": missing},
                where=str(window),
                url=reverse("demand:lock-demand", args=[window.reference]),
                action=_("Lock"),
                since=end_of(window.closes_on) if window.closes_on < today else None,
            )
