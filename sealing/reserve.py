"""A sealed reserve price: what experts set before the first offer, opened after the last one is signed.

An envelope of its own format, `sealed-reserve/1`: sealed to openers, committed to and opened as a bid is, under another
magic and header, so that neither is ever read as the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sealing import primitives
from sealing.canonical import (
    HASH,
    REFERENCE,
    VERSION,
    canonical_json,
    choice,
    hexadecimal,
    listing,
    number,
    read_canonical,
    record,
)
from sealing.envelope import (
    MAX_OPENERS,
    PADS,
    RESERVE_MAGIC,
    Front,
    ParsedEnvelope,
    SealedEnvelope,
    assemble,
    fitting_pad,
    parse_as,
)
from sealing.errors import FormatError, PayloadError
from sealing.offers import CURRENCY, PRICE, WHOLE, exactly
from sealing.opening import Opened, open_parsed, parsed_with_seed, share_of
from sealing.primitives import POINT_BYTES

FORMAT = "sealed-reserve/1"

_price = record(pack=WHOLE, price=PRICE, product=REFERENCE)
_payload = record(currency=CURRENCY, prices=listing(_price, most=999, ascending=lambda entry: entry["product"]))


@dataclass(frozen=True)
class Reserve(Front):
    """The front of a sealed reserve: of which negotiation, and by the hash of which published terms."""

    FORMAT = FORMAT
    MAGIC = RESERVE_MAGIC
    CHECK = record(
        com=HASH,
        format=choice(FORMAT),
        k=number(2, MAX_OPENERS),
        negotiation=REFERENCE,
        openers=listing(hexadecimal(POINT_BYTES), most=MAX_OPENERS),
        pad=choice(*PADS),
        terms=HASH,
        version=VERSION,
    )

    com: str
    k: int
    negotiation: str
    openers: tuple[str, ...]
    pad: int
    terms: str
    version: int


@dataclass(frozen=True, slots=True)
class ReservePrices:
    """The highest price a pack that the agency will pay, by product: pack in base units, and price."""

    currency: str
    prices: dict[str, tuple[int, Decimal]] = field(repr=False)


def reserve_payload(reserve: ReservePrices) -> bytes:
    """Write the payload; raises `PayloadError` for a price that it cannot hold exactly."""
    prices = [
        {"pack": str(pack), "price": exactly(price, "prices.price"), "product": product}
        for product, (pack, price) in sorted(reserve.prices.items())
    ]
    payload = canonical_json({"currency": reserve.currency, "prices": prices})
    read_reserve(payload)
    return payload


def read_reserve(payload: bytes) -> ReservePrices:
    """Read the payload; raises `PayloadError`."""
    try:
        body = read_canonical(payload)
        _payload(body, "")
    except FormatError as error:
        raise PayloadError(str(error), where=error.where) from None
    prices = {one["product"]: (int(one["pack"]), Decimal(one["price"])) for one in body["prices"]}
    if not prices:
        raise PayloadError("prices: at least one", where="prices")
    return ReservePrices(body["currency"], prices)


def seal_reserve(
    payload: bytes,
    front: Reserve,
    *,
    seed: bytes | None = None,
    ephemerals: Sequence[bytes] | None = None,
) -> SealedEnvelope[Reserve]:
    """Seal a reserve; ``front`` says everything but its commitment and how long the body must be.

    ``seed`` and ``ephemerals`` are for test vectors only. Raises `PayloadError` for a payload that nobody could read.
    """
    read_reserve(payload)
    front = replace(front, pad=fitting_pad(len(payload), len(front.openers), front.pad))
    if seed is None:
        seed = primitives.fresh_secret()
    if ephemerals is None:
        ephemerals = [primitives.fresh_scalar() for _ in front.openers]
    return assemble(front, payload, seed, ephemerals)


def parse_reserve(file: bytes) -> ParsedEnvelope[Reserve]:
    """Take a sealed reserve apart; raises `FormatError` for anything else, a bid's envelope included."""
    return parse_as(Reserve, file)


def release_reserve_share(header_bytes: bytes, sealed: bytes, *, position: int, key: bytes) -> bytes:
    """An opener's share of a sealed reserve, as `opening.release_share` gives it of a bid."""
    return share_of(Reserve.from_bytes(header_bytes), header_bytes, sealed, position=position, key=key)


def open_reserve(file: bytes, shares: Mapping[int, bytes]) -> Opened[Reserve]:
    """Open a sealed reserve with the shares released so far; raises like `opening.open_envelope`."""
    return open_parsed(file, parse_reserve(file), shares)


def open_reserve_with_seed(file: bytes, seed: bytes) -> Opened[Reserve]:
    """Open a sealed reserve with its seed; raises like `opening.open_with_seed`."""
    return parsed_with_seed(file, parse_reserve(file), seed)
