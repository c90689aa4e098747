"""What an opener does with its keys, each time after checking for itself that it may.

The opener's page (`static/js/opener.js`) does the same in a browser; this is for programs, tests and the command
line. Whatever the platform says is held against signatures and against what the opener has from elsewhere: its
own key file, and the root that was mailed at the close. An opener is given its own seals of listed envelopes,
never a body and never anybody else's seal.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sealing import tree
from sealing.canonical import (
    POSITION,
    REFERENCE,
    anything,
    canonical_json,
    choice,
    format_time,
    hexadecimal,
    listing,
    matching,
    number,
    read_canonical,
    read_time,
    record,
)
from sealing.documents import (
    CALL,
    CLOSE,
    DESTRUCTION,
    KEY_LIST,
    MINUTES,
    RECEIPT,
    RELEASE,
    REQUEST,
    RESULT,
    Document,
    check_body,
    read_document,
    sign_document,
)
from sealing.envelope import Header
from sealing.errors import CeremonyError, DeskError, SealError, ShareError
from sealing.keys import OpenerKeys
from sealing.opening import release_share
from sealing.primitives import SEAL_BYTES, sha256

PACKAGE = "opener-package/2"
# So many digits of the mailed root an opener types at least: 80 bits, more than a platform can search for a close that
# begins alike.
ROOT_DIGITS = 20

_text = matching(r"(?s).*", "a text")
_entry = record(
    receipt=_text,
    index=number(0),
    count=number(1),
    path=listing(hexadecimal(32), most=64),
    header=_text,
    seal=matching(rf"(?:[0-9a-f]{{{2 * SEAL_BYTES}}})?", "a seal in lower-case hex, or empty"),
)
_check_package = record(
    format=choice(PACKAGE),
    tender=REFERENCE,
    place=POSITION,
    notice=_text,
    close=_text,
    call=_text,
    requests=listing(record(document=_text, entries=listing(_entry))),
    results=listing(_text),
    earlier=listing(_text),
    releases=listing(_text),
    minutes=listing(_text),
    names=anything,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One envelope asked for, and the opener's own seal of it; both parts are empty where the platform says that it
    no longer holds the file that it received."""

    bid: str
    header: bytes = field(repr=False)
    seal: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that an opener has checked and may answer; `request` is its hash, `place` the opener's.

    `before` are the bids that an earlier request listed already: a further one is shown as such, with what is new.
    """

    tender: str
    lot: str
    envelope: str
    request: str
    place: int
    entries: tuple[Entry, ...]
    before: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """A signed release and the shares that it names by their hashes; a share is empty where a seal did not open."""

    document: bytes
    shares: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Published:
    """What a package says was published, as far as its signatures hold; `call` after lost keys.

    `results` and `earlier`, requests before those that are asked now, by their hash.
    """

    notice: dict[str, Any]
    terms: str
    server: str
    close: Document
    call: Document | None
    results: dict[str, dict[str, Any]]
    earlier: dict[str, dict[str, Any]]

    @property
    def tender(self) -> str:
        return str(self.notice["tender"])

    @property
    def sealed_to(self) -> dict[str, Any]:
        """What the header of an envelope asked for must say: the notice's terms and keys, of a seed the call's."""
        named, terms = (self.call.body, self.call.hash) if self.call else (self.notice, self.terms)
        return {"terms": terms, "k": named["k"], "openers": tuple(opener["key"] for opener in named["openers"])}


def key_list(*, tender: str, k: int, openers: Sequence[dict[str, str]]) -> dict[str, Any]:
    """The key list of a tender: openers by place, each with `key`, `organisation`, `signing_key`."""
    body = {"format": KEY_LIST, "tender": tender, "k": k, "openers": list(openers)}
    check_body(body)
    return body


def sign_key_list(body: dict[str, Any], keys: OpenerKeys) -> bytes:
    """The list signed by one of its openers; raises `CeremonyError` for a list that its own keys are not in."""
    own = {"key": keys.ecdh_public, "signing_key": keys.sign_public}
    if body["tender"] != keys.tender or not any(own.items() <= opener.items() for opener in body["openers"]):
        raise CeremonyError("your keys do not stand in this list", where="openers")
    return sign_document(body, keys.sign)


def check_package(package: Any, keys: OpenerKeys, *, root: str, now: datetime) -> list[Asked]:
    """What the opener is asked for, after every check. Raises `CeremonyError`, naming the part of the package that does
    not hold, and `DeskError` for what the opener itself can put right.

    `root` is what the opener has from the mail sent at the close, or its first twenty digits at least; blanks do not
    matter.
    """
    published = _published(package, keys)
    _check_root(root, published.close.body["root"])
    answered = {one.body["request"] for one in _own_releases(package, keys)}
    asked = []
    for position, given in enumerate(package["requests"]):
        where = f"requests[{position}]"
        request = _signed(given["document"], published.server, REQUEST, where)
        if request.hash in answered:
            raise CeremonyError("you have answered this request", where=where)
        before = _listed_before(request, answered, published, where)
        _check_request(request, before, published, now, where)
        entries = _entries(request, given["entries"], published, where)
        body = request.body
        asked.append(Asked(keys.tender, body["lot"], body["envelope"], request.hash, package["place"], entries, before))
    if len({(one.lot, one.envelope) for one in asked}) < len(asked):
        raise CeremonyError("two requests for the same envelopes", where="requests")
    return asked


def _check_root(typed: str, root: str) -> None:
    digits = "".join(typed.split()).lower()
    if not digits:
        raise DeskError("the root from the mail is missing", where="root_missing")
    if not re.fullmatch(rf"[0-9a-f]{{{ROOT_DIGITS},{len(root)}}}", digits):
        raise DeskError(f"not {ROOT_DIGITS} to {len(root)} digits of a root", where="root_short")
    if not root.startswith(digits):
        raise DeskError("not the digits of this tender's close", where="root_other")


def release(asked: Asked, keys: OpenerKeys, *, at: datetime) -> Answer:
    """Unlock the opener's share of every envelope asked for, and sign their hashes: all entries or nothing."""
    shares = tuple(_share(entry, asked.place, keys) for entry in asked.entries)
    body = {
        "format": RELEASE,
        "tender": asked.tender,
        "lot": asked.lot,
        "request": asked.request,
        "opener": asked.place,
        "released_at": format_time(at),
        "shares": [sha256(share) if share else "" for share in shares],
    }
    return Answer(sign_document(body, keys.sign), shares)


