"""The outside time stamp of a close (RFC 3161): proof, by somebody else's clock and key, that it existed then."""

from checking.material import Fails, Material, NotAsked, Waits, decoded

# PKIStatusInfo of a granted response: SEQUENCE { INTEGER 0 }. Only the token is kept; the package reads responses.
_GRANTED = bytes.fromhex("3003020100")


def close_is_stamped(given: Material) -> None:
    """The stamp is over this close's bytes, made by the authority whose certificate was given."""
    close = given.closing
    if not given.record["stamp"]:
        raise Waits("not_stamped")
    token = decoded(given.record["stamp"])
    if bytes.fromhex(close.hash) not in token:
        raise Fails("other_stamp")
    if not given.certificate:
        raise NotAsked("no_certificate", digest=close.hash)
    try:
        from cryptography.x509 import load_pem_x509_certificates
        from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
    except ImportError:
        raise NotAsked("no_package") from None
    try:
        response = decode_timestamp_response(as_response(token))
        builder = VerifierBuilder()
        for certificate in load_pem_x509_certificates(given.certificate):
            builder = builder.add_root_certificate(certificate)
        builder.build().verify(response, bytes.fromhex(close.hash))
    except (VerificationError, ValueError) as error:
        raise Fails("other_stamp") from error


def as_response(token: bytes) -> bytes:
    """A token as the granted response that once carried it."""
    return _sequence(_GRANTED + token)


def _sequence(content: bytes) -> bytes:
    """A DER sequence."""
    length = len(content)
    if length < 0x80:
        return bytes([0x30, length]) + content
    written = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([0x30, 0x80 | len(written)]) + written + content
