"""The bidder's own signature under submissions: a passkey's assertion over their manifests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Seat
from accounts.passkeys import checked_assertion
from core.errors import Refused
from sealing.manifest import challenge
from sealing.primitives import sha256
from tenders.models import BidVersion


@dataclass(frozen=True)
class Proof:
    """What is kept of an assertion, of which the receipt names the SHA-256, and the hashes of all manifests that it is
    over; both empty without one."""

    document: bytes = b""
    manifests: tuple[str, ...] = ()


def checked_proof(*, by: Seat, manifest: bytes, assertion: dict[str, Any] | None, now: datetime) -> Proof:
    """The proof of a submission with this manifest.

    An assertion over several submissions says so: ``manifests`` beside its fields are the hashes of them all. Refused
    for one over anything else than this submission, or by a passkey that is not the acting person's.
    """
    if assertion is None:
        return Proof()
    own = sha256(manifest)
    hashes = assertion.get("manifests", [own])
    if not isinstance(hashes, list) or not all(isinstance(one, str) for one in hashes) or own not in hashes:
        raise Refused(_("Your passkey signed other submissions than this one."), field="assertion", code="passkey")

    def kept(document: bytes) -> bool:
        return BidVersion.objects.filter(submitted_by__person=by.person, assertion=document).exists()

    document = checked_assertion(by.person, challenge(hashes), assertion, now=now, kept=kept)
    return Proof(document, tuple(hashes))
