"""Side effects after commit: a row in the same transaction, delivered at least once.

The worker is nudged at commit and a sweep every minute delivers whatever was missed, so that a lost
broker delays a message and never loses it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from celery import current_app
from celery.exceptions import NotRegistered
from django.db import transaction
from kombu.exceptions import LimitExceeded, OperationalError
from kombu.pools import producers

from core.models import OutboxMessage
from core.tasks import deliver

# A visitor waits for the nudge: one try, a second at most. The broker's own patience is for workers.
_IMPATIENT = {"max_retries": 0, "socket_connect_timeout": 1, "socket_timeout": 1}


def queue(task: str, *ids: int | str, now: datetime) -> OutboxMessage:
    """Have the Celery task named ``task`` run with ``ids`` once this transaction has committed.

    The task must be idempotent: it may run twice. Raises NotRegistered when there is no such task,
    TransactionManagementError outside a transaction, whose commit the message would not share.
    """
    return queue_each(task, [ids], now=now)[0]


def queue_each(task: str, calls: Iterable[Sequence[int | str]], *, now: datetime) -> list[OutboxMessage]:
    """Have a task run once for each of many sets of ids: one statement, however many they are."""
    _must_exist(task)
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a message is queued in the transaction of its act")
    messages = OutboxMessage.objects.bulk_create(
        OutboxMessage(task=task, arguments=list(ids), due_at=now) for ids in calls
    )
    transaction.on_commit(partial(_nudge, [message.pk for message in messages]), robust=True)
    return messages


def _must_exist(task: str) -> None:
    if task not in current_app.tasks:
        # A web process may not have looked at the rooms' tasks yet.
        current_app.loader.import_default_modules()
    if task not in current_app.tasks:
        raise NotRegistered(task)


def _nudge(message_ids: Sequence[int]) -> None:
    connection = current_app.connection_for_write(transport_options=_IMPATIENT)
    try:
        with producers[connection].acquire(block=True, timeout=1) as producer:
            for message_id in message_ids:
                deliver.apply_async(args=[message_id], producer=producer, retry=False)
    except (OperationalError, LimitExceeded, OSError):
        # The broker is away: the sweep finds the rows.
        return
