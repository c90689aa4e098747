"""The cryptography under the format: HKDF, HPKE with a given ephemeral key, AES-GCM, Ed25519, Shamir.

One suite: HPKE base mode (RFC 9180) with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM. The
library's public `Suite` opens; it takes no ephemeral key, so sealing, which must be repeatable byte for byte,
stands here on the library's primitives and is held against the published vector in the tests.

Digests, ids and public keys are lower-case hex texts as they stand in documents; secrets and ciphertexts are
bytes.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sealing.errors import FormatError

FORMAT = "sealed-bid/1"
POINT_BYTES = 65
SEAL_BYTES = 113
ZERO_NONCE = bytes(12)

_CURVE = ec.SECP256R1()
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_KEM_ID = b"KEM\x00\x10"
_HPKE_ID = b"HPKE\x00\x10\x00\x01\x00\x02"


def label(name: str) -> bytes:
    """The format's domain separation: "sealed-bid/1 ", the name, a zero byte."""
    return f"{FORMAT} {name}".encode() + b"\0"


def sha256(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def extract(salt: bytes, material: bytes) -> bytes:
    """HKDF-Extract with SHA-256 (RFC 5869)."""
    return hmac.digest(salt, material, "sha256")


def expand(prk: bytes, info: bytes, length: int = 32) -> bytes:
    """HKDF-Expand with SHA-256 for up to 32 bytes: one block is all the format ever needs."""
    return hmac.digest(prk, info + b"\x01", "sha256")[:length]


def encrypt(key: bytes, plain: bytes, *, nonce: bytes = ZERO_NONCE, aad: bytes = b"") -> bytes:
    """AES-256-GCM. The nonce is fixed because every key of the format seals one message."""
    return AESGCM(key).encrypt(nonce, plain, aad)


def decrypt(key: bytes, sealed: bytes, *, nonce: bytes = ZERO_NONCE, aad: bytes = b"") -> bytes | None:
    """The plaintext, or None where the key does not fit or a bit was changed."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, aad)
    except InvalidTag:
        return None


@lru_cache(maxsize=1024)
def public_point(point: bytes) -> ec.EllipticCurvePublicKey:
    """A P-256 public key from its 65 uncompressed bytes; `FormatError` for a point off the curve."""
    if len(point) != POINT_BYTES:
        raise FormatError("not an uncompressed P-256 point")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
    except ValueError:
        raise FormatError("not a point of P-256") from None


def private_scalar(scalar: bytes) -> ec.EllipticCurvePrivateKey:
    """A P-256 private key from its 32 big-endian bytes; `FormatError` outside 1 to the order."""
    try:
        return ec.derive_private_key(int.from_bytes(scalar, "big"), _CURVE)
    except ValueError:
        raise FormatError("not a P-256 private key") from None


def fresh_scalar() -> bytes:
    """A fresh P-256 private key, 32 bytes big-endian."""
    return ec.generate_private_key(_CURVE).private_numbers().private_value.to_bytes(32, "big")


def point_of(scalar: bytes) -> bytes:
    """The uncompressed public point of a private key."""
    return _encoded(private_scalar(scalar))


def _encoded(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def hpke_seal(plain: bytes, *, to: bytes, info: bytes, ephemeral: bytes) -> bytes:
    """HPKE base mode, single shot, no associated data: the ephemeral point and the ciphertext."""
    enc, key, nonce = hpke_sender(to=to, info=info, ephemeral=ephemeral)
    return enc + encrypt(key, plain, nonce=nonce)


def hpke_sender(*, to: bytes, info: bytes, ephemeral: bytes) -> tuple[bytes, bytes, bytes]:
    """The sender's side of HPKE base mode: the ephemeral point, the key and the first nonce."""
    private = private_scalar(ephemeral)
    enc = _encoded(private)
    shared = _labelled(_KEM_ID, b"", "eae_prk", private.exchange(ec.ECDH(), public_point(to)))
    shared = _expanded(_KEM_ID, shared, "shared_secret", enc + to, 32)
    context = b"\0" + _labelled(_HPKE_ID, b"", "psk_id_hash", b"")
    context += _labelled(_HPKE_ID, b"", "info_hash", info)
    secret = _labelled(_HPKE_ID, shared, "secret", b"")
    key = _expanded(_HPKE_ID, secret, "key", context, 32)
    return enc, key, _expanded(_HPKE_ID, secret, "base_nonce", context, 12)


def _labelled(suite: bytes, salt: bytes, name: str, material: bytes) -> bytes:
    return extract(salt, b"HPKE-v1" + suite + name.encode() + material)


def _expanded(suite: bytes, prk: bytes, name: str, info: bytes, length: int) -> bytes:
    return expand(prk, length.to_bytes(2, "big") + b"HPKE-v1" + suite + name.encode() + info, length)


def hpke_open(sealed: bytes, *, key: bytes, info: bytes) -> bytes | None:
    """The plaintext of an HPKE seal, or None where key, info or bytes do not fit."""
    try:
        return _SUITE.decrypt(sealed, private_scalar(key), info)
    except InvalidTag:
        return None


def signing_public(key: bytes) -> str:
    """The public half of a 32-byte Ed25519 private key, in hex."""
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw().hex()


def sign(key: bytes, message: bytes) -> str:
    """An Ed25519 signature, in hex."""
    return Ed25519PrivateKey.from_private_bytes(key).sign(message).hex()


def signature_holds(public: str, signature: str, message: bytes) -> bool:
    """Whether the Ed25519 signature is this key's over this message."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fresh_secret(length: int = 32) -> bytes:
    """Bytes from the system's generator."""
    return secrets.token_bytes(length)


# Shamir's sharing, bytewise in GF(2^8) with the polynomial x^8 + x^4 + x^3 + x + 1.


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        product ^= left if right & 1 else 0
        left = left << 1 ^ (0x11B if left & 0x80 else 0)
        right >>= 1
    return product


@cache
def _table(factor: int) -> bytes:
    """All 256 products of one factor, as a table for `bytes.translate`."""
    return bytes(_times(factor, value) for value in range(256))


def _inverse(value: int) -> int:
    return _table(value).index(1)


def _add(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def split(secret: bytes, coefficients: Sequence[bytes], count: int) -> list[bytes]:
    """The shares 1..count of a secret: share i = secret + a_1·i + … + a_(k-1)·i^(k-1).

    Takes k-1 coefficients as long as the secret; any k shares give it back, fewer tell nothing.
    """
    shares = []
    for position in range(1, count + 1):
        share = bytes(len(secret))
        for coefficient in reversed((secret, *coefficients)):
            share = _add(share.translate(_table(position)), coefficient)
        shares.append(share)
    return shares


def combine(shares: Mapping[int, bytes]) -> bytes:
    """The secret behind shares by position (Lagrange at 0). Wrong or too few shares give a wrong secret."""
    secret = bytes(len(next(iter(shares.values()))))
    for position, share in shares.items():
        weight = 1
        for other in shares.keys() - {position}:
            weight = _times(weight, _times(other, _inverse(other ^ position)))
        secret = _add(secret, share.translate(_table(weight)))
    return secret
