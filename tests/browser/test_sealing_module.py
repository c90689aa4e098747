"""The browser's sealing module held against the test vectors and against Python, in both directions.

It runs in a real browser on a page of the product, under the product's content policy.
"""

import base64
import io
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest
from django.templatetags.static import static
from django.urls import reverse

from tenders.sealing import primitives
from tenders.sealing.attachments import CHUNK, seal_blob
from tenders.sealing.canonical import canonical_json, read_canonical
from tenders.sealing.documents import read_document
from tenders.sealing.envelope import PADS, Header, check_upload, frame, parse, seal
from tenders.sealing.errors import SealError
from tenders.sealing.keys import OpenerKeys, lock, unlock
from tenders.sealing.opening import Outcome, open_envelope, open_with_seed, release_share
from tenders.sealing.payloads import reveal_payload, technical_payload
from tests.tenders.test_sealing.kit import (
    ANSWERS,
    COMMERCIAL,
    NOTICE,
    OFFER,
    OPENER_KEYS,
    OPENERS,
    TECHNICAL,
    VECTORS,
    forge,
    released,
)
from tests.tenders.test_sealing.test_hpke import RFC_9180
from tests.tenders.test_sealing.test_opening import CROOKED, EPHEMERALS, SEED

PREAMBLE = """
    const utf8 = (text) => new TextEncoder().encode(text);
    const text = (data) => new TextDecoder().decode(data);
    const { hex, bytes } = sealing;
    const pairs = (list) => list.map(([scalar, point]) => ({ scalar: bytes(scalar), point: bytes(point) }));
    const shares = (list) => new Map(list.map(([position, share]) => [position, bytes(share)]));
    const told = ({ name, party, where, opener }) => [name, party, where, opener];
    const verdict = (one) => ({
        outcome: one.outcome, wrong: one.wrongOpeners, missing: one.missing, digest: one.digest,
        payload: one.payload && hex(one.payload), seed: one.seed && hex(one.seed), ephemerals: one.ephemerals.map(hex),
    });
    const fault = async (act) => {
        try { await act(); } catch (error) {
            if (!(error instanceof sealing.SealError)) throw error;
            return told(error);
        }
        return null;
    };
"""

InBrowser = Callable[..., Any]


@pytest.fixture
def in_browser(page, live_server) -> InBrowser:
    """Run a script with the module as ``sealing`` and the other arguments by name; what it returns comes back."""
    page.goto(live_server.url + reverse("home"))

    def run(script: str, **given: Any) -> Any:
        names = ", ".join(given)
        source = f"""async ({{ {names} }}) => {{
            const sealing = await import({json.dumps(static("js/sealing.js"))});
            {PREAMBLE}
            {script}
        }}"""
        return page.evaluate(source, given)

    return run


def told(act: Callable[[], Any]) -> list | None:
    """The fault that Python names, in the same shape as the browser's."""
    try:
        act()
    except SealError as error:
        return [type(error).__name__, error.party, error.where, error.opener]
    return None


def verdict(one) -> dict[str, Any]:
    """Python's verdict, in the same shape as the browser's."""
    return {
        "outcome": one.outcome.value,
        "wrong": list(one.wrong_openers),
        "missing": one.missing,
        "digest": one.digest,
        "payload": None if one.payload is None else one.payload.hex(),
        "seed": None if one.seed is None else one.seed.hex(),
        "ephemerals": [scalar.hex() for scalar in one.ephemerals],
    }


def pairs(scalars) -> list[list[str]]:
    return [[scalar.hex(), primitives.point_of(scalar).hex()] for scalar in scalars]


def written(shares) -> list[list]:
    return [[position, share.hex()] for position, share in shares.items()]


def key_of(position: int) -> dict[str, str]:
    return OpenerKeys("T-2026-0014", OPENER_KEYS[position - 1], bytes(range(32))).secret()


def sealed_here(slot=COMMERCIAL, payload=OFFER):
    return seal(payload, NOTICE, slot, seed=SEED, ephemerals=EPHEMERALS)


# --- The vectors ---


