"""What a dishonest platform may publish or hand out, each with the points that must not hold any more, and why.

A change takes the papers of an honest tender and gives what is other. Where it can, the platform signs its lies.
"""

import base64
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from sealing.canonical import canonical_json
from sealing.documents import document_hash
from sealing.manifest import challenge, manifest
from sealing.primitives import sha256
from sealing.tree import leaf, root
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


CROOKED: list[tuple[str, Callable[[Papers], Changes], dict[str, str]]] = [
    (
        "a notice changed after it was signed",
        lambda papers: {"notice": papers.record["notice"].replace('"title":"Demo', '"title":"Fake')},
        {"notice": "unsigned"},
    ),
    (
        "a winner who is not the first of the ranking",
        lambda papers: decided(papers, lambda one: one["awards"][0].update(bid=papers.bid)),
        {"awards": "other_winners"},
    ),
    (
        "a second winner whom the rules do not know",
        lambda papers: decided(
            papers, lambda one: one["awards"].append({"place": 2, "kind": "winner", "bid": papers.bid})
        ),
        {"awards": "other_winners"},
    ),
    (
        "one unit less than the notice asks for",
        lambda papers: decided(papers, lambda one: one["regions"][0]["parts"][0].update(quantity="1999")),
        {"awards": "other_volume"},
    ),
    (
        "volume of a winner who is none",
        lambda papers: decided(papers, lambda one: one["regions"][0]["parts"][0].update(place=2)),
        {"awards": "other_division"},
    ),
    ("another key than the notice names", lambda papers: {"key": "ab" * 32}, {"notice": "unsigned"}),
    (
        "an amendment of another notice",
        lambda papers: {"amendments": [resigned(papers.record["notice"], number=2, amends="0" * 64)]},
        {"notice": "other_amendment"},
    ),
    (
        "an amendment after the opening",
        lambda papers: {
            "amendments": [
                resigned(papers.record["notice"], number=2, amends=document_hash(papers.record["notice"].encode()), k=2)
            ]
        },
        {"files": "other_file_opened"},
    ),
    (
        "evidence signed by another key",
        lambda papers: evidence(papers, key="ab" * 32),
        {"notice": "other_key"},
    ),
    (
        "a receipt changed after it was signed",
        lambda papers: evidence(papers, receipt=papers.evidence["receipt"].replace('"version":1', '"version":2')),
        {"receipt": "unsigned", "included": "unsigned"},
    ),
    (
        "a receipt for another notice",
        lambda papers: evidence(papers, receipt=resigned(papers.evidence["receipt"], terms="0" * 64)),
        {"receipt": "other_terms", "included": "not_included"},
    ),
    (
        "a receipt of another tender",
        lambda papers: evidence(papers, receipt=resigned(papers.evidence["receipt"], tender="T-2026-9999")),
        {"receipt": "other_tender"},
    ),
    (
        "a passkey's signature over other submissions",
        lambda papers: with_passkey(papers, over=["0" * 64]),
        {"receipt": "other_proof"},
    ),
    (
        "a list of submissions without mine",
        lambda papers: with_passkey(papers, manifests=["0" * 64]),
        {"receipt": "other_proof"},
    ),
    (
        "another signature than the receipt names",
        lambda papers: with_passkey(papers, assertion=with_passkey(papers, others=1)["evidence"]["proof"]["assertion"]),
        {"receipt": "other_proof"},
    ),
    ("another file than the one received", flipped_file, {"receipt": "other_file", "commitment": "does_not_open"}),
    (
        "a receipt without a place under the root",
        lambda papers: evidence(papers, inclusion=None),
        {"included": "no_inclusion"},
    ),
    (
        "a path that leads elsewhere",
        lambda papers: evidence(papers, inclusion=papers.evidence["inclusion"] | {"path": ["0" * 64, "1" * 64]}),
        {"included": "not_included"},
    ),
    (
        "a close without my bid, and another one for me",
        close_without_mine,
        {"included": "not_included", "root": "two_closes"},
    ),
    (
        "a close without my bid",
        lambda papers: close_without_mine(papers) | evidence(papers, close=""),
        {"included": "not_included", "root": "other_root"},
    ),
    (
        "my bid left off the list of its lot",
        lambda papers: asking(papers, "technical", without_mine(papers)),
        {"included": "left_out", "count": "other_count"},
    ),
    (
        "my bid left out of the result",
        lambda papers: {
            "results": [
                resigned(one, passed=[bid for bid in body_of(one)["passed"] if bid != papers.bid])
                for one in papers.record["results"]
            ]
        },
        {"included": "left_out", "requests": "not_as_passed"},
    ),
    (
        "another version of my bid on the list",
        lambda papers: asking(
            papers,
            "technical",
            [entry | {"leaf": leaf(b"old")} if entry["bid"] == papers.bid else entry for entry in listed(papers)],
        ),
        {"included": "other_version", "count": "other_leaves"},
    ),
    (
        "a late bid on the list",
        lambda papers: asking(papers, "technical", [*listed(papers), listed(papers)[0] | LATE]),
        {"count": "other_count"},
    ),
    (
        "a late bid in the place of a rival's",
        lambda papers: asking(papers, "technical", changed(listed(papers), 0, leaf=LATE["leaf"])),
        {"count": "other_leaves"},
    ),
    (
        "a close before the deadline",
        lambda papers: {"close": resigned(papers.record["close"], closed_at="2026-03-01T00:00:00.000000Z")},
        {"root": "closed_early"},
    ),
    ("two technical scores exchanged", swap_scores, {"evaluation": "other_points"}),
    ("a member's points changed", lambda papers: other_points(papers, points="59.00"), {"evaluation": "other_points"}),
    (
        "points above what a criterion has",
        lambda papers: other_points(papers, points="99.00"),
        {"evaluation": "other_points"},
    ),
    (
        "a member's points left out",
        lambda papers: reported(papers, lambda report: judged(report, papers.bid)["sheets"].pop()),
        {"evaluation": "points_missing"},
    ),
    (
        "a bid below the mark let pass",
        lambda papers: reported(papers, lambda report: rejected(report).update(outcome="qualified", place=4)),
        {"evaluation": "other_outcome_of", "requests": "not_as_passed"},
    ),
    (
        "another mark than the notice has",
        lambda papers: reported(papers, lambda report: report.update(mark="30")),
        {"evaluation": "other_table"},
    ),
    (
        "a bid said not to meet the formal requirements, without a reason",
        lambda papers: reported(
            papers,
            lambda report: judged(report, papers.bid).update(
                outcome="formal", place=None, score=None, means=[], sheets=[]
            ),
        ),
        {"evaluation": "other_outcome_of"},
    ),
    (
        "a bid left out of the report",
        lambda papers: reported(papers, lambda report: report["bids"].remove(judged(report, papers.bid))),
        {"evaluation": "other_table", "included": "left_out"},
    ),
    ("a report that nobody published", lambda papers: {"reports": []}, {"evaluation": "no_report"}),
    (
        "the report of another round",
        lambda papers: reported(papers, lambda report: report.update(round=2)),
        {"evaluation": "other_report"},
    ),
    ("a round that follows no other", later_round, {"evaluation": "other_round"}),
    ("another technical score in the ranking", score_shown, {"ranking": "other_score"}),
    ("two ranks exchanged", lambda papers: ranking(papers, swapped), {"ranking": "other_ranking"}),
    (
        "my bid left out of the ranking",
        lambda papers: {"ranking": [row for row in papers.record["ranking"] if row["bid"] != papers.bid]},
        {"ranking": "other_ranking"},
    ),
    (
        "another price shown than mine",
        lambda papers: ranking(papers, lambda row: row | {"price": "13.600000"} if row["bid"] == papers.bid else row),
        {"price": "other_price"},
    ),
    (
        "an item that the lot does not ask for",
        lambda papers: opened(papers, covers=covered(papers) | {"item": "I-0"}),
        {"ranking": "other_item"},
    ),
    (
        "another product than the bid covers",
        lambda papers: opened(papers, covers=covered(papers, product="PD-0")),
        {"ranking": "other_ranking"},
    ),
    (
        "another pack than the product has",
        lambda papers: opened(papers, covers=covered(papers, pack=7)),
        {"ranking": "other_ranking"},
    ),
    ("a rival's file passed off as mine", rivals_file, {"price": "other_version", "files": "other_file_opened"}),
    (
        "my price said to be unreadable",
        lambda papers: opened(papers, outcome="unreadable", file="", seed=""),
        {"price": "opens_for_me"},
    ),
    (
        "my price said to be my own fault",
        lambda papers: opened(papers, outcome="bidder-fault"),
        {"price": "opens_for_me", "files": "other_outcome"},
    ),
    ("a price opened and not published", lambda papers: opened(papers, file="", seed=""), {"files": "no_file"}),
    ("prices opened by too few openers", too_few_releases, {"openers": "too_few_openers"}),
    ("minutes that too few openers signed", lambda papers: minutes(papers, 2), {"openers": "unsigned"}),
    (
        "minutes that the platform signed itself",
        lambda papers: {"minutes": [resigned(one) for one in papers.record["minutes"]]},
        {"openers": "unsigned"},
    ),
    (
        "minutes with a release that nobody published",
        lambda papers: minutes(papers, 3, releases=["0" * 64]),
        {"openers": "other_minutes"},
    ),
    (
        "minutes of another close",
        lambda papers: minutes(papers, 3, close="0" * 64),
        {"openers": "other_minutes"},
    ),
    (
        "a release that the platform signed itself",
        lambda papers: {"releases": [resigned(papers.record["releases"][0]), *papers.record["releases"][1:]]},
        {"openers": "unsigned", "releases": "unsigned"},
    ),
    (
        "a release for a list that nobody published",
        lambda papers: released(papers, request="0" * 64),
        {"releases": "release_of_nothing", "openers": "too_few_openers"},
    ),
    (
        "a release of fewer shares than were asked for",
        lambda papers: released(papers, shares=["1" * 64]),
        {"releases": "release_of_others"},
    ),
    (
        "a release twice",
        lambda papers: {"releases": [*papers.record["releases"], papers.record["releases"][0]]},
        {"releases": "released_twice"},
    ),
    (
        "the price of a rejected bid asked for",
        lambda papers: asking(papers, "commercial", listed(papers)),
        {"requests": "not_as_passed"},
    ),
    (
        "a result of another close",
        lambda papers: {"results": [resigned(one, close="0" * 64) for one in papers.record["results"]]},
        {"requests": "other_close"},
    ),
    (
        "the same list asked for twice",
        lambda papers: {
            "requests": [
                *papers.record["requests"],
                resigned(request(papers, "technical"), issued_at="2026-03-28T00:00:00.000000Z"),
            ]
        },
        {"requests": "asked_twice"},
    ),
    (
        "a further request that leaves out what was listed",
        lambda papers: further_request(papers, list=listed(papers, "commercial")[1:]),
        {"requests": "not_continued"},
    ),
    (
        "a further request with a gap before it",
        lambda papers: further_request(papers, number=3),
        {"requests": "not_continued"},
    ),
    (
        "a further request after nothing",
        lambda papers: further_request(papers, previous="0" * 64),
        {"requests": "not_continued"},
    ),
    ("an opener blamed for a right share", lambda papers: opened(papers, wrong=[2]), {"files": "blamed"}),
    (
        "an envelope opened that is on no list",
        lambda papers: {"opened": [*papers.record["opened"], papers.record["opened"][0] | {"bid": "B-NEW"}]},
        {"files": "not_listed"},
    ),
    (
        "two verdicts on one envelope",
        lambda papers: {"opened": [*papers.record["opened"], papers.record["opened"][0]]},
        {"files": "twice", "count": "twice"},
    ),
    (
        "a recovery file of another bid",
        lambda papers: {"secrets": papers.secrets | {"bid": "B-OTHER"}},
        {"commitment": "other_recovery", "price": "other_recovery"},
    ),
    ("papers of no shape", lambda papers: {"releases": ["nonsense"]}, {"releases": "unsigned", "openers": "unsigned"}),
    ("a stamp over something else", lambda papers: {"stamp": "AAAA"}, {"stamp": "other_stamp"}),
]
