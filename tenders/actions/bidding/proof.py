"""The bidder's own signature under a submission: a passkey's assertion over its manifest."""

from typing import Any

from accounts.models import Seat
from tenders.sealing.canonical import canonical_json


def checked_proof(*, by: Seat, manifest: bytes, assertion: dict[str, Any] | None) -> bytes:
    """What is kept of a passkey's assertion over the manifest, of which the receipt names the SHA-256.

    Empty where none was sent. The challenge of the assertion is the SHA-256 of the manifest.
    """
    return canonical_json(assertion) if assertion else b""
