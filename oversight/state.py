"""Whether the trail keeps up: everything linked, signed and sent within twenty minutes."""

from datetime import datetime

from core.models import Link, OutboxMessage
from core.trail import waiting_since
from oversight.models import TrailHead
from oversight.rules import late


def trail_is_late(now: datetime) -> bool:
    """Whether for more than 20 minutes a record waits for its link, or a head for its delivery, or none was made."""
    return any(late(since, now) for since in (waiting_since(), _unsigned_since(), _unsent_since()))


def _unsigned_since() -> datetime | None:
    """The last head; before the first, when the chain began."""
    if head := TrailHead.objects.first():
        return head.signed_at
    first = Link.objects.filter(number=1).select_related("record").first()
    return first.record.recorded_at if first else None


def _unsent_since() -> datetime | None:
    waiting = OutboxMessage.objects.filter(task="oversight.tasks.send_head", delivered_at=None)
    heads = {arguments[0] for arguments in waiting.values_list("arguments", flat=True)}
    oldest = TrailHead.objects.filter(pk__in=heads).order_by("signed_at").first()
    return oldest.signed_at if oldest else None
