"""Background work of the installation itself."""

import sys
from datetime import UTC, datetime

from celery import shared_task
from django.conf import settings

from oversight.state import check_is_due
from procurement import children, health

SECONDS_OF_A_CHECK = 6 * 3600


@shared_task
def heartbeat() -> None:
    """Tell that a worker takes tasks."""
    health.worker_is_alive(now=datetime.now(UTC))


# Told to the broker at once: a check lasts longer than what the broker takes for a worker that died.
@shared_task(acks_late=False, soft_time_limit=SECONDS_OF_A_CHECK, time_limit=SECONDS_OF_A_CHECK + 60)
def check_trail() -> int | None:
    """Have every row, guard and document held against the trail where it is time, by night or after a day without.

    In a process of its own with the rights of the database's owner, which this one has not. Returns its exit code.
    """
    if not check_is_due(datetime.now(UTC)):
        return None
    log = settings.VAR / "log"
    log.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, settings.BASE_DIR / "manage.py", "verify_trail", "--keep"]
    return children.start(command, log=log / "check.log", cwd=settings.BASE_DIR).wait()