def sign_minutes(package: Any, keys: OpenerKeys) -> list[bytes]:
    """Sign every minutes of a package, once each agrees with what this opener has released.

    Raises `CeremonyError` for minutes that leave out a release of this opener, or are of another notice or close.
    """
    published = _published(package, keys)
    own = _own_releases(package, keys)
    signed = []
    for position, written in enumerate(package["minutes"]):
        where = f"minutes[{position}]"
        body = read_canonical(written.encode())
        check_body(body)
        if body["format"] != MINUTES:
            raise CeremonyError("not minutes", where=where)
        if (body["tender"], body["notice"], body["close"]) != (keys.tender, published.terms, published.close.hash):
            raise CeremonyError("of another notice or close", where=where)
        if not {one.hash for one in own if one.body["request"] in body["requests"]} <= set(body["releases"]):
            raise CeremonyError("a release of yours is left out", where=where)
        signed.append(sign_document(body, keys.sign))
    return signed


def declare_destroyed(keys: OpenerKeys, *, place: int, key_list_hash: str, at: datetime) -> bytes:
    """The last thing that keys sign: that every copy of them is destroyed."""
    body = {
        "format": DESTRUCTION,
        "tender": keys.tender,
        "opener": place,
        "keys": key_list_hash,
        "destroyed_at": format_time(at),
    }
    return sign_document(body, keys.sign)


def _share(entry: Entry, place: int, keys: OpenerKeys) -> bytes:
    """Empty where the seal does not open: that stops no other envelope, and the verdict says whose fault it is."""
    if not entry.header:
        return b""
    try:
        return release_share(entry.header, entry.seal, position=place, key=keys.ecdh)
    except ShareError:
        return b""


