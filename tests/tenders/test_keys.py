"""Openers' keys: made and kept by the openers, proved by a canary, their list signed by every one of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import Conflict, Denied, Refused
from core.models import Event
from sealing import keys
from sealing.ceremony import key_list, sign_key_list
from sealing.documents import read_document, sign_document
from sealing.envelope import parse
from sealing.errors import CeremonyError, ShareError
from sealing.primitives import sha256
from tenders.actions.keys import issue_canary, prove_key, register_key
from tenders.actions.people import name_opener, replace_opener
from tenders.actions.publication import publish_tender
from tenders.checklist import missing
from tenders.keylist import current_openers, fingerprint, key_list_of
from tenders.models import Canary, Opener
from tenders.notice import PublishedNotice
from tenders.signing import server_key, server_public
from tests.tenders.bids import a_bid, sealed_pair
from tests.tenders.stage import draft_tender, make_pair, prove, published_tender
from tests.world import NOW


@pytest.fixture
def stage(world):
    return draft_tender(world, lots=("1.50",))


def list_of(stage):
    return key_list_of(stage.tender, current_openers(stage.tender))


def answered(holder, *, pair=None, now=NOW):
    """An answer to a fresh canary by the holder's keys, or by others."""
    canary = issue_canary(opener=holder.opener, by=holder.seat, now=now)
    return keys.answer_canary(canary.document, canary.seal, pair or holder.pair, server=server_public())


def test_of_a_canary_only_the_hash_is_kept(stage):
    holder = stage.holders[0]
    canary = issue_canary(opener=holder.opener, by=holder.seat, now=NOW)
    plain = read_document(
        keys.answer_canary(canary.document, canary.seal, holder.pair, server=server_public()),
        [holder.pair.sign_public],
    ).body["plain"]
    assert sha256(bytes.fromhex(plain)) == canary.expected
    kept = Canary.objects.get(pk=canary.pk)
    assert bytes.fromhex(plain) not in bytes(kept.document) + bytes(kept.seal)
    assert plain not in bytes(kept.document).decode()


def test_keys_that_are_not_at_hand_are_found_out(stage):
    holder, other = stage.holders[0], stage.holders[1]
    signed = sign_key_list(list_of(stage), holder.pair)
    with pytest.raises(ShareError):
        answered(holder, pair=keys.make_key_pair(stage.tender.reference))
    lost_signing_key = replace(holder.pair, sign=keys.make_key_pair("T-1").sign)
    stranger = answered(other)
    for answer in (answered(holder, pair=lost_signing_key), stranger, b"{}\n", b""):
        with pytest.raises(Refused) as refusal:
            prove_key(opener=holder.opener, answer=answer, signed_list=signed, by=holder.seat, now=NOW)
        assert refusal.value.code == "key"


def test_an_answer_to_an_earlier_canary_or_key_is_worth_nothing(stage):
    holder = stage.holders[0]
    signed = sign_key_list(list_of(stage), holder.pair)
    first = answered(holder)
    issue_canary(opener=holder.opener, by=holder.seat, now=NOW)
    with pytest.raises(Refused, match="do not open"):
        prove_key(opener=holder.opener, answer=first, signed_list=signed, by=holder.seat, now=NOW)
    late = answered(holder)
    with pytest.raises(Refused, match="within an hour"):
        prove_key(opener=holder.opener, answer=late, signed_list=signed, by=holder.seat, now=NOW + timedelta(hours=1))


def test_a_seal_of_a_bid_passed_off_as_a_canary_does_not_open(world):
    stage = published_tender(world, lots=("20.00",))
    sealed = sealed_pair(a_bid(stage), "13.50")["commercial"]
    seal, holder = parse(sealed.file).seals[0], stage.holders[0]
    canary = keys.make_canary(
        tender=stage.tender.reference, opener=1, public=holder.pair.ecdh_public, issued_at=NOW, key=server_key()
    )
    with pytest.raises(ShareError):
        keys.answer_canary(canary.document, seal, holder.pair, server=server_public())


