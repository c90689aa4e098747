"""The working calendar of this installation."""

from core.calendar import WorkingCalendar
from core.models import CalendarDay


def working_calendar() -> WorkingCalendar:
    """The calendar as the table has it now: one query."""
    return WorkingCalendar(dict(CalendarDay.objects.values_list("day", "working")))
