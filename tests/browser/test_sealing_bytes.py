"""What lies below sealing, the same in the browser as in Python: canonical JSON, payloads, HPKE."""

import pytest

from sealing.canonical import canonical_json, read_canonical
from tests.browser.sealing import InBrowser, runner, told
from tests.sealing.kit import (
    ANSWERS,
    OFFER,
)
from tests.sealing.test_hpke import RFC_9180


@pytest.fixture
def in_browser(page, live_server) -> InBrowser:
    return runner(page, live_server.url)


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
