"""The sealed envelope: its header, its file, sealing a payload, and what an upload must agree with.

A file (`.sbid`) is magic, header length, header, one seal an opener, body; nothing may follow. Every part is
a function of header, payload, seed and ephemeral keys, so an opened envelope can be sealed again and compared
byte for byte: that comparison, in `opening`, decides whether the bid counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, Generic, Self, TypeVar

from sealing import payloads, primitives
from sealing.canonical import (
    HASH,
    REFERENCE,
    VERSION,
    Check,
    canonical_json,
    choice,
    hexadecimal,
    listing,
    number,
    read_canonical,
    record,
)
from sealing.errors import AlreadySealedError, FormatError, PayloadError, UploadError
from sealing.primitives import FORMAT, POINT_BYTES, SEAL_BYTES, expand, extract, label, sha256

MAGIC = bytes.fromhex("53424944310d0a1a")
BLOB_MAGIC = bytes.fromhex("53424c42310d0a1a")
RESERVE_MAGIC = bytes.fromhex("53525356310d0a1a")
PADS = tuple(4096 * 4**step for step in range(6))
MAX_HEADER = 16_384
MAX_OPENERS = 15
MAX_BLOBS = 64
TAG_BYTES = 16


@dataclass(frozen=True, slots=True)
class Requirements:
    """What the published notice fixes for one envelope of a lot.

    `terms` is the SHA-256 of the notice's signed body in hex, `openers` are uncompressed P-256 public keys in
    hex (an opener's position counts from 1), any `k` of whom open. `minimum_pad` is the smallest body length
    in bytes that the notice allows, so that no offer is shorter than another.
    """

    tender: str
    lot: str
    terms: str
    k: int
    openers: tuple[str, ...]
    minimum_pad: int = PADS[0]


@dataclass(frozen=True, slots=True)
class Slot:
    """Whose envelope it is: one supplier's bid, a version of it, and which of its envelopes."""

    supplier: str
    bid: str
    version: int
    envelope: str


@dataclass(frozen=True)
class Front:
    """The public front of a sealed file, whatever is sealed. Creating one validates every field.

    Each kind of file has its own magic and format; raises `FormatError` for the front of another.
    """

    FORMAT: ClassVar[str]
    MAGIC: ClassVar[bytes]
    CHECK: ClassVar[Check]
    com: str
    k: int
    openers: tuple[str, ...]
    pad: int

    def __post_init__(self) -> None:
        type(self).CHECK(self._fields(), "")
        if self.k > len(self.openers):
            raise FormatError("k: more openers needed than named", where="k")
        if len(set(self.openers)) < len(self.openers):
            raise FormatError("openers: the same key twice", where="openers")
        for public in self.openers:
            primitives.public_point(bytes.fromhex(public))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read the canonical JSON of a header; raises `FormatError`."""
        if len(data) > MAX_HEADER:
            raise FormatError("the header is too long", where="header")
        fields = read_canonical(data)
        cls.CHECK(fields, "")
        del fields["format"]
        values: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in fields.items()}
        return cls(**values)

    def to_bytes(self) -> bytes:
        """The header's canonical JSON."""
        return canonical_json(self._fields())

    def commitment(self, payload: bytes, prk: bytes) -> str:
        """The commitment to this payload under this header: no second payload has the same (`com`)."""
        fields = self._fields()
        del fields["com"]
        context = bytes.fromhex(sha256(canonical_json(fields)))
        return sha256(label("com") + expand(prk, label("r")) + context + payload)

    def _fields(self) -> dict[str, Any]:
        values = vars(self) | {"format": self.FORMAT}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


@dataclass(frozen=True)
class Header(Front):
    """The front of a bid's envelope."""

    FORMAT = primitives.FORMAT
    MAGIC = MAGIC
    CHECK = record(
        bid=REFERENCE,
        blobs=listing(HASH, most=MAX_BLOBS),
        com=HASH,
        envelope=choice(*payloads.ENVELOPES),
        format=choice(primitives.FORMAT),
        k=number(2, MAX_OPENERS),
        lot=REFERENCE,
        openers=listing(hexadecimal(POINT_BYTES), most=MAX_OPENERS),
        pad=choice(*PADS),
        supplier=REFERENCE,
        tender=REFERENCE,
        terms=HASH,
        version=VERSION,
    )

    bid: str
    blobs: tuple[str, ...]
    com: str
    envelope: str
    k: int
    lot: str
    openers: tuple[str, ...]
    pad: int
    supplier: str
    tender: str
    terms: str
    version: int


F = TypeVar("F", bound=Front)


@dataclass(frozen=True)
class SealedEnvelope(Generic[F]):
    """A sealed file and what only its bidder knows: the seed opens it without any opener."""

    header: F
    file: bytes = field(repr=False)
    seed: bytes = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file in hex, as in the receipt."""
        return sha256(self.file)

    @property
    def com(self) -> str:
        """The commitment in hex, as in the receipt."""
        return self.header.com


@dataclass(frozen=True)
class ParsedEnvelope(Generic[F]):
    """A file taken apart. `header_bytes` are the bytes received; `seals` in the order of the openers."""

    header: F
    header_bytes: bytes = field(repr=False)
    seals: tuple[bytes, ...] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def head(self) -> bytes:
        """Everything before the body, which the body's key is bound to."""
        return frame(self.header_bytes, self.seals, self.header.MAGIC)


def looks_sealed(data: bytes) -> bool:
    """Whether the bytes begin like a sealed envelope or attachment; such a file is never sealed again."""
    return data[:8] in (MAGIC, BLOB_MAGIC, RESERVE_MAGIC)


def fitting_pad(payload_length: int, openers: int, minimum: int = PADS[0]) -> int:
    """The smallest body length that fits a payload of so many bytes and is no less than the minimum."""
    needed = max(4 + 32 * openers + payload_length, minimum)
    for pad in PADS:
        if pad >= needed:
            return pad
    raise PayloadError("the payload is too long for an envelope", where="payload")


def seal(
    payload: bytes,
    notice: Requirements,
    slot: Slot,
    *,
    blobs: Sequence[str] = (),
    seed: bytes | None = None,
    ephemerals: Sequence[bytes] | None = None,
) -> SealedEnvelope[Header]:
    """Seal a payload (see `payloads`) to the notice's openers. `blobs` are its attachments' ids in order.

    Seed and ephemeral keys come fresh from the system's generator; they are parameters for test vectors only.
    Raises `AlreadySealedError` for a sealed file, `PayloadError` for a payload that nobody could read as the
    envelope's content, `FormatError` for references, keys or numbers that the format has no place for.
    """
    if looks_sealed(payload):
        raise AlreadySealedError("this is sealed already", where="payload")
    payloads.read_payload(payload, slot.envelope, supplier=slot.supplier, blobs=len(blobs))
    header = Header(
        bid=slot.bid,
        blobs=tuple(blobs),
        com="0" * 64,
        envelope=slot.envelope,
        k=notice.k,
        lot=notice.lot,
        openers=tuple(notice.openers),
        pad=fitting_pad(len(payload), len(notice.openers), notice.minimum_pad),
        supplier=slot.supplier,
        tender=notice.tender,
        terms=notice.terms,
        version=slot.version,
    )
    if seed is None:
        seed = primitives.fresh_secret()
    if ephemerals is None:
        ephemerals = [primitives.fresh_scalar() for _ in header.openers]
    return assemble(header, payload, seed, ephemerals)


def assemble(header: F, payload: bytes, seed: bytes, ephemerals: Sequence[bytes]) -> SealedEnvelope[F]:
    """Build the one file that header, payload, seed and ephemeral keys determine; `com` is computed anew.

    Takes any payload bytes, because opening must repeat whatever a bidder sealed. Raises `FormatError` for
    an ephemeral key outside the curve's range.
    """
    prk = extract(FORMAT.encode(), seed)
    header = replace(header, com=header.commitment(payload, prk))
    header_bytes = header.to_bytes()
    seals = [
        primitives.hpke_seal(share, to=bytes.fromhex(public), info=share_info(header_bytes, i), ephemeral=e)
        for i, (share, public, e) in enumerate(zip(shares_of(seed, header), header.openers, ephemerals, strict=True), 1)
    ]
    head = frame(header_bytes, seals, header.MAGIC)
    plain = len(payload).to_bytes(4, "big") + b"".join(ephemerals) + payload
    body = primitives.encrypt(body_key(seed, head), plain.ljust(header.pad, b"\0"))
    return SealedEnvelope(header=header, file=head + body, seed=seed)


def frame(header_bytes: bytes, seals: Sequence[bytes], magic: bytes = MAGIC) -> bytes:
    """Magic, header length, header and seals."""
    return magic + len(header_bytes).to_bytes(4, "big") + header_bytes + b"".join(seals)


def shares_of(seed: bytes, header: Front) -> list[bytes]:
    """Every opener's share of the seed, in the order of the openers: nothing in them is left to chance."""
    prk = extract(FORMAT.encode(), seed)
    coefficients = [expand(prk, label("coef") + bytes([j])) for j in range(1, header.k)]
    return primitives.split(seed, coefficients, len(header.openers))


def share_info(header_bytes: bytes, position: int) -> bytes:
    """What binds a seal to its envelope and to its opener's position."""
    return label("share") + bytes.fromhex(sha256(header_bytes)) + bytes([position])


def body_key(seed: bytes, head: bytes) -> bytes:
    """The body's key, bound to everything that stands before the body."""
    return expand(extract(FORMAT.encode(), seed), label("key") + bytes.fromhex(sha256(head)))


def parse(file: bytes) -> ParsedEnvelope[Header]:
    """Take a bid's file apart; raises `FormatError` unless magic, header and every length are exactly right."""
    return parse_as(Header, file)


def parse_as(front: type[F], file: bytes) -> ParsedEnvelope[F]:
    """Take a sealed file apart that must have this front."""
    if file[:8] != front.MAGIC:
        raise FormatError("not a sealed envelope", where="magic")
    end = 12 + int.from_bytes(file[8:12], "big")
    header = front.from_bytes(file[12:end])
    body_start = end + SEAL_BYTES * len(header.openers)
    if len(file) != body_start + header.pad + TAG_BYTES:
        raise FormatError("cut short, or something follows", where="length")
    return ParsedEnvelope(
        header=header,
        header_bytes=file[12:end],
        seals=tuple(file[at : at + SEAL_BYTES] for at in range(end, body_start, SEAL_BYTES)),
        body=file[body_start:],
    )


def check_upload(parsed: ParsedEnvelope[Header], notice: Requirements, slot: Slot) -> None:
    """Refuse an envelope that is not this slot's under this notice; raises `UploadError` naming the field.

    A larger body than needed is the bidder's own choice and allowed; a smaller one than the notice's minimum
    would tell something about the offer.
    """
    header = parsed.header
    for source in (notice, slot):
        for name in source.__dataclass_fields__:
            if name != "minimum_pad" and getattr(header, name) != getattr(source, name):
                raise UploadError(f"{name}: not what the notice and the seat say", where=name)
    if header.pad < notice.minimum_pad:
        raise UploadError("pad: below the notice's minimum", where="pad")
    for position, sealed in enumerate(parsed.seals, 1):
        try:
            primitives.public_point(sealed[:POINT_BYTES])
        except FormatError:
            raise UploadError("a seal's point is off the curve", where="seals", opener=position) from None
