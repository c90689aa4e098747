"""When a supplier is reminded of a deadline: a day, two hours and a quarter of an hour before it."""

from datetime import datetime, timedelta

STAGES = (timedelta(minutes=15), timedelta(hours=2), timedelta(hours=24))


def due_reminder(deadline: datetime, now: datetime) -> timedelta | None:
    """How long before the deadline the reminder lies that is due at ``now``; None if none is.

    Reminders that were missed are not said late: 20 minutes before the deadline the one of two hours is due,
    whether that of 24 hours was said or not. From the deadline on there is nothing left to remind of.
    """
    left = deadline - now
    if left <= timedelta(0):
        return None
    return next((stage for stage in STAGES if left <= stage), None)
