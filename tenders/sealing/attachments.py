"""Attachments (`.sblob`): any data sealed in chunks under a key of its own, so that uploads can be resumed.

The data is padded with zeros to a multiple of 64 KiB and cut into chunks of 1 MiB. Each chunk is sealed with
its number and whether it is the last, so chunks can be neither reordered nor dropped. The id is a hash over
the sealed chunks' hashes: each chunk can be checked on arrival. An upload is resumed by sending stored
ciphertext again, never by sealing again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from tenders.sealing import primitives
from tenders.sealing.envelope import BLOB_MAGIC, TAG_BYTES, looks_sealed
from tenders.sealing.errors import AlreadySealedError, AttachmentError
from tenders.sealing.payloads import Attachment
from tenders.sealing.primitives import sha256

BLOCK = 65_536
CHUNK = 1_048_576


@dataclass(frozen=True, slots=True)
class SealedBlob:
    """What a sealed attachment is called (`id`, hex), how long its data was, how long its file is (bytes)."""

    id: str
    size: int
    length: int
    key: bytes = field(repr=False)


def seal_blob(source: BinaryIO, target: BinaryIO, *, key: bytes | None = None) -> SealedBlob:
    """Seal everything in `source` into `target`, one chunk in memory at a time.

    The key is fresh; it is a parameter for test vectors only. Raises `AlreadySealedError` for a file that is
    sealed already.
    """
    key = primitives.fresh_secret() if key is None else key
    identity = BLOB_MAGIC
    size, length = 0, target.write(BLOB_MAGIC)
    for number, (chunk, last) in enumerate(_marked(source, CHUNK)):
        if number == 0 and looks_sealed(chunk):
            raise AlreadySealedError("this file is sealed already", where="attachment")
        size += len(chunk)
        padded = chunk.ljust(_padded(len(chunk)), b"\0")
        sealed = primitives.encrypt(key, padded, nonce=_nonce(number, last))
        identity += hashlib.sha256(sealed).digest()
        length += target.write(sealed)
    return SealedBlob(id=sha256(identity), size=size, length=length, key=key)


def blob_id(source: BinaryIO) -> str:
    """The id of a sealed attachment. It says which bytes these are, not that they open."""
    identity = _past_magic(source)
    for chunk, _ in _marked(source, CHUNK + TAG_BYTES):
        identity += hashlib.sha256(chunk).digest()
    return sha256(identity)


def open_blob(source: BinaryIO, target: BinaryIO, attachment: Attachment) -> None:
    """Open a sealed attachment into `target`, one chunk in memory at a time.

    Raises `AttachmentError` for a wrong key, a changed, missing, added or moved byte, padding that is not
    zeros, or a length unlike the attachment's; what was written to `target` until then is to be thrown away.
    Compare `blob_id` with the envelope's header first: only then is a failure here the bidder's fault.
    """
    _past_magic(source)
    wanted, remaining = attachment.size, _padded(attachment.size)
    for number, (sealed, last) in enumerate(_marked(source, CHUNK + TAG_BYTES)):
        plain = primitives.decrypt(attachment.key, sealed, nonce=_nonce(number, last))
        if plain is None:
            raise AttachmentError("a chunk does not open", where="attachment")
        if not plain or plain[wanted:].strip(b"\0"):
            raise AttachmentError("not as long as the envelope says", where="attachment")
        target.write(plain[:wanted])
        wanted = max(0, wanted - len(plain))
        remaining -= len(plain)
    if remaining:
        raise AttachmentError("not as long as the envelope says", where="attachment")


def _padded(size: int) -> int:
    """The next multiple of the block, at least one block."""
    return max(BLOCK, -(-size // BLOCK) * BLOCK)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _past_magic(source: BinaryIO) -> bytes:
    if _read(source, len(BLOB_MAGIC)) != BLOB_MAGIC:
        raise AttachmentError("not a sealed attachment", where="attachment")
    return BLOB_MAGIC


def _marked(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Chunks of `size` bytes, each with whether it is the last; nothing at all is one empty last chunk."""
    chunk = _read(source, size)
    while True:
        following = _read(source, size) if len(chunk) == size else b""
        yield chunk, not following
        if not following:
            return
        chunk = following


def _read(source: BinaryIO, size: int) -> bytes:
    """Exactly `size` bytes unless the source ends: pipes and uploads hand out less at a time."""
    parts = []
    while size > 0 and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
