"""Asking an outside authority for a time stamp (RFC 3161): somebody else's word that a document existed by then."""

import hashlib
import http.client
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from rfc3161_client import TimestampRequestBuilder, decode_timestamp_response
from rfc3161_client.base import HashAlgorithm
from rfc3161_client.tsp import PKIStatus

TIMEOUT = 10  # seconds
LARGEST_ANSWER = 64 * 1024


class StampError(Exception):
    """The authority is away, refuses, or answers something else than it was asked for."""


@dataclass(frozen=True)
class Stamp:
    """A token as it came, in DER, and the instant that it names."""

    token: bytes = field(repr=False)
    stamped_at: datetime


def ask_for_stamp(data: bytes, url: str) -> Stamp:
    """A stamp over the SHA-256 of these bytes. Raises StampError.

    Held against the question: the hash and the number that was drawn for it. Whether the authority's signature
    holds is for whoever trusts its certificate to check, with the token and nothing of ours.
    """
    request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = _posted(url, request.as_bytes())
    try:
        response = decode_timestamp_response(answer)
        granted = PKIStatus(response.status) is PKIStatus.GRANTED
        told = response.tst_info
        asked_for = (told.message_imprint.message, told.nonce) == (hashlib.sha256(data).digest(), request.nonce)
        stamp = Stamp(token=response.time_stamp_token(), stamped_at=told.gen_time)
    except ValueError:
        raise StampError("not a time stamp") from None
    if not (granted and asked_for):
        raise StampError("a time stamp over something else")
    return stamp


def _posted(url: str, body: bytes) -> bytes:
    address = urlsplit(url)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=TIMEOUT)
    path = (address.path or "/") + (f"?{address.query}" if address.query else "")
    try:
        connection.request("POST", path, body, {"Content-Type": "application/timestamp-query"})
        answer = connection.getresponse()
        content = answer.read(LARGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        raise StampError(f"no answer: {type(error).__name__}") from None
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise StampError(f"answered with {answer.status}")
    return content
