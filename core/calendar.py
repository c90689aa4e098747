"""Legal days: pure arithmetic on dates. Which days people work comes from outside as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The legal date on which an instant falls."""
    return instant.astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a legal date."""
    return datetime.combine(day, time.min, tzinfo=zone)


def days_left(due_on: date, today: date) -> int:
    """Days until a due date: 0 on the day itself, negative when overdue."""
    return (due_on - today).days


@dataclass(frozen=True)
class WorkingCalendar:
    """Monday to Friday, except where ``exceptions`` says that a day is worked (True) or free (False).

    China announces its public holidays and the Saturdays that make up for them year by year.
    """

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < 5)

    def add(self, day: date, working_days: int) -> date:
        """The working day that lies ``working_days`` (0 or more) working days after ``day``."""
        while working_days > 0:
            day += timedelta(days=1)
            working_days -= self.is_working(day)
        return day
