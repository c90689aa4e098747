"""After lost keys: bidders reveal their seeds to replacement openers, and the tender is opened all the same."""

import io

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from accounts.models import InboxMessage
from checking.material import Material
from core.errors import Conflict, Refused
from core.models import Event
from sealing import ceremony, command, console
from sealing.canonical import read_canonical
from sealing.errors import CeremonyError, DeskError, SealError
from sealing.keys import generate_code, lock, recovery_secret
from sealing.opening import open_with_seed
from sealing.revealing import seal_seeds
from tenders.actions.bidding import Seeds, reveal_bid
from tenders.actions.opening import (
    call_reveal,
    close_tender,
    conclude_opening,
    postpone_opening,
    publish_call,
    sign_minutes,
)
from tenders.call import reveal_receipt
from tenders.models import Lot, OpenedEnvelope, OpeningRequest, Ranking, Reveal, RevealCall
from tenders.presentation.package import opener_package
from tenders.record import evidence_of
from tenders.shell import todos
from tenders.tasks import announce_call
from tests.checking.papers import answers, failures, record_of, resigned
from tests.roles import as_web, program_of
from tests.tenders.bids import HOUR, TICK, ask, body_of, by_hand, clock_at, fresh, release, signed_in, technical_result
from tests.tenders.revealing import (
    CALLED,
    DUE,
    REASON,
    checked_call,
    crooked_calls,
    lose_keys,
    publish,
    revealed,
    sealed_bids,
)
from tests.tenders.stage import DEADLINE, published_tender
from tests.tenders.test_opening_faults import spoil_shares_of

LATER = DUE + HOUR


@pytest.fixture
def stage(world):
    """A tender whose openers 3, 4 and 5 lost their keys before anything was opened."""
    stage = published_tender(world, lots=("20.00",), suppliers=4)
    stage.bids = sealed_bids(stage, "13.50", "12.90", "11.00", "10.00")
    ask(stage)
    release(stage, (1, 2))
    stage.tender = fresh(stage.tender)
    return stage


@pytest.fixture
def called(stage):
    lose_keys(stage, (3, 4, 5))
    publish(stage)
    stage.tender = fresh(stage.tender)
    return stage


def outcomes(envelope="technical"):
    opened = OpenedEnvelope.objects.filter(envelope=envelope).select_related("bid")
    return {one.bid: one.outcome for one in opened}


# --- The tender is saved -----------------------------------------------------------------------------------
def test_three_of_five_keys_are_lost_and_the_tender_is_opened_byte_for_byte(called):
    first, second, wrong, silent = called.bids
    for sealed in (first, second):
        revealed(sealed)
    revealed(wrong, technical=b"7" * 32)
    (request,) = ask(called, at=DUE)
    body = body_of(request.document)
    assert (body["envelope"], body["number"]) == ("reveal-technical", 1)
    assert [entry["bid"] for entry in body["list"]] == sorted(one.bid.reference for one in (first, second, wrong))
    release(called, (2, 3, 5), at=LATER)
    assert outcomes() == {
        first.bid: "opened",
        second.bid: "opened",
        wrong.bid: "bidder_fault",
        silent.bid: "not_revealed",
    }
    for sealed in (first, second):
        one = OpenedEnvelope.objects.get(bid=sealed.bid)
        assert bytes.fromhex(one.seed) == sealed.envelopes["technical"].seed
        assert (
            open_with_seed(sealed.envelopes["technical"].file, bytes.fromhex(one.seed)).payload == one.payload.encode()
        )

    final = LATER + HOUR
    with clock_at(LATER):
        technical_result(
            called.lots[0],
            passed=[first.bid],
            failed=[second.bid, wrong.bid, silent.bid],
            by=called.officer,
            final_at=final,
        )
    (request,) = ask(called, "commercial", at=final)
    assert [entry["bid"] for entry in body_of(request.document)["list"]] == [first.bid.reference]
    release(called, (1, 4, 5), at=final)
    assert outcomes("commercial") == {first.bid: "opened"}
    assert Ranking.objects.get(rank=1).bid == first.bid
    minutes = read_canonical(bytes(request.minutes.body))
    assert [(one["bid"], one["outcome"]) for one in minutes["envelopes"]] == [(first.bid.reference, "opened")]
    check_it(called, first, at=final)


