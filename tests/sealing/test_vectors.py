"""The format held byte for byte against its test vectors, in both directions.

The facts lie beside the tests; where the complete published file is at hand it is checked as well.
"""

import io
import json
from itertools import combinations
from pathlib import Path

import pytest

from sealing import tree
from sealing.attachments import blob_id, open_blob, seal_blob
from sealing.canonical import canonical_json, read_canonical
from sealing.documents import document_hash, key_id, read_document, sign_document
from sealing.envelope import Header, Requirements, Slot, body_key, check_upload, parse, seal, shares_of
from sealing.keys import OpenerKeys, lock, unlock
from sealing.opening import Outcome, open_envelope, open_with_seed
from sealing.payloads import Attachment, read_commercial, read_technical
from sealing.primitives import expand, extract, label, point_of, sha256, signing_public
from tests.sealing.kit import FIXTURE, chosen, released

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "sealed_bid_vectors.json"


@pytest.fixture(params=[FIXTURE, PUBLISHED], ids=["beside-the-tests", "published"], scope="module")
def vectors(request):
    if not request.param.exists():
        pytest.skip("the published vectors are not beside this checkout (../shared/data)")
    return json.loads(request.param.read_text(encoding="utf-8"))


@pytest.fixture(params=[0, 1], ids=["technical", "commercial"])
def envelope(request, vectors):
    return vectors["envelopes"][request.param]


def test_the_payload_seals_to_the_very_file(envelope):
    file = bytes.fromhex(envelope["file"])
    header = parse(file).header
    notice = Requirements(header.tender, header.lot, header.terms, header.k, header.openers)
    slot = Slot(header.supplier, header.bid, header.version, header.envelope)
    sealed = seal(
        envelope["payload"].encode(),
        notice,
        slot,
        blobs=header.blobs,
        seed=bytes.fromhex(envelope["seed"]),
        ephemerals=[bytes.fromhex(scalar) for scalar in envelope["ephemerals"]],
    )
    assert sealed.file == file
    assert (sealed.digest, sealed.com) == (envelope["file_sha256"], envelope["com"])
    check_upload(parse(file), notice, slot)


def test_every_step_between_is_the_published_one(envelope):
    parsed = parse(bytes.fromhex(envelope["file"]))
    seed = bytes.fromhex(envelope["seed"])
    assert parsed.header_bytes.decode() == envelope["header"]
    assert sha256(parsed.header_bytes) == envelope["header_sha256"]
    assert Header.from_bytes(envelope["header"].encode()) == parsed.header
    fields = read_canonical(parsed.header_bytes)
    del fields["com"]
    assert canonical_json(fields).decode() == envelope["header_without_com"]
    prk = extract(b"sealed-bid/1", seed)
    assert expand(prk, label("r")).hex() == envelope["r"]
    assert parsed.header.commitment(envelope["payload"].encode(), prk) == envelope["com"]
    assert [share.hex() for share in shares_of(seed, parsed.header)] == envelope["shares"]
    assert body_key(seed, parsed.head).hex() == envelope["body_key"]


def test_the_openers_get_the_published_shares_and_any_three_open(envelope):
    file = bytes.fromhex(envelope["file"])
    shares = released(file)
    assert [shares[position].hex() for position in range(1, 6)] == envelope["shares"]
    for positions in combinations(range(1, 6), 3):
        verdict = open_envelope(file, chosen(shares, positions))
        assert verdict.outcome is Outcome.OPENED
        assert verdict.payload == envelope["payload"].encode()
        assert verdict.seed == bytes.fromhex(envelope["seed"])
        assert [scalar.hex() for scalar in verdict.ephemerals] == envelope["ephemerals"]
        assert verdict.digest == envelope["file_sha256"]
    assert open_with_seed(file, bytes.fromhex(envelope["seed"])).outcome is Outcome.OPENED


def test_the_payloads_are_read(vectors):
    technical = read_technical(vectors["envelopes"][0]["payload"].encode())
    assert technical.answers == {"gmp": True, "product": "阿法替尼 40mg ×7片"}
    assert [(a.key.hex(), a.name, a.size) for a in technical.attachments] == [
        (vectors["blob"]["key"], "生产许可证.pdf", 96_000)
    ]
    offer = read_commercial(vectors["envelopes"][1]["payload"].encode()).offer
    assert (offer.currency, offer.units, f"{offer.price}", offer.products) == ("CNY", 7, "113.680000", ())


def test_the_attachment_seals_and_opens(vectors):
    blob = vectors["blob"]
    plain = bytes.fromhex(blob["plain"]) if "plain" in blob else blob["repeated"].encode() * blob["times"]
    target = io.BytesIO()
    sealed = seal_blob(io.BytesIO(plain), target, key=bytes.fromhex(blob["key"]))
    assert (sealed.id, sealed.length, sealed.size) == (blob["id"], blob["length"], len(plain))
    assert sha256(target.getvalue()) == blob["file_sha256"]
    assert blob_id(io.BytesIO(target.getvalue())) == blob["id"]
    opened = io.BytesIO()
    attachment = Attachment(key=sealed.key, name="生产许可证.pdf", size=len(plain))
    open_blob(io.BytesIO(target.getvalue()), opened, attachment)
    assert opened.getvalue() == plain


@pytest.mark.parametrize("kind", ["receipt", "close", "request"])
def test_the_server_signs_the_very_documents(vectors, kind):
    published = vectors[kind].encode()
    document = read_document(published, [vectors["server"]["public"]])
    assert document.signers == (vectors["server"]["key_id"],)
    assert sign_document(document.body, bytes.fromhex(vectors["server"]["private"])) == published


def test_an_opener_signs_the_very_release(vectors):
    opener = vectors["openers"][2]
    published = vectors["release"].encode()
    document = read_document(published, [opener["sign_public"]])
    assert sign_document(document.body, bytes.fromhex(opener["sign"])) == published
    share = bytes.fromhex(vectors["envelopes"][1]["shares"][2])
    assert document.body["shares"] == [sha256(share)]
    assert document.body["request"] == document_hash(vectors["request"].encode())


def test_the_receipt_stands_in_the_tree_of_the_close(vectors):
    inclusion = vectors["inclusion"]
    close = read_document(vectors["close"].encode(), [vectors["server"]["public"]]).body
    receipt = read_document(vectors["receipt"].encode(), [vectors["server"]["public"]])
    assert tree.leaf(receipt.body_bytes) == inclusion["leaf"]
    assert tree.root(inclusion["leaves"]) == close["root"]
    assert tree.inclusion_path(inclusion["leaves"], inclusion["index"]) == inclusion["path"]
    assert tree.includes(
        close["root"],
        inclusion["leaf"],
        index=inclusion["index"],
        count=close["count"],
        path=inclusion["path"],
    )


def test_the_public_keys_are_the_private_ones(vectors):
    for opener in vectors["openers"]:
        assert point_of(bytes.fromhex(opener["d"])).hex() == opener["public"]
        assert signing_public(bytes.fromhex(opener["sign"])) == opener["sign_public"]
    assert key_id(vectors["server"]["public"]) == vectors["server"]["key_id"]


def test_the_key_file_unlocks_and_locks(vectors):
    published = vectors["key_file"]["file"].encode()
    code = vectors["key_file"]["code"]
    secret = unlock(published, code, "opener")
    assert canonical_json(secret).decode() == vectors["key_file"]["secret"]
    assert OpenerKeys.from_secret(secret).ecdh_public == vectors["openers"][2]["public"]
    salt = bytes.fromhex(json.loads(published)["salt"])
    assert lock(secret, code, "opener", salt=salt) == published