@pytest.mark.parametrize("number", [0, 1], ids=["technical", "commercial"])
def test_the_browser_seals_the_very_file_and_every_step_between(in_browser, number):
    vector = VECTORS["envelopes"][number]
    made = in_browser(
        """
        const header = JSON.parse(vector.header);
        const seed = bytes(vector.seed);
        const options = { blobs: header.blobs, seed, ephemerals: pairs(ephemerals) };
        const sealed = await sealing.sealAndReopen(utf8(vector.payload), header, header, options);
        const parsed = await sealing.parse(sealed.file);
        await sealing.checkUpload(parsed, header, header);
        const { com, ...context } = parsed.header;
        const prk = await sealing.extract(utf8("sealed-bid/1"), seed);
        return {
            header_without_com: text(sealing.canonicalJson(context)),
            payload: text((await sealing.openWithSeed(sealed.file, seed)).payload),
            seed: hex(sealed.seed),
            ephemerals: (await sealing.openWithSeed(sealed.file, seed)).ephemerals.map(hex),
            r: hex(await sealing.expand(prk, sealing.label("r"))),
            com: sealed.com,
            header: text(parsed.headerBytes),
            header_sha256: await sealing.sha256(parsed.headerBytes),
            shares: (await sealing.sharesOf(seed, parsed.header)).map(hex),
            body_key: hex(await sealing.bodyKey(seed, parsed.head)),
            file: hex(sealed.file),
            file_sha256: sealed.digest,
        };
        """,
        vector=vector,
        ephemerals=pairs(bytes.fromhex(scalar) for scalar in vector["ephemerals"]),
    )
    assert made == vector


@pytest.mark.parametrize("number", [0, 1], ids=["technical", "commercial"])
def test_the_openers_get_the_published_shares_and_any_three_open(in_browser, number):
    vector = VECTORS["envelopes"][number]
    got = in_browser(
        """
        const file = bytes(vector.file);
        const { headerBytes, seals } = await sealing.parse(file);
        const given = [];
        for (const [index, key] of keys.entries()) {
            given.push(await sealing.releaseShare(headerBytes, seals[index], { position: index + 1, key }));
        }
        const outcomes = [];
        for (let a = 1; a <= 5; a++) for (let b = a + 1; b <= 5; b++) for (let c = b + 1; c <= 5; c++) {
            const three = new Map([a, b, c].map((position) => [position, given[position - 1]]));
            const opened = await sealing.openEnvelope(file, three);
            outcomes.push(`${opened.outcome} ${text(opened.payload)}`);
        }
        return { shares: given.map(hex), outcomes };
        """,
        vector=vector,
        keys=[key_of(position) for position in range(1, 6)],
    )
    assert got["shares"] == vector["shares"]
    assert got["outcomes"] == [f"opened {vector['payload']}"] * 10


def test_the_attachment_seals_and_opens(in_browser):
    blob = VECTORS["blob"]
    made = in_browser(
        """
        const plain = utf8(blob.repeated.repeat(blob.times));
        const sealed = await sealing.sealBlob(new Blob([plain]), { key: bytes(blob.key) });
        const opened = await sealing.openBlob(sealed.file, sealed);
        const again = await fault(() => sealing.sealBlob(sealed.file));
        return {
            id: sealed.id, length: sealed.length, size: sealed.size, again, named: await sealing.blobId(sealed.file),
            file_sha256: await sealing.sha256(await sealed.file.arrayBuffer()),
            back: sealing.same(new Uint8Array(await opened.arrayBuffer()), plain),
        };
        """,
        blob=blob,
    )
    assert made == {
        **{name: blob[name] for name in ("id", "length", "file_sha256")},
        "named": blob["id"],
        "size": len(blob["repeated"].encode()) * blob["times"],
        "again": ["AlreadySealedError", "bidder", "attachment", None],
        "back": True,
    }


def test_documents_are_read_and_signed_to_the_very_bytes(in_browser):
    server = {"sign": VECTORS["server"]["private"], "sign_public": VECTORS["server"]["public"]}
    signed = [[VECTORS[kind], server] for kind in ("receipt", "close", "request")]
    signed.append([VECTORS["release"], VECTORS["openers"][2]])
    again = in_browser(
        """
        const made = [];
        for (const [document, key] of signed) {
            const body = await sealing.readDocument(utf8(document), [key.sign_public]);
            const changed = utf8(document.replace('"format"', '"formaT"'));
            made.push([
                text(await sealing.signDocument(body, key)),
                await sealing.documentHash(utf8(document)),
                await fault(() => sealing.readDocument(changed, [key.sign_public])),
                await fault(() => sealing.readDocument(utf8(document), [stranger])),
                await fault(() => sealing.readDocument(utf8(document), [key.sign_public, stranger])),
            ]);
        }
        return made;
        """,
        signed=signed,
        stranger=VECTORS["openers"][0]["sign_public"],
    )
    refused = ["SignatureError", "", "signatures", None]
    assert again == [
        [document, read_document(document.encode(), [key["sign_public"]]).hash, refused, refused, refused]
        for document, key in signed
    ]