def check_it(stage, sealed, *, at):
    """Anybody finds everything in order from the public record, and one bidder from its own files too."""
    for holder in (stage.holders[0], stage.holders[3], stage.holders[4]):
        opener = stage.tender.openers.select_related("tender").get(seat=holder.seat, replaced_at=None)
        signed = ceremony.sign_minutes(opener_package(opener), holder.pair)
        sign_minutes(tender=stage.tender, documents=signed, by=holder.seat, now=at)
    record, evidence = record_of(stage), evidence_of(sealed.bid.receipts.get())
    secrets, root = recovery_secret(*sealed.envelopes.values()), stage.tender.close.root
    found = answers(Material(record, evidence, secrets, root))
    # The technical result is laid by hand here and has no report: what follows from members' points cannot hold.
    assert {point: answer for point, (answer, _why) in found.items() if answer != "holds"} == {
        "stamp": "not yet",
        "evaluation": "does not hold",
        "ranking": "does not hold",
        "awards": "not yet",
    }
    shown = {entry["bid"]: entry["outcome"] for entry in record["opened"] if entry["envelope"] == "technical"}
    assert sorted(shown.values()) == ["bidder-fault", "not-revealed", "opened", "opened"]
    assert failures(Material(record | {"call": ""}))["requests"] == "no_call"
    assert failures(Material(record | {"call": resigned(record["call"], k=2)}))["releases"] == "unsigned"
    unsaid = [entry for entry in record["opened"] if entry["outcome"] != "not-revealed"]
    assert answers(Material(record | {"opened": unsaid}))["count"] == ("not yet", "still_shut")


def test_the_minutes_name_who_was_silent_and_every_opener_of_the_call_can_sign_them(called):
    for sealed in called.bids[:3]:
        revealed(sealed)
    (request,) = ask(called, at=DUE)
    release(called, (1, 2, 3), at=LATER)
    told = {one["bid"]: one["outcome"] for one in read_canonical(bytes(request.minutes.body))["envelopes"]}
    assert told == {one.bid.reference: "opened" for one in called.bids[:3]} | {
        called.bids[3].bid.reference: "not-revealed"
    }
    for holder in called.holders[:3]:
        package = opener_package(called.tender.openers.select_related("tender").get(seat=holder.seat, replaced_at=None))
        signed = ceremony.sign_minutes(package, holder.pair)
        sign_minutes(tender=called.tender, documents=signed, by=holder.seat, now=LATER)
    assert request.minutes.signatures.count() == 3
    silent = Event.objects.get(verb="reveal.silent")
    assert (silent.audience, silent.data) == ("public", {"lot": 1, "bids": 1})


def test_a_call_by_the_key_of_another_notice_gets_no_seed(called):
    first = called.bids[0]
    call, secret = checked_call(RevealCall.objects.get()), recovery_secret(*first.envelopes.values())
    files = {kind: one.file for kind, one in first.envelopes.items()}
    with pytest.raises(SealError, match="another notice"):
        seal_seeds(call, secret, files, terms="0" * 64)


def test_a_lot_in_which_everybody_is_silent_has_no_bid_left(called):
    assert ask(called, at=DUE) == []
    lot = Lot.objects.get(pk=called.lots[0].pk)
    assert (lot.status, lot.ending) == ("ended", "no_bid")
    assert set(outcomes().values()) == {"not_revealed"}


