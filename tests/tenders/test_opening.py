"""The ceremony: close, request, release, open; each step signed, in order, and only by those named."""

import json
from dataclasses import replace
from itertools import combinations

import pytest
from django.db import DatabaseError, connection
from django.utils import translation

from accounts.models import InboxMessage
from core.acting import acting_for
from core.clock import mark_installation, set_database_clock
from core.errors import Conflict, Denied, Refused
from core.models import Event
from procurement.shell import sentence
from sealing import ceremony, tree
from sealing.documents import read_document
from tenders.actions.bidding import submit_bid, withdraw_bid
from tenders.actions.opening import Released, close_due_tenders, close_tender, release_shares, request_opening
from tenders.models import Close, OpenedEnvelope, OpeningRequest, Qualification, Release
from tenders.presentation.package import opener_package
from tests.tenders.bids import (
    ANSWERS,
    HOUR,
    TICK,
    a_bid,
    ask,
    bids_in,
    body_of,
    by_hand,
    clock_at,
    fresh,
    handed_in,
    release,
    released,
    sealed,
    technical_result,
)
from tests.tenders.stage import DEADLINE, cancelled, published_tender
from tests.world import NOW

LATER = DEADLINE + HOUR


@pytest.fixture
def stage(world):
    return published_tender(world, lots=("20.00",))


# --- The close -------------------------------------------------------------------------------------------
def test_a_tender_closes_at_its_deadline_by_the_databases_clock(stage):
    with clock_at(DEADLINE - TICK), pytest.raises(Refused, match="has not come"):
        close_tender(tender=stage.tender, now=LATER)
    assert not Close.objects.exists()
    with clock_at(DEADLINE):
        close = close_tender(tender=stage.tender, now=NOW)
    assert close.closed_at == DEADLINE


def test_the_close_commits_to_the_last_receipt_of_every_standing_bid_and_tells_nothing_else(stage):
    bids = bids_in(stage, "13.50", "12.90", "11.00")
    last = handed_in(bids[0], "10.50")
    with clock_at(DEADLINE - HOUR):
        withdraw_bid(bid=bids[1], submission_key="withdraw", by=bids[1].prepared_by, now=NOW)
    with clock_at(DEADLINE):
        close = close_tender(tender=stage.tender, now=DEADLINE)
    leaves = sorted(tree.leaf(receipt.body) for receipt in (last, bids[2].receipts.get()))
    body = body_of(close.document)
    assert (body["count"], body["root"]) == (2, tree.root(leaves))
    assert set(body) == {"format", "tender", "deadline", "closed_at", "count", "root"}
    event = Event.objects.get(verb="tender.closed")
    assert (event.audience, event.data) == ("public", {"count": 2})


def test_a_tender_is_closed_once_whoever_needs_it(stage):
    with clock_at(LATER):
        assert close_due_tenders(now=LATER) == 1
        assert close_due_tenders(now=LATER) == 0
        close_tender(tender=stage.tender, now=LATER)
    assert Close.objects.count() == 1


# --- The request -----------------------------------------------------------------------------------------
def test_the_technical_request_lists_every_standing_bid_and_is_signed(stage):
    bids = bids_in(stage, "13.50", "12.90")
    (request,) = ask(stage)
    body = body_of(request.document)
    assert [entry["bid"] for entry in body["list"]] == sorted(bid.reference for bid in bids)
    assert body["close"] == stage.tender.close.sha256
    version = bids[0].versions.get()
    entry = next(entry for entry in body["list"] if entry["bid"] == bids[0].reference)
    assert (entry["com"], entry["sha256"]) == (version.technical_com, version.technical_sha256)
    assert entry["leaf"] == tree.leaf(bids[0].receipts.get().body)
    assert Event.objects.get(verb="opening.requested").audience == "public"
    told = InboxMessage.objects.filter(subject=stage.tender.reference, about__startswith="opening:")
    assert {notice.seat for notice in told} == {holder.seat for holder in stage.holders}


def test_nobody_is_asked_before_the_deadline_or_twice(stage):
    bids_in(stage, "13.50")
    with clock_at(DEADLINE - TICK), pytest.raises(Refused, match="has not come"):
        request_opening(lot=stage.lots[0], envelope="technical", by=stage.officer, now=NOW)
    ask(stage)
    with clock_at(LATER), pytest.raises(Conflict, match="asked for these envelopes already"):
        request_opening(lot=stage.lots[0], envelope="technical", by=stage.officer, now=LATER)


def test_only_the_agencys_officer_asks_and_no_opener_does(stage, world):
    stranger = world.seat(world.organisation("agency"), "officer")
    for seat in (stranger, stage.holders[0].seat, stage.suppliers[0], stage.evaluators[0].seat):
        with clock_at(LATER), pytest.raises(Denied):
            request_opening(lot=stage.lots[0], envelope="technical", by=seat, now=LATER)


