"""What is checked, read from the files. Reading believes nothing: each point checks what it speaks of."""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from sealing.canonical import anything, choice, listing, matching, nullable, number, text
from sealing.canonical import record as shape
from sealing.ceremony import read_call
from sealing.documents import Document, key_id, read_document
from sealing.errors import FormatError, SealError
from sealing.offers import Offer
from sealing.opening import Opened, Outcome, open_with_seed
from sealing.payloads import read_commercial
from sealing.primitives import sha256
from sealing.reports import read_report
from sealing.tree import leaf

RECORDS = ("tender-record/1", "tender-record/2")
EVIDENCE = ("bid-evidence/1", "bid-evidence/2")
TECHNICAL, COMMERCIAL = "technical", "commercial"

_any_text = matching(r"(?s:.*)", "a text")
_texts = listing(text(16_000_000))
_RECORD = {
    "format": choice(*RECORDS),
    "tender": text(64),
    "key": matching("[0-9a-f]{64}", "a public key in hex"),
    "notice": text(16_000_000),
    "close": _any_text,
    "stamp": _any_text,
    **dict.fromkeys(("amendments", "results", "requests", "releases", "minutes", "destruction"), _texts),
}
_OPENED = {
    **{name: text(64) for name in ("bid", "lot", "envelope", "outcome")},
    **dict.fromkeys(("sha256", "seed", "file"), _any_text),
    "wrong": listing(number(1, 15)),
}
# What a bid covers: in the first record a product's item and pack alone.
_FIRST_COVERED = {"item": text(64), "pack": number(1)}
_PRODUCT = shape(item=text(64), pack=number(1), product=text(64), quantity=number(1))
_FURTHER = shape(item=text(64), pack=number(1), product=text(64))
_COVERED = {
    "covers": shape(
        kind=text(64),
        registration=nullable(text(60)),
        item=text(64),
        products=listing(_PRODUCT),
        further=listing(_FURTHER),
    )
}
_RANKED = {
    **{name: text(64) for name in ("lot", "bid", "verdict")},
    **{name: nullable(text(120)) for name in ("price", "comparable", "score")},
    "rank": nullable(number(1)),
}
_EVIDENCE = {
    "format": choice(*EVIDENCE),
    "key": text(64),
    "receipt": text(100_000),
    "close": _any_text,
    "inclusion": anything,
    "files": anything,
    "seeds": anything,
}


class Fails(Exception):
    """A point that does not hold: why, as a name in `words`, and what the sentence speaks of."""

    def __init__(self, why: str, **about: Any) -> None:
        super().__init__(why)
        self.why, self.about = why, about


class Waits(Fails):
    """A point that cannot be answered yet."""


class NotAsked(Fails):
    """A point for which something was not given, or that does not concern this bid."""


class Remark(Fails):
    """A point that holds, and of which there is something to be said."""


