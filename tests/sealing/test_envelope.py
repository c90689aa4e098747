"""Sealing, taking apart, and what an upload is refused for."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sealing import primitives
from sealing.canonical import canonical_json, read_canonical
from sealing.envelope import (
    BLOB_MAGIC,
    MAGIC,
    PADS,
    Header,
    Requirements,
    Slot,
    check_upload,
    fitting_pad,
    frame,
    looks_sealed,
    parse,
    seal,
)
from sealing.errors import AlreadySealedError, FormatError, PayloadError, ShareError, UploadError
from sealing.offers import offer_of_product
from sealing.opening import Outcome, open_envelope, open_with_seed, release_share
from sealing.payloads import Attachment, commercial_payload, reveal_payload, technical_payload
from tests.sealing.kit import ANSWERS, COMMERCIAL, NOTICE, OFFER, OPENER_KEYS, TECHNICAL, released
from tests.sealing.test_canonical import values

POOL = [primitives.fresh_scalar() for _ in range(15)]
references = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", fullmatch=True)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
blobs = st.lists(hashes, max_size=3)


@st.composite
def notices(draw):
    n = draw(st.integers(2, 15))
    keys = draw(st.permutations(POOL))[:n]
    return keys, Requirements(
        tender=draw(references),
        lot=draw(references),
        terms=draw(hashes),
        k=draw(st.integers(2, n)),
        openers=tuple(primitives.point_of(key).hex() for key in keys),
        minimum_pad=draw(st.sampled_from(PADS[:3])),
    )


@settings(max_examples=60)
@given(
    keyed=notices(),
    answers=st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), values, max_size=4),
    blobs=blobs,
    supplier=references,
    bid=references,
    version=st.integers(1, 999_999),
    data=st.data(),
)
def test_any_payload_under_any_header_comes_back(keyed, answers, blobs, supplier, bid, version, data):
    keys, notice = keyed
    slot = Slot(supplier=supplier, bid=bid, version=version, envelope="technical")
    attached = [Attachment(key=bytes.fromhex(blob), name="a", size=number) for number, blob in enumerate(blobs)]
    payload = technical_payload(answers, attached)
    sealed = seal(payload, notice, slot, blobs=blobs)
    parsed = parse(sealed.file)
    check_upload(parsed, notice, slot)
    assert parsed.header == sealed.header == Header.from_bytes(parsed.header_bytes)
    assert parsed.header.blobs == tuple(blobs)
    positions = data.draw(st.permutations(range(1, len(keys) + 1)))[: notice.k]
    shares = {
        position: release_share(
            parsed.header_bytes, parsed.seals[position - 1], position=position, key=keys[position - 1]
        )
        for position in positions
    }
    verdict = open_envelope(sealed.file, shares)
    assert (verdict.outcome, verdict.payload, verdict.seed) == (Outcome.OPENED, payload, sealed.seed)
    assert verdict.wrong_openers == ()
    assert open_with_seed(sealed.file, sealed.seed).payload == payload


def test_nothing_random_ever_repeats():
    """2,000 seals of the same offer to two openers: no seed, point, seal or body appears twice."""
    notice = replace(NOTICE, k=2, openers=NOTICE.openers[:2])
    seeds, points, bodies = set(), set(), set()
    for _ in range(2000):
        sealed = seal(OFFER, notice, COMMERCIAL)
        parsed = parse(sealed.file)
        seeds.add(sealed.seed)
        points.update(one[:65] for one in parsed.seals)
        bodies.add(parsed.body)
    assert (len(seeds), len(points), len(bodies)) == (2000, 4000, 2000)


@given(st.lists(st.tuples(st.integers(1, 10**9 - 1), st.integers(1, 10**18 - 1)), min_size=2, max_size=8))
def test_every_offer_has_the_same_length(offers):
    lengths = {
        len(
            seal(
                commercial_payload(
                    offer_of_product(currency="CNY", product="PD-1", pack=pack, price=Decimal(millionths).scaleb(-6))
                ),
                NOTICE,
                COMMERCIAL,
            ).file
        )
        for pack, millionths in offers
    }
    assert len(lengths) == 1


def test_the_pad_is_the_smallest_that_fits_and_no_less_than_the_minimum():
    room = PADS[0] - 4 - 5 * 32
    assert fitting_pad(0, 5) == fitting_pad(room, 5) == 4096
    assert fitting_pad(room + 1, 5) == 16_384
    assert fitting_pad(1, 5, minimum=PADS[2]) == 65_536
    assert fitting_pad(PADS[5] - 4 - 5 * 32, 5) == 4_194_304
    with pytest.raises(PayloadError):
        fitting_pad(PADS[5] - 4 - 5 * 32 + 1, 5)


def test_a_large_payload_fills_the_next_pad():
    payload = technical_payload({"product": "x" * 5000})
    sealed = seal(payload, NOTICE, TECHNICAL)
    assert sealed.header.pad == 16_384
    assert open_with_seed(sealed.file, sealed.seed).payload == payload


def test_a_sealed_file_is_never_sealed_again():
    sealed = seal(OFFER, NOTICE, COMMERCIAL)
    for file in (sealed.file, MAGIC, BLOB_MAGIC + b"anything"):
        assert looks_sealed(file)
        with pytest.raises(AlreadySealedError):
            seal(file, NOTICE, COMMERCIAL)
    assert not looks_sealed(OFFER)


@pytest.mark.parametrize(
    ("payload", "slot"),
    [
        (OFFER, TECHNICAL),
        (ANSWERS, COMMERCIAL),
        (b'{"answers": []}', TECHNICAL),
        (b"", COMMERCIAL),
        (ANSWERS, replace(TECHNICAL, envelope="reveal-technical")),
    ],
)
def test_a_payload_that_nobody_could_read_is_not_sealed(payload, slot):
    with pytest.raises(PayloadError):
        seal(payload, NOTICE, slot)


def test_as_many_attachments_are_named_as_the_header_has():
    with pytest.raises(PayloadError):
        seal(ANSWERS, NOTICE, TECHNICAL, blobs=["a" * 64])


def test_a_seed_is_sealed_to_replacement_openers():
    original = seal(OFFER, NOTICE, COMMERCIAL)
    slot = replace(COMMERCIAL, envelope="reveal-commercial")
    sealed = seal(reveal_payload(seed=original.seed, sha256=original.digest), NOTICE, slot)
    check_upload(parse(sealed.file), NOTICE, slot)


MISPLACED = [
    (replace(NOTICE, tender="T-2026-0015"), COMMERCIAL, "tender"),
    (replace(NOTICE, lot="L-02"), COMMERCIAL, "lot"),
    (replace(NOTICE, terms="6" * 64), COMMERCIAL, "terms"),
    (replace(NOTICE, k=2), COMMERCIAL, "k"),
    (replace(NOTICE, openers=NOTICE.openers[::-1]), COMMERCIAL, "openers"),
    (replace(NOTICE, openers=NOTICE.openers[:4]), COMMERCIAL, "openers"),
    (replace(NOTICE, minimum_pad=PADS[1]), COMMERCIAL, "pad"),
    (NOTICE, replace(COMMERCIAL, supplier="91330000MA27YYYY5K"), "supplier"),
    (NOTICE, replace(COMMERCIAL, bid="B-2"), "bid"),
    (NOTICE, replace(COMMERCIAL, version=3), "version"),
    (NOTICE, replace(COMMERCIAL, envelope="technical"), "envelope"),
]


@pytest.mark.parametrize(("notice", "slot", "where"), MISPLACED, ids=[row[2] for row in MISPLACED])
def test_an_envelope_of_another_place_is_refused(notice, slot, where):
    parsed = parse(seal(OFFER, NOTICE, COMMERCIAL).file)
    check_upload(parsed, NOTICE, COMMERCIAL)
    with pytest.raises(UploadError) as refused:
        check_upload(parsed, notice, slot)
    assert (refused.value.where, refused.value.party) == (where, "bidder")


def test_a_larger_body_than_the_minimum_is_let_in():
    check_upload(parse(seal(OFFER, replace(NOTICE, minimum_pad=PADS[1]), COMMERCIAL).file), NOTICE, COMMERCIAL)


@pytest.mark.parametrize("position", [1, 5])
def test_a_seal_with_a_point_off_the_curve_is_refused(position):
    parsed = parse(seal(OFFER, NOTICE, COMMERCIAL).file)
    seals = list(parsed.seals)
    seals[position - 1] = b"\x04" + bytes(112)
    file = frame(parsed.header_bytes, seals) + parsed.body
    with pytest.raises(UploadError) as refused:
        check_upload(parse(file), NOTICE, COMMERCIAL)
    assert refused.value.opener == position


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bid", ""),
        ("bid", ".hidden"),
        ("bid", "B" * 65),
        ("bid", "B 1"),
        ("bid", "B1\n"),
        ("bid", 1),
        ("lot", "批一"),
        ("supplier", None),
        ("tender", "../T-1"),
        ("blobs", None),
        ("blobs", ["A" * 64]),
        ("blobs", ["a" * 64] * 65),
        ("com", "a" * 63),
        ("com", "g" * 64),
        ("envelope", "third"),
        ("format", "sealed-bid/2"),
        ("k", 1),
        ("k", 6),
        ("k", True),
        ("k", "3"),
        ("openers", []),
        ("openers", [NOTICE.openers[0], NOTICE.openers[0], NOTICE.openers[1]]),
        ("openers", ["04" + "00" * 64, *NOTICE.openers[:3]]),
        ("openers", [NOTICE.openers[0].upper(), *NOTICE.openers[1:]]),
        ("openers", ["02" + NOTICE.openers[0][2:66], *NOTICE.openers[1:]]),
        ("pad", 4095),
        ("pad", 8192),
        ("pad", "4096"),
        ("pad", 16_777_216),
        ("terms", ""),
        ("version", 0),
        ("version", 1_000_000),
        ("version", True),
    ],
)
def test_a_header_with_a_wrong_field_is_refused(name, value):
    fields = read_canonical(parse(seal(OFFER, NOTICE, COMMERCIAL).file).header_bytes)
    assert fields[name] != value
    with pytest.raises(FormatError):
        Header.from_bytes(canonical_json(fields | {name: value}))


def test_a_header_has_exactly_its_fields():
    fields = read_canonical(parse(seal(OFFER, NOTICE, COMMERCIAL).file).header_bytes)
    for name in fields:
        with pytest.raises(FormatError):
            Header.from_bytes(canonical_json({key: fields[key] for key in fields if key != name}))
    with pytest.raises(FormatError):
        Header.from_bytes(canonical_json(fields | {"note": ""}))
    for data in (b"[]", b"null", b"{}", b"", canonical_json("x" * 16_384)):
        with pytest.raises(FormatError):
            Header.from_bytes(data)


def test_a_file_that_is_cut_or_extended_is_refused():
    file = seal(OFFER, NOTICE, COMMERCIAL).file
    for length in range(len(file)):
        with pytest.raises(FormatError):
            parse(file[:length])
    for extended in (file + b"\0", file + file, b"\0" + file, file[:-16] + bytes(4096) + file[-16:]):
        with pytest.raises(FormatError):
            parse(extended)


def test_a_header_longer_than_allowed_is_not_even_read():
    with pytest.raises(FormatError) as refused:
        parse(MAGIC + (16_385).to_bytes(4, "big") + bytes(20_000))
    assert refused.value.where == "header"


def test_every_changed_byte_is_refused():
    """One bit in each byte of the file, with three right shares and with the right seed: nothing opens."""
    sealed = seal(OFFER, NOTICE, COMMERCIAL)
    shares = released(sealed.file, (1, 3, 4))
    assert open_envelope(sealed.file, shares).outcome is Outcome.OPENED
    opened = []
    for at in range(len(sealed.file)):
        changed = bytearray(sealed.file)
        changed[at] ^= 1 << at % 8
        try:
            verdicts = open_envelope(bytes(changed), shares), open_with_seed(bytes(changed), sealed.seed)
        except FormatError:
            continue
        opened += [at for verdict in verdicts if verdict.outcome is not Outcome.UNREADABLE]
    assert opened == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tender", "T-2026-0015"),
        ("lot", "L-02"),
        ("supplier", "91330000MA27YYYY5K"),
        ("bid", "B-2"),
        ("version", 3),
        ("envelope", "technical"),
        ("terms", "6" * 64),
        ("k", 2),
    ],
)
def test_an_envelope_moved_elsewhere_does_not_open_there(name, value):
    """Whoever rewrites the header to fit another notice holds a file that no opener and no seed opens."""
    sealed = seal(OFFER, NOTICE, COMMERCIAL)
    parsed = parse(sealed.file)
    moved = replace(parsed.header, **{name: value}).to_bytes()
    file = frame(moved, parsed.seals) + parsed.body
    for position, key in enumerate(OPENER_KEYS, 1):
        with pytest.raises(ShareError):
            release_share(moved, parsed.seals[position - 1], position=position, key=key)
    assert open_with_seed(file, sealed.seed).outcome is Outcome.UNREADABLE


def test_nothing_secret_is_shown():
    sealed = seal(OFFER, NOTICE, COMMERCIAL)
    shown = repr(sealed) + repr(parse(sealed.file)) + repr(open_with_seed(sealed.file, sealed.seed))
    for secret in (sealed.seed.hex(), repr(sealed.seed), "113.68", "seed", "payload"):
        assert secret not in shown
