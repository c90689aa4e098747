"""Revealing seeds after lost keys: what a bidder's program does once it has checked the call (`ceremony.read_call`)."""

from collections.abc import Mapping
from typing import Any

from sealing.documents import Document
from sealing.envelope import Requirements, SealedEnvelope, Slot, seal
from sealing.errors import SealError
from sealing.opening import Outcome, open_with_seed
from sealing.payloads import reveal_payload
from sealing.primitives import sha256


def seal_seeds(
    call: Document, secret: dict[str, Any], files: Mapping[str, bytes], *, terms: str
) -> dict[str, SealedEnvelope]:
    """The seeds of these sealed files, by envelope, sealed to the openers of the call.

    `secret` is what the bid's recovery file holds. Each file is opened with its seed before anything is sealed, and
    must be sealed to `terms`, the hash of the notice whose key signed the call: nobody else can call for its seed.
    Raises `SealError` where that fails, with the envelope as `where`, and for a call of another tender.
    """
    if call.body["tender"] != secret["tender"]:
        raise SealError("a call of another tender", where="call")
    return {kind: _sealed_seed(call, secret, kind, file, terms) for kind, file in files.items()}


def _sealed_seed(call: Document, secret: dict[str, Any], kind: str, file: bytes, terms: str) -> SealedEnvelope:
    own = secret["envelopes"].get(kind)
    if not own or own["sha256"] != sha256(file):
        raise SealError("the recovery file is not of this envelope", where=kind)
    seed = bytes.fromhex(own["seed"])
    verdict = open_with_seed(file, seed)
    if verdict.outcome is not Outcome.OPENED:
        raise SealError("the recovery file does not open this envelope", where=kind)
    if verdict.header.terms != terms:
        raise SealError("sealed to another notice than the one whose key signed the call", where="call")
    openers = tuple(opener["key"] for opener in call.body["openers"])
    notice = Requirements(secret["tender"], secret["lot"], call.hash, call.body["k"], openers)
    slot = Slot(secret["supplier"], secret["bid"], secret["version"], f"reveal-{kind}")
    return seal(reveal_payload(seed=seed, sha256=own["sha256"]), notice, slot)
