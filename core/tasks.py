"""The relay of the outbox."""

from datetime import timedelta

from celery import current_app, shared_task
from django.db import transaction
from django.utils import timezone

from core.models import OutboxMessage

MAX_DELAY = timedelta(hours=1)


@shared_task
def deliver(message_id: int) -> None:
    """Deliver one message, if nobody else is doing so: run its task and mark it, in one transaction."""
    with transaction.atomic():
        message = (
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(pk=message_id, delivered_at__isnull=True)
            .first()
        )
        if message is None:
            return
        try:
            with transaction.atomic():
                current_app.tasks[message.task](*message.arguments)
        except Exception as error:  # whatever a task raises, the message must wait and be tried again
            message.attempts += 1
            message.last_error = type(error).__name__
            message.due_at = timezone.now() + min(timedelta(seconds=5) * 2**message.attempts, MAX_DELAY)
        else:
            message.delivered_at = timezone.now()
        message.save()


@shared_task
def sweep() -> int:
    """Deliver every message that is due. Returns how many were tried."""
    waiting = list(OutboxMessage.objects.waiting(timezone.now()).values_list("pk", flat=True)[:1000])
    for message_id in waiting:
        deliver(message_id)
    return len(waiting)
