"""Tasks that the outbox relays in tests."""

from celery import shared_task

from core.models import CalendarDay

SECRET = "6222 0000 1234 5678"


@shared_task(name="tests.work")
def work(day: str) -> None:
    """Has an effect, once."""
    CalendarDay.objects.create(day=day, working=True)


@shared_task(name="tests.fail")
def fail(day: str) -> None:
    """Has an effect, and then a trouble whose message nobody may keep."""
    CalendarDay.objects.create(day=day, working=True)
    raise LookupError(f"no account {SECRET}")
