"""A bidder's passkey signs the very submission: nobody else can submit in its name, and the receipt says so."""

import base64
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import passkeys, proof
from accounts.actions import make_token
from accounts.models import Passkey
from sealing.manifest import challenge, manifest
from sealing.primitives import sha256
from tenders.models import BidVersion
from tests.accounts.proving import Device, give_passkey
from tests.tenders.bids import a_bid, body_of, moved_deadline, sealed_pair, signed_in, submission_of
from tests.tenders.stage import published_tender
from tests.tenders.test_bidding_api import files, posted


@pytest.fixture
def stage(world):
    stage = published_tender(world, lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=5))
    return stage


@pytest.fixture
def bid(stage):
    return a_bid(stage)


@pytest.fixture
def device(bid):
    device = Device()
    give_passkey(bid.prepared_by.person, device)
    return device


def manifest_hash(bid, envelopes, *, prev="", version=1):
    """The SHA-256 of the manifest of a submission."""
    place = {
        "tender": bid.tender.reference,
        "lot": bid.lot.key,
        "bid": bid.reference,
        "terms": bid.tender.terms,
        "supplier": bid.supplier.credit_code,
        "version": version,
    }
    hashes = {kind: {"com": one.com, "sha256": one.digest} for kind, one in envelopes.items()}
    return sha256(manifest(place, prev=prev, envelopes=hashes))


def signed(bid, device, envelopes, **place):
    """What the bidder's browser makes of the envelopes that it will send."""
    asked = challenge([manifest_hash(bid, envelopes, **place)])
    return device.sign(passkeys.request_options(bid.prepared_by.person, asked))


def body(envelopes, assertion=None):
    return files(submission_of(envelopes)) | ({"assertion": assertion} if assertion else {})


def grown_stale(client):
    """The session's last proof is older than five minutes."""
    session = client.session
    proof.stamp(session, proof.PASSKEY, timezone.now() - timedelta(minutes=6))
    session.save()


def test_the_receipt_names_the_signature_that_is_kept(client, bid, device):
    envelopes = sealed_pair(bid, "13.50")
    signed_in(client, bid.prepared_by)
    answer = posted(
        client, "submit-bid", bid.reference, body=body(envelopes, signed(bid, device, envelopes)), key="the-key-1"
    )
    assert answer.status_code == 201, answer.content
    version = BidVersion.objects.get()
    assert body_of(answer.json()["document"].encode())["proof"] == sha256(bytes(version.assertion))
    public = bytes(Passkey.objects.get().public_key)
    assert passkeys.passkey_of(bytes(version.assertion)).public_key == public


def test_a_signature_over_another_submission_is_refused_and_nothing_is_stored(client, bid, device):
    envelopes, others = sealed_pair(bid, "13.50"), sealed_pair(bid, "12.00")
    signed_in(client, bid.prepared_by)
    for wrong in (
        signed(bid, device, others),
        signed(bid, device, envelopes, version=2),
        signed(bid, device, envelopes, prev="0" * 64),
        signed(bid, Device(), envelopes),
    ):
        answer = posted(client, "submit-bid", bid.reference, body=body(envelopes, wrong), key=f"key-{wrong['id'][:8]}x")
        assert answer.status_code == 422, answer.content
    assert not BidVersion.objects.exists()


def test_one_signature_serves_many_bids_and_each_one_s_evidence_carries_the_list(client, stage, bid, device):
    supplier = bid.prepared_by
    bids = [bid, a_bid(stage, supplier=supplier), a_bid(stage, supplier=supplier)]
    pairs = [sealed_pair(one, "13.50") for one in bids]
    hashes = [manifest_hash(one, pair) for one, pair in zip(bids, pairs, strict=True)]
    asked = passkeys.request_options(supplier.person, challenge(hashes[:2]))
    once = device.sign(asked) | {"manifests": hashes[:2]}
    signed_in(client, supplier)
    answers = [
        posted(client, "submit-bid", one.reference, body=body(pair, once), key=f"the-key-{number}")
        for number, (one, pair) in enumerate(zip(bids, pairs, strict=True))
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 422], "the third is not on the list"
    receipts = [body_of(answer.json()["document"].encode()) for answer in answers[:2]]
    assert receipts[0]["proof"] == receipts[1]["proof"] != ""
    for answer, one in zip(answers[:2], bids, strict=False):
        address = reverse("tenders:evidence", args=[one.reference, answer.json()["sha256"]])
        proof = client.get(address).json()["proof"]
        assert proof["manifests"] == hashes[:2]
        assert sha256(base64.b64decode(proof["assertion"])) == receipts[0]["proof"]


