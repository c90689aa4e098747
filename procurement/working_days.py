"""The working calendar on a page, and the reminder that next year's holidays are to be entered.

China announces the public holidays of a year, and the weekend days that are worked for them, in the November before.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.permissions import Permission
from core.clock import end_of, legal_date
from core.models import CalendarDay
from core.shell import Todo

ANNOUNCED_IN = 11


def days_of(year: int) -> Iterator[CalendarDay]:
    """The days of a year that are other than usual."""
    return CalendarDay.objects.filter(day__year=year).order_by("day").iterator()


def todos(seat: Seat, now: datetime) -> list[Todo]:
    """For officers, whose deadlines and those of others count working days: this year's holidays are not known, or
    from November next year's."""
    today = legal_date(now)
    years = [today.year, today.year + 1] if today.month >= ANNOUNCED_IN else [today.year]
    if not seat.may(Permission.PREPARE_TENDER):
        return []
    known = set(CalendarDay.objects.filter(day__year__in=years).values_list("day__year", flat=True).distinct())
    return [
        Todo(
            what=_("Have the holidays of %(year)d entered: working days are counted without them") % {"year": year},
            where=_("Working calendar"),
            url=reverse("working-days"),
            action=_("See how"),
            until_at=end_of(date(year - 1, 12, 31)),
        )
        for year in years
        if year not in known
    ]
