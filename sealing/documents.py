"""Signed documents: one line of canonical JSON, then one line a signature.

A document is stored, hashed and checked as the bytes that were signed. Its hash is SHA-256 of the body, so
that adding a signature does not change it. A key id is the first 16 hex digits of SHA-256 of the public key.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sealing import primitives
from sealing.canonical import (
    HASH,
    HASH_OR_NONE,
    POSITION,
    REFERENCE,
    TIME,
    VERSION,
    Check,
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
from sealing.errors import FormatError, SignatureError
from sealing.payloads import ENVELOPES
from sealing.primitives import POINT_BYTES, sha256

RECEIPT = "sealed-bid-receipt/1"
CLOSE = "sealed-bid-close/1"
CANARY = "sealed-bid-canary/1"
FIRST_RESULT = "sealed-bid-result/1"
RESULT = "sealed-bid-result/2"
FIRST_REQUEST = "sealed-bid-request/1"
REQUEST = "sealed-bid-request/2"
RELEASE = "sealed-bid-release/1"
MINUTES = "sealed-bid-minutes/1"
CANARY_ANSWER = "sealed-bid-canary-answer/1"
KEY_LIST = "sealed-bid-keys/1"
DESTRUCTION = "sealed-bid-destruction/1"
CALL = "sealed-bid-call/1"
REVEAL = "sealed-bid-reveal/1"

_OTHER_FORMAT = matching(r"(?!sealed-bid)[a-z][a-z0-9-]{0,62}/[1-9][0-9]?", "the name of a known format")
_LINE = re.compile(rb"([0-9a-f]{16}):([0-9a-f]{128})")
_envelope = choice(*ENVELOPES)
_sealed = nullable(record(com=HASH, sha256=HASH))
_bids = listing(REFERENCE, ascending=str)
_hashes = listing(HASH)
_listed = record(bid=REFERENCE, com=HASH, leaf=HASH, sha256=HASH, supplier=REFERENCE, version=VERSION)
_opened = record(
    bid=REFERENCE,
    envelope=_envelope,
    outcome=choice("opened", "bidder-fault", "unreadable", "not-revealed"),
    sha256=HASH,
    wrong=listing(POSITION, ascending=int),
)
_ranked = record(
    bid=REFERENCE,
    price=matching(r"[0-9]{1,12}\.[0-9]{6}", "a price with exactly six decimals"),
    rank=number(1),
)
_opener = record(key=hexadecimal(POINT_BYTES), organisation=text(200), signing_key=HASH)
_bid_fields: dict[str, Check] = {
    "kind": choice("bid", "withdrawal", "refusal"),
    "tender": REFERENCE,
    "lot": REFERENCE,
    "bid": REFERENCE,
    "terms": HASH,
    "supplier": REFERENCE,
    "version": VERSION,
    "technical": _sealed,
    "commercial": _sealed,
    "prev": HASH_OR_NONE,
    "proof": HASH_OR_NONE,
    "received_at": TIME,
}
_result_fields: dict[str, Check] = {
    "tender": REFERENCE,
    "lot": REFERENCE,
    "close": HASH,
    "passed": _bids,
    "failed": _bids,
    "final_at": TIME,
}
_request_fields: dict[str, Check] = {
    "tender": REFERENCE,
    "lot": REFERENCE,
    "close": HASH,
    "envelope": _envelope,
    "number": number(1),
    "result": HASH_OR_NONE,
    "issued_at": TIME,
    "list": listing(_listed, ascending=lambda entry: entry["bid"]),
}
_FIELDS: dict[str, dict[str, Check]] = {
    RECEIPT: _bid_fields,
    CLOSE: {"tender": REFERENCE, "deadline": TIME, "closed_at": TIME, "count": number(0), "root": HASH},
    CANARY: {"tender": REFERENCE, "opener": POSITION, "issued_at": TIME},
    CANARY_ANSWER: {"canary": HASH, "plain": HASH, "tender": REFERENCE, "opener": POSITION},
    KEY_LIST: {"tender": REFERENCE, "k": number(2), "openers": listing(_opener)},
    DESTRUCTION: {"tender": REFERENCE, "opener": POSITION, "keys": HASH, "destroyed_at": TIME},
    CALL: {
        "tender": REFERENCE,
        "close": HASH,
        "k": number(2),
        "openers": listing(_opener),
        "fingerprint": HASH,
        "key_signatures": listing(matching(r"[0-9a-f]{16}:[0-9a-f]{128}", "a signature line")),
        "reason": text(300),
        "issued_at": TIME,
        "due_at": TIME,
    },
    REVEAL: {
        "tender": REFERENCE,
        "lot": REFERENCE,
        "bid": REFERENCE,
        "supplier": REFERENCE,
        "version": VERSION,
        "call": HASH,
        "technical": HASH_OR_NONE,
        "commercial": HASH_OR_NONE,
        "received_at": TIME,
    },
    FIRST_RESULT: _result_fields,
    RESULT: {**_result_fields, "report": HASH, "round": number(1), "previous": HASH_OR_NONE},
    FIRST_REQUEST: _request_fields,
    REQUEST: {**_request_fields, "previous": HASH_OR_NONE},
    RELEASE: {
        "tender": REFERENCE,
        "lot": REFERENCE,
        "request": HASH,
        "opener": POSITION,
        "released_at": TIME,
        "shares": listing(HASH_OR_NONE),
    },
    MINUTES: {
        "tender": REFERENCE,
        "lot": REFERENCE,
        "notice": HASH,
        "close": HASH,
        "results": _hashes,
        "requests": _hashes,
        "releases": _hashes,
        "envelopes": listing(_opened, ascending=lambda entry: (entry["bid"], entry["envelope"])),
        "ranking": listing(_ranked),
        "program": HASH,
    },
}


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose signatures hold: its fields, the bytes that were signed, the ids of who signed."""

    body: dict[str, Any]
    body_bytes: bytes = field(repr=False)
    signers: tuple[str, ...]

    @property
    def hash(self) -> str:
        """SHA-256 of the body in hex."""
        return sha256(self.body_bytes)