def test_a_lot_without_bids_ends_as_failed(world):
    stage = published_tender(world, lots=("20.00", "30.00"))
    bids_in(stage, "13.50", lot=stage.lots[0])
    requests = ask(stage)
    assert [request.lot.number for request in requests] == [1]
    empty = stage.lots[1]
    assert (empty.status, empty.ending, empty.ended_by) == ("ended", "no_bid", stage.officer)


# --- Releases --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("places", list(combinations(range(1, 6), 3)))
def test_any_three_of_five_openers_open(stage, places):
    bids = bids_in(stage, "13.50", "12.90")
    ask(stage)
    release(stage, places[:2])
    assert not OpenedEnvelope.objects.exists()
    release(stage, places[2:])
    opened = OpenedEnvelope.objects.order_by("bid__reference")
    assert [envelope.bid for envelope in opened] == sorted(bids, key=lambda bid: bid.reference)
    for envelope in opened:
        assert (envelope.outcome, envelope.wrong_openers) == ("opened", [])
        answers = json.loads(envelope.payload)["answers"]
        assert {answer["criterion"]: answer["value"] for answer in answers} == ANSWERS
    assert not OpenedEnvelope.objects.filter(envelope="commercial").exists()


def test_the_trail_is_the_same_whatever_language_the_openers_read(stage):
    bids_in(stage, "13.50")
    with translation.override("zh-hans"):
        ask(stage)
        release(stage, (1, 2, 3))
    asked, opened = (Event.objects.get(verb=verb) for verb in ("opening.requested", "opening.opened"))
    assert (asked.data["envelope"], opened.data["envelope"]) == ("technical envelope", "technical envelope")
    sentences = [sentence(asked), sentence(opened)]
    assert all("(technical envelope)" in each for each in sentences)
    with translation.override("zh-hans"):
        assert not any("technical" in each for each in [sentence(asked), sentence(opened)])


def test_a_release_is_signed_by_its_opener_and_names_its_request(stage):
    bids_in(stage, "13.50")
    (request,) = ask(stage)
    (written,) = release(stage, (2,))
    body = read_document(bytes(written.document), [stage.holders[1].pair.sign_public]).body
    assert (body["request"], body["opener"], len(body["shares"])) == (request.sha256, 2, 1)


def answer_of(stage, place, *, request=None):
    """What the program of an opener would send for its only waiting request, before it is sent."""
    opener = stage.tender.openers.select_related("tender").get(place=place)
    keys = stage.holders[place - 1].pair
    asked = ceremony.check_package(opener_package(opener), keys, root=stage.tender.close.root, now=LATER)
    return asked[0], ceremony.release(asked[0], keys, at=LATER)


def test_a_release_counts_only_as_its_opener_signed_it(stage):
    bids_in(stage, "13.50", "12.90")
    ask(stage)
    asked, answer = answer_of(stage, 1)
    _asked, of_another = answer_of(stage, 2)
    swapped = answer.shares[::-1]
    elsewhere = ceremony.release(replace(asked, request="0" * 64), stage.holders[0].pair, at=LATER)
    wrong_place = ceremony.release(replace(asked, place=2), stage.holders[0].pair, at=LATER)
    bad = {
        "not signed with the key of place 1": Released(of_another.document, of_another.shares),
        "answers no request": Released(elsewhere.document, elsewhere.shares),
        "waits for place 1": Released(wrong_place.document, answer.shares),
        "not those that its release names": Released(answer.document, swapped),
        "shares of place 1 are not": Released(answer.document, answer.shares[:1]),
        "is not signed": Released(b"a photo", answer.shares),
    }
    for words, sent in bad.items():
        with clock_at(LATER), pytest.raises(Refused, match=words) as refusal:
            release_shares(tender=stage.tender, answers=[sent], by=stage.holders[0].seat, now=LATER)
        assert refusal.value.faults[0].field == "releases"
    twice = [Released(answer.document, answer.shares)] * 2
    with clock_at(LATER), pytest.raises(Refused, match="answers no request"):
        release_shares(tender=stage.tender, answers=twice, by=stage.holders[0].seat, now=LATER)
    assert not Release.objects.exists()


def test_only_the_openers_of_the_tender_release_when_asked_and_once(stage, world):
    bids_in(stage, "13.50")
    seat = stage.holders[0].seat
    sent = {"tender": stage.tender, "answers": [Released(b"", ())], "now": LATER}
    with clock_at(LATER), pytest.raises(Refused, match="Nobody has asked"):
        release_shares(**sent, by=seat)
    ask(stage)
    with clock_at(LATER), pytest.raises(Refused, match="You hold no key"):
        release_shares(**sent, by=world.seat(world.regulator, "opener"))
    with clock_at(LATER), pytest.raises(Denied):
        release_shares(**sent, by=stage.officer)
    release(stage, (1,))
    with clock_at(LATER), pytest.raises(Conflict, match="already"):
        release_shares(**sent, by=seat)


