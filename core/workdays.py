"""The working calendar of this installation."""

from datetime import date

from django.utils.translation import gettext as _

from core.calendar import WorkingCalendar
from core.models import CalendarDay


def working_calendar() -> WorkingCalendar:
    """The calendar as the table has it now: one query."""
    return WorkingCalendar(dict(CalendarDay.objects.values_list("day", "working")))


def provisional(day: date, calendar: WorkingCalendar) -> str:
    """What is said of a day that working days were counted to; empty where the holidays of its year are known."""
    if calendar.is_announced(day):
        return ""
    return _("provisional: the holidays of %(year)d are not known") % {"year": day.year}