def test_what_was_opened_before_the_call_is_written_down_when_the_rest_stay_silent(world, monkeypatch):
    """A share was wrong, and the openers who could have helped lost their keys: that bid's seeds are called for."""
    stage = published_tender(world, lots=("20.00",), suppliers=2)
    good, hit = stage.bids = sealed_bids(stage, "13.50", "12.90")
    (request,) = ask(stage)
    spoil_shares_of(hit.bid, monkeypatch)
    release(stage, (1, 2, 3))
    monkeypatch.undo()
    assert outcomes() == {good.bid: "opened"}
    stage.tender = fresh(stage.tender)
    lose_keys(stage, (4, 5))
    publish(stage)
    with clock_at(CALLED), pytest.raises(Refused, match="opened by its seed"):
        conclude_opening(request=request, by=stage.officer, now=CALLED)
    assert set(good.seeds().files) == {"commercial"}
    assert ask(stage, at=DUE) == []
    assert outcomes() == {good.bid: "opened", hit.bid: "not_revealed"}
    told = read_canonical(bytes(request.minutes.body))["envelopes"]
    assert sorted(one["outcome"] for one in told) == ["not-revealed", "opened"]
    assert Lot.objects.get(pk=stage.lots[0].pk).status == "open"


def test_keys_lost_after_the_technical_opening_are_made_up_for_with_the_prices_alone(world):
    stage = published_tender(world, lots=("20.00",))
    first, failed, silent = stage.bids = sealed_bids(stage, "13.50", "12.90", "11.00")
    ask(stage)
    release(stage, (1, 2, 3))
    with clock_at(CALLED):
        technical_result(
            stage.lots[0], passed=[first.bid, silent.bid], failed=[failed.bid], by=stage.officer, final_at=CALLED
        )
    stage.tender = fresh(stage.tender)
    lose_keys(stage, (1, 2, 3))
    publish(stage)
    reveal = revealed(first)
    assert (reveal.technical_sha256, bool(reveal.commercial_sha256)) == ("", True)
    with clock_at(CALLED + HOUR), pytest.raises(Refused, match="Nobody has called"):
        reveal_bid(bid=failed.bid, seeds=Seeds(commercial=b"any"), by=failed.bid.prepared_by, now=CALLED)
    ask(stage, "commercial", at=DUE)
    release(stage, (3, 4, 5), at=DUE)
    assert outcomes("commercial") == {first.bid: "opened", silent.bid: "not_revealed"}
    assert {one.bid: one.verdict for one in Ranking.objects.all()} == {first.bid: "valid", silent.bid: "unreadable"}


# --- The call ---------------------------------------------------------------------------------------------
def test_two_people_call_once_the_openers_were_asked_and_bidders_have_a_day(stage):
    kept = {"tender": stage.tender, "reason": REASON, "by": stage.world.preparer}
    with clock_at(CALLED), pytest.raises(Refused, match="at least 24 hours"):
        call_reveal(due_at=CALLED + 24 * HOUR - TICK, now=CALLED, **kept)
    call = lose_keys(stage, (3, 4, 5))
    with clock_at(CALLED), pytest.raises(Refused, match="yourself"):
        publish_call(call=call, by=stage.world.preparer, now=CALLED)
    with clock_at(DUE - 23 * HOUR), pytest.raises(Refused, match="Less than 24 hours"):
        publish_call(call=call, by=stage.officer, now=DUE - 23 * HOUR)
    publish(stage)
    with clock_at(CALLED), pytest.raises(Conflict, match="published already"):
        call_reveal(due_at=DUE + HOUR, now=CALLED, **kept)
    body = body_of(RevealCall.objects.get().document)
    assert [opener["key"] for opener in body["openers"]] == [holder.pair.ecdh_public for holder in stage.holders]
    announce_call(call.pk)
    announce_call(call.pk)
    told = [notice.seat.organisation for notice in InboxMessage.objects.filter(about__startswith="reveal:")]
    assert sorted(told, key=str) == sorted((one.bid.supplier for one in stage.bids), key=str)