def _published(package: Any, keys: OpenerKeys) -> _Published:
    """Notice and close, signed by the platform; the notice, or after lost keys the call, names the opener's own keys
    at the package's place."""
    _check_package(package, "")
    try:
        body = read_canonical(package["notice"].partition("\n")[0].encode())
        server = body["installation"]["key"]
        terms = read_document(package["notice"].encode(), [server]).hash
        listed = key_list(tender=body["tender"], k=body["k"], openers=body["openers"])
        fingerprint = body["fingerprint"]
    except (KeyError, TypeError, SealError):
        raise CeremonyError("not a tender's signed notice", where="notice") from None
    if sha256(canonical_json(listed)) != fingerprint:
        raise CeremonyError("not the fingerprint of the notice's key list", where="notice")
    if body["tender"] != keys.tender:
        raise DeskError("the key of another tender", where="key_tender")
    close = _signed(package["close"], server, CLOSE, "close")
    if close.body["tender"] != keys.tender or read_time(close.body["closed_at"]) < read_time(close.body["deadline"]):
        raise CeremonyError("not the close of this tender after its deadline", where="close")
    call = read_call(package["call"], server=server, close=close) if package["call"] else None
    openers, where = (call.body["openers"], "call") if call else (body["openers"], "notice")
    _check_place(package["place"], openers, keys, where)
    results = _by_hash(package["results"], server, RESULT, "results")
    return _Published(
        body, terms, server, close, call, results, _by_hash(package["earlier"], server, REQUEST, "earlier")
    )


def _check_place(place: int, openers: Sequence[dict[str, str]], keys: OpenerKeys, where: str) -> None:
    pairs = [(opener["key"], opener["signing_key"]) for opener in openers]
    own = (keys.ecdh_public, keys.sign_public)
    if own not in pairs:
        raise CeremonyError(f"the {where} does not name your keys", where=where)
    if place != (true := pairs.index(own) + 1):
        raise DeskError(f"the key of place {true}", where="key_place", opener=true)


def read_call(written: str, *, server: str, close: Document) -> Document:
    """The call to reveal of a closed tender: signed by the platform, its key list by every opener that it names.

    Raises `CeremonyError` for a call of another tender or close, or whose fingerprint or signatures do not hold.
    """
    call = _signed(written, server, CALL, "call")
    body = call.body
    listed = key_list(tender=body["tender"], k=body["k"], openers=body["openers"])
    document = b"".join([canonical_json(listed), b"\n", *(f"{line}\n".encode() for line in body["key_signatures"])])
    if (body["tender"], body["close"]) != (close.body["tender"], close.hash):
        raise CeremonyError("a call of another tender or close", where="call")
    try:
        fingerprint = read_document(document, [opener["signing_key"] for opener in body["openers"]]).hash
    except SealError as error:
        raise CeremonyError(str(error), where="call") from None
    if fingerprint != body["fingerprint"]:
        raise CeremonyError("the call's fingerprint is not that of its key list", where="call")
    return call


def _own_releases(package: dict[str, Any], keys: OpenerKeys) -> list[Document]:
    return [_signed(written, keys.sign_public, RELEASE, "releases") for written in package["releases"]]


def _by_hash(documents: Sequence[str], server: str, kind: str, where: str) -> dict[str, dict[str, Any]]:
    read = [_signed(written, server, kind, where) for written in documents]
    return {document.hash: document.body for document in read}


def _check_request(
    request: Document, before: Collection[str], published: _Published, now: datetime, where: str
) -> None:
    """Hold a request against the close and, for seeds, the call; one for prices against the signed technical result.

    What an earlier request listed stays on the list, whether a later result lets it pass or not: it is open.
    """
    asked, close = request.body, published.close
    kind, issued_at = asked["envelope"], read_time(asked["issued_at"])
    if (asked["tender"], asked["close"]) != (published.tender, close.hash):
        raise CeremonyError("a request of another tender or close", where=where)
    if kind.endswith("second-commercial"):
        raise CeremonyError("this program opens no second quotes", where=where)
    if kind.startswith("reveal-") != bool(published.call):
        raise CeremonyError("seeds are asked for after a call, and then nothing else", where=where)
    if published.call:
        _check_hour(read_time(published.call.body["due_at"]), issued_at, now, "call")
    if not kind.endswith("commercial"):
        return
    where = f"{where}.result"
    result = published.results.get(asked["result"])
    if result is None or (result["lot"], result["close"]) != (asked["lot"], close.hash):
        raise CeremonyError("a result of another lot or close", where=where)
    may, listed = {*result["passed"], *before}, {entry["bid"] for entry in asked["list"]}
    if not listed <= may or not (published.call or listed == may):
        raise CeremonyError("prices are asked for of other bids than those that passed", where=where)
    if any(later["previous"] == asked["result"] for later in published.results.values()):
        raise CeremonyError("the technical result no longer stands: its bids were judged again", where=where)
    _check_hour(read_time(result["final_at"]), issued_at, now, where)


