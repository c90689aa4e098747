"""The reckoning finds what it is there for: each thing that could go wrong in a race is put before it once."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sealing import tree
from sealing.canonical import format_time
from sealing.documents import sign_document
from sealing.primitives import signing_public
from tests.bench.deadline.clients import Answered, Sealed, answers_of
from tests.bench.deadline.reckoning import Seen, StoredReceipt, StoredVersion, faults

KEY = bytes(range(32))
DEADLINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HASHES = ("1" * 64, "2" * 64)


def answer(bid: str, number: int, /, *, at: datetime, status: int = 201, **otherwise: object) -> Answered:
    """What a client was told about one submission, in a receipt that holds."""
    sealed = [{"com": "3" * 64, "sha256": digest} for digest in HASHES]
    body = {
        "format": "sealed-bid-receipt/1",
        "kind": "bid" if status == 201 else "refusal",
        "tender": "T-2026-0001",
        "lot": "1",
        "bid": bid,
        "terms": "4" * 64,
        "supplier": "S-1",
        "version": number,
        "technical": sealed[0],
        "commercial": sealed[1],
        "prev": "",
        "proof": "",
        "received_at": format_time(at),
        **({} if status == 201 else {"reason": "late"}),
    }
    receipt = {"document": sign_document(body | otherwise, KEY).decode()}
    content = json.dumps(receipt if status == 201 else {"receipt": receipt}).encode()
    return Answered(f"{bid}-{number}-{status}", Sealed(bid, number, HASHES, b""), status, content, 1, 0.1, 0.1)


ANSWERED = [
    answer("B-1", 1, at=DEADLINE - 2 * SECOND),
    answer("B-1", 2, at=DEADLINE - SECOND),
    answer("B-2", 1, at=DEADLINE - SECOND),
    answer("B-2", 2, at=DEADLINE, status=422),
]


def receipt_of(one: Answered) -> bytes:
    told = json.loads(one.content)
    return (told if one.status == 201 else told["receipt"])["document"].encode()


def close_over(*answered: Answered) -> dict[str, object]:
    leaves = sorted(tree.leaf(receipt_of(one).partition(b"\n")[0]) for one in answered)
    return {"count": len(leaves), "root": tree.root(leaves)}


def opened(*versions: tuple[str, int]) -> dict[tuple[str, int], dict[str, object]]:
    return {
        version: {"answers": [{"criterion": key, "value": value} for key, value in answers_of(*version).items()]}
        for version in versions
    }


SEEN = Seen(
    deadline=DEADLINE,
    key=signing_public(KEY),
    versions=[
        StoredVersion("B-1", 1, HASHES, DEADLINE - 2 * SECOND),
        StoredVersion("B-1", 2, HASHES, DEADLINE - SECOND),
        StoredVersion("B-2", 1, HASHES, DEADLINE - SECOND),
    ],
    receipts=[StoredReceipt(one.sealed.bid, one.key, receipt_of(one)) for one in ANSWERED],
    close=close_over(ANSWERED[1], ANSWERED[2]),
    opened=opened(("B-1", 2), ("B-2", 1)),
)


def test_a_race_in_which_all_agrees_has_no_faults():
    assert faults(ANSWERED, SEEN) == []


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ({"versions": SEEN.versions[:2]}, "acknowledged and not stored"),
        ({"versions": [*SEEN.versions, StoredVersion("B-3", 1, HASHES, DEADLINE - SECOND)]}, "nobody was told"),
        ({"versions": [*SEEN.versions, SEEN.versions[0]]}, "stored and nobody was told"),
        (
            {"versions": [*SEEN.versions[:2], replace(SEEN.versions[2], hashes=HASHES[::-1])]},
            "stored and nobody was told",
        ),
        ({"versions": [*SEEN.versions[:2], replace(SEEN.versions[2], received_at=DEADLINE)]}, "stored and late"),
        ({"receipts": SEEN.receipts[1:]}, "given and not stored"),
        ({"receipts": [*SEEN.receipts, StoredReceipt("B-1", "another", b"x\n")]}, "stored and was never given"),
        ({"receipts": [*SEEN.receipts, SEEN.receipts[0]]}, "5 receipts for 4 submissions"),
        ({"receipts": [replace(SEEN.receipts[0], document=b"x\n"), *SEEN.receipts[1:]]}, "is not the one stored"),
        ({"close": close_over(ANSWERED[1])}, "the close has 1 bids"),
        ({"close": close_over(ANSWERED[0], ANSWERED[2])}, "the close has 2 bids"),
        ({"opened": opened(("B-1", 2))}, "counts and was not opened"),
        ({"opened": opened(("B-1", 1), ("B-2", 1))}, "was opened and does not count"),
        ({"opened": opened(("B-1", 2)) | {("B-2", 1): opened(("B-1", 2))["B-1", 2]}}, "opened as something else"),
        ({"key": signing_public(bytes(32))}, "no receipt that holds"),
    ],
)
def test_what_is_seen_is_held_against_what_was_told(seen, said):
    assert any(said in fault for fault in faults(ANSWERED, replace(SEEN, **seen)))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (answer("B-2", 1, at=DEADLINE), "accepted at"),
        (answer("B-2", 1, at=DEADLINE - SECOND, status=422), "refused at"),
        (answer("B-2", 1, at=DEADLINE + SECOND, status=422, reason="superseded"), "refused at"),
        (answer("B-2", 1, at=DEADLINE - SECOND, bid="B-1"), "about something else"),
        (replace(ANSWERED[2], status=409, content=b'{"code": "conflict"}'), "no receipt that holds"),
    ],
)
def test_every_verdict_is_one_that_the_deadline_allows(told, said):
    assert any(said in fault for fault in faults([*ANSWERED[:2], told, ANSWERED[3]], SEEN))
