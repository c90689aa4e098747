"""What a signed head of the trail says, how a file of heads is read, and when the trail is late.

A head says neither how long the chain is nor whether it grew: on a quiet evening before a deadline either would
tell a rival, or an officer who subtracts all acts that he may read, that a bid arrived. So it holds a hash only,
there is one every ten minutes whatever happens, and it is itself recorded in the chain, so that no two are alike.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sealing.canonical import HASH, HASH_OR_NONE, TIME, format_time, record
from sealing.documents import Document, read_document

HEAD = "trail-head/1"
MADE_EVERY = timedelta(minutes=10)
# Two that are missing are an outage.
LATE_AFTER = timedelta(minutes=20)
# A night, and two hours for a check that starts late.
CHECKED_EVERY = timedelta(hours=26)
# Once a night; at any hour where a night was missed.
NIGHT, SINCE_LAST_NIGHT, MISSED = range(1, 5), timedelta(hours=18), timedelta(hours=25)
# The schedule is not exact to the second.
_EARLY = timedelta(minutes=1)

_check_fields = record(hash=HASH, prev=HASH_OR_NONE, signed_at=TIME, installation=HASH)


def head_body(*, hash: str, prev: str, installation: str, now: datetime) -> dict[str, Any]:
    """The fields of a head. ``hash`` is that of the chain's last link, which stands for all before it; ``prev`` the
    hash of the head before ("" for the first), so that none can be left out; ``installation`` the public key (hex)
    of who signs."""
    return {"format": HEAD, "installation": installation, "hash": hash, "prev": prev, "signed_at": format_time(now)}


def checked_head(document: bytes, installation: str) -> Document:
    """A head that this installation signed. Raises FormatError or SignatureError for anything else."""
    found = read_document(document, [installation])
    fields = {name: value for name, value in found.body.items() if name != "format"}
    _check_fields(fields, "")
    return found


def documents_in(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The documents of a file that holds one after the other: each begins with a brace, signatures follow."""
    document = b""
    for line in lines:
        if line.startswith(b"{") and document:
            yield document
            document = b""
        document += line
    if document:
        yield document


def is_place(text: str) -> bool:
    """Whether heads can be sent there: an absolute path, an address for mail, an address on the web."""
    return re.fullmatch(r"/[^\s,]+|mailto:[^@\s,]+@[^@\s,]+|https://[^\s,/]+(/[^\s,]*)?", text) is not None


def due(last_signed_at: datetime | None, now: datetime) -> bool:
    """Whether the next head is to be made."""
    return last_signed_at is None or now - last_signed_at >= MADE_EVERY - _EARLY


def check_due(last: datetime | None, now: datetime) -> bool:
    """Whether the whole trail is to be checked; ``last`` is the last check, ``now`` is in the zone of the platform."""
    return last is None or now - last > (SINCE_LAST_NIGHT if now.hour in NIGHT else MISSED)


def late(since: datetime | None, now: datetime) -> bool:
    """Whether what has waited since an instant, for its link, its head or its delivery, waits too long."""
    return since is not None and now - since > LATE_AFTER
