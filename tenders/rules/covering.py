"""What a bid covers, and whether an opened offer is of it.

A bid says before it is sealed of which products it is: one product, the models of a registration, or the parts of a
set; beside one product, further specifications of the same holder's. The price alone is sealed; an offer of anything
else than the bid covers is malformed, and so is one whose further prices are not those that follow from its price.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sealing.offers import Offer, OfferKind
from selection.conversion import converted_price

# So many further specifications leave every offer in the smallest envelope, so that its length tells nothing of them.
MOST_FURTHER = 30


@dataclass(frozen=True)
class CoveredProduct:
    """One product of a bid, by its reference and that of its item; ``quantity`` packs of it make a set."""

    product: str
    item: str
    pack: int
    quantity: int = 1


@dataclass(frozen=True)
class FurtherProduct:
    """Another specification: one base unit of it counts as ``factor`` units of the lot's reference item in prices."""

    product: str
    item: str
    pack: int
    factor: Decimal

    @property
    def counts(self) -> Fraction:
        return self.pack * Fraction(self.factor)


@dataclass(frozen=True)
class Coverage:
    """The products of a bid and its kind; ``item`` is what its price is of, with its ``factor`` in the lot,
    ``registration`` the number that all models of one have. ``with_fee`` says whether a service fee may stand beside
    the price, ``further`` what else can be ordered, at converted prices."""

    kind: OfferKind
    item: str
    products: tuple[CoveredProduct, ...]
    registration: str | None = None
    with_fee: bool = False
    factor: Decimal = Decimal(1)
    further: tuple[FurtherProduct, ...] = ()


def fits(offer: Offer, coverage: Coverage) -> bool:
    """Whether an offer is of exactly the products of the bid, in their packs and quantities, with no fee but where
    one may be asked for, and its further specifications at exactly the prices that follow.

    Products of one item are models of one part of a set. An offer of the first payload names no product: its pack
    alone must be right.
    """
    if (offer.kind, offer.registration) != (coverage.kind, coverage.registration):
        return False
    if not _further_follow(offer, coverage):
        return False
    if offer.service_fee is not None and not coverage.with_fee:
        return False
    if not offer.products:
        return [offer.parts[0].pack] == [one.pack for one in coverage.products]
    parts: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for one in coverage.products:
        part = one.item if coverage.kind is OfferKind.SYSTEM else ""
        parts[part].add((one.product, one.pack, one.quantity))
    offered = [{(product, part.pack, part.quantity) for product in part.products} for part in offer.parts]
    return len(offered) == len(parts) and all(part in offered for part in parts.values())


def _further_follow(offer: Offer, coverage: Coverage) -> bool:
    """Whether the offer names the further specifications of the bid, each in its pack and at the converted price."""
    counts = offer.units * Fraction(coverage.factor)
    stated = {(one.product, one.pack, one.price) for one in offer.further}
    return stated == {
        (one.product, one.pack, converted_price(offer.price, counts, one.counts)) for one in coverage.further
    }
