"""What a bidder offers, and at what price: one product, the models of a registration, or a system of parts.

A price is of one pack; that of a system of one set, and then it is exactly the sum of its parts' prices times their
quantities. Nothing is ever rounded here: prices are texts with exactly six decimals, read as `Decimal`.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sealing.canonical import REFERENCE, choice, listing, matching, nullable, record, text
from sealing.errors import PayloadError

MOST_PRODUCTS = 999
MOST_PARTS = 99

CURRENCY = matching(r"[A-Z]{3}", "a currency of three capitals")
WHOLE = matching(r"[1-9][0-9]{0,8}", "a whole number above nought")
PRICE = matching(r"(?:0|[1-9][0-9]{0,11})\.[0-9]{6}", "a price with exactly six decimals")
_part = record(
    pack=WHOLE,
    price=PRICE,
    products=listing(REFERENCE, most=MOST_PRODUCTS, ascending=str),
    quantity=WHOLE,
)


class OfferKind(StrEnum):
    """What an offer is of: one product; all models under a registration at one price; a set of parts."""

    PRODUCT = "product"
    REGISTRATION = "registration"
    SYSTEM = "system"


check_offer = record(
    currency=CURRENCY,
    further=listing(record(pack=WHOLE, price=PRICE, product=REFERENCE), most=MOST_PRODUCTS),
    kind=choice(*(kind.value for kind in OfferKind)),
    parts=listing(_part, most=MOST_PARTS),
    price=PRICE,
    registration=nullable(text(60)),
    service_fee=nullable(PRICE),
)
# An offer of the first payload: the price of one pack of a product that it does not name.
check_first_offer = record(currency=CURRENCY, pack=WHOLE, price=PRICE)


@dataclass(frozen=True, slots=True)
class Part:
    """So many packs of a product, or of any of several models, at one price a pack of so many base units.

    ``products`` is empty in an offer of the first payload, which names none.
    """

    products: tuple[str, ...]
    pack: int = field(repr=False)
    price: Decimal = field(repr=False)
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Further:
    """Another specification of the bidder's, at a price a pack that follows from the offer's by conversion."""

    product: str
    pack: int = field(repr=False)
    price: Decimal = field(repr=False)


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered at ``price``. ``service_fee`` stands beside the price and is never ranked; None for none."""

    kind: OfferKind
    currency: str
    price: Decimal = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)
    registration: str | None = None
    further: tuple[Further, ...] = field(default=(), repr=False)
    service_fee: Decimal | None = field(default=None, repr=False)

    @property
    def units(self) -> int:
        """For how many base units the price is: those of a pack; a set counts as one."""
        return 1 if self.kind is OfferKind.SYSTEM else self.parts[0].pack

    @property
    def products(self) -> tuple[str, ...]:
        """Everything that can be ordered at the price: the products of all parts."""
        return tuple(product for part in self.parts for product in part.products)


def offer_of_product(*, currency: str, product: str, pack: int, price: Decimal) -> Offer:
    """The ordinary offer: one product at a price a pack."""
    return Offer(OfferKind.PRODUCT, currency, price, (Part((product,), pack, price),))


def written(offer: Offer) -> dict[str, Any]:
    """The offer as its payload holds it; raises `PayloadError` for an amount that it cannot hold exactly."""
    return {
        "currency": offer.currency,
        "further": [
            {"pack": str(one.pack), "price": exactly(one.price, "offer.further.price"), "product": one.product}
            for one in offer.further
        ],
        "kind": str(offer.kind),
        "parts": [
            {
                "pack": str(part.pack),
                "price": exactly(part.price, "offer.parts.price"),
                "products": list(part.products),
                "quantity": str(part.quantity),
            }
            for part in offer.parts
        ],
        "price": exactly(offer.price, "offer.price"),
        "registration": offer.registration,
        "service_fee": None if offer.service_fee is None else exactly(offer.service_fee, "offer.service_fee"),
    }


def read(body: dict[str, Any]) -> Offer:
    """An offer whose fields were checked; raises `PayloadError` where they contradict each other."""
    if "kind" not in body:
        part = Part((), int(body["pack"]), Decimal(body["price"]))
        offer = Offer(OfferKind.PRODUCT, body["currency"], part.price, (part,))
        _costs(offer)
        return offer
    offer = Offer(
        kind=OfferKind(body["kind"]),
        currency=body["currency"],
        price=Decimal(body["price"]),
        parts=tuple(
            Part(tuple(one["products"]), int(one["pack"]), Decimal(one["price"]), int(one["quantity"]))
            for one in body["parts"]
        ),
        registration=body["registration"],
        further=tuple(Further(one["product"], int(one["pack"]), Decimal(one["price"])) for one in body["further"]),
        service_fee=None if body["service_fee"] is None else Decimal(body["service_fee"]),
    )
    _agree(offer)
    return offer


def _agree(offer: Offer) -> None:
    named = (*offer.products, *(one.product for one in offer.further))
    if len(set(named)) < len(named):
        raise PayloadError("offer: a product named twice", where="offer.parts")
    if not all(part.products for part in offer.parts):
        raise PayloadError("offer.parts: a part of no product", where="offer.parts")
    if (offer.registration is None) == (offer.kind is OfferKind.REGISTRATION):
        raise PayloadError("offer.registration: of models under one, and of nothing else", where="offer.registration")
    if not _is_of_its_kind(offer):
        raise PayloadError("offer.parts: not those of an offer of this kind", where="offer.parts")
    if sum(_millionths(part.price) * part.quantity for part in offer.parts) != _millionths(offer.price):
        raise PayloadError("offer.price: not what the parts add up to", where="offer.price")
    _costs(offer)


def _costs(offer: Offer) -> None:
    """Nothing is offered for nothing: a price of nought is a slip, found before anything is sealed."""
    if not offer.price:
        raise PayloadError("offer.price: above nought", where="offer.price")
    if not all(one.price for one in offer.further):
        raise PayloadError("offer.further: prices above nought", where="offer.further.price")


def _is_of_its_kind(offer: Offer) -> bool:
    if offer.kind is OfferKind.SYSTEM:
        return len(offer.parts) > 1
    if [part.quantity for part in offer.parts] != [1]:
        return False
    return offer.kind is OfferKind.REGISTRATION or len(offer.products) == 1


def _millionths(price: Decimal) -> int:
    return int(price.scaleb(6))


def exactly(amount: Decimal, where: str) -> str:
    """An amount as a text with six decimals; `PayloadError` where it has more, or over twelve digits before them."""
    exact = f"{amount:.6f}" if amount.is_finite() and amount.adjusted() < 12 else ""
    if not exact or Decimal(exact) != amount:
        raise PayloadError(f"{where}: an amount with at most six decimals", where=where)
    return exact
