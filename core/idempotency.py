"""The same request sent five times has one effect and one answer."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from core.actions import busy_is_conflict
from core.errors import Refused
from core.models import IdempotencyKey

Answer = tuple[int, Any]


class KeyReused(Refused):
    """The key was used before for another request."""


def fingerprint(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same: SHA-256 of method, path and body, in hexadecimal."""
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).hexdigest()


def once(*, seat_number: int, key: str, fingerprint: str, now: datetime, act: Callable[[], Answer]) -> Answer:
    """Run ``act`` and keep its answer, a status and JSON, under ``key``; a later call with the key gets it.

    Key, answer and effect commit together. A second call that arrives meanwhile waits for the first
    one's commit, because both insert the same unique row; Conflict when that takes longer than the
    database waits. Raises KeyReused when the same key comes with another request. What ``act`` raises
    undoes everything, the key included.
    """
    with busy_is_conflict(), transaction.atomic():
        row = IdempotencyKey(seat_number=seat_number, key=key, fingerprint=fingerprint, created_at=now)
        IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
        kept = IdempotencyKey.objects.select_for_update().get(seat_number=seat_number, key=key)
        if kept.fingerprint != fingerprint:
            raise KeyReused(_("This idempotency key was used for another request. Send a new key."), code="key_reused")
        if kept.status is None:
            kept.status, answer = act()
            # As text, so that whoever asks again gets the same bytes in the same order.
            kept.answer = json.dumps(answer, cls=DjangoJSONEncoder, ensure_ascii=False)
            kept.save(update_fields=["status", "answer"])
        return kept.status, json.loads(kept.answer)
