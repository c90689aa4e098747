"""Revealing seeds after lost keys: what a bidder's program does once it has checked the call (`ceremony.read_call`)."""

from collections.abc import Mapping
from typing import Any

from tenders.sealing.documents import Document
from tenders.sealing.envelope import Notice, SealedEnvelope, Slot, seal
from tenders.sealing.errors import SealError
from tenders.sealing.opening import Outcome, open_with_seed
from tenders.sealing.payloads import reveal_payload
from tenders.sealing.primitives import sha256


def seal_seeds(call: Document, secret: dict[str, Any], files: Mapping[str, bytes]) -> dict[str, SealedEnvelope]:
    """The seeds of these sealed files, by envelope, sealed to the openers of the call.

    `secret` is what the bid's recovery file holds. Each file is opened with its seed before anything is sealed; raises
    `SealError` where that fails, with the envelope as `where`, and for a call of another tender.
    """
    if call.body["tender"] != secret["tender"]:
        raise SealError("a call of another tender", where="call")
    return {kind: _sealed_seed(call, secret, kind, file) for kind, file in files.items()}


def _sealed_seed(call: Document, secret: dict[str, Any], kind: str, file: bytes) -> SealedEnvelope:
    own = secret["envelopes"].get(kind, {"seed": "", "sha256": ""})
    seed = bytes.fromhex(own["seed"])
    if own["sha256"] != sha256(file) or open_with_seed(file, seed).outcome is not Outcome.OPENED:
        raise SealError("the recovery file does not open this envelope", where=kind)
    openers = tuple(opener["key"] for opener in call.body["openers"])
    notice = Notice(secret["tender"], secret["lot"], call.hash, call.body["k"], openers)
    slot = Slot(secret["supplier"], secret["bid"], secret["version"], f"reveal-{kind}")
    return seal(reveal_payload(seed=seed, sha256=own["sha256"]), notice, slot)
