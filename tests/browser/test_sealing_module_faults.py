"""What the browser's sealing module refuses, with the same named fault as Python."""

from dataclasses import asdict, replace

import pytest

from sealing.canonical import canonical_json, read_canonical
from sealing.envelope import PADS, Header, check_upload, frame, parse, seal
from sealing.errors import SealError
from sealing.opening import open_envelope, open_with_seed, release_share
from sealing.payloads import technical_payload
from tests.browser.sealing import InBrowser, key_of, runner, sealed_here, told, verdict, written
from tests.sealing.kit import (
    COMMERCIAL,
    NOTICE,
    OFFER,
    OPENER_KEYS,
    OPENERS,
    TECHNICAL,
    forge,
    released,
)
from tests.sealing.test_opening import CROOKED, EPHEMERALS, SEED


@pytest.fixture
def in_browser(page, live_server) -> InBrowser:
    return runner(page, live_server.url)


def test_shares_wrong_and_too_few_get_the_same_verdict(in_browser):
    sealed = sealed_here()
    right = released(sealed.file)
    liar = {2: bytes(32)}
    cases = [
        {},
        {position: right[position] for position in (1, 2)},
        {position: right[position] for position in (1, 3, 5)},
        {1: right[1], **liar, 3: right[3]},
        {1: right[1], **liar, 3: right[3], 5: right[5]},
        right | liar | {5: right[4]},
    ]
    found = in_browser(
        """
        const found = [];
        for (const one of cases) found.push(verdict(await sealing.openEnvelope(bytes(file), shares(one))));
        return found;
        """,
        file=sealed.file.hex(),
        cases=[written(shares) for shares in cases],
    )
    expected = [verdict(open_envelope(sealed.file, shares)) for shares in cases]
    assert found == expected
    outcomes = ["unreadable", "unreadable", "opened", "unreadable", "opened", "opened"]
    assert [one["outcome"] for one in expected] == outcomes
    assert [one["wrong"] for one in expected[-2:]] == [[2], [2, 5]]


def test_what_decrypts_but_is_not_reproduced_is_the_bidders_fault(in_browser):
    files = [forge(header, plain, SEED, EPHEMERALS) for _name, header, plain in CROOKED]
    shares = [{position: released(file)[position] for position in (2, 3, 5)} for file in files]
    found = in_browser(
        """
        const found = [];
        for (const [file, three] of cases) {
            found.push(verdict(await sealing.openEnvelope(bytes(file), shares(three))));
            found.push(verdict(await sealing.openWithSeed(bytes(file), bytes(seed))));
        }
        return found;
        """,
        cases=[(file.hex(), written(three)) for file, three in zip(files, shares, strict=True)],
        seed=SEED.hex(),
    )
    expected = []
    for file, three in zip(files, shares, strict=True):
        expected += [verdict(open_envelope(file, three)), verdict(open_with_seed(file, SEED))]
    assert found == expected
    assert {one["outcome"] for one in found} == {"bidder-fault"}


def test_every_flipped_bit_is_refused_with_the_same_fault(in_browser):
    """One bit of each byte up to the body, and of some bytes of it; and files that are cut or extended."""
    sealed = sealed_here().file
    body = len(sealed) - 4112
    flips = [*range(body), *range(body, len(sealed), 97), len(sealed) - 1]
    others = [b"", sealed[:7], sealed[:11], sealed[:body], sealed[:-1], sealed + b"\0"]
    found = in_browser(
        """
        const flipped = (at) => {
            const file = bytes(sealed);
            file[at] ^= 1 << at % 8;
            return file;
        };
        const outcome = async (file) => {
            let outcome = null;
            const refused = await fault(async () => {
                ({ outcome } = await sealing.openWithSeed(file, bytes(seed)));
            });
            return [outcome, refused];
        };
        const found = [];
        for (const at of flips) found.push(await outcome(flipped(at)));
        for (const file of others) found.push(await outcome(bytes(file)));
        return found;
        """,
        sealed=sealed.hex(),
        flips=flips,
        others=[file.hex() for file in others],
        seed=SEED.hex(),
    )

    def flipped(at):
        return sealed[:at] + bytes([sealed[at] ^ 1 << at % 8]) + sealed[at + 1 :]

    def outcome(file):
        try:
            return [open_with_seed(file, SEED).outcome.value, None]
        except SealError:
            return [None, told(lambda: parse(file))]

    assert found == [outcome(file) for file in [*map(flipped, flips), *others]]
    assert {one[0] for one in found} == {"unreadable", None}


