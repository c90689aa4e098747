"""After lost keys: the call, its new openers, and bidders who reveal their seeds, made through the real actions.

stage.bids = sealed_bids(stage, "13.50", "12.90")   # each kept with what its bidder alone has
lose_keys(stage, (3, 4, 5))                         # a call is prepared, these places are replaced, all sign
publish(stage)
revealed(stage.bids[0])
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sealing.canonical import read_canonical
from sealing.ceremony import read_call
from sealing.documents import Document, read_document
from sealing.envelope import SealedEnvelope, seal
from sealing.keys import recovery_secret
from sealing.payloads import reveal_payload
from sealing.revealing import seal_seeds
from tenders.actions.bidding import Seeds, reveal_bid, submit_bid
from tenders.actions.opening import call_reveal, publish_call
from tenders.actions.people import replace_opener
from tenders.call import PublishedCall, published_call, shut_envelopes
from tenders.models import Bid, Reveal, RevealCall
from tenders.signing import server_public, sign
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
        call = published_call(self.bid.tender)
        files = {kind: self.envelopes[kind].file for kind in kinds if kind not in other}
        secret = recovery_secret(*self.envelopes.values())
        honest = seal_seeds(checked_call(call), secret, files, terms=call.tender.terms)
        sealed = {kind: one.file for kind, one in honest.items()}
        for kind, seed in other.items():
            payload = reveal_payload(seed=seed, sha256=self.envelopes[kind].digest)
            sealed[kind] = seal(payload, *PublishedCall.of(call).asks(version, kind)).file
        return Seeds(**sealed)


def checked_call(call: RevealCall) -> Document:
    """The call as a bidder's program reads it."""
    close = read_document(bytes(call.tender.close.document), [server_public()])
    return read_call(bytes(call.document).decode(), server=server_public(), close=close)


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
        replaced(stage, places, at=at)
        prove_keys(stage.holders, now=at)
    return call


def replaced(stage: Stage, places: Sequence[int], *, at: datetime) -> None:
    """The openers at these places have successors, who have made their keys."""
    for place in places:
        left = stage.holders[place - 1].opener
        seat = stage.world.seat(left.seat.organisation, "opener")
        opener = replace_opener(opener=left, seat=seat, reason="The key is lost", by=stage.officer, now=at)
        stage.holders[place - 1] = make_pair(opener, now=at)


def publish(stage: Stage, *, at: datetime = CALLED) -> RevealCall:
    with clock_at(at):
        return publish_call(call=stage.tender.reveal_call, by=stage.officer, now=at)


def revealed(sealed: SealedBid, *, at: datetime = CALLED + HOUR, **other: bytes) -> Reveal:
    """What a bidder's own program does with its recovery file."""
    with clock_at(at):
        return reveal_bid(bid=sealed.bid, seeds=sealed.seeds(**other), by=sealed.bid.prepared_by, now=at)


def crooked_calls(package: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each way in which the platform may try to have seeds unlocked for others, with the part that gives it away."""

    def again(part: str, **changes: Any) -> dict[str, Any]:
        body = read_canonical(package[part].partition("\n")[0].encode())
        return package | {part: sign(body | changes).decode()}

    call = read_canonical(package["call"].partition("\n")[0].encode())
    request = package["requests"][0]
    asked = read_canonical(request["document"].partition("\n")[0].encode())
    strange = [*call["openers"][:4], call["openers"][4] | {"organisation": "Another"}]
    yield "call", again("call", close="0" * 64)
    yield "call", again("call", tender="T-1999-0001")
    yield "call", again("call", fingerprint="0" * 64)
    yield "call", again("call", key_signatures=call["key_signatures"][:4])
    yield "call", again("call", openers=strange)
    yield "call", again("call", due_at=call["due_at"].replace("20", "21", 1))
    yield "call", package | {"call": package["close"]}
    yield "notice", package | {"call": ""}
    for change in ({"envelope": "technical"}, {"envelope": "commercial", "result": "1" * 64}):
        document = sign(asked | change).decode()
        yield "requests[0]", package | {"requests": [request | {"document": document}]}
    # Another call than the one that the seed was sealed to, though signed by all.
    yield "requests[0].entries[0]", again("call", reason="another reason")
