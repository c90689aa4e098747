"""Signed documents: read only as they were signed, by those who had to sign."""

import pytest

from sealing import documents, primitives
from sealing.canonical import canonical_json
from sealing.documents import check_body, countersign, document_hash, key_id, read_document, sign_document
from sealing.errors import FormatError, SignatureError
from tests.sealing.kit import SERVER, SERVER_KEY

HASH, OTHER_HASH = "a" * 64, "b" * 64
INSTANT = "2026-11-21T06:00:00.000000Z"
SEALED = {"com": HASH, "sha256": OTHER_HASH}
TENDER = {"tender": "T-2026-0014"}
LOT = TENDER | {"lot": "L-01"}
ENTRY = {"bid": "B-1", "com": HASH, "leaf": HASH, "sha256": HASH, "supplier": "S-1", "version": 1}
OPENED = {"bid": "B-1", "envelope": "commercial", "outcome": "opened", "sha256": HASH, "wrong": [2, 5]}

RECEIPT = LOT | {
    "format": documents.RECEIPT,
    "kind": "bid",
    "bid": "B-1",
    "terms": HASH,
    "supplier": "S-1",
    "version": 1,
    "technical": SEALED,
    "commercial": SEALED,
    "prev": "",
    "proof": "",
    "received_at": INSTANT,
}
REQUEST = LOT | {
    "format": documents.REQUEST,
    "close": HASH,
    "envelope": "commercial",
    "number": 1,
    "result": HASH,
    "previous": "",
    "issued_at": INSTANT,
    "list": [ENTRY, ENTRY | {"bid": "B-2"}],
}
FIRST_REQUEST = {name: value for name, value in REQUEST.items() if name != "previous"}
FIRST_REQUEST["format"] = documents.FIRST_REQUEST
RESULT = LOT | {
    "format": documents.RESULT,
    "close": HASH,
    "passed": ["B-1", "B-3"],
    "failed": ["B-2"],
    "final_at": INSTANT,
    "report": HASH,
    "round": 2,
    "previous": OTHER_HASH,
}
FIRST_RESULT = {name: value for name, value in RESULT.items() if name not in ("report", "round", "previous")}
FIRST_RESULT["format"] = documents.FIRST_RESULT
CLOSE = TENDER | {
    "format": documents.CLOSE,
    "deadline": "2026-11-21T06:00:00Z",
    "closed_at": INSTANT,
    "count": 0,
    "root": HASH,
}
CANARY = TENDER | {"format": documents.CANARY, "opener": 1, "issued_at": INSTANT}
ANSWER = TENDER | {"format": documents.CANARY_ANSWER, "opener": 1, "canary": HASH, "plain": HASH}
RELEASE = LOT | {
    "format": documents.RELEASE,
    "request": HASH,
    "opener": 3,
    "released_at": INSTANT,
    "shares": [HASH, ""],
}
MINUTES = LOT | {
    "format": documents.MINUTES,
    "notice": HASH,
    "close": HASH,
    "results": [HASH],
    "requests": [HASH],
    "releases": [HASH, OTHER_HASH, HASH],
    "envelopes": [OPENED, OPENED | {"envelope": "technical", "outcome": "bidder-fault", "wrong": []}],
    "ranking": [{"bid": "B-1", "price": "113.680000", "rank": 1}],
    "program": HASH,
}
BODIES = [RECEIPT, CLOSE, CANARY, ANSWER, FIRST_RESULT, RESULT, FIRST_REQUEST, REQUEST, RELEASE, MINUTES]
NAMES = [body["format"] for body in BODIES]


@pytest.mark.parametrize("body", BODIES, ids=NAMES)
def test_every_document_is_read_as_it_was_signed(body):
    data = sign_document(body, SERVER_KEY)
    document = read_document(data, [SERVER])
    assert (document.body, document.body_bytes) == (body, canonical_json(body))
    assert document.hash == document_hash(data) == primitives.sha256(canonical_json(body))
    assert document.signers == (key_id(SERVER),)


@pytest.mark.parametrize("body", BODIES, ids=NAMES)
def test_a_document_has_exactly_its_fields(body):
    for name in body.keys() - {"format"}:
        with pytest.raises(FormatError):
            check_body({key: body[key] for key in body if key != name})
        for rubbish in (None, -1, 1 << 53, [None], "…", {}, INSTANT + "\n"):
            if not (rubbish is None and name in {"technical", "commercial"}):
                with pytest.raises(FormatError):
                    check_body(body | {name: rubbish})
    with pytest.raises(FormatError):
        check_body(body | {"note": "x"})


