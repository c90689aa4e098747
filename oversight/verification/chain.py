"""The chain: 1, 2, 3 … without a gap, each hash over the one before and its record, every record linked."""

from collections.abc import Iterator
from hashlib import sha256

from oversight.verification.heads import Heads
from oversight.verification.reading import Counted, Fault, stream

# What a link hashes of its record; the key comes last, because it alone may hold a line feed.
_LINKS = r"""
    SELECT l.number, l.hash, l.record_id, convert_to(
        concat_ws(E'\n', r.id, r.operation, r.system, r.transaction, r.role,
            to_char(r.recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), encode(r.fingerprint, 'hex'),
            coalesce(encode(r.before, 'hex'), ''), r."table", r.key),
        'UTF8'), r.id IS NOT NULL
    FROM core_link l LEFT JOIN core_rowrecord r ON r.id = l.record_id
    ORDER BY l.number
"""
# A record without a link is waiting for it, or somebody took it: what waits is listed, and not for long.
_UNLINKED = """
    SELECT r.id, r."table", r.key, w.record_id IS NULL
    FROM core_rowrecord r
    LEFT JOIN core_link l ON l.record_id = r.id
    LEFT JOIN core_unlinked w ON w.record_id = r.id
    WHERE l.number IS NULL AND (w.record_id IS NULL OR r.recorded_at < now() - interval '20 minutes')
    ORDER BY r.id
"""


def verify(heads: Heads, looked_at: Counted) -> Iterator[Fault]:
    """Walk the chain once from its beginning, holding every head against it on the way."""
    looked_at["links"], before, hash_before = 0, 0, b""
    for number, stored, record, written, exists in stream(_LINKS):
        looked_at["links"] += 1
        hash_ = bytes(stored)
        if number != before + 1:
            yield Fault("core_link", str(number), f"comes after link {before}: what was between them is gone")
        elif not exists:
            yield Fault("core_rowrecord", str(record), f"is gone; it was link {number}")
        elif hash_ != sha256(hash_before + bytes(written)).digest():
            yield Fault("core_link", str(number), f"does not follow from the link before and from record {record}")
        if hash_ in heads.said:
            yield from heads.about(number, hash_)
        before, hash_before = number, hash_
    yield from heads.unheld()
    for record, table, key, lost in stream(_UNLINKED):
        what = "was never linked, and does not wait for it" if lost else "has waited for its link for too long"
        yield Fault("core_rowrecord", str(record), f"{what} (row {key} of {table})")