def test_every_opener_signs_the_list_as_it_is_now_before_publication(world, stage):
    newcomer = world.seat(stage.holders[2].seat.organisation, "opener")
    leaving = stage.holders[2].opener
    coming = replace_opener(opener=leaving, seat=newcomer, reason="On leave", by=stage.officer, now=NOW)
    holder = make_pair(coming)
    prove(holder.opener, holder.pair)
    unsigned = [fault.message for fault in missing(stage.tender, by=stage.officer, now=NOW)]
    assert len(unsigned) == 4
    assert all("has not signed the key list as it is now" in sentence for sentence in unsigned)
    for other in (stage.holders[0], stage.holders[1], *stage.holders[3:]):
        prove(other.opener, other.pair)
    assert missing(stage.tender, by=stage.officer, now=NOW) == []


def test_a_list_into_which_a_key_was_slipped_finds_no_signature(stage):
    holder = stage.holders[0]
    listed = list_of(stage)
    slipped = [dict(one) for one in listed["openers"]]
    slipped[1]["key"] = keys.make_key_pair("T-1").ecdh_public
    crooked = sign_document(listed | {"openers": slipped}, holder.pair.sign)
    with pytest.raises(Conflict, match="key list has changed"):
        prove_key(opener=holder.opener, answer=answered(holder), signed_list=crooked, by=holder.seat, now=NOW)
    slipped[0]["key"] = keys.make_key_pair("T-1").ecdh_public
    with pytest.raises(CeremonyError):
        sign_key_list(key_list(tender=stage.tender.reference, k=3, openers=slipped), holder.pair)


def test_the_list_is_signed_when_every_key_is_made(world, stage):
    holder = stage.holders[0]
    seat = world.seat(world.organisation("payer"), "opener")
    name_opener(tender=stage.tender, seat=seat, by=stage.officer, now=NOW)
    assert fingerprint(stage.tender, current_openers(stage.tender)) == ""
    signed = sign_key_list(key_list(tender=stage.tender.reference, k=3, openers=list_of_made(stage)), holder.pair)
    with pytest.raises(Refused, match="have not made their keys"):
        prove_key(opener=holder.opener, answer=answered(holder), signed_list=signed, by=holder.seat, now=NOW)


def list_of_made(stage):
    made = [one for one in current_openers(stage.tender) if one.key_made_at]
    return key_list_of(stage.tender, made)["openers"]


def test_the_notice_prints_the_list_its_fingerprint_and_every_signature(stage):
    tender = publish_tender(tender=stage.tender, by=stage.officer, now=NOW)
    body = PublishedNotice.of(tender).body
    listed = key_list(tender=tender.reference, k=body["k"], openers=body["openers"])
    document = sign_key_list(listed, stage.holders[0].pair).partition(b"\n")[0] + b"\n"
    signatures = "".join(f"{line}\n" for line in body["key_signatures"]).encode()
    signed = read_document(document + signatures, [one["signing_key"] for one in body["openers"]])
    assert signed.hash == body["fingerprint"]
    assert len(signed.signers) == 5


def test_the_platform_keeps_public_keys_only(stage):
    holder = stage.holders[0]
    kept = str(vars(Opener.objects.get(pk=holder.opener.pk))) + str(list(Event.objects.values_list("data")))
    for private in (holder.pair.ecdh.hex(), holder.pair.sign.hex(), holder.code):
        assert private not in kept


def test_a_new_key_must_be_proved_anew(stage):
    holder = stage.holders[0]
    make_pair(holder.opener)
    kept = Opener.objects.get(pk=holder.opener.pk)
    assert (kept.key_proved_at, kept.signed_list) == (None, None)


def test_nobody_registers_or_proves_the_key_of_another(world, stage):
    holder, stranger = stage.holders[0], world.seat(world.payer, "opener")
    public = {"public_key": holder.pair.ecdh_public, "signing_key": holder.pair.sign_public}
    with pytest.raises(Denied):
        register_key(opener=holder.opener, **public, by=stranger, now=NOW)
    with pytest.raises(Denied):
        issue_canary(opener=holder.opener, by=stranger, now=NOW)
    with pytest.raises(Denied):
        prove_key(opener=holder.opener, answer=b"", signed_list=b"", by=stranger, now=NOW)


def test_a_key_that_was_never_made_gets_no_canary(world, stage):
    seat = world.seat(world.organisation("payer"), "opener")
    opener = name_opener(tender=stage.tender, seat=seat, by=stage.officer, now=NOW)
    with pytest.raises(Refused, match="Make the key first"):
        issue_canary(opener=opener, by=seat, now=NOW)
