"""Background work of the installation itself."""

from datetime import UTC, datetime

from celery import shared_task

from procurement import health


@shared_task
def heartbeat() -> None:
    """Tell that a worker takes tasks."""
    health.worker_is_alive(now=datetime.now(UTC))
