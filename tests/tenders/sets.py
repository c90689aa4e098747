"""A lot of sets, bids in it, and its ranking with crooked offers in between.

stage = lot_of_sets(world)                 # a stem, four screws, a cup; a service fee may be asked
begun(stage, stage.suppliers[0])           # a bid with a product for each part; screws come in twos
ranked_sets(stage)                         # four bids: the cheap one with a fee, a dear one, two malformed ones
"""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from accounts.models import Seat
from catalogue.models import ProductVersion
from sealing.offers import Offer
from tenders.actions.bidding import prepare_bid, submit_bid
from tenders.models import Bid, Receipt
from tests.tenders.bids import HOUR, clock_at, fresh, offered, sealed_pair, submission_of
from tests.tenders.judging import OPENED, PRICED, judge, open_envelopes
from tests.tenders.stage import DEADLINE, Stage, product_of, published_tender
from tests.world import NOW, World

PARTS = (1, 4, 1)


def lot_of_sets(world: World) -> Stage:
    return published_tender(world, lots=("1000.00",), suppliers=4, offered="system", parts=PARTS, with_service_fee=True)


def parts_of(stage: Stage, supplier: Seat, packs: tuple[int, ...] = (1, 2, 1)) -> list[ProductVersion]:
    """A product of the supplier for each part, in packs of these sizes."""
    parts = zip(stage.lots[0].parts.all(), packs, strict=True)
    return [product_of(part.item, supplier.organisation, pack) for part, pack in parts]


def begun(stage: Stage, supplier: Seat, products: list[ProductVersion] | None = None) -> Bid:
    first, *rest = products or parts_of(stage, supplier)
    return prepare_bid(lot=stage.lots[0], product_version=first, parts=rest, by=supplier, now=NOW)


def handed_in(bid: Bid, price: str, offer: Offer | None = None, *, at: datetime = DEADLINE - HOUR) -> Receipt:
    with clock_at(at):
        submission = submission_of(sealed_pair(bid, price, offer=offer))
        return submit_bid(bid=bid, submission=submission, by=bid.prepared_by, now=at)


def ranked_sets(stage: Stage) -> list[Bid]:
    """The cheaper set asks for a fee, the dearer does not; one offer leaves a part out, another has one twice."""
    cheap, dear, fewer, other = bids = [begun(stage, supplier) for supplier in stage.suppliers]
    handed_in(cheap, "", replace(offered(cheap, "800"), service_fee=Decimal(500)))
    handed_in(dear, "900")
    handed_in(fewer, "", _of(fewer, offered(fewer, "700").parts[:2]))
    first, *rest = offered(other, "600").parts
    handed_in(other, "", _of(other, (replace(first, quantity=2), *rest)))
    ranked(stage, bids)
    return bids


def ranked(stage: Stage, bids: list[Bid]) -> None:
    """Every bid passes, and their prices are opened."""
    open_envelopes(stage, "technical", at=OPENED)
    stage.tender = fresh(stage.tender)
    judge(stage, dict.fromkeys(bids, "80"))
    open_envelopes(stage, "commercial", at=PRICED)


def _of(bid: Bid, parts: tuple) -> Offer:
    price = sum((part.price * part.quantity for part in parts), Decimal(0))
    return replace(offered(bid, "800"), parts=parts, price=price)