def test_who_comes_after_the_opening_finds_nothing_to_do(stage):
    bids_in(stage, "13.50")
    ask(stage)
    release(stage, (1, 2, 3))
    with pytest.raises(Refused):
        release(stage, (4,))


# --- Prices ----------------------------------------------------------------------------------------------
def opened_technically(stage, *prices):
    bids = bids_in(stage, *prices)
    ask(stage)
    release(stage)
    return bids


def test_prices_are_opened_only_for_the_bids_that_passed(stage):
    cheap, good, fair = opened_technically(stage, "1.00", "13.50", "12.90")
    lot = fresh(stage.tender).lots.get()
    technical_result(lot, passed=[good, fair], failed=[cheap], by=stage.officer, final_at=LATER)
    (request,) = ask(stage, "commercial")
    assert [entry["bid"] for entry in request.entries] == sorted([good.reference, fair.reference])
    assert body_of(request.document)["result"] == lot.technical_result.sha256
    release(stage, (3, 4, 5))
    opened = OpenedEnvelope.objects.filter(envelope="commercial")
    prices = {envelope.bid: json.loads(envelope.payload)["offer"]["price"] for envelope in opened}
    assert prices == {good: "13.500000", fair: "12.900000"}


def test_no_price_is_asked_for_before_the_result_is_final(stage):
    (bid,) = opened_technically(stage, "13.50")
    with pytest.raises(Refused, match="No lot is ready"):
        ask(stage, "commercial")
    technical_result(fresh(stage.tender).lots.get(), passed=[bid], by=stage.officer, final_at=LATER + HOUR)
    lot = fresh(stage.tender).lots.get()
    with clock_at(LATER + HOUR - TICK), pytest.raises(Refused, match="can still be objected to"):
        request_opening(lot=lot, envelope="commercial", by=stage.officer, now=LATER + HOUR - TICK)
    with clock_at(LATER + HOUR):
        assert request_opening(lot=lot, envelope="commercial", by=stage.officer, now=LATER + HOUR)


def test_the_database_itself_opens_no_price_without_a_final_pass(stage):
    cheap, good = opened_technically(stage, "1.00", "13.50")
    lot = fresh(stage.tender).lots.get()
    request = OpeningRequest.objects.get()
    forged = OpenedEnvelope(
        version=cheap.versions.get(),
        bid=cheap,
        request=request,
        envelope="commercial",
        outcome="opened",
        opened_at=LATER,
    )
    with pytest.raises(DatabaseError, match="only on request"):
        by_hand(lambda: forged.save(force_insert=True))
    technical_result(lot, passed=[good], failed=[cheap], by=stage.officer, final_at=LATER)
    (forged.request,) = ask(stage, "commercial")
    for pass_of in (cheap, good):
        forged.qualification = Qualification.objects.get(bid=pass_of)
        with pytest.raises(DatabaseError, match="only for a bid that passed"):
            by_hand(lambda: forged.save(force_insert=True))


def test_a_result_that_names_a_stranger_opens_nothing(stage):
    (bid,) = opened_technically(stage, "13.50")
    never_submitted = a_bid(stage, supplier=stage.suppliers[1])
    technical_result(fresh(stage.tender).lots.get(), passed=[bid, never_submitted], by=stage.officer, final_at=LATER)
    with pytest.raises(Refused, match="does not stand"):
        ask(stage, "commercial")


def test_the_rights_of_the_web_role_suffice_from_submission_to_opening(stage, request):
    bid = a_bid(stage)
    submissions = [sealed(bid, "13.50"), sealed(bid, "12.90", version=2)]
    holders = stage.holders[:3]
    mark_installation("test")
    set_database_clock(DEADLINE - HOUR)
    request.getfixturevalue("as_web_role")
    with acting_for(bid.prepared_by.acting):
        for submission in submissions:
            submit_bid(bid=bid, submission=submission, by=bid.prepared_by, now=NOW)
    as_owner(lambda: set_database_clock(LATER))
    request_opening(lot=stage.lots[0], envelope="technical", by=stage.officer, now=LATER)
    for holder in holders:
        released(stage.tender, holder.pair, holder.seat, LATER)
    assert OpenedEnvelope.objects.get().outcome == "opened"
    as_owner(lambda: set_database_clock(None))


def as_owner(act):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        act()
        cursor.execute("SET ROLE web")


def test_a_cancelled_tender_stays_shut(stage):
    bids_in(stage, "13.50")
    ask(stage)
    release(stage, (1, 2))
    cancelled(stage, now=LATER)
    seat = stage.holders[0].seat
    with pytest.raises(Conflict), clock_at(LATER):
        release_shares(tender=stage.tender, answers=[Released(b"", ())], by=seat, now=LATER)
    with pytest.raises(Refused, match="Nobody has asked"):
        release(stage, (3,))
    assert not OpenedEnvelope.objects.exists()
