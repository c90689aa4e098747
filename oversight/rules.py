"""What a signed head of the trail says, how a file of heads is read, and when the trail is late."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tenders.sealing.canonical import HASH, HASH_OR_NONE, TIME, format_time, number, record
from tenders.sealing.documents import Document, read_document

HEAD = "trail-head/1"
# A head is made every ten minutes while the chain grows; two that are missing are an outage.
LATE_AFTER = timedelta(minutes=20)
# Where nothing happens, one head a day still says so.
AT_LEAST_EVERY = timedelta(days=1)

_check_fields = record(number=number(1), hash=HASH, prev=HASH_OR_NONE, signed_at=TIME, installation=HASH)


@dataclass(frozen=True)
class Head:
    """What a head says: the chain had ``number`` links, the last with this ``hash`` (hex)."""

    number: int
    hash: str
    document_hash: str


def head_body(*, number: int, hash: str, prev: str, installation: str, now: datetime) -> dict[str, Any]:
    """The fields of a head. ``prev`` is the hash of the head before it ("" for the first), so that none can be
    left out; ``installation`` is the public key (hex) of who signs."""
    return {
        "format": HEAD,
        "installation": installation,
        "number": number,
        "hash": hash,
        "prev": prev,
        "signed_at": format_time(now),
    }


def read_head(document: bytes, installation: str) -> Head:
    """A head that this installation signed. Raises FormatError or SignatureError for anything else."""
    found = checked_head(document, installation)
    return Head(found.body["number"], found.body["hash"], found.hash)


def checked_head(document: bytes, installation: str) -> Document:
    """The same, with all that it says."""
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


def due(*, grown: bool, last_signed_at: datetime | None, now: datetime) -> bool:
    """Whether a head is to be made: the chain grew since the last one, or the last one is a day old."""
    return grown or (last_signed_at is not None and now - last_signed_at >= AT_LEAST_EVERY)


def late(since: datetime | None, now: datetime) -> bool:
    """Whether what has waited since an instant, for its link, its head or its delivery, waits too long."""
    return since is not None and now - since > LATE_AFTER
