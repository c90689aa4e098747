"""The manifest of one submission: what the bidder's passkey signs, so that nobody else can submit in its name.

Bidder and server write it by themselves, from the sealed files. One signature may be over many submissions.
"""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from sealing.canonical import canonical_json

FORMAT = "sealed-bid-submission/1"
PLACE = ("tender", "lot", "bid", "terms", "supplier", "version")
ENVELOPES = ("technical", "commercial")


def manifest(place: Mapping[str, Any], *, prev: str, envelopes: Mapping[str, Mapping[str, str]]) -> bytes:
    """Canonical JSON of one submission.

    ``place`` has the fields of `PLACE` as a header has them; ``prev`` is the hash of the bid's receipt before it
    ("" for the first). ``envelopes`` maps "technical" and "commercial" to ``{"com", "sha256"}``; what is not in it
    is null, and a withdrawal has neither.
    """
    sealed = {name: dict(envelopes[name]) if name in envelopes else None for name in ENVELOPES}
    return canonical_json({"format": FORMAT, **{name: place[name] for name in PLACE}, "prev": prev, **sealed})


def challenge(hashes: Collection[str]) -> bytes:
    """What a passkey signs for one submission or for many at once: SHA-256 of the canonical list of the SHA-256 (hex)
    of their manifests, in ascending order."""
    return hashlib.sha256(canonical_json(sorted(hashes))).digest()