MOVED = {
    "tender": "T-2026-0015",
    "lot": "L-02",
    "supplier": "91330000MA27YYYY5K",
    "bid": "B-2",
    "version": 3,
    "envelope": "technical",
    "terms": "6" * 64,
    "k": 2,
}


def test_a_moved_header_is_refused_at_the_upload_by_every_opener_and_by_the_seed(in_browser):
    parsed = parse(sealed_here().file)
    moved = [
        frame(replace(parsed.header, **{name: value}).to_bytes(), parsed.seals) + parsed.body
        for name, value in MOVED.items()
    ]
    found = in_browser(
        """
        const found = [];
        for (const one of moved) {
            const file = bytes(one);
            const parsed = await sealing.parse(file);
            const faults = [await fault(() => sealing.checkUpload(parsed, notice, slot))];
            for (const [index, key] of keys.entries()) {
                const opener = { position: index + 1, key };
                faults.push(await fault(() => sealing.releaseShare(parsed.headerBytes, parsed.seals[index], opener)));
            }
            found.push([faults, (await sealing.openWithSeed(file, bytes(seed))).outcome]);
        }
        return found;
        """,
        moved=[file.hex() for file in moved],
        keys=[key_of(position) for position in range(1, 6)],
        notice=asdict(NOTICE),
        slot=asdict(COMMERCIAL),
        seed=SEED.hex(),
    )
    for file, (faults, outcome), name in zip(moved, found, MOVED, strict=True):
        there = parse(file)
        assert faults[0] == told(lambda at=there: check_upload(at, NOTICE, COMMERCIAL))
        assert faults[0] == ["UploadError", "bidder", name, None]
        assert faults[1:] == [["ShareError", "", "seal", position] for position in range(1, 6)]
        assert outcome == open_with_seed(file, SEED).outcome.value == "unreadable"


def test_openers_release_only_from_their_own_place(in_browser):
    parsed = parse(sealed_here().file)
    other_place, short, bent = parsed.seals[1], parsed.seals[0][:-1], b"\x04" + bytes(112)
    cases = [
        (parsed.seals[0], 2, 1),
        (parsed.seals[0], 0, 1),
        (parsed.seals[0], 6, 1),
        *((sealed, 1, 1) for sealed in (other_place, short, b"", bent)),
    ]
    found = in_browser(
        """
        const found = [];
        for (const [sealed, position, key] of cases) {
            found.push(await fault(() => sealing.releaseShare(bytes(header), bytes(sealed), { position, key })));
        }
        return found;
        """,
        header=parsed.header_bytes.hex(),
        cases=[[sealed.hex(), position, key_of(owner)] for sealed, position, owner in cases],
    )
    assert found == [
        told(
            lambda sealed=sealed, position=position, owner=owner: release_share(
                parsed.header_bytes, sealed, position=position, key=OPENER_KEYS[owner - 1]
            )
        )
        for sealed, position, owner in cases
    ]
    assert [one[0] for one in found] == ["ShareError"] * len(cases)


