"""Keys lost before the deadline: successors join the key list, an amendment publishes it, and bids are sealed again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import end_seat
from accounts.models import InboxMessage
from checking.material import Material
from core.errors import Conflict, Denied, Refused
from tenders.actions.keys import declare_key_lost, register_key
from tenders.actions.people import replace_opener
from tenders.models import Bid, OpenedEnvelope, Opener, OpeningRequest
from tenders.notice import PublishedNotice
from tenders.record import evidence_of
from tenders.shell import todos
from tests.checking.papers import failures, record_of
from tests.roles import program_of
from tests.tenders.bids import HOUR, a_bid, ask, fresh, handed_in, moved_deadline, release, signed_in
from tests.tenders.changing import amended, approved, proposed_amendment
from tests.tenders.revealing import replaced
from tests.tenders.stage import DEADLINE, draft_tender, make_pair, prove_keys, published_tender
from tests.world import NOW

LATER = NOW + timedelta(days=1)
SAME = {"summary": ""}  # an amendment in which nothing but the key list may differ


@pytest.fixture
def stage(world):
    return published_tender(world, lots=("20.00",), suppliers=2)


def lost(stage, *places, at=LATER):
    for place in places:
        holder = stage.holders[place - 1]
        declare_key_lost(opener=holder.opener, reason="The safe burnt out", by=holder.seat, now=at)


def renewed(stage, *places, at=LATER):
    """The openers at these places lost their keys, successors are in place, and all have signed the new list."""
    lost(stage, *places, at=at)
    replaced(stage, places, at=at)
    prove_keys(stage.holders, now=at)


def keys_of(stage):
    return [holder.pair.ecdh_public for holder in stage.holders]


def waits_for(seat, now=LATER):
    return [todo.what for todo in todos(seat, now)]


# --- The tender goes on -----------------------------------------------------------------------------------
def test_three_of_five_keys_are_lost_in_time_and_what_is_sealed_again_is_opened(stage):
    confirmed, forgotten = (a_bid(stage, supplier=supplier) for supplier in stage.suppliers)
    for bid in (confirmed, forgotten):
        handed_in(bid, "13.50", at=NOW + HOUR)
    renewed(stage, 3, 4, 5)
    change = amended(stage, at=LATER, **SAME)
    assert [one["field"] for one in change.differences] == ["keys"]
    assert list(PublishedNotice.of(stage.tender).openers) == keys_of(stage)
    receipt = handed_in(Bid.objects.select_related("tender", "lot__tender").get(pk=confirmed.pk), "12.90")
    (request,) = ask(stage)
    assert [entry["bid"] for entry in request.entries] == [confirmed.reference]
    release(stage, (2, 3, 5))
    opened = OpenedEnvelope.objects.get()
    assert (opened.bid, opened.outcome) == (confirmed, "opened")
    stage.tender = fresh(stage.tender)
    assert failures(Material(record_of(stage), evidence_of(receipt))) == {}


def test_without_an_amendment_the_openers_of_the_notice_open_and_successors_are_not_asked(stage):
    """The deadline came first: two of five are gone, three are enough, and what a successor holds opens nothing."""
    bid = a_bid(stage)
    handed_in(bid, "13.50")
    renewed(stage, 4, 5)
    ask(stage)
    asked = [OpeningRequest.objects.waiting_for(seat=holder.seat).exists() for holder in stage.holders]
    assert asked == [True, True, True, False, False]
    release(stage, (1, 2, 3))
    assert OpenedEnvelope.objects.get().outcome == "opened"


def test_whoever_lost_the_key_may_take_the_place_again_with_another_one(stage):
    lost(stage, 2)
    holder = stage.holders[1]
    again = replace_opener(opener=holder.opener, seat=holder.seat, reason="A new key", by=stage.officer, now=LATER)
    stage.holders[1] = make_pair(again, now=LATER)
    prove_keys(stage.holders, now=LATER)
    amended(stage, at=LATER, **SAME)
    assert list(PublishedNotice.of(stage.tender).openers) == keys_of(stage)


# --- What is refused ---------------------------------------------------------------------------------------
def test_nobody_takes_the_place_of_an_opener_who_can_still_open(stage):
    with pytest.raises(Refused, match="declared it lost"):
        replaced(stage, (1,), at=LATER)
    leaver = stage.holders[0].seat
    administrator = stage.world.seat(leaver.organisation, "administrator")
    end_seat(seat=leaver, reason="Left", by=administrator, now=LATER)
    replaced(stage, (1,), at=LATER)
    with pytest.raises(Refused, match="declared it lost"):
        replaced(stage, (2,), at=LATER)
    lost(stage, 2)
    with pytest.raises(Refused, match="declared it lost"):
        replaced(stage, (2,), at=DEADLINE)


def test_a_key_is_lost_by_its_opener_once_and_while_bids_are_sealed_to_it(stage, world):
    first, second = stage.holders[:2]
    with pytest.raises(Denied):
        declare_key_lost(opener=first.opener, reason="x", by=second.seat, now=LATER)
    with pytest.raises(Refused, match="reason"):
        declare_key_lost(opener=first.opener, reason=" ", by=first.seat, now=LATER)
    lost(stage, 1)
    with pytest.raises(Conflict, match="already"):
        lost(stage, 1)
    told = InboxMessage.objects.filter(about=f"key-lost:{first.opener.pk}").values_list("seat", flat=True)
    assert set(told) == {stage.officer.pk, world.preparer.pk}
    draft = draft_tender(world, lots=("20.00",))
    with pytest.raises(Refused, match="Make another one"):
        lost(draft, 1)


def test_keys_in_the_notice_stay_as_they_are_while_a_successor_makes_one(stage):
    lost(stage, 5)
    replaced(stage, (5,), at=LATER)
    made = {"public_key": stage.holders[0].pair.ecdh_public, "signing_key": stage.holders[0].pair.sign_public}
    with pytest.raises(Refused, match="published notice"):
        register_key(opener=stage.holders[0].opener, **made, by=stage.holders[0].seat, now=LATER)
    stage.holders[4] = make_pair(stage.holders[4].opener, now=LATER)
    prove_keys(stage.holders, now=LATER)
    with pytest.raises(Refused, match="published notice"):
        prove_keys(stage.holders, now=DEADLINE)


def test_a_notice_is_not_amended_for_a_list_that_somebody_has_not_signed(stage):
    lost(stage, 5)
    replaced(stage, (5,), at=LATER)
    prove_keys(stage.holders[:4], now=LATER)
    with pytest.raises(Refused) as refusal:
        proposed_amendment(stage, at=LATER, ceiling_price="18.00")
    assert ["has not proved" in fault.message or "not signed" in fault.message for fault in refusal.value.faults]
    assert {fault.field for fault in refusal.value.faults} == {"people"}


def test_what_was_proposed_before_an_opener_was_replaced_is_proposed_again(stage):
    change = proposed_amendment(stage, at=LATER, ceiling_price="18.00")
    renewed(stage, 1)
    with pytest.raises(Conflict, match="new key list"):
        approved(stage, change, at=LATER)
    assert PublishedNotice.of(fresh(stage.tender)).body["number"] == 1


def test_nothing_changed_is_still_nothing(stage):
    with pytest.raises(Refused) as refusal:
        proposed_amendment(stage, at=LATER, **SAME)
    assert "Nothing was changed" in refusal.value.faults[0].message


# --- Who is told what to do --------------------------------------------------------------------------------
def test_everybody_is_told_the_next_step_and_who_is_done_no_more(stage, world):
    officer, loser, other = stage.officer, stage.holders[4], stage.holders[0]
    begun = waits_for(other.seat)
    lost(stage, 5)
    (successor_wanted,) = set(waits_for(officer)) - set(waits_for(officer, DEADLINE))
    assert successor_wanted == f"Name a successor of the opener {loser.seat.person.name}, who lost the key"
    seat = world.seat(loser.seat.organisation, "opener")
    successor = replace_opener(opener=loser.opener, seat=seat, reason="Lost", by=officer, now=LATER)
    assert "Make your opener's key" in waits_for(successor.seat)
    assert waits_for(other.seat) == begun
    stage.holders[4] = make_pair(successor, now=LATER)
    assert "Prove that you hold your key" in waits_for(successor.seat)
    assert "Prove that you hold your key" in waits_for(other.seat)
    assert "Propose the amendment with the new key list" not in waits_for(officer)
    prove_keys(stage.holders, now=LATER)
    assert waits_for(other.seat) == begun
    assert "Propose the amendment with the new key list" in waits_for(officer)
    change = proposed_amendment(stage, at=LATER, **SAME)
    assert "Propose the amendment with the new key list" not in waits_for(officer)
    approved(stage, change, at=LATER)
    assert "Propose the amendment with the new key list" not in waits_for(officer)


def test_pages_and_programs_lead_through_it(stage, client):
    reference, holder = stage.tender.reference, stage.holders[2]
    moved_deadline(stage.tender, timezone.now() + timedelta(days=40))

    def page(name, *more):
        return client.get(reverse(f"tenders:{name}", args=[reference, *more]))

    signed_in(client, stage.officer)
    assert b"/openers/" not in page("people").content
    assert page("replace-opener", 3).status_code == 404
    signed_in(client, holder.seat)
    assert reverse("tenders:lose-key", args=[reference]).encode() in page("make-key").content
    assert page("lose-key").status_code == 200
    assert b"stands in the published notice" in page("prove-key").content
    answer = client.post(reverse("tenders:lose-key", args=[reference]), {"reason": "The paper is gone"})
    assert answer.status_code == 302
    assert b"You declared it lost" in page("make-key").content
    told = program_of(stage.holders[3].seat).post(f"/api/v1/tenders/{reference}/key/loss/", {"reason": "Stolen"})
    assert told.json()["lost_at"] is not None
    signed_in(client, stage.officer)
    assert page("people").content.count(b"/openers/") == 2
    assert page("replace-opener", 3).status_code == 200
    replaced(stage, (3,), at=timezone.now())
    shown = page("people").content.decode()
    assert "A successor is named" in shown
    assert shown.count("list to be signed") == 3, "one more lost the key, and the successor has not proved it"
    assert b"puts the new key list into the notice" in page("propose-amendment").content
    successor = Opener.objects.get(tender=stage.tender, place=3, replaced_at=None)
    signed_in(client, successor.seat)
    assert b"data-make-key" in page("make-key").content
    assert b"data-prove-key" in page("prove-key").content