def key_id(public: str) -> str:
    """The id of an Ed25519 public key given in hex."""
    return sha256(bytes.fromhex(public))[:16]


def document_hash(data: bytes) -> str:
    """The hash of a signed document: SHA-256 of its first line, whoever has signed it."""
    return sha256(data.partition(b"\n")[0])


def check_body(body: Any) -> None:
    """Check a document's fields against its format; raises `FormatError` naming the field.

    Documents of this format's own family must be listed here; others (a notice, a list of keys) are the
    business of whoever writes them and need a format name only.
    """
    name = body.get("format") if isinstance(body, dict) else None
    if name not in _FIELDS:
        _OTHER_FORMAT(name, "format")
        return
    fields = dict(_FIELDS[name])
    if name == RECEIPT and body.get("kind") == "refusal":
        fields["reason"] = text(500)
    record(format=choice(name), **fields)(body, "")
    if name == RECEIPT and body["kind"] == "bid" and not (body["technical"] or body["commercial"]):
        raise FormatError("a bid without an envelope", where="technical")
    if is_of(body, RESULT):
        _check_result(body)
    if is_of(body, REQUEST):
        _check_request(body)


def is_of(body: dict[str, Any], kind: str) -> bool:
    """Whether a document is of this format, in whichever of its versions."""
    return str(body.get("format")).partition("/")[0] == kind.partition("/")[0]


def _check_result(body: dict[str, Any]) -> None:
    if set(body["passed"]) & set(body["failed"]):
        raise FormatError("a bid that both passed and failed", where="failed")
    if body["format"] == RESULT and (body["round"] == 1) != (body["previous"] == ""):
        raise FormatError("each round but the first names the result before it", where="previous")


def _check_request(body: dict[str, Any]) -> None:
    if body["envelope"].endswith("technical") != (body["result"] == ""):
        raise FormatError("a result belongs to commercial envelopes, and must be named there", where="result")
    if body["format"] == REQUEST and (body["number"] == 1) != (body["previous"] == ""):
        raise FormatError("each request but the first names the one before it", where="previous")


def sign_document(body: dict[str, Any], *keys: bytes) -> bytes:
    """Write a document signed by 32-byte Ed25519 private keys, in their order; raises `FormatError`."""
    check_body(body)
    body_bytes = canonical_json(body)
    return b"".join([body_bytes + b"\n", *(_signature_line(body_bytes, key) for key in keys)])


def countersign(data: bytes, key: bytes) -> bytes:
    """Add one more signature to a document, over the same bytes; its hash stays."""
    return data + _signature_line(data.partition(b"\n")[0], key)


def read_document(data: bytes, keys: Iterable[str], *, needed: int | None = None) -> Document:
    """Read a document that must be signed by these public keys (hex), or by at least `needed` of them.

    Raises `FormatError` for bytes or fields that are not of the format, `SignatureError` for a signature
    that does not hold, is by a stranger or stands there twice, and for too few of them.
    """
    known = {key_id(public): public for public in keys}
    lines = data.split(b"\n")
    body_bytes, signatures = lines[0], [_LINE.fullmatch(line) for line in lines[1:-1]]
    if len(lines) < 2 or lines[-1] or not all(signatures):
        raise FormatError("a body and signatures, each on a line of its own", where="signatures")
    body = read_canonical(body_bytes)
    check_body(body)
    signers: list[str] = []
    for signer, signature in (match.group(1, 2) for match in signatures if match):
        public = known.get(signer.decode())
        if public is None or signer.decode() in signers:
            raise SignatureError("signed by a stranger, or twice by the same key", where="signatures")
        if not primitives.signature_holds(public, signature.decode(), body_bytes):
            raise SignatureError("a signature does not hold", where="signatures")
        signers.append(signer.decode())
    if len(signers) < (len(known) if needed is None else needed) or not signers:
        raise SignatureError("a signature is missing", where="signatures")
    return Document(body=body, body_bytes=body_bytes, signers=tuple(signers))


def _signature_line(body_bytes: bytes, key: bytes) -> bytes:
    signature = primitives.sign(key, body_bytes)
    return f"{key_id(primitives.signing_public(key))}:{signature}\n".encode()
