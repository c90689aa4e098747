"""What lies inside an envelope: the technical answers, the commercial offer, or a revealed seed.

A payload is canonical JSON, never compressed, so that its length tells nothing once padded. Writers write the second
technical and commercial payload, which name their format; readers read the first too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sealing import offers
from sealing.canonical import (
    REFERENCE,
    SAFE_INTEGER,
    Check,
    anything,
    canonical_json,
    choice,
    hexadecimal,
    listing,
    matching,
    nullable,
    number,
    read_canonical,
    record,
    text,
)
from sealing.errors import FormatError, PayloadError
from sealing.offers import Offer

TECHNICAL = "sealed-bid-technical/2"
COMMERCIAL = "sealed-bid-commercial/2"
HUNDREDTH = Decimal("0.01")

_attachments = listing(record(key=hexadecimal(32), name=text(255), size=number(0, SAFE_INTEGER)))
_answers = listing(record(criterion=text(255), value=anything))
_member = record(share=matching(r"(?:0|[1-9][0-9]?)\.[0-9]{2}", "a share in percent"), supplier=REFERENCE)
_consortium = record(leader=REFERENCE, members=listing(_member, ascending=lambda member: member["supplier"]))
# Of each kind the shape of the first payload, which names no format, and that of the second.
_technical = (
    record(answers=_answers, attachments=_attachments),
    record(answers=_answers, attachments=_attachments, consortium=nullable(_consortium), format=choice(TECHNICAL)),
)
_commercial = (
    record(attachments=_attachments, offer=offers.check_first_offer),
    record(attachments=_attachments, format=choice(COMMERCIAL), offer=offers.check_offer),
)
_reveal = (record(seed=hexadecimal(32), sha256=hexadecimal(32)),) * 2


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment of an envelope: its key, the name the bidder gave it, its true length in bytes."""

    key: bytes = field(repr=False)
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Consortium:
    """Suppliers that bid together: who leads, and each one's share in percent, which add up to exactly 100."""

    leader: str
    shares: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class TechnicalPayload:
    """Answers by criterion, in the order given; a value is whatever the criterion asks for."""

    answers: dict[str, Any] = field(repr=False)
    attachments: tuple[Attachment, ...] = ()
    consortium: Consortium | None = None


@dataclass(frozen=True, slots=True)
class CommercialPayload:
    """An offer, and what is attached to it."""

    offer: Offer
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class RevealPayload:
    """The seed of an envelope whose openers lost their keys, and the SHA-256 of that envelope's file."""

    seed: bytes = field(repr=False)
    sha256: str


def technical_payload(
    answers: dict[str, Any], attachments: Iterable[Attachment] = (), consortium: Consortium | None = None
) -> bytes:
    """Write a technical payload; attachments in the order of the header's `blobs`."""
    body = {
        "answers": [{"criterion": criterion, "value": value} for criterion, value in answers.items()],
        "attachments": _written(attachments),
        "consortium": consortium and _members(consortium),
        "format": TECHNICAL,
    }
    payload = _canonical(body)
    read_technical(payload)
    return payload


def commercial_payload(offer: Offer, attachments: Iterable[Attachment] = ()) -> bytes:
    """Write a commercial payload; raises `PayloadError` for an offer that nobody could read."""
    body = {"attachments": _written(attachments), "format": COMMERCIAL, "offer": offers.written(offer)}
    payload = _canonical(body)
    read_commercial(payload)
    return payload


def reveal_payload(*, seed: bytes, sha256: str) -> bytes:
    """Write the payload of a reveal: the seed sealed to replacement openers."""
    payload = _canonical({"seed": seed.hex(), "sha256": sha256})
    read_reveal(payload)
    return payload


def read_technical(payload: bytes) -> TechnicalPayload:
    """Read a technical payload; raises `PayloadError`, which is the bidder's fault."""
    body = _read(payload, _technical)
    answers = {answer["criterion"]: answer["value"] for answer in body["answers"]}
    if len(answers) < len(body["answers"]):
        raise PayloadError("answers: a criterion answered twice", where="answers")
    return TechnicalPayload(answers, _attachments_of(body), _consortium_of(body))


def read_commercial(payload: bytes) -> CommercialPayload:
    """Read a commercial payload; raises `PayloadError`, which is the bidder's fault."""
    body = _read(payload, _commercial)
    return CommercialPayload(offers.read(body["offer"]), _attachments_of(body))


def read_reveal(payload: bytes) -> RevealPayload:
    """Read a reveal's payload; raises `PayloadError`, which is the bidder's fault."""
    body = _read(payload, _reveal)
    return RevealPayload(seed=bytes.fromhex(body["seed"]), sha256=body["sha256"])


Payload = TechnicalPayload | CommercialPayload | RevealPayload

_READERS: dict[str, Callable[[bytes], Payload]] = {
    "technical": read_technical,
    "commercial": read_commercial,
    "second-commercial": read_commercial,
    "reveal-technical": read_reveal,
    "reveal-commercial": read_reveal,
    "reveal-second-commercial": read_reveal,
}
ENVELOPES = tuple(_READERS)


def read_payload(payload: bytes, envelope: str, *, supplier: str, blobs: int) -> Payload:
    """Read the payload of a supplier's envelope of this kind with so many attachments; raises `PayloadError`."""
    if envelope not in _READERS:
        raise FormatError("no such envelope", where="envelope")
    content = _READERS[envelope](payload)
    if len(getattr(content, "attachments", ())) != blobs:
        raise PayloadError("attachments: not as many as the header names", where="attachments")
    consortium = getattr(content, "consortium", None)
    if consortium and consortium.leader != supplier:
        raise PayloadError("consortium.leader: another supplier than the envelope's", where="consortium.leader")
    return content


def _read(payload: bytes, checks: tuple[Check, Check]) -> dict[str, Any]:
    try:
        body = read_canonical(payload)
        names_its_format = isinstance(body, dict) and isinstance(body.get("format"), str)
        checks[names_its_format](body, "")
    except FormatError as error:
        raise PayloadError(str(error), where=error.where) from None
    return dict(body)


def _canonical(body: dict) -> bytes:
    try:
        return canonical_json(body)
    except FormatError as error:
        raise PayloadError(str(error), where=error.where) from None


def _written(attachments: Iterable[Attachment]) -> list[dict]:
    return [{"key": a.key.hex(), "name": a.name, "size": a.size} for a in attachments]


def _attachments_of(body: dict) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(key=bytes.fromhex(entry["key"]), name=entry["name"], size=entry["size"])
        for entry in body["attachments"]
    )


def _members(consortium: Consortium) -> dict[str, Any]:
    if any(share != share.quantize(HUNDREDTH) for share in consortium.shares.values()):
        raise PayloadError("consortium: shares in percent with at most two decimals", where="consortium.members")
    shares = [{"share": f"{share:.2f}", "supplier": supplier} for supplier, share in sorted(consortium.shares.items())]
    return {"leader": consortium.leader, "members": shares}


def _consortium_of(body: dict) -> Consortium | None:
    told = body.get("consortium")
    if told is None:
        return None
    found = Consortium(told["leader"], {member["supplier"]: Decimal(member["share"]) for member in told["members"]})
    if found.leader not in found.shares or len(found.shares) < 2:
        raise PayloadError("consortium: at least two members, one of whom leads", where="consortium.members")
    if min(found.shares.values()) <= 0 or sum(found.shares.values()) != 100:
        raise PayloadError("consortium: shares above nought that add up to 100", where="consortium.members")
    return found