def test_the_receipt_stands_in_the_tree_of_the_close(in_browser):
    inclusion = VECTORS["inclusion"]
    root = read_document(VECTORS["close"].encode(), [VECTORS["server"]["public"]]).body["root"]
    found = in_browser(
        """
        const { index, count, path } = inclusion;
        const proved = (place, hashes) => sealing.includes(root, inclusion.leaf, { index: place, count, path: hashes });
        return [
            await sealing.leaf(utf8(receipt.split("\\n")[0])),
            await proved(index, path), await proved(index + 1, path), await proved(index, path.slice(1)),
            await proved(index, [...path, root]), await proved(count, path),
        ];
        """,
        inclusion=inclusion,
        root=root,
        receipt=VECTORS["receipt"],
    )
    assert found == [inclusion["leaf"], True, False, False, False, False]


def test_the_key_file_unlocks_and_locks(in_browser):
    published = VECTORS["key_file"]
    made = in_browser(
        """
        const file = utf8(published.file);
        const secret = await sealing.keysFromSecret(await sealing.unlock(file, published.code, "opener"));
        const salt = bytes(JSON.parse(published.file).salt);
        const typed = published.code.toLowerCase().replaceAll("-", " ").replaceAll("1", "l");
        return {
            secret: text(sealing.canonicalJson(secret)),
            code: sealing.normaliseCode(typed),
            file: text(await sealing.lock(secret, typed, "opener", { salt })),
            wrong: await fault(() => sealing.unlock(file, "0000-0000-0000-0000", "opener")),
            malformed: await fault(() => sealing.unlock(file, "U000-0000-0000-0000", "opener")),
            kind: await fault(() => sealing.unlock(file, published.code, "recovery")),
            other: await fault(() => sealing.keysFromSecret({ ...secret, ecdh_public: other })),
            signer: await fault(() => sealing.keysFromSecret({ ...secret, sign_public: signer })),
        };
        """,
        published=published,
        other=OPENERS[0],
        signer=VECTORS["server"]["public"],
    )
    assert made == {
        "secret": published["secret"],
        "code": published["code"].replace("-", ""),
        "file": published["file"],
        "wrong": ["CodeError", "", "code", None],
        "malformed": ["CodeError", "", "code", None],
        "kind": ["FormatError", "", "kind", None],
        "other": ["FormatError", "", "ecdh_public", None],
        "signer": ["FormatError", "", "ecdh_public", None],
    }


# --- Fresh secrets, one side to the other ---


def test_python_opens_what_the_browser_seals(in_browser):
    """Fresh seeds and ephemeral keys, k and n from the least to the most, every pad that a bid will use."""
    keys = [primitives.fresh_scalar() for _ in range(15)]
    points = tuple(primitives.point_of(key).hex() for key in keys)
    long = technical_payload({"product": "长" * 30_000})
    cases = [
        (OFFER, replace(NOTICE, k=2, openers=points[:2]), COMMERCIAL),
        (ANSWERS, replace(NOTICE, minimum_pad=PADS[1]), TECHNICAL),
        (long, replace(NOTICE, k=15, openers=points), TECHNICAL),
        (
            reveal_payload(seed=SEED, sha256="0" * 64),
            replace(NOTICE, k=8, openers=points),
            replace(TECHNICAL, envelope="reveal-technical"),
        ),
    ]
    made = in_browser(
        """
        const made = [];
        for (const [payload, notice, slot] of cases) {
            const sealed = await sealing.sealAndReopen(bytes(payload), notice, slot);
            made.push([hex(sealed.file), hex(sealed.seed), sealed.digest, sealed.com]);
        }
        return made;
        """,
        cases=[(payload.hex(), asdict(notice), asdict(slot)) for payload, notice, slot in cases],
    )
    for (payload, notice, slot), (file, seed, digest, com) in zip(cases, made, strict=True):
        sealed = bytes.fromhex(file)
        parsed = parse(sealed)
        check_upload(parsed, notice, slot)
        own = OPENER_KEYS if notice.openers == OPENERS else keys
        shares = {
            position: release_share(
                parsed.header_bytes, parsed.seals[position - 1], position=position, key=own[position - 1]
            )
            for position in range(1, notice.k + 1)
        }
        opened = open_envelope(sealed, shares)
        assert (opened.outcome, opened.payload) == (Outcome.OPENED, payload)
        assert (opened.seed.hex(), opened.digest, parsed.header.com) == (seed, digest, com)


