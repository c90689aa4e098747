"""What a bid covers, from its rows: what its offer is held against when prices are open, and what the record says."""

from typing import Any

from django.db.models import Prefetch

from catalogue.models import ProductVersion
from sealing.offers import OfferKind
from tenders.models import Bid, BidProduct, LotItem
from tenders.rules.covering import Coverage, CoveredProduct, FurtherProduct


def covered_by(bid: str = "") -> tuple[Prefetch, Prefetch]:
    """The products of bids and the items of their lots, to be fetched with rows that have a bid under this name."""
    products = BidProduct.objects.select_related("product_version__product__item").order_by("pk")
    items = LotItem.objects.select_related("item").order_by("pk")
    paths = [f"{bid}__{name}".removeprefix("__") for name in ("products", "lot__lot_items")]
    return Prefetch(paths[0], products), Prefetch(paths[1], items)


def coverage_of(bid: Bid) -> Coverage:
    """What a bid covers; ``covered_by`` fetches it for many bids at once."""
    kind, lot_items = OfferKind(bid.lot.offered), bid.lot.lot_items.all()
    factors = {one.item.reference: one.factor for one in lot_items}
    rows = [(row, _named(row.product_version)) for row in bid.products.all()]
    products = tuple(CoveredProduct(**named, quantity=row.quantity) for row, named in rows if not row.further)
    item = lot_items[0].item.reference if kind is OfferKind.SYSTEM else products[0].item
    return Coverage(
        kind=kind,
        item=item,
        products=products,
        registration=bid.registration or None,
        with_fee=bid.lot.with_service_fee,
        factor=factors[item],
        further=tuple(FurtherProduct(**named, factor=factors[named["item"]]) for row, named in rows if row.further),
    )


def _named(version: ProductVersion) -> dict[str, Any]:
    return {
        "product": version.product.reference,
        "item": version.product.item.reference,
        "pack": version.pack_size or 0,  # a product without one cannot be offered
    }


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
        "further": [{"item": one.item, "pack": one.pack, "product": one.product} for one in coverage.further],
    }