def test_no_call_without_shut_envelopes_or_before_the_openers_were_asked(world):
    stage = published_tender(world, lots=("20.00",))
    sealed_bids(stage, "13.50")
    kept = {"reason": REASON, "due_at": DUE, "by": world.preparer, "now": CALLED}
    with clock_at(DEADLINE - TICK), pytest.raises(Refused, match="has not come"):
        call_reveal(tender=stage.tender, **kept)
    with clock_at(DEADLINE):
        close_tender(tender=stage.tender, now=DEADLINE)
    with clock_at(CALLED), pytest.raises(Refused, match="Ask the openers first"):
        call_reveal(tender=fresh(stage.tender), **kept)
    ask(stage)
    call_reveal(tender=fresh(stage.tender), **kept)


def test_a_call_without_new_keys_or_with_keys_unproved_is_not_published(stage):
    with clock_at(CALLED):
        call_reveal(tender=stage.tender, reason=REASON, due_at=DUE, by=stage.world.preparer, now=CALLED)
    with pytest.raises(Refused, match="Nobody was replaced"):
        publish(stage)
    lose_keys(stage, (3,))
    by_hand(lambda: stage.tender.openers.filter(place=2, replaced_at=None).update(signed_list=None))
    with pytest.raises(Refused) as refusal:
        publish(stage)
    assert "has not signed the key list" in refusal.value.faults[0].message


def test_a_published_call_cannot_be_changed_even_past_every_action(called):
    for change in ({"reason": "another"}, {"due_at": DUE + HOUR}, {"published_at": None, "published_by": None}):
        with pytest.raises(DatabaseError, match=r"as it was made|stays"):
            by_hand(lambda change=change: RevealCall.objects.update(**change))


# --- The reveal -------------------------------------------------------------------------------------------
def test_the_database_dates_a_reveal_and_refuses_it_from_the_hour_on(called):
    first, second = called.bids[:2]
    assert revealed(first, at=DUE - TICK).received_at == DUE - TICK
    with pytest.raises(Refused, match="has passed"):
        revealed(second, at=DUE)


def test_a_reveal_is_final_and_its_receipt_the_same_bytes_whenever_asked(called):
    first = called.bids[0]
    seeds = first.seeds()
    with clock_at(CALLED + HOUR):
        one = reveal_bid(bid=first.bid, seeds=seeds, by=first.bid.prepared_by, now=CALLED)
        same = reveal_bid(bid=first.bid, seeds=seeds, by=first.bid.prepared_by, now=LATER)
        with pytest.raises(Conflict, match="already"):
            reveal_bid(bid=first.bid, seeds=first.seeds(), by=first.bid.prepared_by, now=LATER)
    assert reveal_receipt(one) == reveal_receipt(same)
    assert body_of(reveal_receipt(one))["technical"] == one.technical_sha256
    assert Event.objects.get(verb="bid.revealed").audience == "named"


