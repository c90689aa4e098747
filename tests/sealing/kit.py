"""What the tests of sealing share: the vectors' facts, a tender with five openers, and a forger."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from sealing import primitives
from sealing.envelope import (
    Header,
    ParsedEnvelope,
    Requirements,
    Slot,
    body_key,
    frame,
    parse,
    share_info,
    shares_of,
)
from sealing.offers import offer_of_product
from sealing.opening import release_share
from sealing.payloads import commercial_payload, technical_payload

FIXTURE = Path(__file__).parent / "data" / "sealed_bid_1.json"
VECTORS: dict[str, Any] = json.loads(FIXTURE.read_text(encoding="utf-8"))

OPENER_KEYS = [bytes.fromhex(opener["d"]) for opener in VECTORS["openers"]]
OPENERS = tuple(opener["public"] for opener in VECTORS["openers"])
SERVER_KEY = bytes.fromhex(VECTORS["server"]["private"])
SERVER = VECTORS["server"]["public"]

NOTICE = Requirements(tender="T-2026-0014", lot="L-01", terms="5" * 64, k=3, openers=OPENERS)
TECHNICAL = Slot(supplier="91330000MA27XXXX5K", bid="B-5Q7XK2", version=2, envelope="technical")
COMMERCIAL = replace(TECHNICAL, envelope="commercial")
ANSWERS = technical_payload({"gmp": True, "product": "阿法替尼 40mg ×7片"})
OFFER = commercial_payload(offer_of_product(currency="CNY", product="PD-1", pack=7, price=Decimal("113.68")))


def release(parsed: ParsedEnvelope, positions: Iterable[int] = range(1, 6)) -> dict[int, bytes]:
    """What honest openers at these positions release."""
    return {
        position: release_share(
            parsed.header_bytes,
            parsed.seals[position - 1],
            position=position,
            key=OPENER_KEYS[position - 1],
        )
        for position in positions
    }


def released(file: bytes, positions: Iterable[int] = range(1, 6)) -> dict[int, bytes]:
    """The same from a file."""
    return release(parse(file), positions)


def chosen(shares: Mapping[int, bytes], positions: Iterable[int]) -> dict[int, bytes]:
    """The shares of these openers only."""
    return {position: shares[position] for position in positions}


def forge_head(
    header: Header, seed: bytes, ephemerals: Sequence[bytes], shares: Mapping[int, bytes] | None = None
) -> bytes:
    """Header and seals as a crooked bidder may make them: some openers get other shares than they should."""
    header_bytes = header.to_bytes()
    right = dict(enumerate(shares_of(seed, header), 1)) | dict(shares or {})
    seals = [
        primitives.hpke_seal(
            right[position],
            to=bytes.fromhex(public),
            info=share_info(header_bytes, position),
            ephemeral=ephemeral,
        )
        for position, (public, ephemeral) in enumerate(zip(header.openers, ephemerals, strict=True), 1)
    ]
    return frame(header_bytes, seals)


def forge(
    header: Header,
    plain: bytes,
    seed: bytes,
    ephemerals: Sequence[bytes],
    shares: Mapping[int, bytes] | None = None,
) -> bytes:
    """A file with any header, plaintext and shares, sealed so that its seed does open it."""
    head = forge_head(header, seed, ephemerals, shares)
    return head + primitives.encrypt(body_key(seed, head), plain)


def plaintext(header: Header, payload: bytes, ephemerals: Sequence[bytes]) -> bytes:
    """The plaintext of an honest body."""
    plain = len(payload).to_bytes(4, "big") + b"".join(ephemerals) + payload
    return plain.ljust(header.pad, b"\0")
