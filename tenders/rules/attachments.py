"""How large sealed attachments may be, and which declarations of one make sense. All sizes in bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sealing.attachments import BLOCK, SEALED_CHUNK
from sealing.attachments import id_of as blob_id_of
from sealing.envelope import BLOB_MAGIC, MAX_BLOBS, TAG_BYTES

MOST_CHUNKS = 256
LARGEST = len(BLOB_MAGIC) + MOST_CHUNKS * SEALED_CHUNK  # a sealed file of a little over 256 MiB
MOST_OF_A_BID = 4 * MAX_BLOBS  # both envelopes full, and as much again for what was replaced
QUOTA = 2 * 1024**3  # of one bid, all attachments that were ever declared together


@dataclass(frozen=True)
class Declaration:
    """What a bidder says of a sealed attachment before sending it.

    ``length`` is that of the sealed file, ``chunks`` are the SHA-256 of its sealed chunks in order, in hex.
    """

    length: int
    chunks: tuple[str, ...]

    @property
    def id(self) -> str:
        """The attachment's id, which these hashes determine."""
        return blob_id_of(self.chunks)

    @property
    def possible(self) -> bool:
        """Whether a sealed file of this length has so many chunks."""
        count, last = len(self.chunks), chunk_length(self.length, len(self.chunks), len(self.chunks) - 1)
        if not 0 < count <= MOST_CHUNKS:
            return False
        return TAG_BYTES < last <= SEALED_CHUNK and (last - TAG_BYTES) % BLOCK == 0


def chunk_length(length: int, count: int, number: int) -> int:
    """How long chunk ``number`` (from 0) of a sealed file of this length in ``count`` chunks is."""
    full = len(BLOB_MAGIC) + (count - 1) * SEALED_CHUNK
    return SEALED_CHUNK if number < count - 1 else length - full


def within_quota(lengths: Sequence[int], more: int) -> bool:
    """Whether a bid with attachments of these sealed lengths may have one more."""
    return len(lengths) < MOST_OF_A_BID and sum(lengths) + more <= QUOTA
