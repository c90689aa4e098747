"""Keeping the outside time stamp of a close. A close is what it is without one: nothing waits for it."""

from datetime import datetime

from core.actions import action
from core.events import record
from core.models import Event
from sealing.canonical import format_time
from tenders.models import Close, TimeStamp, Verb
from tenders.time_stamp import Stamp


@action
def keep_stamp(*, close: Close, stamp: Stamp, now: datetime) -> TimeStamp:
    """Keep the stamp over a close, the first that came; later ones say nothing new and are dropped."""
    kept, new = TimeStamp.objects.get_or_create(
        close=close, defaults={"token": stamp.token, "stamped_at": stamp.stamped_at}
    )
    if new:
        record(
            Verb.CLOSE_STAMPED,
            close.tender.reference,
            by=None,
            now=now,
            audience=Event.Audience.PUBLIC,
            at=format_time(kept.stamped_at),
        )
    return kept
