"""The bidder's own signature under a submission: a passkey's assertion over its manifest."""

from datetime import datetime
from typing import Any

from accounts.models import Seat
from accounts.passkeys import checked_assertion
from sealing.manifest import challenge
from sealing.primitives import sha256


def checked_proof(*, by: Seat, manifest: bytes, assertion: dict[str, Any] | None, now: datetime) -> bytes:
    """What is kept of a passkey's assertion over the manifest, of which the receipt names the SHA-256.

    Empty where none was sent. Refused for one over anything else than this submission, or by a passkey that is not the
    acting person's.
    """
    if assertion is None:
        return b""
    return checked_assertion(by.person, challenge([sha256(manifest)]), assertion, now=now)