def test_nothing_random_ever_repeats(in_browser):
    made = in_browser(
        """
        const made = [];
        for (let turn = 0; turn < 20; turn++) {
            const { file, seed } = await sealing.seal(bytes(payload), notice, slot);
            const { seals, body } = await sealing.parse(file);
            made.push([hex(seed), hex(body), ...seals.map((one) => hex(one.slice(0, 65)))]);
        }
        return [made, Array.from({ length: 50 }, sealing.generateCode)];
        """,
        payload=OFFER.hex(),
        notice=asdict(NOTICE),
        slot=asdict(COMMERCIAL),
    )
    values = [value for row in made[0] for value in row] + made[1]
    assert len(values) == len(set(values)) == 20 * 7 + 50


def test_keys_made_in_the_browser_serve_python(in_browser):
    """Made and locked there, unlocked here; locked here, unlocked there; and a share comes out of it."""
    file, code, recovery = in_browser(
        """
        const keys = await sealing.makeKeyPair("T-2026-0014");
        const code = sealing.generateCode();
        const sealed = await sealing.seal(bytes(payload), notice, slot);
        return [
            text(await sealing.lock(keys, code, "opener")), code,
            [text(await sealing.lock(sealing.recoverySecret(sealed), code, "recovery")), hex(sealed.file)],
        ];
        """,
        payload=OFFER.hex(),
        notice=asdict(NOTICE),
        slot=asdict(COMMERCIAL),
    )
    keys = OpenerKeys.from_secret(unlock(file.encode(), code, "opener"))
    held = unlock(recovery[0].encode(), code, "recovery")
    seed = bytes.fromhex(held["envelopes"]["commercial"]["seed"])
    assert open_with_seed(bytes.fromhex(recovery[1]), seed).payload == OFFER

    sealed = seal(OFFER, replace(NOTICE, k=2, openers=(OPENERS[0], keys.ecdh_public)), COMMERCIAL)
    parsed = parse(sealed.file)
    share = in_browser(
        """
        const key = await sealing.keysFromSecret(await sealing.unlock(utf8(file), code, "opener"));
        return hex(await sealing.releaseShare(bytes(header), bytes(sealed), { position: 2, key }));
        """,
        file=lock(keys.secret(), code, "opener").decode(),
        code=code,
        header=parsed.header_bytes.hex(),
        sealed=parsed.seals[1].hex(),
    )
    expected = release_share(parsed.header_bytes, parsed.seals[1], position=2, key=keys.ecdh)
    assert bytes.fromhex(share) == expected


