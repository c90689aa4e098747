"""What a bid covers, and whether an opened offer is of it.

A bid says before it is sealed of which products it is: one product, the models of a registration, or the parts of a
set. The price alone is sealed; an offer of anything else than the bid covers is malformed.
"""

from collections import defaultdict
from dataclasses import dataclass

from sealing.offers import Offer, OfferKind


@dataclass(frozen=True)
class CoveredProduct:
    """One product of a bid, by its reference and that of its item; ``quantity`` packs of it make a set."""

    product: str
    item: str
    pack: int
    quantity: int = 1


@dataclass(frozen=True)
class Coverage:
    """The products of a bid and its kind; ``item`` is what its price is of, ``registration`` the number that all
    models of one have. ``with_fee`` says whether a service fee may stand beside the price."""

    kind: OfferKind
    item: str
    products: tuple[CoveredProduct, ...]
    registration: str | None = None
    with_fee: bool = False


def fits(offer: Offer, coverage: Coverage) -> bool:
    """Whether an offer is of exactly the products of the bid, in their packs and quantities, with no fee but where
    one may be asked for.

    Products of one item are models of one part of a set. An offer of the first payload names no product: its pack
    alone must be right.
    """
    if (offer.kind, offer.registration) != (coverage.kind, coverage.registration) or offer.further:
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
