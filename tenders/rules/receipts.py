"""What a receipt says, as a signed document `sealed-bid-receipt/1`, and the proof that a close contains it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sealing import tree
from sealing.canonical import format_time
from sealing.documents import RECEIPT
from sealing.manifest import manifest
from sealing.primitives import sha256


@dataclass(frozen=True)
class Sealed:
    """What an envelope tells without being opened: its commitment, the hash of its file, its version."""

    com: str
    sha256: str
    version: int


@dataclass(frozen=True)
class Inclusion:
    """Proof that a receipt is leaf ``index`` (from 0) of ``count`` under the root that the close signs."""

    index: int
    count: int
    path: tuple[str, ...]

    @property
    def number(self) -> int:
        return self.index + 1


def inclusion(receipt: bytes, receipts: Iterable[bytes]) -> Inclusion | None:
    """The proof for one receipt body among those that the close commits to; None where it is not among them."""
    leaves = sorted(tree.leaf(body) for body in receipts)
    own = tree.leaf(receipt)
    if own not in leaves:
        return None
    index = leaves.index(own)
    return Inclusion(index, len(leaves), tuple(tree.inclusion_path(leaves, index)))


@dataclass(frozen=True)
class Statement:
    """One submission, withdrawal or refusal, as the platform signs it.

    References are those of the envelope's header; ``prev`` is the hash of the bid's receipt before this
    one ("" for the first), ``sealed`` maps "technical" and "commercial" to what was submitted,
    ``reason`` is the code of a refusal, and ``proof`` the SHA-256 of the passkey's assertion ("" without one).
    """

    kind: str
    tender: str
    lot: str
    bid: str
    terms: str
    supplier: str
    version: int
    prev: str
    reason: str = ""
    proof: str = ""
    sealed: Mapping[str, Sealed] = field(default_factory=dict)

    def proved(self, assertion: bytes) -> "Statement":
        """The same with a passkey's assertion over its manifest; empty: without one."""
        return replace(self, proof=sha256(assertion) if assertion else "")

    def body(self, received_at: datetime) -> dict[str, Any]:
        """The document's fields, once the database has dated the submission."""
        body = {
            "format": RECEIPT,
            "kind": self.kind,
            "tender": self.tender,
            "lot": self.lot,
            "bid": self.bid,
            "terms": self.terms,
            "supplier": self.supplier,
            "version": self.version,
            "technical": self._envelope("technical"),
            "commercial": self._envelope("commercial"),
            "prev": self.prev,
            "proof": self.proof,
            "received_at": format_time(received_at),
        }
        return body | {"reason": self.reason} if self.kind == "refusal" else body

    def manifest(self) -> bytes:
        """What the bidder's passkey signs of this submission."""
        envelopes = {kind: {"com": one.com, "sha256": one.sha256} for kind, one in self.sealed.items()}
        return manifest(vars(self), prev=self.prev, envelopes=envelopes)

    def _envelope(self, kind: str) -> dict[str, str] | None:
        sealed = self.sealed.get(kind)
        return {"com": sealed.com, "sha256": sealed.sha256} if sealed else None