def test_a_signature_over_many_is_counted_once_and_serves_nobody_else(client, stage, bid, device):
    """A device that counts its signatures would else be taken for a copy at the second bid."""
    supplier, other = bid.prepared_by, a_bid(stage, supplier=stage.suppliers[0])
    hashes = [manifest_hash(one, sealed_pair(one, "13.50")) for one in (bid, other)]
    wrong = device.sign(passkeys.request_options(supplier.person, challenge(hashes))) | {"manifests": hashes}
    signed_in(client, supplier)
    for manifests in (hashes, hashes[:1], "x", [1], []):
        answer = posted(
            client,
            "submit-bid",
            bid.reference,
            body=body(sealed_pair(bid, "12.00"), wrong | {"manifests": manifests}),
            key="the-key-1",
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "passkey")
    assert not BidVersion.objects.exists()


def test_who_has_a_passkey_signs_with_it(client, bid, device):
    signed_in(client, bid.prepared_by)
    answer = posted(client, "submit-bid", bid.reference, body=body(sealed_pair(bid, "13.50")), key="the-key-1")
    assert (answer.status_code, answer.json()["code"]) == (422, "passkey")
    withdrawal = posted(client, "withdraw-bid", bid.reference, body={}, key="the-key-2")
    assert (withdrawal.status_code, withdrawal.json()["code"]) == (422, "passkey")


def test_the_signature_is_itself_the_fresh_proof(client, bid, device):
    envelopes = sealed_pair(bid, "13.50")
    signed_in(client, bid.prepared_by)
    grown_stale(client)
    unsigned = posted(client, "submit-bid", bid.reference, body=body(envelopes), key="the-key-1")
    assert (unsigned.status_code, unsigned.json()["code"]) == (403, "proof_needed")
    forged = posted(client, "submit-bid", bid.reference, body=body(envelopes, {"id": "x"}), key="the-key-2")
    assert forged.status_code == 422
    assert not BidVersion.objects.exists()
    grown_stale(client)
    answer = posted(
        client, "submit-bid", bid.reference, body=body(envelopes, signed(bid, device, envelopes)), key="the-key-3"
    )
    assert answer.status_code == 201, answer.content


def test_a_withdrawal_is_signed_too(client, bid, device):
    envelopes = sealed_pair(bid, "13.50")
    signed_in(client, bid.prepared_by)
    first = posted(
        client, "submit-bid", bid.reference, body=body(envelopes, signed(bid, device, envelopes)), key="the-key-1"
    )
    assertion = signed(bid, device, {}, prev=first.json()["sha256"], version=2)
    answer = posted(client, "withdraw-bid", bid.reference, body={"assertion": assertion}, key="the-key-2")
    assert answer.status_code == 201, answer.content
    assert body_of(answer.json()["document"].encode())["proof"] != ""


def test_a_program_acts_by_its_token_and_its_receipt_says_that_nobody_signed(client, bid, device):
    _token, secret = make_token(label="sealing", by=bid.prepared_by, now=timezone.now())
    headers = {"Authorization": f"Token {secret}", "Idempotency-Key": "the-key-1"}
    path = reverse("api-submit-bid", args=[bid.reference])
    answer = client.post(path, body(sealed_pair(bid, "13.50")), content_type="application/json", headers=headers)
    assert answer.status_code == 201, answer.content
    assert body_of(answer.json()["document"].encode())["proof"] == ""