def test_attachments_of_several_chunks_go_both_ways_and_changed_ones_are_refused(in_browser):
    sizes = [0, 65_536, CHUNK, CHUNK + 1, 2 * CHUNK]
    target = io.BytesIO()
    ours = seal_blob(io.BytesIO(b"\x01" * sizes[3]), target)
    made, opened, faults = in_browser(
        """
        const made = [];
        for (const size of sizes) {
            const { id, key, length, file } = await sealing.sealBlob(new Blob([new Uint8Array(size).fill(1)]));
            made.push([id, hex(key), length, await sealing.sha256(await file.arrayBuffer())]);
        }
        const whole = Uint8Array.from(atob(sealed), (sign) => sign.charCodeAt(0));
        const opens = async (file, told = size) => sealing.openBlob(new Blob([file]), { key: bytes(key), size: told });
        const plain = new Uint8Array(await (await opens(whole)).arrayBuffer());
        const flipped = whole.slice();
        flipped[CHUNK] ^= 1;
        const second = 8 + CHUNK + 16;
        const faults = [
            () => opens(flipped), () => opens(whole.slice(0, second)), () => opens(whole.slice(0, -1)),
            () => opens(new Blob([whole.slice(0, 8), whole.slice(second), whole.slice(8, second)])),
            () => opens(whole.slice(0, 8)), () => opens(whole.slice(8)),
            () => opens(whole, size - 1), () => opens(whole, size + 65_536),
        ];
        const opened = [plain.length, plain.every((byte) => byte === 1), await sealing.blobId(new Blob([whole]))];
        return [made, opened, await Promise.all(faults.map(fault))];
        """,
        sizes=sizes,
        sealed=base64.b64encode(target.getvalue()).decode(),
        key=ours.key.hex(),
        size=ours.size,
        CHUNK=CHUNK,
    )
    for size, (name, key, length, digest) in zip(sizes, made, strict=True):
        again = io.BytesIO()
        blob = seal_blob(io.BytesIO(b"\x01" * size), again, key=bytes.fromhex(key))
        assert (blob.id, blob.length, primitives.sha256(again.getvalue())) == (name, length, digest)
    assert opened == [ours.size, True, ours.id]
    assert faults == [["AttachmentError", "bidder", "attachment", None]] * 8


# --- What is refused, with the same named fault on both sides ---


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


# --- Below: canonical JSON, payloads, HPKE ---

STRANGE = ["", '\x00\x1f\x7f"\\/\b\f\n\r\t', "é\u2028\u2029\ufeff\U0001f9ea", "阿法替尼 40mg ×7片"]
VALUES = [
    None,
    True,
    0,
    -1,
    2**53 - 1,
    1 - 2**53,
    STRANGE,
    {"b": 1, "a": [], "": {}, "10": 0, "9": 0, "A": 0, "__proto__": {"x": 1}, "\x00": "\x00"},
    [[[[]]]],
]
NOT_CANONICAL = [
    b"",
    b"{",
    b" 1",
    b"1.0",
    b"1.5",
    b"-0",
    b"1e3",
    b"9007199254740992",
    b"NaN",
    b'{"a":1,"a":1}',
    b'{"b":1,"a":1}',
    '{"é":1}'.encode(),
    b'"\\u0041"',
    b'"\\ud800"',
    b"\xef\xbb\xbf1",
    b'"\xff"',
    b"[" * 40 + b"]" * 40,
]


def test_canonical_json_is_the_same(in_browser):
    texts = [canonical_json(value).decode() for value in VALUES]
    back, refused = in_browser(
        """
        const back = texts.map((one) => text(sealing.canonicalJson(sealing.readCanonical(utf8(one)))));
        const refused = [];
        for (const one of wrong) refused.push(await fault(() => sealing.readCanonical(bytes(one))));
        return [back, refused];
        """,
        texts=texts,
        wrong=[data.hex() for data in NOT_CANONICAL],
    )
    assert back == texts
    assert refused == [told(lambda data=data: read_canonical(data)) for data in NOT_CANONICAL]
    assert None not in refused


def test_hpke_and_hkdf_reach_the_published_values(in_browser):
    """RFC 9180's vector of this suite, and the third of RFC 5869, whose salt is empty."""
    found = in_browser(
        """
        const ephemeral = { scalar: bytes(rfc.skE), point: bytes(rfc.enc) };
        const { key, nonce } = await sealing.hpkeSender({ to: bytes(rfc.pkR), info: bytes(rfc.info), ephemeral });
        const prk = await sealing.extract(new Uint8Array(0), new Uint8Array(22).fill(0x0b));
        return [
            hex(key), hex(nonce), hex(await sealing.encrypt(key, bytes(rfc.plain), { nonce, aad: bytes(rfc.aad) })),
            hex(prk), hex(await sealing.expand(prk, new Uint8Array(0))),
        ];
        """,
        rfc=RFC_9180,
    )
    assert found == [
        *(RFC_9180[name] for name in ("key", "base_nonce", "ciphertext")),
        "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d",
    ]


def test_payloads_are_written_the_same(in_browser):
    offer = read_canonical(OFFER)["offer"]
    answers = read_canonical(ANSWERS)["answers"]
    made = in_browser(
        "return [sealing.technicalPayload(answers), sealing.commercialPayload(offer)].map(text);",
        answers=answers,
        offer=offer,
    )
    assert made == [ANSWERS.decode(), OFFER.decode()]


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