def test_the_command_reveals_without_a_browser_and_the_api_takes_it(called, client, tmp_path, monkeypatch):
    first, other = called.bids[:2]
    signed_in(client, first.bid.prepared_by)
    address = reverse("api-reveal-bid", args=[first.bid.reference])
    assert client.get(reverse("api-reveal-bid", args=[other.bid.reference])).status_code == 404
    (tmp_path / "notice").write_bytes(bytes(called.tender.notice))
    (tmp_path / "terms").write_bytes(client.get(address).content)
    files = []
    for kind, envelope in first.envelopes.items():
        files.append(str(tmp_path / f"{kind}.sbid"))
        (tmp_path / f"{kind}.sbid").write_bytes(envelope.file)
    code = generate_code()

    def reveal(*sealed, of=first):
        secret = recovery_secret(*of.envelopes.values())
        (tmp_path / "recovery").write_bytes(lock(secret, code, "recovery", iterations=600_000))
        monkeypatch.setattr("sys.stdin", io.StringIO(code))
        given = [str(tmp_path / "terms"), str(tmp_path / "recovery"), *sealed]
        return command.main(["reveal", *given, "--notice", str(tmp_path / "notice"), "--out", str(tmp_path / "out")])

    assert reveal(files[0]) == console.REFUSED
    assert reveal(*files, of=other) == console.REFUSED
    assert not (tmp_path / "out").exists()
    assert reveal(*files) == console.DONE
    (written,) = (tmp_path / "out").iterdir()
    with clock_at(CALLED + HOUR):
        answer = client.post(address, written.read_bytes(), content_type="application/json")
    assert (answer.status_code, body_of(answer.json()["receipt"].encode())["bid"]) == (201, first.bid.reference)
    with clock_at(DUE - TICK):
        seen = {one: count_as(one) for one in (None, called.world.agency, first.bid.supplier)}
    assert seen == {None: 0, called.world.agency: 0, first.bid.supplier: 1}
    receipt = client.get(reverse("tenders:reveal-receipt", args=[first.bid.reference]))
    assert receipt.content.decode() == answer.json()["receipt"]
    signed_in(client, other.bid.prepared_by)
    assert client.get(reverse("tenders:reveal-receipt", args=[first.bid.reference])).status_code == 404
    assert client.get(reverse("tenders:reveal-bid", args=[first.bid.reference])).status_code == 404
    signed_in(client, called.officer)
    with clock_at(DUE):
        client.post(reverse("tenders:request-openings", args=[called.tender.reference, "technical"]))
        assert count_as(called.world.agency) == 1
    assert OpeningRequest.objects.get(envelope="reveal-technical").listed == 1
    assert list(outcomes().values()) == ["not_revealed"] * 3


def count_as(organisation):
    """How many reveals the database shows to a session that acts for an organisation."""
    with as_web(organisation):
        return Reveal.objects.count()


def test_officers_postpone_and_call_on_their_pages_and_see_who_is_missing(stage, client):
    reference = stage.tender.reference
    signed_in(client, stage.world.preparer)
    names = [stage.holders[place - 1].seat.person.name for place in (3, 4, 5)]
    (todo,) = [todo for todo in todos(stage.world.preparer, LATER) if "waits for openers" in todo.what]
    assert all(name in todo.what for name in names)
    client.post(reverse("tenders:postpone-opening", args=[reference]), {"reason": "Snow"})
    assert Event.objects.get(verb="opening.postponed").data["reason"] == "Snow"
    due_at = timezone.localtime(timezone.now() + 48 * HOUR)
    given = {"reason": REASON, "due_at": f"{due_at:%Y-%m-%d %H:%M}"}
    answer = client.post(reverse("tenders:call-reveal", args=[reference]), given)
    assert answer.status_code == 302, answer.context["form"].errors
    assert RevealCall.objects.get().called_by == stage.world.preparer
    other = [todo.what for todo in todos(stage.officer, timezone.now())]
    assert "Publish the call to reveal as the second person" in other
    assert not client.get(reverse("tenders:opening-document", args=[reference, "call"])).content.startswith(b"{")


def test_programs_postpone_and_call_and_nobody_publishes_what_they_have_not_read(stage):
    caller, publisher = program_of(stage.world.preparer), program_of(stage.officer)
    address = f"/api/v1/tenders/{stage.tender.reference}"
    assert publisher.get(f"{address}/call/").status_code == 404
    assert caller.post(f"{address}/opening/postpone/", {"reason": "Snow"}).status_code == 201
    assert caller.post(f"{address}/opening/postpone/", {"reason": " "}).status_code == 400
    lose_keys(stage, (3, 4, 5), at=timezone.now())
    read = publisher.get(f"{address}/call/").json()
    assert program_of(stage.suppliers[0]).get(f"{address}/call/").status_code == 404, "in preparation"
    later = timezone.now() + 72 * HOUR
    anew = caller.put(f"{address}/call/", {"reason": "Two were lost", "due_at": later.isoformat()}).json()
    unseen = publisher.post(f"{address}/call/publish/", {"called_at": read["called_at"]})
    assert (unseen.status_code, unseen.json()["code"]) == (409, "conflict")
    assert caller.post(f"{address}/call/publish/", {"called_at": anew["called_at"]}).json()["code"] == "two_people"
    published = publisher.post(f"{address}/call/publish/", {"called_at": anew["called_at"]})
    assert published.json() == program_of(stage.suppliers[0]).get(f"{address}/call/").json()
    assert published.json()["published_by"] == stage.officer.signature
    assert body_of(published.json()["document"].encode())["reason"] == "Two were lost"