WRONG = [
    (RECEIPT, {"kind": "offer"}),
    (RECEIPT, {"technical": None, "commercial": None}),
    (RECEIPT, {"technical": {"com": HASH}}),
    (RECEIPT, {"kind": "refusal"}),
    (RECEIPT, {"kind": "refusal", "reason": ""}),
    (RECEIPT, {"reason": "late"}),
    (RECEIPT, {"version": 0}),
    (RECEIPT, {"prev": "a"}),
    (CLOSE, {"count": True}),
    (CLOSE, {"deadline": "2026-11-31T06:00:00Z"}),
    (CANARY, {"opener": 16}),
    (RESULT, {"passed": ["B-3", "B-1"]}),
    (RESULT, {"passed": ["B-1", "B-1"]}),
    (RESULT, {"failed": ["B-1"]}),
    (RESULT, {"round": 1}),
    (RESULT, {"previous": ""}),
    (RESULT, {"report": ""}),
    (FIRST_RESULT, {"failed": ["B-1"]}),
    (FIRST_REQUEST, {"result": ""}),
    (REQUEST, {"number": 2}),
    (REQUEST, {"previous": HASH}),
    (REQUEST, {"list": [ENTRY, ENTRY]}),
    (REQUEST, {"list": [ENTRY | {"bid": "B-2"}, ENTRY]}),
    (REQUEST, {"number": 0}),
    (REQUEST, {"result": ""}),
    (REQUEST, {"envelope": "technical"}),
    (RELEASE, {"shares": ["a"]}),
    (MINUTES, {"envelopes": [OPENED | {"outcome": "lost"}]}),
    (MINUTES, {"envelopes": [OPENED | {"wrong": [5, 2]}]}),
    (MINUTES, {"envelopes": [OPENED, OPENED]}),
    (MINUTES, {"ranking": [{"bid": "B-1", "price": "113.68", "rank": 1}]}),
]


@pytest.mark.parametrize(("body", "change"), WRONG)
def test_a_document_that_says_something_impossible_is_not_signed(body, change):
    check_body(body)
    with pytest.raises(FormatError):
        sign_document(body | change, SERVER_KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "refusal", "reason": "late", "technical": None, "commercial": None},
        {"kind": "withdrawal", "technical": None, "commercial": None},
        {"technical": None},
        {"commercial": None},
        {"prev": HASH, "proof": OTHER_HASH, "version": 999_999},
    ],
)
def test_receipts_for_all_that_may_happen_can_be_written(change):
    check_body(RECEIPT | change)


@pytest.mark.parametrize(
    "name", ["sealed-bid-recipt/1", "sealed-bid-receipt/2", "sealed-bid/1", "Notice/1", "", None, 1]
)
def test_a_format_of_this_family_must_be_known(name):
    with pytest.raises(FormatError):
        check_body({"format": name})


def test_other_documents_need_a_format_name_only():
    data = sign_document({"format": "tender-notice/1", "rules": [1, 2]}, SERVER_KEY)
    assert read_document(data, [SERVER]).body["rules"] == [1, 2]
    for body in ({}, [], None, "x"):
        with pytest.raises(FormatError):
            sign_document(body, SERVER_KEY)


def signers(count):
    keys = [primitives.fresh_secret() for _ in range(count)]
    return keys, [primitives.signing_public(key) for key in keys]


def test_all_named_must_sign_unless_fewer_are_needed():
    keys, publics = signers(5)
    data = sign_document(MINUTES, *keys[:3])
    assert read_document(data, publics, needed=3).signers == tuple(key_id(public) for public in publics[:3])
    assert read_document(data, publics[:3]).body == MINUTES
    with pytest.raises(SignatureError):
        read_document(data, publics)
    with pytest.raises(SignatureError):
        read_document(data, publics, needed=4)


def test_a_later_signature_changes_neither_body_nor_hash():
    keys, publics = signers(2)
    once = sign_document(RESULT, keys[0])
    twice = countersign(once, keys[1])
    assert twice == sign_document(RESULT, *keys)
    assert document_hash(twice) == document_hash(once)
    assert read_document(twice, publics).body == RESULT


def test_nobody_signs_twice_and_no_stranger_at_all():
    keys, publics = signers(2)
    for data, allowed, needed in (
        (sign_document(RESULT, keys[0], keys[0]), publics, 2),
        (sign_document(RESULT, keys[0], keys[0]), publics[:1], None),
        (sign_document(RESULT, *keys), publics[:1], None),
        (sign_document(RESULT, keys[1]), publics[:1], None),
        (sign_document(RESULT, keys[0]), [], 0),
    ):
        with pytest.raises(SignatureError):
            read_document(data, allowed, needed=needed)


def test_a_document_without_any_signature_is_not_read():
    for needed in (None, 0, 1):
        with pytest.raises(SignatureError):
            read_document(sign_document(CLOSE), [SERVER], needed=needed)


def test_every_changed_byte_is_refused():
    data = sign_document(CLOSE, SERVER_KEY)
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1
        with pytest.raises((FormatError, SignatureError)):
            read_document(bytes(changed), [SERVER])


def test_a_document_laid_out_otherwise_is_refused():
    data = sign_document(CLOSE, SERVER_KEY)
    body, line, _ = data.split(b"\n")
    for other in (
        b"",
        b"\n",
        body,
        data[:-1],
        data + b"\n",
        b"\n" + data,
        data.replace(b"\n", b"\r\n"),
        body + b"\n" + line.upper() + b"\n",
        body + b"\n" + line.replace(b":", b": ") + b"\n",
        body + b" \n" + line + b"\n",
        line + b"\n" + body + b"\n",
    ):
        with pytest.raises(FormatError):
            read_document(other, [SERVER])


def test_a_signature_for_one_body_does_not_fit_another():
    line = sign_document(CLOSE, SERVER_KEY).split(b"\n")[1]
    other = canonical_json(CLOSE | {"count": 1})
    with pytest.raises(SignatureError):
        read_document(other + b"\n" + line + b"\n", [SERVER])


def test_a_signed_document_that_says_something_impossible_is_not_read():
    body = canonical_json(RESULT | {"failed": ["B-1"]})
    line = f"{key_id(SERVER)}:{primitives.sign(SERVER_KEY, body)}\n".encode()
    with pytest.raises(FormatError):
        read_document(body + b"\n" + line, [SERVER])
