"""The reckoning after a race: what clients were told, held against what is stored, closed and opened.

Pure: everything that was seen goes in, sentences about what does not agree come out.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sealing import tree
from sealing.canonical import read_time
from sealing.documents import Document, read_document
from sealing.errors import SealError
from tests.bench.deadline.clients import Answered, answers_of

Version = tuple[str, int]  # a bid's reference and the number of its version


@dataclass(frozen=True)
class StoredReceipt:
    """A receipt as it lies in the database: the bid, the submission's key, the signed bytes."""

    bid: str
    key: str
    document: bytes


@dataclass(frozen=True)
class StoredVersion:
    """A version as it lies in the database: SHA-256 of the technical and the commercial file, and its instant."""

    bid: str
    number: int
    hashes: tuple[str, str]
    received_at: datetime


@dataclass(frozen=True)
class Seen:
    """What is to be held against what the clients were told.

    ``opened`` has the contents of each opened technical envelope by version; ``key`` is the platform's public key as
    the notice prints it; ``close`` the body of the signed close.
    """

    deadline: datetime
    key: str
    versions: Sequence[StoredVersion]
    receipts: Sequence[StoredReceipt]
    close: Mapping[str, Any]
    opened: Mapping[Version, Mapping[str, Any]]


def faults(answered: Sequence[Answered], seen: Seen) -> list[str]:
    """Everything that does not agree; nothing where no bid was lost, late or counted twice."""
    told: dict[tuple[str, str], Document] = {}
    found = []
    for one in answered:
        try:
            told[one.sealed.bid, one.key] = _receipt(one, seen.key)
        except (SealError, KeyError, ValueError) as error:
            found.append(f"{_named(one)}: no receipt that holds in the answer {one.status} ({error})")
    accepted = [document for document in told.values() if document.body["kind"] == "bid"]
    return [
        *found,
        *_verdicts(answered, told, seen.deadline),
        *_stored(accepted, seen),
        *_receipts(told, seen),
        *_counted(accepted, seen),
    ]


def _receipt(one: Answered, key: str) -> Document:
    """The receipt in an answer, whose signature holds under the key that the notice prints."""
    answer = json.loads(one.content)
    receipt = answer if one.status == 201 else answer["receipt"]
    return read_document(receipt["document"].encode(), [key])


def _named(one: Answered) -> str:
    return f"{one.sealed.bid} version {one.sealed.number} ({one.key})"


def _verdicts(answered: Iterable[Answered], told: Mapping[Any, Document], deadline: datetime) -> Iterable[str]:
    """Each receipt speaks of what was sent; accepted is before the deadline, refused is late and not before it."""
    for one in answered:
        document = told.get((one.sealed.bid, one.key))
        if document is None:
            continue
        body = document.body
        sent = (one.sealed.bid, one.sealed.number, *one.sealed.hashes)
        said = (body["bid"], body["version"], body["technical"]["sha256"], body["commercial"]["sha256"])
        if sent != said:
            yield f"{_named(one)}: the receipt is about something else"
        before = read_time(body["received_at"]) < deadline
        if one.status == 201 and not (before and body["kind"] == "bid"):
            yield f"{_named(one)}: accepted at {body['received_at']}, the deadline being {deadline}"
        if one.status != 201 and (before or (body["kind"], body["reason"]) != ("refusal", "late")):
            yield f"{_named(one)}: refused at {body['received_at']} as {body.get('reason')}"


def _stored(accepted: Iterable[Document], seen: Seen) -> Iterable[str]:
    """Acknowledged is stored, once, in time and with these files, and nothing else is stored."""
    acknowledged = Counter(
        (body["bid"], body["version"], body["technical"]["sha256"], body["commercial"]["sha256"])
        for body in (document.body for document in accepted)
    )
    stored = Counter((version.bid, version.number, *version.hashes) for version in seen.versions)
    yield from (f"{version[:2]} is acknowledged and not stored" for version in acknowledged - stored)
    yield from (f"{version[:2]} is stored and nobody was told" for version in stored - acknowledged)
    for version in seen.versions:
        if version.received_at >= seen.deadline:
            yield f"{version.bid} version {version.number} is stored and late"


def _receipts(told: Mapping[tuple[str, str], Document], seen: Seen) -> Iterable[str]:
    """A stored receipt a submission, the very bytes that the client has."""
    stored = {(receipt.bid, receipt.key): receipt.document for receipt in seen.receipts}
    if len(stored) != len(seen.receipts):
        yield f"{len(seen.receipts)} receipts for {len(stored)} submissions"
    for key in stored.keys() | told.keys():
        given = told.get(key)
        if given is None or key not in stored:
            yield f"{key}: a receipt is {'stored and was never given' if given is None else 'given and not stored'}"
        elif given.body_bytes != stored[key].partition(b"\n")[0]:
            yield f"{key}: the receipt given is not the one stored"


def _counted(accepted: Iterable[Document], seen: Seen) -> Iterable[str]:
    """The close commits to the last receipt that each client holds, and exactly these were opened as sealed."""
    last: dict[str, Document] = {}
    for document in accepted:
        bid = document.body["bid"]
        if bid not in last or last[bid].body["version"] < document.body["version"]:
            last[bid] = document
    leaves = sorted(tree.leaf(document.body_bytes) for document in last.values())
    if (seen.close["count"], seen.close["root"]) != (len(leaves), tree.root(leaves)):
        yield f"the close has {seen.close['count']} bids and {seen.close['root']}, the receipts {len(leaves)}"
    expected = {(bid, document.body["version"]) for bid, document in last.items()}
    yield from (f"{version} counts and was not opened" for version in expected - seen.opened.keys())
    yield from (f"{version} was opened and does not count" for version in seen.opened.keys() - expected)
    for (bid, number), payload in seen.opened.items():
        read = {answer["criterion"]: answer["value"] for answer in payload.get("answers", ())}
        if read != answers_of(bid, number):
            yield f"{(bid, number)} was opened as something else: {payload}"
