"""An opener's keys: made for one tender, locked under a code, proved by a canary.

A bidder's recovery file, which holds the seeds of its envelopes, is locked in the same way.

A key file is locked with a generated code of 80 bits, so that a stolen file can be neither guessed nor ground
through. Keys and codes exist in memory only while they are used; nothing here stores or prints them.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sealing import primitives
from sealing.canonical import (
    HASH,
    REFERENCE,
    canonical_json,
    choice,
    format_time,
    hexadecimal,
    matching,
    number,
    read_canonical,
    record,
)
from sealing.documents import CANARY, CANARY_ANSWER, document_hash, read_document, sign_document
from sealing.envelope import SealedEnvelope
from sealing.errors import CodeError, FormatError, ShareError
from sealing.primitives import POINT_BYTES, label, sha256

KEY_FORMAT = "sealed-bid-key/1"
ITERATIONS = 1_000_000
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE = re.compile(f"[{_ALPHABET}]{{16}}")

_file_fields = {
    "format": choice(KEY_FORMAT),
    "iterations": number(600_000, 10_000_000),
    "kind": choice("opener", "recovery"),
    "salt": hexadecimal(16),
}
_check_file = record(box=matching(r"(?:[0-9a-f]{2}){16,65536}", "sealed bytes in lower-case hex"), **_file_fields)
_check_opener = record(ecdh=HASH, ecdh_public=hexadecimal(POINT_BYTES), sign=HASH, sign_public=HASH, tender=REFERENCE)


@dataclass(frozen=True, slots=True)
class OpenerKeys:
    """An opener's two private keys for one tender, 32 bytes each: P-256 to open, Ed25519 to sign."""

    tender: str
    ecdh: bytes = field(repr=False)
    sign: bytes = field(repr=False)

    @property
    def ecdh_public(self) -> str:
        """The uncompressed P-256 public key in hex, as in the header's `openers`."""
        return primitives.point_of(self.ecdh).hex()

    @property
    def sign_public(self) -> str:
        """The Ed25519 public key in hex."""
        return primitives.signing_public(self.sign)

    def secret(self) -> dict[str, str]:
        """What a key file of kind "opener" locks."""
        return {
            "ecdh": self.ecdh.hex(),
            "ecdh_public": self.ecdh_public,
            "sign": self.sign.hex(),
            "sign_public": self.sign_public,
            "tender": self.tender,
        }

    @classmethod
    def from_secret(cls, secret: dict[str, Any]) -> "OpenerKeys":
        """Read what a key file held; raises `FormatError` if a public key is not its private key's."""
        _check_opener(secret, "")
        keys = cls(tender=secret["tender"], ecdh=bytes.fromhex(secret["ecdh"]), sign=bytes.fromhex(secret["sign"]))
        if keys.secret() != secret:
            raise FormatError("a public key is not its private key's", where="ecdh_public")
        return keys


def make_key_pair(tender: str) -> OpenerKeys:
    """Fresh keys of one opener for one tender."""
    return OpenerKeys(tender=tender, ecdh=primitives.fresh_scalar(), sign=primitives.fresh_secret())


def recovery_secret(*envelopes: SealedEnvelope) -> dict[str, Any]:
    """What a bidder's recovery file locks: seed and file digest of each envelope of one version of a bid."""
    first = envelopes[0].header
    seeds = {e.header.envelope: {"seed": e.seed.hex(), "sha256": e.digest} for e in envelopes}
    return {
        "bid": first.bid,
        "envelopes": seeds,
        "lot": first.lot,
        "supplier": first.supplier,
        "tender": first.tender,
        "version": first.version,
    }


def generate_code() -> str:
    """A fresh code: 16 Crockford base32 characters (80 bits) in groups of four."""
    symbols = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return "-".join(symbols[at : at + 4] for at in range(0, 16, 4))


def normalise_code(typed: str) -> str:
    """The 16 characters a person meant: case, hyphens and blanks do not matter, O is 0, I and L are 1.

    Raises `CodeError` for anything that no code can be.
    """
    code = re.sub(r"[-\s]", "", typed).upper().translate(str.maketrans("OIL", "011"))
    if not _CODE.fullmatch(code):
        raise CodeError("a code has 16 letters and digits, and no U", where="code")
    return code


