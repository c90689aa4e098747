"""A lot of two items, bids that offer further specifications, and its ranking with crooked offers in between.

stage = lot_of_two_items(world)            # a reference item, and one that counts as two of it
begun(stage, stage.suppliers[0])           # a bid for packs of 10, and further packs of 30 and of the other item
ranked_bids(stage)                         # four bids: two honest, one a fen too low further, one that leaves one out
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from accounts.models import Seat
from catalogue.models import ProductVersion
from tenders.actions.bidding import prepare_bid
from tenders.models import Bid
from tests.tenders.bids import offered
from tests.tenders.sets import handed_in, ranked
from tests.tenders.stage import Stage, product_of, published_tender
from tests.world import NOW, World


def lot_of_two_items(world: World, **draft: object) -> Stage:
    return published_tender(world, lots=("20.00",), suppliers=4, others=("2",), **draft)


def products_of(stage: Stage, supplier: Seat) -> list[ProductVersion]:
    """Packs of 10 and 30 of the reference item and of 7 of the other, which counts as two."""
    one, other = (row.item for row in stage.lots[0].lot_items.order_by("pk"))
    return [product_of(item, supplier.organisation, pack) for item, pack in ((one, 10), (one, 30), (other, 7))]


def begun(stage: Stage, supplier: Seat, products: Sequence[ProductVersion] = ()) -> Bid:
    main, *further = products or products_of(stage, supplier)
    return prepare_bid(lot=stage.lots[0], product_version=main, further=further, by=supplier, now=NOW)


def ranked_bids(stage: Stage) -> list[Bid]:
    """The cheapest states a further price that is a fen less than what follows; the next leaves one out."""
    cheap, dear, lower, fewer = bids = [begun(stage, supplier) for supplier in stage.suppliers]
    handed_in(cheap, "100.01")
    handed_in(dear, "120")
    offer = offered(lower, "80")
    first, second = offer.further
    handed_in(lower, "", replace(offer, further=(first, replace(second, price=second.price - Decimal("0.01")))))
    offer = offered(fewer, "90")
    handed_in(fewer, "", replace(offer, further=offer.further[:1]))
    ranked(stage, bids)
    return bids
