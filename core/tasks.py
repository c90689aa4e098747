"""The relay of the outbox, and the months that come."""

import logging
import time
from datetime import timedelta

from celery import current_app, shared_task
from django.db import transaction
from django.utils import timezone

from core.models import OutboxMessage
from core.partitions import make_ahead

LONGEST_DELAY = timedelta(hours=1)
SWEEP_SECONDS = 50  # no delivery begins later in a sweep: the next sweep is a minute after

logger = logging.getLogger(__name__)


@shared_task
def deliver(message_id: int) -> None:
    """Deliver one message, unless it is delivered or somebody is at it: run its task and mark it.

    Task and mark are one transaction, so that what the task wrote is undone when it fails or its worker
    dies. A message whose task failed waits longer each time; nothing of the failure is kept but its class.
    """
    try:
        with transaction.atomic():
            if message := _claimed(message_id):
                current_app.tasks[message.task](*message.arguments)
                message.delivered_at = timezone.now()
                message.save(update_fields=["delivered_at"])
    except Exception as error:  # whatever a task raises, the message must wait and be tried again
        _put_off(message_id, type(error).__name__)


@shared_task
def sweep() -> int:
    """Deliver the messages that are due, the longest due first. Returns how many were tried."""
    end, tried = time.monotonic() + SWEEP_SECONDS, 0
    for message_id in OutboxMessage.objects.waiting(timezone.now()).values_list("pk", flat=True)[:1000]:
        if time.monotonic() > end:
            break
        deliver(message_id)
        tried += 1
    return tried


@shared_task
def make_partitions() -> int:
    """Make the months that come, for the tables that lie in months. Returns how many partitions are new."""
    return make_ahead()


def delay_after(attempts: int) -> timedelta:
    """How long a message waits after its ``attempts``-th failure (from 1): 10 s, 20 s, 40 s … an hour."""
    return min(timedelta(seconds=5 * 2 ** min(attempts, 10)), LONGEST_DELAY)


def _claimed(message_id: int) -> OutboxMessage | None:
    """The message, locked until the end of the transaction; None if it is delivered or locked already."""
    waiting = OutboxMessage.objects.select_for_update(skip_locked=True).filter(delivered_at__isnull=True)
    return waiting.filter(pk=message_id).first()


def _put_off(message_id: int, error: str) -> None:
    with transaction.atomic():
        if message := _claimed(message_id):
            message.attempts += 1
            message.last_error = error
            message.due_at = timezone.now() + delay_after(message.attempts)
            message.save(update_fields=["attempts", "last_error", "due_at"])
            logger.warning("%s failed with %s, attempt %d", message.task, error, message.attempts)
