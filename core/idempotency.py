"""The same request sent five times has one effect and one answer."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Refused
from core.models import IdempotencyKey

Answer = tuple[int, Any]


class KeyReused(Refused):
    """The key was used before for another request."""


def fingerprint(method: str, path: str, body: bytes) -> str:
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).hexdigest()


def once(*, seat_number: int, key: str, fingerprint: str, now: datetime, act: Callable[[], Answer]) -> Answer:
    """Run ``act`` and keep its answer under ``key``; a later call with the key gets that answer.

    Key, answer and effect commit together. A second call that arrives meanwhile waits for the first
    one's commit, because both insert the same unique row. Raises KeyReused when the same key comes
    with another request. What ``act`` raises undoes everything, the key included.
    """
    with transaction.atomic():
        row = IdempotencyKey(seat_number=seat_number, key=key, fingerprint=fingerprint, created_at=now)
        IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
        kept = IdempotencyKey.objects.select_for_update().get(seat_number=seat_number, key=key)
        if kept.fingerprint != fingerprint:
            raise KeyReused(_("This idempotency key was used for another request. Send a new key."), code="key_reused")
        if kept.status is None:
            kept.status, kept.answer = act()
            kept.save(update_fields=["status", "answer"])
        return kept.status, kept.answer
