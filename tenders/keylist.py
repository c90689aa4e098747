"""The key list of a tender: whose keys its bids are sealed to, in the order of their places."""

from collections.abc import Sequence
from typing import Any

from sealing.canonical import canonical_json
from sealing.ceremony import key_list
from sealing.documents import document_hash
from sealing.primitives import sha256
from tenders.models import Opener, Tender


def current_openers(tender: Tender) -> list[Opener]:
    """The openers in the order of the key list; position i of every bid's seals belongs to the i-th, from 1."""
    named = tender.openers.filter(replaced_at=None).select_related("seat__person", "seat__organisation")
    return list(named.order_by("place"))


def key_list_of(tender: Tender, openers: Sequence[Opener]) -> dict[str, Any]:
    """The key list that every opener signs: a body of the format sealed-bid-keys/1. Every key must be made."""
    named = [
        {"key": opener.public_key, "organisation": opener.seat.organisation.name, "signing_key": opener.signing_key}
        for opener in openers
    ]
    return key_list(tender=tender.reference, k=tender.openers_needed, openers=named)


def fingerprint(tender: Tender, openers: Sequence[Opener]) -> str:
    """The hash of the key list, as it is printed in the notice and shown where bids are sealed; empty while a key
    is missing."""
    if not all(opener.key_made_at for opener in openers):
        return ""
    return sha256(canonical_json(key_list_of(tender, openers)))


def has_signed(opener: Opener, printed: str) -> bool:
    """Whether an opener signed the key list with this fingerprint."""
    return bool(printed) and opener.signed_list is not None and document_hash(bytes(opener.signed_list)) == printed


def signature(opener: Opener) -> str:
    """An opener's signature line under the key list."""
    return bytes(opener.signed_list).split(b"\n")[1].decode()
