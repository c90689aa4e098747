"""Ways to alter the public papers of an honest tender, each giving the parts of the record that it changes."""

import base64
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from sealing.canonical import canonical_json
from sealing.documents import FIRST_RESULT, document_hash, sign_document
from sealing.manifest import challenge, manifest
from sealing.primitives import sha256
from sealing.tree import leaf, root
from tenders.signing import server_key
from tests.checking.papers import Papers, body_of, resigned

Changes = dict[str, Any]
LATE = {"bid": "B-ZZZZZZZZZZZZ", "leaf": leaf(b"late")}


def changed(entries: list[dict[str, Any]], number: int, **changes: Any) -> list[dict[str, Any]]:
    """A list with one entry changed."""
    return [entry | changes if at == number else entry for at, entry in enumerate(deepcopy(entries))]


def price_of(papers: Papers, bid: str = "") -> int:
    """The number of the opened price of a bid in the record, the own one unless told."""
    wanted = (bid or papers.bid, "commercial")
    return next(at for at, one in enumerate(papers.record["opened"]) if (one["bid"], one["envelope"]) == wanted)


def rival(papers: Papers) -> str:
    """A bid of somebody else whose price was opened."""
    return next(str(row["bid"]) for row in papers.record["ranking"] if row["bid"] != papers.bid)


def request(papers: Papers, envelope: str) -> str:
    return next(str(one) for one in papers.record["requests"] if body_of(one)["envelope"] == envelope)


def listed(papers: Papers, envelope: str = "technical") -> list[dict[str, Any]]:
    return list(body_of(request(papers, envelope))["list"])


def without_mine(papers: Papers) -> list[dict[str, Any]]:
    return [entry for entry in listed(papers) if entry["bid"] != papers.bid]


def asking(papers: Papers, envelope: str, entries: list[dict[str, Any]]) -> Changes:
    """The openers are asked for these entries instead."""
    old = request(papers, envelope)
    return {"requests": [resigned(one, list=entries) if one == old else one for one in papers.record["requests"]]}


def evidence(papers: Papers, **changes: Any) -> Changes:
    return {"evidence": papers.evidence | changes}


def with_passkey(papers: Papers, *, others: int = 2, over: list[str] | None = None, **changes: Any) -> Changes:
    """Evidence of a submission that a passkey signed together with others, which the receipt names."""
    receipt = body_of(papers.evidence["receipt"])
    sealed = {kind: receipt[kind] for kind in ("technical", "commercial")}
    hashes = [
        sha256(manifest(receipt, prev=receipt["prev"], envelopes=sealed)),
        *("0" * 63 + f"{n}" for n in range(others)),
    ]
    signed = json.dumps({"challenge": to_text(challenge(over or hashes)), "type": "webauthn.get"}).encode()
    assertion = json.dumps({"client_data": to_text(signed), "format": "passkey-assertion/1"}).encode()
    named = resigned(papers.evidence["receipt"], proof=sha256(assertion))
    proof = {"assertion": base64.b64encode(assertion).decode(), "manifests": hashes} | changes
    return evidence(papers, receipt=named, proof=proof)


def to_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def opened(papers: Papers, **changes: Any) -> Changes:
    """Something else is said of the own opened price."""
    return {"opened": changed(papers.record["opened"], price_of(papers), **changes)}


def covered(papers: Papers, **product: Any) -> dict[str, Any]:
    """What the own bid is said to cover, with something of its product changed."""
    covers = papers.record["opened"][price_of(papers)]["covers"]
    return covers | {"products": [covers["products"][0] | product]}


def released(papers: Papers, **changes: Any) -> Changes:
    """An opener says something else in its release."""
    first = papers.record["releases"][0]
    key = papers.openers[body_of(first)["opener"] - 1].sign
    return {"releases": [resigned(first, key, **changes), *papers.record["releases"][1:]]}


