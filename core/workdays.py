"""The working calendar of this installation."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.calendar import WorkingCalendar
from core.events import record
from core.models import CalendarDay, Verb


def working_calendar() -> WorkingCalendar:
    """The calendar as the table has it now: one query."""
    return WorkingCalendar(dict(CalendarDay.objects.values_list("day", "working")))


def provisional(day: date, calendar: WorkingCalendar) -> str:
    """What is said of a day that working days were counted to; empty where the holidays of its year are known."""
    if calendar.is_announced(day):
        return ""
    return _("provisional: the holidays of %(year)d are not known") % {"year": day.year}


def set_days(days: Iterable[CalendarDay]) -> int:
    """Write days into the calendar, also over what was said of them before, and tell of it. Returns how many."""
    written = list(days)
    if written:
        first, last = (f(day.day for day in written).isoformat() for f in (min, max))
        with transaction.atomic():
            CalendarDay.objects.bulk_create(
                written, update_conflicts=True, unique_fields=("day",), update_fields=("working", "name")
            )
            now = timezone.now()
            record(Verb.CALENDAR_SET, "", by=None, now=now, days=len(written), first=first, last=last)
    return len(written)
