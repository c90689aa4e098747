"""After lost keys: the call, its new openers, and bidders who reveal their seeds, made through the real actions.

stage.bids = sealed_bids(stage, "13.50", "12.90")   # each kept with what its bidder alone has
lose_keys(stage, (3, 4, 5))                         # a call is prepared, these places are replaced, all sign
publish(stage)
revealed(stage.bids[0])
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tenders.actions.bidding import Seeds, reveal_bid, submit_bid
from tenders.actions.opening import call_reveal, publish_call
from tenders.actions.people import replace_opener
from tenders.call import PublishedCall, published_call, shut_envelopes
from tenders.models import Bid, Reveal, RevealCall
from tenders.sealing.envelope import SealedEnvelope, seal
from tenders.sealing.payloads import reveal_payload
from tests.tenders.bids import HOUR, a_bid, clock_at, sealed_pair, submission_of
from tests.tenders.stage import DEADLINE, Stage, make_pair, prove_keys

CALLED = DEADLINE + 2 * HOUR
DUE = CALLED + timedelta(hours=48)
REASON = "Three key files were lost in a fire"


@dataclass
class SealedBid:
    """A bid, and the envelopes as only its bidder has them."""

    bid: Bid
    envelopes: dict[str, SealedEnvelope]

    def seeds(self, **other: bytes) -> Seeds:
        """The files of its reveal; ``other`` gives the seed of an envelope that is sealed in place of its own."""
        ((version, kinds),) = shut_envelopes(self.bid.tender, bid=self.bid).items()
        call = PublishedCall.of(published_call(self.bid.tender))
        files = {}
        for kind in kinds:
            own = self.envelopes[kind]
            payload = reveal_payload(seed=other.get(kind, own.seed), sha256=own.digest)
            files[kind] = seal(payload, *call.asks(version, kind)).file
        return Seeds(**files)


def sealed_bids(stage: Stage, *prices: str) -> list[SealedBid]:
    """One bid a price, from the stage's suppliers in turn, handed in an hour before the deadline."""
    bids = []
    for number, price in enumerate(prices):
        bid = a_bid(stage, supplier=stage.suppliers[number % len(stage.suppliers)])
        envelopes = sealed_pair(bid, price)
        with clock_at(DEADLINE - HOUR):
            submit_bid(bid=bid, submission=submission_of(envelopes), by=bid.prepared_by, now=DEADLINE - HOUR)
        bids.append(SealedBid(bid, envelopes))
    return bids


def lose_keys(stage: Stage, places: Sequence[int], *, at: datetime = CALLED) -> RevealCall:
    """A call is prepared, the openers at these places are replaced, and everybody signs the new key list."""
    with clock_at(at):
        due_at = at + (DUE - CALLED)
        call = call_reveal(tender=stage.tender, reason=REASON, due_at=due_at, by=stage.world.preparer, now=at)
        for place in places:
            left = stage.holders[place - 1].opener
            seat = stage.world.seat(left.seat.organisation, "opener")
            opener = replace_opener(opener=left, seat=seat, reason="The key is lost", by=stage.officer, now=at)
            stage.holders[place - 1] = make_pair(opener, now=at)
        prove_keys(stage.holders, now=at)
    return call


def publish(stage: Stage, *, at: datetime = CALLED) -> RevealCall:
    with clock_at(at):
        return publish_call(call=stage.tender.reveal_call, by=stage.officer, now=at)


def revealed(sealed: SealedBid, *, at: datetime = CALLED + HOUR, **other: bytes) -> Reveal:
    """What a bidder's own program does with its recovery file."""
    with clock_at(at):
        return reveal_bid(bid=sealed.bid, seeds=sealed.seeds(**other), by=sealed.bid.prepared_by, now=at)
