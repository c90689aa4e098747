"""The platform's own signature, under notices, receipts and every other document of a tender."""

from typing import Any

from django.conf import settings

from sealing.documents import key_id, sign_document
from sealing.primitives import signing_public


def server_key() -> bytes:
    """The 32-byte seed of the Ed25519 key with which this installation signs."""
    return bytes.fromhex(settings.RECEIPT_SIGNING_KEY)


def server_public() -> str:
    """The public key, in hex, against which everybody can check what this installation signed."""
    return signing_public(server_key())


def server_key_id() -> str:
    """How a signature names that key: the first 16 hex digits of its SHA-256."""
    return key_id(server_public())


def sign(body: dict[str, Any]) -> bytes:
    """A signed document with this body. Raises FormatError for a body that does not fit its format."""
    return sign_document(body, server_key())
