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
from demand.models import DemandReport, DemandWindow, Mandate, Verb
from demand.querysets import MANDATE_READERS, READERS

VERBS = Verb
_ADDS = gettext_lazy("added to what the successor has reported")


def nav(seat: Seat) -> list[NavEntry]:
    found = [NavEntry(gettext_lazy("Demand"), reverse("demand:windows"), "demand")] if _reads(seat) else []
    if any(seat.may(permission) for permission in MANDATE_READERS):
        found.append(NavEntry(gettext_lazy("Mandates"), reverse("demand:mandates"), "contract"))
    return found


def succession(organisation: Organisation, now: datetime) -> list[Passing]:
    """Windows that ask it and whose numbers are not locked; what is locked keeps its hospital."""
    windows = DemandWindow.objects.in_work().asking(organisation.pk)
    reports = DemandReport.objects.filter(window__in=windows, hospital=organisation)
    return [
        Passing(gettext_lazy("demand windows that ask it"), windows.count(), held=False),
        Passing(gettext_lazy("demand reports not locked"), reports.count(), note=_ADDS),
    ]


def todos(seat: Seat, now: datetime) -> list[Todo]:
    """Demand to report, demand to lock, and mandates to sign, to give, and to give anew."""
    found: list[Todo] = []
    if seat.may(Permission.REPORT_DEMAND):
        found += _to_report(seat, now)
    if seat.may(Permission.OPEN_DEMAND):
        found += _to_lock(seat, now)
    if seat.may(Permission.SIGN_MANDATE):
        found += _to_sign(now) if seat.of_the_agency else _to_give(seat, now)
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


def _to_sign(now: datetime) -> Iterator[Todo]:
    waiting = Mandate.objects.waiting()
    if first := waiting.order_by("given_at").first():
        yield Todo(
            what=_("Sign mandates: %(n)d") % {"n": waiting.count()},
            where=str(first),
            url=reverse("demand:sign-mandates"),
            action=_("Sign"),
            since=first.given_at,
        )


def _to_give(seat: Seat, now: datetime) -> Iterator[Todo]:
    """A window asks for need that no mandate covers, in force or waiting: there is none, or it has run out."""
    windows = DemandWindow.objects.in_work().asking(seat.organisation_id)
    for year in windows.order_by("year").values_list("year", flat=True).distinct():
        signing = Mandate.objects.filter(ended_at=None).for_year(year).to_sign_for(seat.organisation_id)
        if not signing.exists():
            yield Todo(
                what=_("Entrust the agency with your need of %(year)s: without a mandate it enters no tender")
                % {"year": year},
                where=seat.organisation.name,
                url=reverse("demand:give-mandate"),
                action=_("Sign the mandate"),
            )
