"""A small time stamp authority for tests: it answers on the loopback and signs tokens of RFC 3161 by hand.

with authority() as one:              # one.url, one.certificate (PEM)
    one.lies = "imprint"              # over another hash; or "nonce", "rubbish", "refusal", "absent"
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from checking.stamp import as_response

SHA256 = "608648016503040201"
ECDSA_WITH_SHA256 = "2a8648ce3d040302"
SIGNED_DATA = "2a864886f70d010702"
TST_INFO = "2a864886f70d0109100104"
CONTENT_TYPE, MESSAGE_DIGEST = "2a864886f70d010903", "2a864886f70d010904"
SIGNING_CERTIFICATE = "2a864886f70d010910022f"
POLICY = "2a0304"
STAMPED = datetime(2026, 3, 24, 9, 0, tzinfo=UTC)


def der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    length = len(content)
    size = (length.bit_length() + 7) // 8
    return bytes([tag]) + (bytes([length]) if length < 128 else bytes([128 + size]) + length.to_bytes(size)) + content


def oid(content: str) -> bytes:
    return der(6, bytes.fromhex(content))


def integer(value: int) -> bytes:
    return der(2, value.to_bytes(value.bit_length() // 8 + 1))


class Authority:
    """Its key, its certificate, and how it answers."""

    def __init__(self) -> None:
        self.key, self.lies, self.url, self.asked = ec.generate_private_key(ec.SECP256R1()), "", "", 0
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Demo time stamp authority")])
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        self.x509 = (
            x509.CertificateBuilder(name, name, self.key.public_key(), 7)
            .not_valid_before(STAMPED - timedelta(days=9))
            .not_valid_after(STAMPED + timedelta(days=9999))
            .add_extension(usage, critical=True)
            .sign(self.key, hashes.SHA256())
        )
        self.certificate = self.x509.public_bytes(Encoding.PEM)

    def answer(self, query: bytes) -> bytes:
        """The response to a request: its hash and its number are the first 32 bytes long and the last integer."""
        self.asked += 1
        at = query.index(bytes.fromhex("0420")) + 2
        imprint, rest = query[at : at + 32], query[at + 32 :]
        nonce = int.from_bytes(rest[2 : 2 + rest[1]])
        if self.lies == "rubbish":
            return b"no stamp at all"
        if self.lies == "refusal":
            return bytes.fromhex("30053003020102")
        imprint = bytes(32) if self.lies == "imprint" else imprint
        return as_response(self.token(imprint, nonce + (self.lies == "nonce")))

    def token(self, imprint: bytes, nonce: int) -> bytes:
        algorithm = der(0x30, oid(SHA256))
        moment = der(0x18, f"{STAMPED:%Y%m%d%H%M%SZ}".encode())
        told = der(
            0x30, integer(1), oid(POLICY), der(0x30, algorithm, der(4, imprint)), integer(1), moment, integer(nonce)
        )
        certificate = self.x509.public_bytes(Encoding.DER)
        own = der(0x30, der(0x30, der(0x30, der(4, hashlib.sha256(certificate).digest()))))
        attributes = sorted(
            der(0x30, oid(kind), der(0x31, value))
            for kind, value in (
                (CONTENT_TYPE, oid(TST_INFO)),
                (MESSAGE_DIGEST, der(4, hashlib.sha256(told).digest())),
                (SIGNING_CERTIFICATE, own),
            )
        )
        signature = self.key.sign(der(0x31, *attributes), ec.ECDSA(hashes.SHA256()))
        issuer = der(0x30, self.x509.issuer.public_bytes(), integer(self.x509.serial_number))
        signer = der(
            0x30,
            integer(1),
            issuer,
            algorithm,
            der(0xA0, *attributes),
            der(0x30, oid(ECDSA_WITH_SHA256)),
            der(4, signature),
        )
        content = der(0x30, oid(TST_INFO), der(0xA0, der(4, told)))
        signed = der(0x30, integer(3), der(0x31, algorithm), content, der(0xA0, certificate), der(0x31, signer))
        return der(0x30, oid(SIGNED_DATA), der(0xA0, signed))


@contextmanager
def authority() -> Iterator[Authority]:
    """An authority that listens while the block runs."""
    one = Authority()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(503 if one.lies == "absent" else 200)
            self.end_headers()
            self.wfile.write(one.answer(query))

        def log_message(self, *_arguments: object) -> None:
            """Tests need no access log."""

    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    one.url = f"http://127.0.0.1:{server.server_port}/tsr"
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
