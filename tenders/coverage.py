"""What a bid covers, from its rows: what its offer is held against when prices are open, and what the record says."""

from typing import Any

from django.db.models import Prefetch

from sealing.offers import OfferKind
from tenders.models import Bid, BidProduct, LotItem
from tenders.rules.covering import Coverage, CoveredProduct


def covered_by(bid: str = "") -> tuple[Prefetch, Prefetch]:
    """The products of bids and the items of their lots, to be fetched with rows that have a bid under this name."""
    products = BidProduct.objects.select_related("product_version__product__item").order_by("pk")
    items = LotItem.objects.select_related("item").order_by("pk")
    paths = [f"{bid}__{name}".removeprefix("__") for name in ("products", "lot__lot_items")]
    return Prefetch(paths[0], products), Prefetch(paths[1], items)


def coverage_of(bid: Bid) -> Coverage:
    """What a bid covers; ``covered_by`` fetches it for many bids at once."""
    products = tuple(
        CoveredProduct(
            product=row.product_version.product.reference,
            item=row.product_version.product.item.reference,
            pack=row.product_version.pack_size or 0,  # a product without one cannot be offered
            quantity=row.quantity,
        )
        for row in bid.products.all()
    )
    kind = OfferKind(bid.lot.offered)
    item = bid.lot.lot_items.all()[0].item.reference if kind is OfferKind.SYSTEM else products[0].item
    return Coverage(kind, item, products, bid.registration or None, bid.lot.with_service_fee)


def covers(bid: Bid) -> dict[str, Any]:
    """What the public record and the bidder's own program are told of it."""
    coverage = coverage_of(bid)
    return {
        "kind": coverage.kind.value,
        "registration": coverage.registration,
        "item": coverage.item,
        "products": [
            {"item": one.item, "pack": one.pack, "product": one.product, "quantity": one.quantity}
            for one in coverage.products
        ],
    }
