"""Legal days: pure arithmetic on dates. Which days people work comes from outside as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The legal date on which an instant falls."""
    return instant.astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a legal date; where the clocks skip midnight, the instant after the skip."""
    return datetime.combine(day, time.min, tzinfo=zone)


def days_left(due_on: date, today: date) -> int:
    """Days until a due date: 0 on the day itself, negative when overdue."""
    return (due_on - today).days


def last_of_next_month(day: date) -> date:
    """The last day of the month after the one that ``day`` lies in."""
    following = day.replace(day=1) + timedelta(days=31)
    beyond = following.replace(day=1) + timedelta(days=31)
    return beyond.replace(day=1) - timedelta(days=1)


def month_before(day: date) -> date:
    """The same day of the month before, or its last: 30 March goes back to 28 February."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


@dataclass(frozen=True)
class WorkingCalendar:
    """Monday to Friday, except where ``exceptions`` says that a day is worked (True) or free (False).

    China announces its public holidays, and the weekend days that are worked to make up for them, year
    by year: a year that is not announced yet has no exceptions, and what is counted into it may still change.
    """

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.exceptions)

    def is_announced(self, day: date) -> bool:
        """Whether the holidays of the day's year are known."""
        return day.year in self._years

    def is_working(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < 5)

    def add(self, day: date, working_days: int) -> date:
        """The working day that lies ``working_days`` working days after ``day``, which itself does not
        count: one working day after Friday, or after the Sunday that follows, is Monday. 0 gives ``day``
        back, worked or not. ValueError below 0.
        """
        if working_days < 0:
            raise ValueError("working days are counted forwards")
        while working_days > 0:
            day += timedelta(days=1)
            working_days -= self.is_working(day)
        return day
