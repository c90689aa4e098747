"""The bidder's own signature under a submission: a passkey's assertion over its manifest."""

import hashlib
from datetime import datetime
from typing import Any

from accounts.models import Seat
from accounts.passkeys import checked_assertion


def checked_proof(*, by: Seat, manifest: bytes, assertion: dict[str, Any] | None, now: datetime) -> bytes:
    """What is kept of a passkey's assertion over the manifest, of which the receipt names the SHA-256.

    Empty where none was sent. The challenge of the assertion is the SHA-256 of the manifest; Refused for one over
    anything else, or by a passkey that is not the acting person's.
    """
    if assertion is None:
        return b""
    return checked_assertion(by.person, hashlib.sha256(manifest).digest(), assertion, now=now)