def ranking(papers: Papers, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Changes:
    return {"ranking": [change(row) for row in papers.record["ranking"]]}


def close_without_mine(papers: Papers) -> Changes:
    """Dropped before the root was made, and everywhere since."""
    leaves = sorted(entry["leaf"] for entry in without_mine(papers))
    close = resigned(papers.record["close"], count=len(leaves), root=root(leaves))
    return {"close": close} | asking(papers, "technical", without_mine(papers))


def flipped_file(papers: Papers) -> Changes:
    file = bytearray(base64.b64decode(papers.evidence["files"]["technical"]))
    file[-1] ^= 1
    files = papers.evidence["files"] | {"technical": base64.b64encode(file).decode()}
    return evidence(papers, files=files)


def rivals_file(papers: Papers) -> Changes:
    theirs = papers.record["opened"][price_of(papers, rival(papers))]
    return opened(papers, **{name: theirs[name] for name in ("sha256", "seed", "file")})


def too_few_releases(papers: Papers) -> Changes:
    prices = document_hash(request(papers, "commercial").encode())
    return {"releases": [one for one in papers.record["releases"] if body_of(one)["request"] != prices]}


def minutes(papers: Papers, openers: int, **changes: Any) -> Changes:
    """The last minutes, saying something else, signed by so many openers."""
    keys = [pair.sign for pair in papers.openers[:openers]]
    return {"minutes": [*papers.record["minutes"][:-1], resigned(papers.record["minutes"][-1], *keys, **changes)]}


def reported(papers: Papers, change: Callable[[dict[str, Any]], Any]) -> Changes:
    """Another report of the evaluation, which the platform signs in the result, and asks for prices by it."""
    report = json.loads(papers.record["reports"][0])
    change(report)
    written = canonical_json(report).decode()
    old = papers.record["results"][0]
    passed = [bid["bid"] for bid in report["bids"] if bid["outcome"] == "qualified"]
    failed = [bid["bid"] for bid in report["bids"] if bid["outcome"] != "qualified"]
    result = resigned(old, report=sha256(written.encode()), passed=passed, failed=failed)
    named = {"result": document_hash(result.encode())}
    requests = [resigned(one, **named) if body_of(one)["result"] else one for one in papers.record["requests"]]
    return {"reports": [written], "results": [result], "requests": requests}


def result_without_report(papers: Papers) -> Changes:
    """A result of the first format, which has no report, over a friend who did not pass."""
    old = papers.record["results"][0]
    body = {name: value for name, value in body_of(old).items() if name not in ("report", "round", "previous")}
    friend = body["failed"][0]
    passed = sorted([*body["passed"], friend])
    failed = [bid for bid in body["failed"] if bid != friend]
    signed = sign_document(body | {"format": FIRST_RESULT, "passed": passed, "failed": failed}, server_key())
    return {"results": [signed.decode()]}


def judged(report: dict[str, Any], bid: str) -> dict[str, Any]:
    return next(one for one in report["bids"] if one["bid"] == bid)


def rejected(report: dict[str, Any]) -> dict[str, Any]:
    """The bid that did not pass."""
    return next(one for one in report["bids"] if one["outcome"] != "qualified")


def swap_scores(papers: Papers) -> Changes:
    """A friend's technical score and mine are exchanged, and nothing else: the points are as they were given."""

    def exchange(report: dict[str, Any]) -> None:
        mine, theirs = judged(report, papers.bid), rejected(report)
        for name in ("score", "place", "outcome"):
            mine[name], theirs[name] = theirs[name], mine[name]

    return reported(papers, exchange)


def other_points(papers: Papers, **changes: Any) -> Changes:
    """One member's points for my bid are others, and nobody computed anew."""

    def change(report: dict[str, Any]) -> None:
        judged(report, papers.bid)["sheets"][0]["points"][0].update(changes)

    return reported(papers, change)


def score_shown(papers: Papers) -> Changes:
    """The ranking shows another technical score than the report has: it decides between equal prices."""
    return ranking(papers, lambda row: row | {"score": "90.00"} if row["bid"] == papers.bid else row)


def later_round(papers: Papers) -> Changes:
    """A second round that follows from nothing."""
    report = json.loads(papers.record["reports"][0]) | {"round": 2}
    written = canonical_json(report).decode()
    changes = {"round": 2, "previous": "0" * 64, "report": sha256(written.encode())}
    result = resigned(papers.record["results"][0], **changes)
    return {"reports": [*papers.record["reports"], written], "results": [*papers.record["results"], result]}


def second_result(papers: Papers) -> Changes:
    """Another result of the round that has one, as a platform signs it that lets whom it likes pass."""
    result = resigned(papers.record["results"][0], final_at="2026-06-01T00:00:00.000000Z")
    return {"results": [*papers.record["results"], result]}


def further_request(papers: Papers, **changes: Any) -> Changes:
    """The openers are asked a second time for the prices."""
    first = request(papers, "commercial")
    again = {"number": 2, "previous": document_hash(first.encode())} | changes
    return {"requests": [*papers.record["requests"], resigned(first, **again)]}


def swapped(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"rank": {1: 2, 2: 1}.get(row["rank"], row["rank"])}


def decided(papers: Papers, change: Callable[[dict[str, Any]], Any]) -> Changes:
    """The record with its only decision changed."""
    decisions = deepcopy(papers.record["decisions"])
    change(decisions[0])
    return {"decisions": decisions}