def test_what_python_does_not_seal_the_browser_does_not_seal_either(in_browser):
    again = sealed_here().file
    offer = read_canonical(OFFER)
    twice = {"answers": [{"criterion": "gmp", "value": 1}] * 2, "attachments": []}
    cases = [
        (again, NOTICE, COMMERCIAL),
        (OFFER, NOTICE, TECHNICAL),
        (b"", NOTICE, COMMERCIAL),
        (b'{"answers": []}', NOTICE, TECHNICAL),
        (canonical_json(twice), NOTICE, TECHNICAL),
        (canonical_json(offer | {"note": ""}), NOTICE, COMMERCIAL),
        *(
            (canonical_json(offer | {"offer": offer["offer"] | change}), NOTICE, COMMERCIAL)
            for change in ({"price": "113.68"}, {"price": 113}, {"pack": "0"}, {"currency": "yuan"})
        ),
        (technical_payload({"x": "y" * PADS[5]}), NOTICE, TECHNICAL),
        (OFFER, replace(NOTICE, tender="../T-1"), COMMERCIAL),
        (OFFER, replace(NOTICE, k=6), COMMERCIAL),
        (OFFER, replace(NOTICE, k=1), COMMERCIAL),
        (OFFER, replace(NOTICE, openers=(OPENERS[0], OPENERS[0])), COMMERCIAL),
        (OFFER, replace(NOTICE, openers=(OPENERS[0], "04" + "00" * 64), k=2), COMMERCIAL),
        (OFFER, replace(NOTICE, terms="5" * 63), COMMERCIAL),
        (OFFER, NOTICE, replace(COMMERCIAL, version=0)),
        (OFFER, NOTICE, replace(COMMERCIAL, envelope="third")),
    ]
    found = in_browser(
        """
        const found = [];
        for (const [payload, notice, slot] of cases) {
            found.push(await fault(() => sealing.sealAndReopen(bytes(payload), notice, slot)));
        }
        return found;
        """,
        cases=[(payload.hex(), asdict(notice), asdict(slot)) for payload, notice, slot in cases],
    )
    expected = [told(lambda case=case: seal(*case)) for case in cases]
    assert None not in expected
    assert found == expected
    assert found[0] == ["AlreadySealedError", "bidder", "payload", None]


def test_an_upload_is_refused_for_the_same_reasons(in_browser):
    parsed = parse(sealed_here().file)
    bent = frame(parsed.header_bytes, [*parsed.seals[:4], b"\x04" + bytes(112)]) + parsed.body
    cases = [
        (sealed_here().file, replace(NOTICE, openers=OPENERS[::-1]), COMMERCIAL),
        (sealed_here().file, replace(NOTICE, minimum_pad=PADS[1]), COMMERCIAL),
        (sealed_here().file, NOTICE, COMMERCIAL),
        (bent, NOTICE, COMMERCIAL),
    ]
    found = in_browser(
        """
        const found = [];
        for (const [file, notice, slot] of cases) {
            const parsed = await sealing.parse(bytes(file));
            found.push(await fault(() => sealing.checkUpload(parsed, notice, slot)));
        }
        return found;
        """,
        cases=[(file.hex(), asdict(notice), asdict(slot)) for file, notice, slot in cases],
    )
    assert found == [told(lambda case=case: check_upload(parse(case[0]), *case[1:])) for case in cases]
    assert [one and one[2] for one in found] == ["openers", "pad", None, "seals"]


def test_a_key_that_is_not_its_points_opens_nothing(in_browser):
    """The browser cannot compute a point from a key, so it must notice a pair that was patched together."""
    parsed = parse(sealed_here().file)
    found = in_browser(
        "return fault(() => sealing.releaseShare(bytes(header), bytes(sealed), { position: 1, key }));",
        header=parsed.header_bytes.hex(),
        sealed=parsed.seals[0].hex(),
        key=key_of(2) | {"ecdh_public": OPENERS[0]},
    )
    assert found == ["ShareError", "", "key", 1]


def test_header_and_notice_are_what_python_reads(in_browser):
    """A header that the browser accepts is one that Python accepts, field by field."""
    fields = read_canonical(parse(sealed_here().file).header_bytes)
    wrong = [
        ("bid", ".hidden"),
        ("bid", "B1\n"),
        ("blobs", ["a" * 64] * 65),
        ("com", "g" * 64),
        ("format", "sealed-bid/2"),
        ("k", True),
        ("k", "3"),
        ("openers", []),
        ("openers", [OPENERS[0].upper(), *OPENERS[1:]]),
        ("pad", 8192),
        ("terms", ""),
        ("version", 1_000_000),
        ("note", ""),
    ]
    headers = [canonical_json(fields | {name: value}) for name, value in wrong]
    headers += [b"[]", b"null", b"{}", canonical_json("x" * 16_384)]
    found = in_browser(
        """
        const found = [];
        for (const header of headers) found.push(await fault(() => sealing.readHeader(bytes(header))));
        return found;
        """,
        headers=[header.hex() for header in headers],
    )
    assert found == [told(lambda header=header: Header.from_bytes(header)) for header in headers]
    assert None not in found
