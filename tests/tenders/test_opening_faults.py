"""A bad envelope or a bad share stops nobody else, and the verdict says whose fault it is."""

import pytest

from core.errors import Refused
from sealing import ceremony
from sealing.envelope import Slot, assemble, seal
from sealing.opening import open_with_seed
from sealing.payloads import technical_payload
from tenders.actions.bidding import Submission, sealing_notice, submit_bid
from tenders.actions.opening import conclude_opening
from tenders.models import Bid, OpenedEnvelope, OpeningRequest
from tests.arranging import arranged
from tests.sealing.kit import forge, plaintext
from tests.tenders.bids import ANSWERS, HOUR, a_bid, ask, bids_in, clock_at, release, sealed_pair
from tests.tenders.stage import DEADLINE, cancelled, published_tender

LATER = DEADLINE + HOUR


@pytest.fixture
def stage(world):
    return published_tender(world, lots=("20.00",))


def a_bid_with(stage, technical: bytes) -> Bid:
    """A bid of the third supplier whose technical envelope is this file."""
    bid = Bid.objects.get(supplier=stage.suppliers[2].organisation)
    commercial = sealed_pair(bid, "11.00")["commercial"].file
    with clock_at(DEADLINE - HOUR):
        submit_bid(bid=bid, submission=Submission("crooked", technical, commercial), by=bid.prepared_by, now=DEADLINE)
    return bid


def outcomes() -> dict[Bid, str]:
    return {envelope.bid: envelope.outcome for envelope in OpenedEnvelope.objects.select_related("bid")}


@pytest.mark.parametrize("places", [(1, 2, 3), (1, 2, 4, 3), (3, 5, 1)])
def test_who_seals_different_shares_to_different_openers_is_at_fault_whoever_is_present(stage, places):
    (good,) = bids_in(stage, "13.50")
    bid = a_bid(stage, supplier=stage.suppliers[2])
    honest = sealed_pair(bid, "11.00")["technical"]
    verdict = open_with_seed(honest.file, honest.seed)
    plain = plaintext(honest.header, verdict.payload, verdict.ephemerals)
    crooked = a_bid_with(stage, forge(honest.header, plain, honest.seed, verdict.ephemerals, {4: b"4" * 32}))
    ask(stage)
    release(stage, places)
    assert outcomes() == {good: "opened", crooked: "bidder_fault"}
    envelope = OpenedEnvelope.objects.get(bid=crooked)
    assert (envelope.payload, envelope.seed) == ("", honest.seed.hex())


@pytest.mark.parametrize("payload", [b"\xff\x00 no text", b"{}", b'{"offer":1}'])
def test_an_envelope_that_opens_to_nonsense_is_the_bidders_fault(stage, payload):
    (good,) = bids_in(stage, "13.50")
    bid = a_bid(stage, supplier=stage.suppliers[2])
    slot = Slot(bid.supplier.credit_code, bid.reference, 1, "technical")
    honest = seal(technical_payload(ANSWERS), sealing_notice(bid.lot, "technical"), slot)
    ephemerals = open_with_seed(honest.file, honest.seed).ephemerals
    nonsense = a_bid_with(stage, assemble(honest.header, payload, honest.seed, ephemerals).file)
    ask(stage)
    release(stage)
    assert outcomes() == {good: "opened", nonsense: "bidder_fault"}


def test_a_wrong_share_is_named_and_another_opener_helps(stage, monkeypatch):
    good, hit = bids_in(stage, "13.50", "12.90")
    (request,) = ask(stage)
    spoil_shares_of(hit, monkeypatch)
    release(stage, (1, 2, 3))
    assert OpenedEnvelope.objects.get().bid == good
    monkeypatch.undo()
    release(stage, (4,))
    later = OpenedEnvelope.objects.get(bid=hit)
    assert (later.outcome, later.wrong_openers) == ("opened", [2])
    assert OpeningRequest.objects.still_shut().filter(pk=request.pk).count() == 0


def test_an_opening_can_be_concluded_when_the_other_openers_cannot_come(stage, monkeypatch):
    good, hit = bids_in(stage, "13.50", "12.90")
    (request,) = ask(stage)
    release(stage, (1,))
    with clock_at(LATER), pytest.raises(Refused, match="Too few openers"):
        conclude_opening(request=request, by=stage.officer, now=LATER)
    spoil_shares_of(hit, monkeypatch)
    release(stage, (2, 3))
    with clock_at(LATER):
        conclude_opening(request=request, by=stage.officer, now=LATER)
    assert {envelope.bid: envelope.outcome for envelope in OpenedEnvelope.objects.all()} == {
        good: "opened",
        hit: "unreadable",
    }


def test_the_opening_of_a_cancelled_tender_is_not_concluded(stage, monkeypatch):
    good, hit = bids_in(stage, "13.50", "12.90")
    (request,) = ask(stage)
    spoil_shares_of(hit, monkeypatch)
    release(stage, (1, 2, 3))
    cancelled(stage, now=LATER)
    with clock_at(LATER), pytest.raises(Refused):
        conclude_opening(request=request, by=stage.officer, now=LATER)
    assert outcomes() == {good: "opened"}


def spoil_shares_of(bid, monkeypatch):
    """The opener at place 2 releases something else than its share of this bid."""
    honest = ceremony.release_share

    def crooked(header_bytes, sealed, *, position, key):
        share = honest(header_bytes, sealed, position=position, key=key)
        return share[::-1] if position == 2 and bid.reference.encode() in header_bytes else share

    monkeypatch.setattr(ceremony, "release_share", crooked)


def test_a_file_that_was_changed_in_storage_is_not_opened_and_stops_nobody(stage):
    good, hit = bids_in(stage, "13.50", "12.90")
    other = bytes(good.versions.get().technical)
    ask(stage)

    arranged(hit.versions.update)(technical=other)
    release(stage, (1, 2, 3))
    assert outcomes() == {good: "opened"}
    release(stage, (4, 5))
    assert outcomes() == {good: "opened", hit: "unreadable"}
