"""The browser's sealing module held against the test vectors and against Python, in both directions.

It runs in a real browser on a page of the product, under the product's content policy.
"""

import base64
import io
import json
from dataclasses import asdict, replace

import pytest

from sealing import primitives
from sealing.attachments import CHUNK, seal_blob
from sealing.documents import read_document
from sealing.envelope import PADS, check_upload, parse, seal
from sealing.keys import OpenerKeys, lock, unlock
from sealing.opening import Outcome, open_envelope, open_with_seed, release_share
from sealing.payloads import reveal_payload, technical_payload
from tests.browser.sealing import InBrowser, key_of, pairs, runner
from tests.sealing.kit import (
    ANSWERS,
    COMMERCIAL,
    NOTICE,
    OFFER,
    OPENER_KEYS,
    OPENERS,
    TECHNICAL,
    VECTORS,
)
from tests.sealing.test_opening import SEED
from tests.sealing.test_second_vectors import VECTORS as SECOND


@pytest.fixture
def in_browser(page, live_server) -> InBrowser:
    return runner(page, live_server.url)


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


def test_the_second_payloads_and_the_reserve_seal_to_the_very_files(in_browser):
    """What another program made from the description; and each payload is read, and written to the same bytes."""
    vectors = [*SECOND["envelopes"], SECOND["reserve"]]
    made = in_browser(
        """
        const made = [];
        for (const [vector, ephemerals] of vectors) {
            const header = JSON.parse(vector.header);
            const seed = bytes(vector.seed);
            const front = header.format === "sealed-reserve/1" ? sealing.RESERVE : undefined;
            const options = { seed, ephemerals: pairs(ephemerals) };
            const sealed = front
                ? await sealing.sealReserve(utf8(vector.payload), header, options)
                : await sealing.seal(utf8(vector.payload), header, header, options);
            const { seals, headerBytes } = await sealing.parse(sealed.file, front);
            const shares = new Map();
            for (const position of [1, 3, 4]) {
                const opener = { position, key: keys[position - 1], front };
                shares.set(position, await sealing.releaseShare(headerBytes, seals[position - 1], opener));
            }
            const opened = await sealing.openEnvelope(sealed.file, shares, front);
            made.push([hex(sealed.file), sealed.digest, sealed.com, opened.outcome, text(opened.payload)]);
        }
        return made;
        """,
        vectors=[(one, pairs(bytes.fromhex(scalar) for scalar in one["ephemerals"])) for one in vectors],
        keys=[key_of(position) for position in range(1, 6)],
    )
    wanted = [[one["file"], one["file_sha256"], one["com"], "opened", one["payload"]] for one in vectors]
    assert made == wanted


def test_payloads_that_contradict_themselves_are_refused_at_the_same_place(in_browser):
    supplier = json.loads(SECOND["envelopes"][0]["header"])["supplier"]
    found = in_browser(
        """
        return refused.map(({ envelope, payload }) => {
            try { sealing.readPayload(utf8(payload), envelope, { supplier, blobs: 0 }); } catch (error) {
                return [error.name, error.where];
            }
            return null;
        });
        """,
        refused=SECOND["refused"],
        supplier=supplier,
    )
    assert found == [["PayloadError", case["where"]] for case in SECOND["refused"]]


def test_offers_are_written_to_the_very_bytes(in_browser):
    payloads = [json.loads(one["payload"]) for one in SECOND["envelopes"][:6]]
    prices = json.loads(SECOND["reserve"]["payload"])
    written = in_browser(
        """
        const { answers, attachments, consortium } = payloads[0];
        const technical = sealing.technicalPayload(answers, attachments, consortium);
        const offers = payloads.slice(1).map(({ offer }) => sealing.commercialPayload(offer));
        return [technical, ...offers, sealing.reservePayload(prices.currency, prices.prices)].map(text);
        """,
        payloads=payloads,
        prices=prices,
    )
    assert written == [one["payload"] for one in SECOND["envelopes"][:6]] + [SECOND["reserve"]["payload"]]


def test_a_report_is_read_and_many_submissions_have_one_challenge(in_browser):
    sheets, again, challenge, reserve = in_browser(
        """
        const report = sealing.readReport(utf8(second.report));
        const sheets = {};
        for (const member of [1, 2, 3]) sheets[member] = await sealing.sha256(sealing.sheet(report, member));
        const crooked = second.report.replace('"member":3,"points"', '"member":4,"points"');
        return [
            sheets, await fault(() => sealing.readReport(utf8(crooked))),
            hex(await sealing.challenge([...second.proof.manifests].reverse())),
            await fault(() => sealing.parse(bytes(second.reserve.file))),
        ];
        """,
        second=SECOND,
    )
    assert (sheets, challenge) == (SECOND["sheets"], SECOND["proof"]["challenge"])
    assert again == ["FormatError", "", "bids", None]
    assert reserve == ["FormatError", "", "magic", None]


def test_documents_are_read_and_signed_to_the_very_bytes(in_browser):
    server = {"sign": VECTORS["server"]["private"], "sign_public": VECTORS["server"]["public"]}
    signed = [[VECTORS[kind], server] for kind in ("receipt", "close", "request")]
    signed += [[SECOND[kind], server] for kind in ("result", "request", "further")]
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
