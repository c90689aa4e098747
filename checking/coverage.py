"""Whether an opened offer is of what its bid covers, and what of it is ranked."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from checking.material import Fails
from checking.ranking import Priced, ratio
from sealing import offers
from sealing.offers import OfferKind


def ranked_offer(
    offer: offers.Offer | None, entry: Mapping[str, Any], lot: Mapping[str, Any], score: str | None
) -> Priced:
    """An opened price as the second ranking takes it, held against what the record says that its bid covers."""
    covers = _covered(entry)
    factors = {item["item"]: item.get("factor_price", item.get("factor")) for item in lot["items"]}
    priced = {covers["item"], *(one["item"] for one in covers["products"] if covers["kind"] != OfferKind.SYSTEM)}
    known = priced | {one["item"] for one in covers["further"]}
    if not known <= factors.keys() or len({factors[item] for item in priced}) != 1:
        raise Fails("other_item", bid=entry["bid"])
    if covers["kind"] == OfferKind.SYSTEM and not _is_the_set(covers, lot):
        raise Fails("other_item", bid=entry["bid"])
    return Priced(
        bid=entry["bid"],
        price=f"{offer.price:.6f}" if offer else None,
        units=offer.units if offer else 1,
        fits=offer is not None
        and _fits(offer, covers)
        and _follows(offer, covers, factors)
        and (offer.service_fee is None or bool(lot.get("service_fee"))),
        currency=offer.currency if offer else "",
        factor=str(factors[covers["item"]]),
        score=score,
    )


def _covered(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What a bid covers; the first record says of a product only its item and pack."""
    if "covers" in entry:
        return dict(entry["covers"])
    product = {"item": entry["item"], "pack": entry["pack"], "product": "", "quantity": 1}
    return {"kind": "product", "registration": None, "item": entry["item"], "products": [product], "further": []}


def _is_the_set(covers: Mapping[str, Any], lot: Mapping[str, Any]) -> bool:
    """Whether the products are of exactly the parts that the notice asks for, in their quantities of base units."""
    asked = {(part["item"], int(part["quantity"])) for part in lot["parts"]}
    return asked == {(one["item"], one["quantity"] * one["pack"]) for one in covers["products"]}


def _fits(offer: offers.Offer, covers: Mapping[str, Any]) -> bool:
    if (offer.kind, offer.registration) != (covers["kind"], covers["registration"]):
        return False
    parts: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for one in covers["products"]:
        parts[one["item"] if offer.kind is OfferKind.SYSTEM else ""].add((one["product"], one["pack"], one["quantity"]))
    offered = [{(product, part.pack, part.quantity) for product in part.products or [""]} for part in offer.parts]
    if not offer.products:  # the first payload names no product
        parts = {"": {("", pack, quantity) for _product, pack, quantity in parts[""]}}
    return sorted(map(sorted, offered)) == sorted(map(sorted, parts.values()))


def _follows(offer: offers.Offer, covers: Mapping[str, Any], factors: Mapping[str, str]) -> bool:
    """Whether the further specifications are those of the bid, at what follows from its price.

    A price follows in proportion to the units of the reference item that a pack counts as. Whole millionths: twice the
    stated price lies within one of twice the exact one, and what is exactly between two prices goes up.
    """
    if {(one.product, one.pack) for one in offer.further} != {
        (one["product"], one["pack"]) for one in covers["further"]
    }:
        return False
    items = {one["product"]: one["item"] for one in covers["further"]}
    counted, of = ratio(factors[covers["item"]])
    for one in offer.further:
        counts, parts = ratio(factors[items[one.product]])
        exact = 2 * int(offer.price.scaleb(6)) * one.pack * counts * of
        whole = offer.units * counted * parts
        if not -whole <= exact - 2 * int(one.price.scaleb(6)) * whole < whole:
            return False
    return True
