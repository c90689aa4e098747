"""Opening an envelope: an opener releases a share; k shares make a verdict.

Opening means: combine, decrypt, seal again, compare every byte. Only a file that is reproduced counts. So
the verdict is the same whoever of the openers is present, and it says whose fault a failure is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import combinations
from typing import Generic

from sealing import primitives
from sealing.envelope import F, Front, Header, ParsedEnvelope, assemble, body_key, parse, share_info, shares_of
from sealing.errors import FormatError, PayloadError, ShareError
from sealing.payloads import read_reveal
from sealing.primitives import sha256

SHARE_BYTES = 32


class Outcome(StrEnum):
    """What became of an envelope; the words of the minutes. The last is said of silence after a call, by no opening."""

    OPENED = "opened"
    BIDDER_FAULT = "bidder-fault"
    UNREADABLE = "unreadable"
    NOT_REVEALED = "not-revealed"


@dataclass(frozen=True, slots=True)
class Opened(Generic[F]):
    """The official result of opening one envelope.

    - `OPENED`: the bid counts; `payload`, `seed` and `ephemerals` are its content, `wrong_openers` the
      positions of openers whose released share is not the one that was sealed to them.
    - `BIDDER_FAULT`: something decrypts, but sealing it again does not reproduce the file; the bid does not
      count. `seed` is the proof: `open_with_seed` gives everyone the same verdict. There is no payload.
    - `UNREADABLE`: no k of the released shares fit, and nothing shows yet who is at fault. `missing` says how
      many shares there were too few; with none missing ask the remaining openers, then the bidder's seed.
    """

    outcome: Outcome
    header: F
    digest: str
    wrong_openers: tuple[int, ...] = ()
    missing: int = 0
    payload: bytes | None = field(default=None, repr=False)
    seed: bytes | None = field(default=None, repr=False)
    ephemerals: tuple[bytes, ...] = field(default=(), repr=False)


def release_share(header_bytes: bytes, sealed: bytes, *, position: int, key: bytes) -> bytes:
    """An opener's 32-byte share from the header and its own seal, all that an opener is ever given.

    `key` is the opener's P-256 private key. Raises `ShareError` if the key is not the one that the header
    names at this position, or if the seal does not open under it (then the release says "").
    """
    return share_of(Header.from_bytes(header_bytes), header_bytes, sealed, position=position, key=key)


def share_of(header: Front, header_bytes: bytes, sealed: bytes, *, position: int, key: bytes) -> bytes:
    """The same for a header that was read already, whatever is sealed under it."""
    if not 1 <= position <= len(header.openers):
        raise ShareError("the envelope has no opener at this position", where="position", opener=position)
    if primitives.point_of(key).hex() != header.openers[position - 1]:
        raise ShareError("not the key that the envelope names here", where="key", opener=position)
    share = primitives.hpke_open(sealed, key=key, info=share_info(header_bytes, position))
    if share is None:
        raise ShareError("the seal does not open", where="seal", opener=position)
    return share


def open_envelope(file: bytes, shares: Mapping[int, bytes]) -> Opened[Header]:
    """Open a file with the shares released so far, by position of the opener.

    With more than k shares every k of them are tried, so that a wrong share stops nobody. Raises
    `FormatError` for a file that no upload would have let in, `ShareError` for a share that is none.
    """
    return open_parsed(file, parse(file), shares)


def open_parsed(file: bytes, parsed: ParsedEnvelope[F], shares: Mapping[int, bytes]) -> Opened[F]:
    """The same for a file that was taken apart already, whatever is sealed in it."""
    header, digest = parsed.header, sha256(file)
    for position, share in shares.items():
        if not 1 <= position <= len(header.openers) or len(share) != SHARE_BYTES:
            raise ShareError("not a share of this envelope", opener=position)
    suspect = None
    tried = set()
    for positions in combinations(sorted(shares), header.k):
        seed = primitives.combine({position: shares[position] for position in positions})
        if seed in tried:
            continue
        tried.add(seed)
        verdict = _attempt(file, parsed, digest, seed)
        if verdict.outcome is Outcome.OPENED:
            return replace(verdict, wrong_openers=_wrong_openers(seed, header, shares))
        if verdict.outcome is Outcome.BIDDER_FAULT:
            suspect = suspect or verdict
    missing = max(0, header.k - len(shares))
    return suspect or Opened(Outcome.UNREADABLE, header, digest, missing=missing)


def open_with_seed(file: bytes, seed: bytes) -> Opened[Header]:
    """Open a file with the seed itself: the bidder's proof before submission, a reveal, anyone's check later.

    `UNREADABLE` means that the seed is not this file's. Raises `FormatError` for a malformed file or seed.
    """
    return parsed_with_seed(file, parse(file), seed)


def parsed_with_seed(file: bytes, parsed: ParsedEnvelope[F], seed: bytes) -> Opened[F]:
    """The same for a file that was taken apart already, whatever is sealed in it."""
    if len(seed) != SHARE_BYTES:
        raise FormatError("a seed has 32 bytes", where="seed")
    return _attempt(file, parsed, sha256(file), seed)


def open_revealed(file: bytes, reveal: bytes, shares: Mapping[int, bytes]) -> Opened[Header]:
    """Open a file with the seed that its bidder revealed to the openers of a call, from their shares of the reveal.

    The verdict is on the file itself, whose payload and seed it carries; `wrong_openers` are those of the call. A
    reveal that opens to anything else than this file and its seed is the bidder's fault. Raises like `open_envelope`.
    """
    revealed = open_envelope(reveal, shares)
    header, digest = parse(file).header, sha256(file)
    if revealed.payload is None:
        return replace(revealed, header=header, digest=digest, seed=None)
    own = replace(revealed, outcome=Outcome.BIDDER_FAULT, header=header, digest=digest, payload=None, seed=None)
    try:
        given = read_reveal(revealed.payload)
    except PayloadError:
        return own
    verdict = open_with_seed(file, given.seed)
    if given.sha256 != digest or verdict.outcome is Outcome.UNREADABLE:
        return own
    return replace(verdict, wrong_openers=revealed.wrong_openers)


def _attempt(file: bytes, parsed: ParsedEnvelope[F], digest: str, seed: bytes) -> Opened[F]:
    header = parsed.header
    plain = primitives.decrypt(body_key(seed, parsed.head), parsed.body)
    if plain is None:
        return Opened(Outcome.UNREADABLE, header, digest)
    ephemerals, payload = _unpack(plain, len(header.openers))
    if not _reproduced(file, header, payload, seed, ephemerals):
        return Opened(Outcome.BIDDER_FAULT, header, digest, seed=seed)
    return Opened(Outcome.OPENED, header, digest, payload=payload, seed=seed, ephemerals=ephemerals)


def _unpack(plain: bytes, openers: int) -> tuple[tuple[bytes, ...], bytes]:
    start = 4 + SHARE_BYTES * openers
    ephemerals = tuple(plain[at : at + SHARE_BYTES] for at in range(4, start, SHARE_BYTES))
    return ephemerals, plain[start : start + int.from_bytes(plain[:4], "big")]


def _reproduced(file: bytes, header: Front, payload: bytes, seed: bytes, ephemerals: Sequence[bytes]) -> bool:
    try:
        return assemble(header, payload, seed, ephemerals).file == file
    except FormatError:
        return False


def _wrong_openers(seed: bytes, header: Front, shares: Mapping[int, bytes]) -> tuple[int, ...]:
    right = dict(enumerate(shares_of(seed, header), 1))
    return tuple(sorted(position for position, share in shares.items() if share != right[position]))