def _check_hour(hour: datetime, issued_at: datetime, now: datetime, where: str) -> None:
    """A request signed before its hour is crooked; one that is early by this machine's clock alone may be its fault."""
    if hour > issued_at:
        raise CeremonyError("asked for before its hour had come", where=where)
    if hour > now:
        raise DeskError("by the clock of this machine the hour has not come", where="clock")


def _listed_before(request: Document, answered: Collection[str], published: _Published, where: str) -> frozenset[str]:
    """The bids that an earlier request listed already.

    A further request names the one before it, contains its list, and rests on a result that follows from that one's;
    and whatever this opener has answered of the same envelopes must be one of those before it.
    """
    asked, chain = request.body, []
    while asked["previous"]:
        before = published.earlier.get(asked["previous"])
        if before is None or not _continues(asked, before, published.results):
            raise CeremonyError("a further request that does not continue the one before it", where=where)
        chain.append(asked["previous"])
        asked = before
    same = {
        name
        for name in answered
        if name not in published.earlier or _is_about(published.earlier[name]) == _is_about(request.body)
    }
    if not same <= set(chain):
        raise CeremonyError("you have answered another request for these envelopes", where=where)
    return frozenset(entry["bid"] for entry in published.earlier[chain[0]]["list"]) if chain else frozenset()


def _continues(asked: dict[str, Any], before: dict[str, Any], results: dict[str, dict[str, Any]]) -> bool:
    follows = before["result"] in _results_back(asked["result"], results)
    contains = all(entry in asked["list"] for entry in before["list"])
    return _is_about(asked) == _is_about(before) and asked["number"] == before["number"] + 1 and follows and contains


def _results_back(name: str, results: dict[str, dict[str, Any]]) -> Iterator[str]:
    """A result and those before it, each named by the one that follows."""
    yield name
    while name in results and (name := results[name]["previous"]):
        yield name


def _is_about(request: dict[str, Any]) -> tuple[str, str]:
    return request["lot"], request["envelope"]


def _entries(
    request: Document, given: Sequence[dict[str, Any]], published: _Published, where: str
) -> tuple[Entry, ...]:
    if len(given) != len(request.body["list"]):
        raise CeremonyError("not as many entries as the request lists", where=where)
    return tuple(
        _checked_entry(request.body, listed, entry, published, f"{where}.entries[{position}]")
        for position, (listed, entry) in enumerate(zip(request.body["list"], given, strict=True))
    )


def _checked_entry(
    asked: dict[str, Any], listed: dict[str, Any], entry: dict[str, Any], published: _Published, where: str
) -> Entry:
    """One envelope: its receipt is in the close, its header is what receipt, request and notice say."""
    receipt = _signed(entry["receipt"], published.server, RECEIPT, where)
    close, leaf = published.close.body, tree.leaf(receipt.body_bytes)
    if leaf != listed["leaf"] or entry["count"] != close["count"]:
        raise CeremonyError("a receipt that the request does not list", where=where)
    if not tree.includes(close["root"], leaf, index=entry["index"], count=entry["count"], path=entry["path"]):
        raise CeremonyError("a receipt that the close does not contain", where=where)
    own = {name: listed[name] for name in ("bid", "supplier", "version")}
    own |= {"tender": asked["tender"], "lot": asked["lot"]}
    sealed = {"com": listed["com"], "sha256": listed["sha256"]}
    received = own | {"terms": published.terms, asked["envelope"].removeprefix("reveal-"): sealed}
    if any(receipt.body[name] != value for name, value in received.items()):
        raise CeremonyError("a receipt of another bid", where=where)
    if not entry["header"]:
        return Entry(listed["bid"], b"", b"")
    header_bytes = entry["header"].encode()
    header = Header.from_bytes(header_bytes)
    own |= published.sealed_to | {"envelope": asked["envelope"]}
    if not published.call:
        own["com"] = listed["com"]  # that of a seed stands nowhere else: it opens the file of this one, or nothing
    if any(getattr(header, name) != value for name, value in own.items()):
        raise CeremonyError("an envelope of another bid or key list", where=where)
    return Entry(listed["bid"], header_bytes, bytes.fromhex(entry["seal"]))


def _signed(written: str, public: str, kind: str, where: str) -> Document:
    try:
        document = read_document(written.encode(), [public])
    except SealError as error:
        raise CeremonyError(str(error), where=where) from None
    if document.body["format"] != kind:
        raise CeremonyError(f"not a document {kind}", where=where)
    return document
