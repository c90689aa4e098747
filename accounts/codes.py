"""One-time codes and recovery codes: pure functions over secrets, texts and instants.

A one-time code is RFC 6238 as every authenticator app has it: SHA-1, six digits, half a minute. With the secret
``12345678901234567890`` of the RFC's appendix B, the code at 59 seconds is 287082 (the last six of 94287082).
"""

import hmac
import re
import secrets
from base64 import b32encode
from datetime import datetime
from urllib.parse import quote

SECRET_BYTES = 20
DIGITS = 6
SECONDS = 30
WINDOW = 1  # half minutes that an app's clock may be off, either way
RECOVERY_CODES = 10
# Crockford's base32, which has no letters that look like digits; 16 signs are 80 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_SIGNS = 16


def step_of(now: datetime) -> int:
    """The number of the half minute that an instant lies in."""
    return int(now.timestamp()) // SECONDS


def code_at(secret: bytes, step: int) -> str:
    """The code of a half minute (RFC 4226, 5.3)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: bytes, code: str, now: datetime, *, after: int) -> int | None:
    """The half minute around ``now`` whose code this is; None for a wrong code and for one not after ``after``."""
    here = step_of(now)
    found = None
    for step in range(here - WINDOW, here + WINDOW + 1):
        if hmac.compare_digest(code_at(secret, step), code) and step > after:
            found = step
    return found


def is_one_time(text: str) -> bool:
    """Whether a cleaned text has the shape of a one-time code; what has not may be a recovery code."""
    return re.fullmatch(rf"[0-9]{{{DIGITS}}}", text) is not None


def cleaned(text: str) -> str:
    """What was typed or pasted, without blanks and hyphens, in upper case, look-alikes as they were meant."""
    plain = re.sub(r"[\s-]", "", text).upper()
    return plain.translate(str.maketrans("OIL", "011"))


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def new_recovery_codes() -> list[str]:
    """Fresh recovery codes in groups of four, as they are printed."""
    signs = ["".join(secrets.choice(ALPHABET) for _sign in range(RECOVERY_SIGNS)) for _code in range(RECOVERY_CODES)]
    return ["-".join(code[at : at + 4] for at in range(0, RECOVERY_SIGNS, 4)) for code in signs]


def secret_text(secret: bytes) -> str:
    """The secret as people type it into an app."""
    return b32encode(secret).decode()


def app_address(secret: bytes, account: str, issuer: str) -> str:
    """What the QR code says to an app (Key URI format)."""
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?secret={secret_text(secret)}&issuer={quote(issuer)}"
