"""Whether the trail keeps up: linked, signed and sent within twenty minutes, and checked every day."""

from datetime import datetime

from core.clock import zone
from core.models import Link, OutboxMessage
from core.trail import waiting_since
from oversight.models import TrailCheck, TrailHead
from oversight.rules import CHECKED_EVERY, check_due, late


def trail_is_late(now: datetime) -> bool:
    """Whether for more than 20 minutes a record waits for its link, or a head for its delivery, or none was made."""
    return any(late(since, now) for since in (waiting_since(), _unsigned_since(), _unsent_since()))


def trail_is_unchecked(now: datetime) -> bool:
    """Whether the last check, or where there is none the beginning of the chain, lies more than a day back."""
    last = TrailCheck.objects.first()
    since = last.checked_at if last else _began_at()
    return since is not None and now - since > CHECKED_EVERY


def check_is_due(now: datetime) -> bool:
    """Whether somebody should check the trail now; not before there is one."""
    last = TrailCheck.objects.first()
    return _began_at() is not None and check_due(last.checked_at if last else None, now.astimezone(zone()))


def _unsigned_since() -> datetime | None:
    """The last head; before the first, when the chain began."""
    head = TrailHead.objects.first()
    return head.signed_at if head else _began_at()


def _began_at() -> datetime | None:
    first = Link.objects.filter(number=1).select_related("record").first()
    return first.record.recorded_at if first else None


def _unsent_since() -> datetime | None:
    waiting = OutboxMessage.objects.filter(task="oversight.tasks.send_head", delivered_at=None)
    heads = {arguments[0] for arguments in waiting.values_list("arguments", flat=True)}
    oldest = TrailHead.objects.filter(pk__in=heads).order_by("signed_at").first()
    return oldest.signed_at if oldest else None
