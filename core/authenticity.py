"""Which events the platform itself wrote: each carries a keyed hash that nobody makes who has the database alone.

The key is derived from the installation's signing key, as the signature under a head is made with it: who checks the
trail has it already, and whoever administers the database need not. A hash is of the event's words as PostgreSQL
writes an array in ``jsonb``, and of sixteen random bytes before it, so that no copy of an event passes for another.
"""

import hmac
import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

NONCE_BYTES = 16
# In SQL, the words of one row of ``core_event`` as ``words`` writes them.
WORDS = """
    jsonb_build_array(verb, subject, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), seat_number,
        actor, data, audience, to_jsonb(organisations), origin, address, request)::text
"""


def words(*columns: Any) -> str:
    """The columns of an event, in the order of ``WORDS``, as the database will write them."""
    return "".join(_jsonb([_instant(one) if isinstance(one, datetime) else one for one in columns]))


def mac_of(text: str) -> bytes:
    """The keyed hash of an event's words, behind a nonce of its own."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _hash(nonce, text)


def is_ours(mac: bytes, text: str) -> bool:
    """Whether the platform wrote an event with these words."""
    nonce, said = mac[:NONCE_BYTES], mac[NONCE_BYTES:]
    return hmac.compare_digest(said, _hash(nonce, text))


def _hash(nonce: bytes, text: str) -> bytes:
    key = hmac.digest(bytes.fromhex(settings.RECEIPT_SIGNING_KEY), b"events of the trail", "sha256")
    return hmac.digest(key, nonce + text.encode(), "sha256")


def _instant(one: datetime) -> str:
    return f"{one.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _jsonb(value: Any) -> Iterator[str]:
    """A value of JSON's types as PostgreSQL writes its ``jsonb``: keys by length and then by bytes, plain numbers."""
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: (len(pair[0].encode()), pair[0].encode()))
        yield "{"
        for place, (key, one) in enumerate(pairs):
            yield f"{', ' if place else ''}{json.dumps(key, ensure_ascii=False)}: "
            yield from _jsonb(one)
        yield "}"
    elif isinstance(value, list):
        yield "["
        for place, one in enumerate(value):
            yield ", " if place else ""
            yield from _jsonb(one)
        yield "]"
    elif isinstance(value, float):
        yield f"{Decimal(repr(value)):f}"
    else:
        yield json.dumps(value, ensure_ascii=False)
