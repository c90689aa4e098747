"""What a browser says of a passkey, checked (W3C Web Authentication, level 2, sections 7.1 and 7.2).

Functions over dicts and bytes, without database, clock or settings. Every binary value in JSON is base64url
without padding. Whatever does not fit raises Refused with a sentence for the person at the browser.
"""

import hashlib
import json
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from django.utils.translation import gettext as _
from fido2.cose import ES256, RS256, CoseKey, EdDSA
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialRpEntity,
    RegistrationResponse,
    UserVerificationRequirement,
)

from core.errors import Refused

FORMAT = "passkey-assertion/1"
# What devices sign with: ECDSA on P-256, Ed25519, RSA. All with SHA-256.
ALGORITHMS = (ES256.ALGORITHM, EdDSA.ALGORITHM, RS256.ALGORITHM)
TIMEOUT = 300_000  # milliseconds in which a person reaches for the device
LONGEST = 20_000  # characters of one value; an assertion is far below
# What the parsers raise on bytes that are no such thing.
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, struct.error)
PublicKey = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | rsa.RSAPublicKey


@dataclass(frozen=True)
class Site:
    """For whom passkeys are made: the host name that they are bound to, and the one origin of its pages."""

    host: str
    origin: str
    name: str

    def is_own(self, origin: str) -> bool:
        """Whether a browser's page was one of ours. On one's own machine the port may be any."""
        if self.host == "localhost":
            return urlsplit(origin).hostname == "localhost"
        return origin == self.origin


@dataclass(frozen=True)
class Registered:
    """A new passkey: its id, its public key (SubjectPublicKeyInfo, DER), how often it has signed."""

    credential_id: bytes
    public_key: bytes
    counter: int


@dataclass(frozen=True)
class Assertion:
    """One signature of a passkey, as the browser gave it."""

    credential_id: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes


def to_text(data: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def to_bytes(text: Any) -> bytes:
    """The bytes of a base64url text. Refused for anything else."""
    if not isinstance(text, str) or len(text) > LONGEST:
        raise _unreadable()
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise _unreadable() from None


def creation_options(site: Site, *, handle: bytes, name: str, challenge: bytes, known: list[bytes]) -> dict[str, Any]:
    """The JSON for ``navigator.credentials.create``: a passkey that the device itself finds again."""
    return {
        "challenge": to_text(challenge),
        "rp": {"id": site.host, "name": site.name},
        "user": {"id": to_text(handle), "name": name, "displayName": name},
        "pubKeyCredParams": [{"type": "public-key", "alg": algorithm} for algorithm in ALGORITHMS],
        "timeout": TIMEOUT,
        "excludeCredentials": [_descriptor(credential_id) for credential_id in known],
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
        "attestation": "none",
    }


def request_options(site: Site, *, challenge: bytes, known: list[bytes]) -> dict[str, Any]:
    """The JSON for ``navigator.credentials.get``. With no ``known`` passkey the device offers what it has."""
    return {
        "challenge": to_text(challenge),
        "rpId": site.host,
        "timeout": TIMEOUT,
        "userVerification": "required",
        "allowCredentials": [_descriptor(credential_id) for credential_id in known],
    }


def read_registration(site: Site, challenge: bytes, credential: Any) -> Registered:
    """The passkey that a browser has made for ``challenge``."""
    response = _response(credential)
    client_data, attested = to_bytes(response.get("clientDataJSON")), to_bytes(response.get("attestationObject"))
    try:
        said, attestation = _said(client_data), AttestationObject(attested)
        made = AuthenticatorAttestationResponse(client_data=said, attestation_object=attestation)
        key_id = attestation.auth_data.credential_data.credential_id
        _server(site).register_complete(_state(challenge), RegistrationResponse(raw_id=key_id, response=made))
    except _MALFORMED:
        raise _why(site, challenge, CollectedClientData.TYPE.CREATE, client_data, _data_of(attested)) from None
    found = attestation.auth_data
    return Registered(bytes(key_id), _der(found.credential_data.public_key), found.counter)


def read_assertion(credential: Any) -> Assertion:
    """What a browser answers to a request, not yet checked."""
    response = _response(credential)
    return Assertion(
        credential_id=to_bytes(credential.get("rawId") or credential.get("id")),
        client_data=to_bytes(response.get("clientDataJSON")),
        authenticator_data=to_bytes(response.get("authenticatorData")),
        signature=to_bytes(response.get("signature")),
    )


def verify(site: Site, challenge: bytes, public_key: bytes, assertion: Assertion) -> int:
    """Check that this passkey signed this challenge on our page, for a person it verified. Returns its counter."""
    try:
        found = AuthenticatorData(assertion.authenticator_data)
        signed = AuthenticatorAssertionResponse(
            client_data=_said(assertion.client_data),
            authenticator_data=found,
            signature=assertion.signature,
        )
        known = AttestedCredentialData.create(b"\0" * 16, assertion.credential_id, _cose(public_key))
        answer = AuthenticationResponse(raw_id=assertion.credential_id, response=signed)
        _server(site).authenticate_complete(_state(challenge), [known], answer)
    except _MALFORMED:
        kind = CollectedClientData.TYPE.GET
        raise _why(site, challenge, kind, assertion.client_data, assertion.authenticator_data) from None
    return found.counter


def signed_by(public_key: bytes, assertion: Assertion) -> bool:
    """Whether the key made the signature: over the authenticator's data and the SHA-256 of the client's."""
    message = assertion.authenticator_data + hashlib.sha256(assertion.client_data).digest()
    try:
        _cose(public_key).verify(message, assertion.signature)
    except (InvalidSignature, ValueError):
        return False
    return True


def to_document(public_key: bytes, assertion: Assertion) -> bytes:
    """The assertion as canonical JSON, which holds all that is needed to check it without the platform."""
    fields = {
        "authenticator_data": to_text(assertion.authenticator_data),
        "client_data": to_text(assertion.client_data),
        "credential": to_text(assertion.credential_id),
        "format": FORMAT,
        "public_key": to_text(public_key),
        "signature": to_text(assertion.signature),
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


def read_document(document: bytes) -> tuple[bytes, Assertion]:
    """Public key and assertion of a stored document. ValueError where it is none."""
    fields = json.loads(document)
    if not isinstance(fields, dict) or fields.get("format") != FORMAT:
        raise ValueError("not an assertion of a passkey")
    values = {name: to_bytes(value) for name, value in fields.items() if name != "format"}
    read = Assertion(values["credential"], values["client_data"], values["authenticator_data"], values["signature"])
    if to_document(values["public_key"], read) != document:
        raise ValueError("not canonical")
    return values["public_key"], read


def _descriptor(credential_id: bytes) -> dict[str, str]:
    return {"type": "public-key", "id": to_text(credential_id)}


def _response(credential: Any) -> Mapping[str, Any]:
    response = credential.get("response") if isinstance(credential, Mapping) else None
    if not isinstance(response, Mapping):
        raise _unreadable()
    return response


def _server(site: Site) -> Fido2Server:
    """The verifier, which decides; ``_why`` only finds the words for what it refused."""
    return Fido2Server(PublicKeyCredentialRpEntity(id=site.host, name=site.name), verify_origin=site.is_own)


def _said(client_data: bytes) -> CollectedClientData:
    """What the browser says it was asked. ValueError for a page inside another site's, which the verifier lets pass."""
    said = CollectedClientData(client_data)
    if said.cross_origin:
        raise ValueError("asked from within another site")
    return said


def _state(challenge: bytes) -> dict[str, Any]:
    """What the verifier is told of the question: a person must be verified."""
    return {"challenge": to_text(challenge), "user_verification": UserVerificationRequirement.REQUIRED}


def _why(site: Site, challenge: bytes, kind: str, client_data: bytes, device_data: bytes) -> Refused:
    """The sentence for an answer that was refused."""
    try:
        said, found = CollectedClientData(client_data), AuthenticatorData(device_data)
        is_own = site.is_own(said.origin)
    except _MALFORMED:
        return _unreadable()
    if said.type != kind:
        return _unreadable()
    if not is_own or said.cross_origin:
        return _refused(_("The passkey was used on another site, not on %(site)s.") % {"site": site.host})
    if said.challenge != challenge:
        return _refused(_("The passkey answered an earlier question. Try again."))
    if found.rp_id_hash != hashlib.sha256(site.host.encode()).digest():
        return _refused(_("The passkey was made for another site, not for %(site)s.") % {"site": site.host})
    if not found.is_user_present() or not found.is_user_verified():
        return _refused(
            _("The device did not ask who you are. Set up a PIN, fingerprint or face on it, and try again.")
        )
    return _refused(_("The passkey's signature does not fit. Try again."))


def _data_of(attested: bytes) -> bytes:
    try:
        return bytes(AttestationObject(attested).auth_data)
    except _MALFORMED:
        return b""


_KINDS = ((ec.EllipticCurvePublicKey, ES256), (ed25519.Ed25519PublicKey, EdDSA), (rsa.RSAPublicKey, RS256))


def _cose(public_key: bytes) -> CoseKey:
    """A stored public key as the verifier takes it. ValueError for one of another kind."""
    key = load_der_public_key(public_key)
    for kind, form in _KINDS:
        if isinstance(key, kind):
            return form.from_cryptography_key(key)
    raise ValueError("another algorithm than was asked for")


def _der(cose: Mapping[int, Any]) -> bytes:
    """A COSE key as SubjectPublicKeyInfo (RFC 9053 names its numbers)."""
    try:
        key = _key(cose)
    except _MALFORMED:
        raise _unreadable() from None
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _key(cose: Mapping[int, Any]) -> PublicKey:
    def number(name: int) -> int:
        return int.from_bytes(cose[name], "big")

    algorithm = cose[3]
    if algorithm == ES256.ALGORITHM and cose[-1] == 1:
        return ec.EllipticCurvePublicNumbers(number(-2), number(-3), ec.SECP256R1()).public_key()
    if algorithm == EdDSA.ALGORITHM and cose[-1] == 6:
        return ed25519.Ed25519PublicKey.from_public_bytes(cose[-2])
    if algorithm == RS256.ALGORITHM:
        return rsa.RSAPublicNumbers(number(-2), number(-1)).public_key()
    raise ValueError("another algorithm than was asked for")


def _unreadable() -> Refused:
    return _refused(_("The browser's answer about the passkey cannot be read. Try again."))


def _refused(sentence: str) -> Refused:
    return Refused(sentence, code="passkey")