@dataclass(frozen=True)
class Material:
    """The record, and what its reader has besides: each may be missing.

    ``secrets`` is what a recovery file locked, ``root`` the root in hex from one's own mail, ``certificate``
    the PEM certificates of the time stamp authority that one trusts.
    """

    record: Mapping[str, Any]
    evidence: Mapping[str, Any] | None = None
    secrets: Mapping[str, Any] | None = field(default=None, repr=False)
    root: str = ""
    certificate: bytes = b""
    _reopened: dict[tuple[str, str], Opened] = field(default_factory=dict, init=False, repr=False)

    @property
    def key(self) -> str:
        return str(self.record["key"])

    @cached_property
    def notices(self) -> list[Document]:
        """The notice and those that amended it, each signed by the platform and naming the one before."""
        notices = [self.signed("notice", one) for one in (self.record["notice"], *self.record["amendments"])]
        if any(later.body.get("amends") != earlier.hash for earlier, later in pairwise(notices)):
            raise Fails("other_amendment")
        return notices

    @property
    def notice(self) -> Document:
        """The notice that holds: what every bid that counts is sealed to."""
        return self.notices[-1]

    @property
    def terms(self) -> dict[str, Any]:
        return self.notice.body

    @cached_property
    def call(self) -> dict[str, Any] | None:
        """What the call to reveal after lost keys says: signed by the platform, its key list by each of its openers."""
        written = str(self.record.get("call", ""))
        if not written:
            return None
        try:
            return read_call(written, server=self.key, close=self.closing).body
        except SealError as error:
            raise Fails("unsigned", where="call") from error

    def signing_keys(self, requests: Iterable[str]) -> list[str]:
        """The signing keys, by position, of the openers who were asked by these requests: after a call its own."""
        seeds = any(self.requests.get(request, {}).get("seeds") for request in requests)
        named = self.call if seeds else self.terms
        return [opener["signing_key"] for opener in named["openers"]] if named else []

    @cached_property
    def closing(self) -> Document:
        """The signed close; waits where there is none."""
        if not self.record["close"]:
            raise Waits("not_closed")
        return self.signed("close", self.record["close"])

    @property
    def close(self) -> dict[str, Any]:
        """What the close says."""
        return self.closing.body

    @cached_property
    def results(self) -> dict[str, dict[str, Any]]:
        """The technical results by their hash."""
        return self._by_hash("results")

    @cached_property
    def reports(self) -> dict[str, dict[str, Any]]:
        """The evaluation reports by their hash."""
        texts = self.record.get("reports", ())
        return {sha256(written.encode()): read_report(written.encode()) for written in texts}

    def last_result(self, lot: str) -> dict[str, Any] | None:
        """The technical result of a lot that counts: that of its last round."""
        of_lot = [one for one in self.results.values() if one["lot"] == lot]
        return max(of_lot, key=lambda one: one.get("round", 1), default=None)

    def score(self, lot: str, bid: str, shown: str | None) -> str | None:
        """A bid's technical score: from the report of the last result, and as it is shown where there is no report."""
        report = self.reports.get((self.last_result(lot) or {}).get("report", ""))
        if report is None:
            return shown
        return next((one["score"] for one in report["bids"] if one["bid"] == bid), None)

    @cached_property
    def requests(self) -> dict[str, dict[str, Any]]:
        """The requests by their hash. Of each, `envelope` is what it opens, and `seeds` whether by revealed seeds."""
        kind, reveal = "envelope", "reveal-"
        return {
            name: body | {kind: body[kind].removeprefix(reveal), "seeds": body[kind].startswith(reveal)}
            for name, body in self._by_hash("requests").items()
        }

    @cached_property
    def releases(self) -> list[dict[str, Any]]:
        """The releases, each signed by the opener at the place that it names."""
        return [self._release(written) for written in self.record["releases"]]

    @cached_property
    def listed(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Every entry of every request, by bid and envelope."""
        return {
            (entry["bid"], request["envelope"]): entry | {"lot": request["lot"]}
            for request in self.requests.values()
            for entry in request["list"]
        }

    @cached_property
    def opened(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Every verdict, by bid and envelope."""
        found = {(entry["bid"], entry["envelope"]): entry for entry in self.record["opened"]}
        if len(found) < len(self.record["opened"]):
            raise Fails("twice")
        return found

    @property
    def silent(self) -> set[tuple[str, str]]:
        """Bid and envelope of what was not revealed after a call."""
        return {name for name, entry in self.opened.items() if entry["outcome"] == Outcome.NOT_REVEALED}

    @cached_property
    def receipt(self) -> dict[str, Any]:
        """The receipt of one's own bid; not asked for where there is no evidence."""
        return self.signed("receipt", self._own("receipt")).body

    @property
    def own_leaf(self) -> str:
        return leaf(self._own("receipt").encode().partition(b"\n")[0])

    @property
    def own_files(self) -> dict[str, bytes]:
        return {kind: decoded(file) for kind, file in self._own("files").items()}

    def own_seed(self, envelope: str) -> str:
        """One's own seed of an envelope: from the recovery file, else as published or told; empty if unknown."""
        if self.secrets:
            return str(self.secrets["envelopes"].get(envelope, {}).get("seed", ""))
        published = self.opened.get((self.receipt["bid"], envelope), {})
        return str(self._own("seeds").get(envelope) or published.get("seed", ""))

    def reopened(self, entry: Mapping[str, Any]) -> Opened:
        """What a published price's file and seed say of it; computed once, because opening is sealing again."""
        file, seed = str(entry["file"]), str(entry["seed"])
        if (file, seed) not in self._reopened:
            self._reopened[file, seed] = open_with_seed(decoded(file), bytes.fromhex(seed))
        return self._reopened[file, seed]

    def signed(self, where: str, written: str) -> Document:
        """A document of this tender, signed by the platform."""
        try:
            document = read_document(known_signatures(written.encode(), [self.key]), [self.key])
        except SealError as error:
            raise Fails("unsigned", where=where) from error
        if document.body.get("tender") != self.record["tender"]:
            raise Fails("other_tender", where=where)
        return document

    def _own(self, name: str) -> Any:
        if self.evidence is None:
            raise NotAsked("no_evidence")
        return self.evidence[name]

    def _by_hash(self, name: str) -> dict[str, dict[str, Any]]:
        documents = [self.signed(name, written) for written in self.record[name]]
        return {document.hash: document.body for document in documents}

    def _release(self, written: str) -> dict[str, Any]:
        try:
            told = json.loads(written.partition("\n")[0])
            document = read_document(written.encode(), [self.signing_keys([told["request"]])[told["opener"] - 1]])
        except (SealError, ValueError, KeyError, IndexError, TypeError) as error:
            raise Fails("unsigned", where="releases") from error
        return document.body


def read_record(data: bytes) -> dict[str, Any]:
    """Read a public record; raises `FormatError` for anything else. Fields that are not known are left alone."""
    record = _read(data, _RECORD)
    first = record["format"] == RECORDS[0]
    covered = _FIRST_COVERED if first else _COVERED
    if not first:
        _texts(record.get("reports"), "reports")
    for name, fields in (("opened", _OPENED | covered), ("ranking", _RANKED)):
        entries = record.get(name)
        if not isinstance(entries, list):
            raise FormatError(f"{name}: an array", where=name)
        for entry in entries:
            _check(entry, fields)
    return record


def read_evidence(data: bytes) -> dict[str, Any]:
    """Read a bidder's evidence; raises `FormatError` for anything else."""
    evidence = _read(data, _EVIDENCE)
    proof = evidence["inclusion"]
    if proof is not None:
        _check(proof, {"index": number(0), "count": number(0), "path": listing(matching("[0-9a-f]{64}", "a hash"))})
    for name in ("files", "seeds"):
        if not isinstance(evidence[name], dict):
            raise FormatError(f"{name}: by envelope", where=name)
    return evidence


def known_signatures(document: bytes, keys: Iterable[str]) -> bytes:
    """A document with the signatures of these keys only: that others signed too takes nothing away."""
    ids = {key_id(key).encode() for key in keys}
    body, *lines = document.split(b"\n")
    return b"\n".join([body, *(line for line in lines if not line or line.partition(b":")[0] in ids)])


def decoded(written: str) -> bytes:
    """A file in base64."""
    try:
        return base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise FormatError("not base64", where="file") from None


def base64url(written: str) -> bytes:
    """Bytes in base64url without padding, as passkeys write them."""
    return decoded(written.replace("-", "+").replace("_", "/") + "=" * (-len(written) % 4))


def offer_in(payload: bytes | None) -> Offer | None:
    """The offer in a commercial payload; None where there is none to read."""
    try:
        return (payload and read_commercial(payload).offer) or None
    except SealError:
        return None


def _read(data: bytes, fields: Mapping[str, Any]) -> dict[str, Any]:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise FormatError("not JSON") from None
    _check(value, fields)
    return dict(value)


def _check(value: Any, fields: Mapping[str, Any]) -> None:
    """At least these fields, each as it should be."""
    if not isinstance(value, dict) or not fields.keys() <= value.keys():
        raise FormatError(f"at least the fields {', '.join(fields)}", where="format")
    for name, check in fields.items():
        check(value[name], name)