def lock(
    secret: dict[str, Any],
    code: str,
    kind: str,
    *,
    iterations: int = ITERATIONS,
    salt: bytes | None = None,
) -> bytes:
    """Lock a secret into a key file of kind "opener" or "recovery".

    The salt is fresh at every lock (a parameter for test vectors only), because the nonce is not. Raises
    `CodeError` for a malformed code, `FormatError` for iterations outside 600,000 to 10,000,000.
    """
    salt = primitives.fresh_secret(16) if salt is None else salt
    front = {"format": KEY_FORMAT, "iterations": iterations, "kind": kind, "salt": salt.hex()}
    record(**_file_fields)(front, "")
    key = _stretched(code, salt, iterations)
    box = primitives.encrypt(key, canonical_json(secret), aad=canonical_json(front))
    return canonical_json(front | {"box": box.hex()})


def unlock(data: bytes, code: str, kind: str) -> dict[str, Any]:
    """Open a key file of this kind with its code.

    Raises `FormatError` for anything that is no such key file (before the slow part), `CodeError` for a wrong
    code or a damaged file, which cannot be told apart.
    """
    front = read_canonical(data)
    _check_file(front, "")
    if front["kind"] != kind:
        raise FormatError(f"a key file of another kind than {kind}", where="kind")
    box = bytes.fromhex(front.pop("box"))
    key = _stretched(code, bytes.fromhex(front["salt"]), front["iterations"])
    plain = primitives.decrypt(key, box, aad=canonical_json(front))
    if plain is None:
        raise CodeError("the code is not this file's, or the file is damaged", where="code")
    return read_canonical(plain)


def _stretched(code: str, salt: bytes, iterations: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", normalise_code(code).encode(), salt, iterations, 32)


# The canary: an opener proves, before the notice is published, that its keys are at hand.


@dataclass(frozen=True, slots=True)
class Canary:
    """A canary on its way: the signed document and the seal go to the opener, `expected` stays.

    `expected` is SHA-256 of the sealed bytes in hex, so that nobody can answer from what is kept.
    """

    document: bytes
    seal: bytes = field(repr=False)
    expected: str


def make_canary(*, tender: str, opener: int, public: str, issued_at: datetime, key: bytes) -> Canary:
    """Seal 32 random bytes to an opener's P-256 public key; `key` is the server's signing key."""
    body = {
        "format": CANARY,
        "tender": tender,
        "opener": opener,
        "issued_at": format_time(issued_at),
    }
    document = sign_document(body, key)
    plain = primitives.fresh_secret()
    seal = primitives.hpke_seal(
        plain,
        to=bytes.fromhex(public),
        info=_canary_info(document, opener),
        ephemeral=primitives.fresh_scalar(),
    )
    return Canary(document=document, seal=seal, expected=sha256(plain))


def answer_canary(document: bytes, seal: bytes, keys: OpenerKeys, *, server: str) -> bytes:
    """The opener's signed answer to a canary of its own tender; `server` is the server's public signing key.

    Its `info` differs from that of every share, so that a canary can never be used to open an envelope's
    seal. Raises `SignatureError`, `FormatError`, or `ShareError` if the seal is not for these keys.
    """
    body = read_document(document, [server]).body
    if body["format"] != CANARY or body["tender"] != keys.tender:
        raise FormatError("not a canary of this tender", where="format")
    plain = primitives.hpke_open(seal, key=keys.ecdh, info=_canary_info(document, body["opener"]))
    if plain is None:
        raise ShareError("the canary is not sealed to this key", opener=body["opener"])
    answer = {
        "format": CANARY_ANSWER,
        "tender": body["tender"],
        "opener": body["opener"],
        "canary": document_hash(document),
        "plain": plain.hex(),
    }
    return sign_document(answer, keys.sign)


def check_canary_answer(canary: Canary, answer: bytes, *, sign_public: str) -> None:
    """Accept an answer that proves both keys; raises `SignatureError`, `FormatError` or `ShareError`."""
    body = read_document(answer, [sign_public]).body
    if body["format"] != CANARY_ANSWER or body["canary"] != document_hash(canary.document):
        raise FormatError("not the answer to this canary", where="canary")
    if sha256(bytes.fromhex(body["plain"])) != canary.expected:
        raise ShareError("the canary was not opened", opener=body["opener"])


def _canary_info(document: bytes, opener: int) -> bytes:
    return label("canary") + bytes.fromhex(document_hash(document)) + bytes([opener])
