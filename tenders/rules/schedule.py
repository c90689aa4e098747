"""Days of a procedure: how long a notice stands before the deadline, and when supply may begin."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.calendar import local_date, start_of


class ScheduleGap(StrEnum):
    """What can be wrong with a schedule."""

    NO_DEADLINE = "no_deadline"
    DEADLINE_PAST = "deadline_past"
    NOTICE_SHORT = "notice_short"
    NO_SUPPLY = "no_supply"
    SUPPLY_BACKWARDS = "supply_backwards"
    SUPPLY_EARLY = "supply_early"


@dataclass(frozen=True)
class Schedule:
    """The deadline of a tender (a bid received before this instant is in time) and its supply period in days."""

    deadline: datetime | None
    supply_from: date | None
    supply_to: date | None

    def gaps(self, *, now: datetime, zone: ZoneInfo, notice_days: int) -> tuple[ScheduleGap, ...]:
        """What keeps a tender with this schedule from being published at ``now``, in the order of the form.

        ``notice_days`` legal days lie between the day of the notice and the day of the deadline: a notice
        of 1 March with 20 days allows a deadline on 21 March, at any hour.
        """
        return (*self._deadline_gaps(now, zone, notice_days), *self.supply_gaps(zone))

    def _deadline_gaps(self, now: datetime, zone: ZoneInfo, notice_days: int) -> tuple[ScheduleGap, ...]:
        if self.deadline is None:
            return (ScheduleGap.NO_DEADLINE,)
        if self.deadline <= now:
            return (ScheduleGap.DEADLINE_PAST,)
        if notice_length(now, self.deadline, zone) < notice_days:
            return (ScheduleGap.NOTICE_SHORT,)
        return ()

    def supply_gaps(self, zone: ZoneInfo) -> tuple[ScheduleGap, ...]:
        """What is wrong with the supply period: it begins after the day of the deadline, and ends not before."""
        if self.supply_from is None or self.supply_to is None:
            return (ScheduleGap.NO_SUPPLY,)
        if self.supply_to < self.supply_from:
            return (ScheduleGap.SUPPLY_BACKWARDS,)
        if self.deadline is not None and self.supply_from <= local_date(self.deadline, zone):
            return (ScheduleGap.SUPPLY_EARLY,)
        return ()


def notice_length(published_at: datetime, deadline: datetime, zone: ZoneInfo) -> int:
    """Legal days from the day of publication to the day of the deadline."""
    return (local_date(deadline, zone) - local_date(published_at, zone)).days


def after_days(now: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The instant after ``days`` full legal days that follow the day of ``now``; ``now`` itself for none.

    An objection time of 3 days that begins on 5 March, at any hour, covers 6, 7 and 8 March.
    """
    return now if days == 0 else start_of(local_date(now, zone) + timedelta(days=days + 1), zone)
