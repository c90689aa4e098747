"""The second formats held byte for byte against vectors that another program made from the description."""

import json
from itertools import combinations

import pytest

from sealing import payloads
from sealing.documents import document_hash, read_document, sign_document
from sealing.envelope import Requirements, Slot, parse, seal
from sealing.errors import FormatError, PayloadError
from sealing.manifest import challenge
from sealing.opening import Outcome, open_envelope, open_with_seed, release_share
from sealing.payloads import read_payload
from sealing.primitives import sha256
from sealing.reports import read_report, report_bytes, sheet
from sealing.reserve import (
    open_reserve,
    open_reserve_with_seed,
    parse_reserve,
    read_reserve,
    release_reserve_share,
    reserve_payload,
    seal_reserve,
)
from tests.sealing.kit import OPENER_KEYS, SERVER, SERVER_KEY, chosen, released
from tests.sealing.second_vectors import DATA, vectors

VECTORS = json.loads((DATA / "sealed_bid_2.json").read_text(encoding="utf-8"))
ENVELOPES = {one["name"]: one for one in VECTORS["envelopes"]}


def test_the_vectors_are_those_that_the_other_program_makes():
    assert vectors() == VECTORS


@pytest.mark.parametrize("name", ENVELOPES)
def test_the_payload_seals_to_the_very_file_and_any_three_open_it(name):
    vector = ENVELOPES[name]
    file = bytes.fromhex(vector["file"])
    parsed = parse(file)
    header = parsed.header
    assert parsed.header_bytes.decode() == vector["header"]
    sealed = seal(
        vector["payload"].encode(),
        Requirements(header.tender, header.lot, header.terms, header.k, header.openers),
        Slot(header.supplier, header.bid, header.version, header.envelope),
        seed=bytes.fromhex(vector["seed"]),
        ephemerals=[bytes.fromhex(scalar) for scalar in vector["ephemerals"]],
    )
    assert (sealed.file, sealed.com, sealed.digest) == (file, vector["com"], vector["file_sha256"])
    shares = released(file)
    for positions in combinations(range(1, 6), 3):
        verdict = open_envelope(file, chosen(shares, positions))
        assert (verdict.outcome, verdict.payload) == (Outcome.OPENED, vector["payload"].encode())


def test_a_payload_that_is_read_is_written_again_to_the_very_bytes():
    def rewritten(name):
        written = ENVELOPES[name]["payload"].encode()
        if name == "consortium":
            read = payloads.read_technical(written)
            return payloads.technical_payload(read.answers, read.attachments, read.consortium), written
        read = payloads.read_commercial(written)
        return payloads.commercial_payload(read.offer, read.attachments), written

    for name in ("consortium", "product", "registration", "system", "further", "second"):
        again, written = rewritten(name)
        assert again == written


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: f"{case['envelope']}: {case['where']}")
def test_what_contradicts_itself_is_not_read(case):
    supplier = json.loads(ENVELOPES["consortium"]["header"])["supplier"]
    with pytest.raises(PayloadError) as refused:
        read_payload(case["payload"].encode(), case["envelope"], supplier=supplier, blobs=0)
    assert refused.value.where == case["where"]


def test_the_reserve_seals_to_the_very_file_and_any_three_open_it():
    vector = VECTORS["reserve"]
    file = bytes.fromhex(vector["file"])
    parsed = parse_reserve(file)
    reserve = read_reserve(vector["payload"].encode())
    assert reserve_payload(reserve) == vector["payload"].encode()
    sealed = seal_reserve(
        vector["payload"].encode(),
        parsed.header,
        seed=bytes.fromhex(vector["seed"]),
        ephemerals=[bytes.fromhex(scalar) for scalar in vector["ephemerals"]],
    )
    assert (sealed.file, sealed.com, sealed.digest) == (file, vector["com"], vector["file_sha256"])
    shares = {
        place: release_reserve_share(
            parsed.header_bytes, parsed.seals[place - 1], position=place, key=OPENER_KEYS[place - 1]
        )
        for place in (2, 3, 5)
    }
    for verdict in (open_reserve(file, shares), open_reserve_with_seed(file, bytes.fromhex(vector["seed"]))):
        assert (verdict.outcome, verdict.payload) == (Outcome.OPENED, vector["payload"].encode())


def test_a_reserve_is_never_read_as_a_bid_nor_a_bid_as_a_reserve():
    bid, reserve = (bytes.fromhex(one["file"]) for one in (ENVELOPES["product"], VECTORS["reserve"]))
    for read, file in ((parse, reserve), (parse_reserve, bid)):
        with pytest.raises(FormatError):
            read(file)
    for read, file in ((parse, bid[:8] + reserve[8:]), (parse_reserve, reserve[:8] + bid[8:])):
        with pytest.raises(FormatError):
            read(file)
    sealed = parse_reserve(reserve)
    with pytest.raises(FormatError):
        release_share(sealed.header_bytes, sealed.seals[0], position=1, key=OPENER_KEYS[0])
    assert open_with_seed(bid, bytes(32)).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("name", ["result", "request", "further"])
def test_the_server_signs_the_very_documents(name):
    document = read_document(VECTORS[name].encode(), [SERVER])
    assert sign_document(document.body, SERVER_KEY) == VECTORS[name].encode()


def test_each_document_names_the_one_before_it():
    assert read_document(VECTORS["further"].encode(), [SERVER]).body["previous"] == document_hash(
        VECTORS["request"].encode()
    )
    assert read_document(VECTORS["result"].encode(), [SERVER]).body["report"] == sha256(VECTORS["report"].encode())


def test_the_report_is_read_and_gives_what_each_member_signed():
    told = read_report(VECTORS["report"].encode())
    assert report_bytes(told) == VECTORS["report"].encode()
    assert {str(member): sha256(sheet(told, member)) for member in (1, 2, 3)} == VECTORS["sheets"]


def test_one_signature_is_over_many_submissions_in_whatever_order_they_come():
    proof = VECTORS["proof"]
    for hashes in (proof["manifests"], proof["manifests"][::-1]):
        assert challenge(hashes).hex() == proof["challenge"]
    assert challenge(proof["manifests"][:2]).hex() != proof["challenge"]
