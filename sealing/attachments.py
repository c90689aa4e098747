"""Attachments (`.sblob`): any data sealed in chunks under a key of its own, so that uploads can be resumed.

The data is padded with zeros to a multiple of 64 KiB and cut into chunks of 1 MiB. Each chunk is sealed with
its number and whether it is the last, so chunks can be neither reordered nor dropped. The id is a hash over
the sealed chunks' hashes: each chunk can be checked on arrival. An upload is resumed by sending stored
ciphertext again, never by sealing again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from sealing import primitives
from sealing.envelope import BLOB_MAGIC, TAG_BYTES, looks_sealed
from sealing.errors import AlreadySealedError, AttachmentError
from sealing.payloads import Attachment
from sealing.primitives import sha256

BLOCK = 65_536
CHUNK = 1_048_576
SEALED_CHUNK = CHUNK + TAG_BYTES  # the most that one sealed chunk is long, and all but the last are


@dataclass(frozen=True, slots=True)
class SealedBlob:
    """A sealed attachment: how long its data was and how long its file is (bytes), and its key.

    `chunks` are the SHA-256 of the sealed chunks in order, in hex; the file's id is made of them.
    """

    chunks: tuple[str, ...]
    size: int
    length: int
    key: bytes = field(repr=False)

    @property
    def id(self) -> str:
        return id_of(self.chunks)


def seal_blob(source: BinaryIO, target: BinaryIO, *, key: bytes | None = None) -> SealedBlob:
    """Seal everything in `source` into `target`, one chunk in memory at a time.

    The key is fresh; it is a parameter for test vectors only. Raises `AlreadySealedError` for a file that is
    sealed already.
    """
    key = primitives.fresh_secret() if key is None else key
    chunks: list[str] = []
    size, length = 0, target.write(BLOB_MAGIC)
    for number, (chunk, last) in enumerate(_marked(source, CHUNK)):
        if number == 0 and looks_sealed(chunk):
            raise AlreadySealedError("this file is sealed already", where="attachment")
        size += len(chunk)
        padded = chunk.ljust(_padded(len(chunk)), b"\0")
        sealed = primitives.encrypt(key, padded, nonce=_nonce(number, last))
        chunks.append(sha256(sealed))
        length += target.write(sealed)
    return SealedBlob(chunks=tuple(chunks), size=size, length=length, key=key)


def id_of(chunks: Iterable[str]) -> str:
    """The id of the sealed attachment whose sealed chunks have these SHA-256, in hex and in order."""
    return sha256(BLOB_MAGIC + bytes.fromhex("".join(chunks)))


def blob_id(source: BinaryIO) -> str:
    """The id of a sealed attachment. It says which bytes these are, not that they open."""
    _past_magic(source)
    return id_of(sha256(chunk) for chunk, _ in _marked(source, SEALED_CHUNK))


def open_blob(source: BinaryIO, target: BinaryIO, attachment: Attachment) -> None:
    """Open a sealed attachment into `target`, one chunk in memory at a time.

    Raises `AttachmentError` for a wrong key, a changed, missing, added or moved byte, padding that is not
    zeros, or a length unlike the attachment's; what was written to `target` until then is to be thrown away.
    Compare `blob_id` with the envelope's header first: only then is a failure here the bidder's fault.
    """
    _past_magic(source)
    for plain in opened_chunks((chunk for chunk, _ in _marked(source, SEALED_CHUNK)), attachment):
        target.write(plain)


def opened_chunks(sealed: Iterable[bytes], attachment: Attachment) -> Iterator[bytes]:
    """The data in parts, from the sealed chunks in order: for chunks that do not lie in one file.

    Raises `AttachmentError` like `open_blob`, at the part where something is wrong.
    """
    wanted, remaining = attachment.size, _padded(attachment.size)
    for number, (chunk, last) in enumerate(_with_last(sealed)):
        plain = primitives.decrypt(attachment.key, chunk, nonce=_nonce(number, last))
        if plain is None:
            raise AttachmentError("a chunk does not open", where="attachment")
        if not plain or plain[wanted:].strip(b"\0"):
            raise AttachmentError("not as long as the envelope says", where="attachment")
        yield plain[:wanted]
        wanted = max(0, wanted - len(plain))
        remaining -= len(plain)
    if remaining:
        raise AttachmentError("not as long as the envelope says", where="attachment")


def _with_last(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each with whether it is the last."""
    coming = iter(chunks)
    held = next(coming, b"")
    for following in coming:
        yield held, False
        held = following
    yield held, True


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
