"""How tests sign in as people do: a device of software that holds passkeys, and an app that knows codes."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from django.urls import reverse
from django.utils import timezone
from fido2 import cbor

from accounts import codes
from accounts.actions import factors
from accounts.models import CodeApp
from accounts.webauthn import to_bytes, to_text

PASSWORD = "correct horse battery staple"
ORIGIN = "http://localhost:8000"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Device:
    """An authenticator with one passkey. What it says wrongly, tests set."""

    algorithm: int = -7
    origin: str = ORIGIN
    flags: int = PRESENT | VERIFIED
    counter: int = 0
    cross_origin: bool = False
    host: str = ""
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def __post_init__(self) -> None:
        if self.algorithm == -7:
            self.key: Any = ec.generate_private_key(ec.SECP256R1())
        elif self.algorithm == -8:
            self.key = ed25519.Ed25519PrivateKey.generate()
        else:
            self.key = rsa.generate_private_key(65537, 2048)

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a browser answers to ``navigator.credentials.create``."""
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + self._cose()
        data = self._data(options["rp"]["id"], self.flags | ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client_data = self._client_data("webauthn.create", options["challenge"])
        return self._answer(clientDataJSON=client_data, attestationObject=attestation)

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a browser answers to ``navigator.credentials.get``."""
        client_data = self._client_data("webauthn.get", options["challenge"])
        data = self._data(options["rpId"], self.flags)
        message = data + hashlib.sha256(client_data).digest()
        return self._answer(clientDataJSON=client_data, authenticatorData=data, signature=self._sign(message))

    def _answer(self, **values: bytes) -> dict[str, Any]:
        name = to_text(self.credential_id)
        response = {key: to_text(value) for key, value in values.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": response}

    def _client_data(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": self.cross_origin}
        return json.dumps(said).encode()

    def _data(self, host: str, flags: int) -> bytes:
        digest = hashlib.sha256((self.host or host).encode()).digest()
        return digest + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _sign(self, message: bytes) -> bytes:
        if self.algorithm == -7:
            return self.key.sign(message, ec.ECDSA(SHA256()))
        if self.algorithm == -8:
            return self.key.sign(message)
        return self.key.sign(message, padding.PKCS1v15(), SHA256())

    def _cose(self) -> bytes:
        public = self.key.public_key()
        if self.algorithm == -7:
            numbers = public.public_numbers()
            x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
            return cbor.encode({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        if self.algorithm == -8:
            return cbor.encode({1: 1, 3: -8, -1: 6, -2: public.public_bytes_raw()})
        numbers = public.public_numbers()
        return cbor.encode({1: 3, 3: -257, -1: numbers.n.to_bytes(256, "big"), -2: numbers.e.to_bytes(3, "big")})


def give_codes(person: Any, *, demo: bool = False) -> list[str]:
    """Set up one-time codes, an hour ago, so that the codes of now are unused. Returns the recovery codes."""
    then, secret = timezone.now() - timedelta(hours=1), codes.new_secret()
    code = codes.code_at(secret, codes.step_of(then))
    return factors.set_up_codes(person=person, secret=secret, code=code, keep=None, now=then, demo=demo)


def code_of(person: Any, now: datetime | None = None) -> str:
    """What the person's app shows: the first code that was not taken yet."""
    app = CodeApp.objects.get(person=person)
    step = max(codes.step_of(now or timezone.now()), app.last_step + 1)
    return codes.code_at(factors.secret_of(app), step)


def give_passkey(person: Any, device: Device) -> list[str]:
    """Register a device's passkey for a person. Returns the recovery codes of a first factor."""
    from accounts import passkeys

    challenge = secrets.token_bytes(32)
    registered = passkeys.checked_registration(challenge, device.create(passkeys.creation_options(person, challenge)))
    return factors.add_passkey(
        person=person, registered=registered, label="test key", keep=None, now=timezone.now() - timedelta(hours=1)
    )


def sign_in(client: Any, seat: Any, password: str = PASSWORD) -> Any:
    """The first page of signing in, answered with the password."""
    return client.post(reverse("accounts:login"), {"username": seat.person.email, "password": password})


def sign_in_fully(client: Any, seat: Any) -> Any:
    """Password and one-time code; the codes are set up before where there are none."""
    if not CodeApp.objects.filter(person=seat.person).exists():
        give_codes(seat.person)
    sign_in(client, seat)
    return client.post(reverse("accounts:second-step"), {"code": code_of(seat.person)})


def options_on(answer: Any) -> dict[str, Any]:
    """The question that a page asks a passkey."""
    return answer.context["options"]


def credential(answer: dict[str, Any]) -> str:
    """A browser's answer as it stands in the hidden field."""
    return json.dumps(answer)


__all__ = ["Device", "code_of", "credential", "give_codes", "give_passkey", "sign_in", "sign_in_fully", "to_bytes"]