def test_what_is_not_sealed_to_the_call_for_this_bid_is_refused(called):
    first, second = called.bids[:2]
    own, other = first.seeds(), second.seeds()
    wrong = [
        (Seeds(technical=own.technical), "all envelopes"),
        (Seeds(own.commercial, own.technical), "not a seed"),
        (Seeds(own.technical, other.commercial), "not a seed"),
        (Seeds(first.envelopes["technical"].file, own.commercial), "not a seed"),
        (Seeds(b"x" * 900, own.commercial), "not a seed"),
    ]
    for seeds, why in wrong:
        with clock_at(CALLED), pytest.raises(Refused, match=why):
            reveal_bid(bid=first.bid, seeds=seeds, by=first.bid.prepared_by, now=CALLED)


def test_nobody_is_asked_before_the_hour_nor_for_the_envelopes_themselves(called):
    revealed(called.bids[0])
    with pytest.raises(Refused, match="No lot is ready"):
        ask(called, at=DUE - TICK)
    for holder in called.holders:
        opener = called.tender.openers.get(seat=holder.seat, replaced_at=None)
        assert not OpeningRequest.objects.waiting_for(pk=opener.pk).exists()


def test_an_opener_of_the_call_unlocks_nothing_for_a_crooked_one(called):
    revealed(called.bids[0])
    ask(called, at=DUE)
    holder = called.holders[4]
    opener = called.tender.openers.select_related("tender").get(seat=holder.seat, replaced_at=None)
    package, root = opener_package(opener), called.tender.close.root
    assert len(ceremony.check_package(package, holder.pair, root=root, now=LATER)) == 1
    for where, crooked in crooked_calls(package):
        with pytest.raises(CeremonyError) as refusal:
            ceremony.check_package(crooked, holder.pair, root=root, now=LATER)
        assert refusal.value.where == where
    with pytest.raises(DeskError) as early:
        ceremony.check_package(package, holder.pair, root=root, now=DUE - TICK)
    assert early.value.where == "clock"


def test_the_seed_of_another_envelope_is_the_bidders_fault(called):
    first = called.bids[0]
    revealed(first, technical=first.envelopes["commercial"].seed)
    ask(called, at=DUE)
    release(called, (1, 2, 3), at=LATER)
    assert outcomes()[first.bid] == "bidder_fault"


def test_an_absent_opener_is_on_record_and_nothing_is_lost(world):
    stage = published_tender(world, lots=("20.00",))
    sealed_bids(stage, "13.50")
    with clock_at(DEADLINE), pytest.raises(Refused, match="No opening waits"):
        postpone_opening(tender=stage.tender, reason="Nobody came", by=stage.officer, now=DEADLINE)
    ask(stage)
    release(stage, (1, 4))
    with clock_at(DEADLINE + HOUR):
        postpone_opening(tender=stage.tender, reason="Snow", by=stage.officer, now=DEADLINE + HOUR)
    event = Event.objects.get(verb="opening.postponed")
    names = [stage.holders[place - 1].seat.person.name for place in (2, 3, 5)]
    assert (event.audience, event.data) == ("public", {"missing": ", ".join(names), "reason": "Snow"})
    release(stage, (5,))
    assert set(outcomes().values()) == {"opened"}
