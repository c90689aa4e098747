"""Side effects after commit: a row in the same transaction, delivered at least once.

The worker is nudged at commit and a sweep every minute delivers whatever was missed, so that a lost
broker delays a message and never loses it.
"""

from datetime import datetime

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from core.models import OutboxMessage


def queue(task: str, *ids: int | str, now: datetime) -> OutboxMessage:
    """Have the Celery task named ``task`` run with ``ids`` once this transaction has committed.

    The task must be idempotent: it may run twice.
    """
    message = OutboxMessage.objects.create(task=task, arguments=list(ids), due_at=now)
    transaction.on_commit(lambda: _nudge(message.pk), robust=True)
    return message


def _nudge(message_id: int) -> None:
    try:
        current_app.send_task("core.tasks.deliver", args=[message_id], retry=False)
    except (OperationalError, OSError):
        # The broker is away: the sweep finds the row.
        return
