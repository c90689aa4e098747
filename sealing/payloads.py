"""What lies inside an envelope: the technical answers, the commercial offer, or a revealed seed.

A payload is canonical JSON, never compressed, so that its length tells nothing once padded. Prices are texts
with exactly six decimals, read as `Decimal`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sealing.canonical import (
    SAFE_INTEGER,
    Check,
    anything,
    canonical_json,
    hexadecimal,
    listing,
    matching,
    number,
    read_canonical,
    record,
    text,
)
from sealing.errors import FormatError, PayloadError

_attachment = record(key=hexadecimal(32), name=text(255), size=number(0, SAFE_INTEGER))
_technical = record(answers=listing(record(criterion=text(255), value=anything)), attachments=listing(_attachment))
_offer = record(
    currency=matching(r"[A-Z]{3}", "a currency of three capitals"),
    pack=matching(r"[1-9][0-9]{0,8}", "a whole number of base units"),
    price=matching(r"(?:0|[1-9][0-9]{0,11})\.[0-9]{6}", "a price with exactly six decimals"),
)
_commercial = record(attachments=listing(_attachment), offer=_offer)
_reveal = record(seed=hexadecimal(32), sha256=hexadecimal(32))


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment of an envelope: its key, the name the bidder gave it, its true length in bytes."""

    key: bytes = field(repr=False)
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class TechnicalPayload:
    """Answers by criterion, in the order given; a value is whatever the criterion asks for."""

    answers: dict[str, Any] = field(repr=False)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class CommercialPayload:
    """An offer: the price of one pack of so many base units."""

    currency: str
    pack: int = field(repr=False)
    price: Decimal = field(repr=False)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class RevealPayload:
    """The seed of an envelope whose openers lost their keys, and the SHA-256 of that envelope's file."""

    seed: bytes = field(repr=False)
    sha256: str


def technical_payload(answers: dict[str, Any], attachments: Iterable[Attachment] = ()) -> bytes:
    """Write a technical payload; attachments in the order of the header's `blobs`."""
    body = {
        "answers": [{"criterion": criterion, "value": value} for criterion, value in answers.items()],
        "attachments": _written(attachments),
    }
    return _checked(body, _technical)


def commercial_payload(*, currency: str, pack: int, price: Decimal, attachments: Iterable[Attachment] = ()) -> bytes:
    """Write a commercial payload.

    Raises `PayloadError` unless the pack is a positive whole number and the price an exact, non-negative
    amount with at most six decimals and twelve digits before the point: nothing is ever rounded here.
    """
    written = f"{price:.6f}" if price.is_finite() and price.adjusted() < 12 else ""
    if not written or Decimal(written) != price:
        raise PayloadError("offer.price: an amount with at most six decimals", where="offer.price")
    offer = {"currency": currency, "pack": str(pack), "price": written}
    return _checked({"attachments": _written(attachments), "offer": offer}, _commercial)


def reveal_payload(*, seed: bytes, sha256: str) -> bytes:
    """Write the payload of a reveal: the seed sealed to replacement openers."""
    return _checked({"seed": seed.hex(), "sha256": sha256}, _reveal)


def read_technical(payload: bytes) -> TechnicalPayload:
    """Read a technical payload; raises `PayloadError`, which is the bidder's fault."""
    body = _read(payload, _technical)
    answers = {answer["criterion"]: answer["value"] for answer in body["answers"]}
    if len(answers) < len(body["answers"]):
        raise PayloadError("answers: a criterion answered twice", where="answers")
    return TechnicalPayload(answers=answers, attachments=_attachments(body))


def read_commercial(payload: bytes) -> CommercialPayload:
    """Read a commercial payload; raises `PayloadError`, which is the bidder's fault."""
    body = _read(payload, _commercial)
    offer = body["offer"]
    return CommercialPayload(
        currency=offer["currency"],
        pack=int(offer["pack"]),
        price=Decimal(offer["price"]),
        attachments=_attachments(body),
    )


def read_reveal(payload: bytes) -> RevealPayload:
    """Read a reveal's payload; raises `PayloadError`, which is the bidder's fault."""
    body = _read(payload, _reveal)
    return RevealPayload(seed=bytes.fromhex(body["seed"]), sha256=body["sha256"])


Payload = TechnicalPayload | CommercialPayload | RevealPayload

_READERS: dict[str, Callable[[bytes], Payload]] = {
    "technical": read_technical,
    "commercial": read_commercial,
    "reveal-technical": read_reveal,
    "reveal-commercial": read_reveal,
}


def read_payload(payload: bytes, envelope: str, blobs: int) -> Payload:
    """Read the payload of an envelope of this kind with so many attachments; raises `PayloadError`."""
    if envelope not in _READERS:
        raise FormatError("no such envelope", where="envelope")
    content = _READERS[envelope](payload)
    if len(getattr(content, "attachments", ())) != blobs:
        raise PayloadError("attachments: not as many as the header names", where="attachments")
    return content


def _read(payload: bytes, check: Check) -> dict:
    try:
        body = read_canonical(payload)
        check(body, "")
    except FormatError as error:
        raise PayloadError(str(error), where=error.where) from None
    return body


def _checked(body: dict, check: Check) -> bytes:
    try:
        check(body, "")
        return canonical_json(body)
    except FormatError as error:
        raise PayloadError(str(error), where=error.where) from None


def _written(attachments: Iterable[Attachment]) -> list[dict]:
    return [{"key": a.key.hex(), "name": a.name, "size": a.size} for a in attachments]


def _attachments(body: dict) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(key=bytes.fromhex(entry["key"]), name=entry["name"], size=entry["size"])
        for entry in body["attachments"]
    )
