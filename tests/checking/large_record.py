"""The record of a large tender, made without a database: the papers alone, as the platform would write them.

record, evidence, secrets = large_record(bids=1000, lots=50)
"""

import base64
from decimal import Decimal
from typing import Any

from checking import ranking
from sealing.canonical import canonical_json
from sealing.documents import CLOSE, RECEIPT, RELEASE, REQUEST, RESULT, document_hash, sign_document
from sealing.envelope import Requirements, SealedEnvelope, Slot, seal, shares_of
from sealing.keys import make_key_pair, recovery_secret
from sealing.offers import offer_of_product
from sealing.payloads import commercial_payload, technical_payload
from sealing.primitives import sha256, signing_public
from sealing.reports import REPORT, report_bytes
from sealing.tree import inclusion_path, leaf, root

TENDER, SUPPLIER, AT = "T-2026-0001", "91330000MA27XXXX5K", "2026-03-23T06:00:00.000000Z"
SERVER = bytes(range(32))
ANSWERS = technical_payload({"C-01": "yes"})
RULES = {
    "evaluation": {"pass_mark": None, "shortlist": {}, "shortlist_rest": None},
    "ties": {"order": ["score", "lots_drawn"]},
}
PRODUCT = {"item": "I-1", "pack": 10, "product": "PD-1", "quantity": 1}
COVERS = {"kind": "product", "registration": None, "item": "I-1", "products": [PRODUCT], "further": []}


class Papers:
    """The parts of a large record, made one after the other."""

    def __init__(self, bids: int, lots: int) -> None:
        self.lots = [f"L-{number:02d}" for number in range(1, lots + 1)]
        self.pairs = [make_key_pair(TENDER) for _opener in range(5)]
        self.notice = sign_document(self._notice(), SERVER)
        self.terms = document_hash(self.notice)
        self.bids = {f"B-{number:04d}": self.lots[number % lots] for number in range(bids)}
        self.sealed = {bid: self._sealed(bid, lot, number) for number, (bid, lot) in enumerate(self.bids.items())}
        self.receipts = {bid: sign_document(self._receipt(bid), SERVER) for bid in self.bids}
        self.leaves = {bid: leaf(receipt.partition(b"\n")[0]) for bid, receipt in self.receipts.items()}
        ordered = sorted(self.leaves.values())
        closed = {"tender": TENDER, "deadline": AT, "closed_at": AT, "count": len(ordered), "root": root(ordered)}
        self.root, self.ordered = closed["root"], ordered
        self.close = sign_document({"format": CLOSE, **closed}, SERVER)
        self.results, self.reports, self.requests, self.releases = [], [], [], []
        for lot in self.lots:
            self._opened(lot)

    def record(self) -> dict[str, Any]:
        texts = {
            "notice": self.notice.decode(),
            "close": self.close.decode(),
            **{
                name: [one.decode() for one in getattr(self, name)]
                for name in ("results", "reports", "requests", "releases")
            },
        }
        empty: dict[str, Any] = {"stamp": "", "amendments": [], "minutes": [], "destruction": []}
        front = {"format": "tender-record/2", "tender": TENDER, "key": signing_public(SERVER)}
        opened = [self._entry(bid, kind) for kind in ("technical", "commercial") for bid in self.bids]
        return front | empty | texts | {"opened": opened, "ranking": self._ranking()}

    def evidence(self, bid: str) -> dict[str, Any]:
        index = self.ordered.index(self.leaves[bid])
        path = inclusion_path(self.ordered, index)
        return {
            "format": "bid-evidence/2",
            "key": signing_public(SERVER),
            "receipt": self.receipts[bid].decode(),
            "proof": None,
            "inclusion": {"index": index, "count": len(self.ordered), "path": path},
            "close": self.close.decode(),
            "files": {kind: base64.b64encode(one.file).decode() for kind, one in self.sealed[bid].items()},
            "seeds": {},
        }

    def _notice(self) -> dict[str, Any]:
        item = {"item": "I-1", "factor_price": "1", "factor_volume": "1"}
        return {
            "format": "tender-notice/2",
            "installation": {"currency": "CNY", "key": signing_public(SERVER)},
            "tender": TENDER,
            "envelopes": 2,
            "k": 3,
            "openers": [{"key": pair.ecdh_public, "signing_key": pair.sign_public} for pair in self.pairs],
            "lots": [
                {"lot": lot, "ceiling": "200.000000", "ceiling_units": 1, "items": [item], "parts": []}
                for lot in self.lots
            ],
            "criteria": [],
            "programs": {"verdicts": "0" * 64},
            "rules": RULES,
        }

    def _sealed(self, bid: str, lot: str, number: int) -> dict[str, SealedEnvelope]:
        price = commercial_payload(
            offer_of_product(currency="CNY", product="PD-1", pack=10, price=Decimal(100 + number % 97))
        )
        notice = Requirements(TENDER, lot, self.terms, 3, tuple(pair.ecdh_public for pair in self.pairs))
        payloads = {"technical": ANSWERS, "commercial": price}
        return {kind: seal(payload, notice, Slot(SUPPLIER, bid, 1, kind)) for kind, payload in payloads.items()}

    def _receipt(self, bid: str) -> dict[str, Any]:
        hashes = {kind: {"com": one.com, "sha256": one.digest} for kind, one in self.sealed[bid].items()}
        named = {"tender": TENDER, "lot": self.bids[bid], "bid": bid, "terms": self.terms, "supplier": SUPPLIER}
        front = {"format": RECEIPT, "kind": "bid", "version": 1, "prev": "", "proof": "", "received_at": AT}
        return front | named | hashes

    def _opened(self, lot: str) -> None:
        bids = sorted(bid for bid, where in self.bids.items() if where == lot)
        place = {"tender": TENDER, "lot": lot, "close": document_hash(self.close)}
        self.reports.append(self._report(place, bids))
        judged = {"report": sha256(self.reports[-1]), "round": 1, "previous": ""}
        result = {"format": RESULT, **place, **judged, "passed": bids, "failed": [], "final_at": AT}
        self.results.append(sign_document(result, SERVER))
        for kind, named in (("technical", ""), ("commercial", document_hash(self.results[-1]))):
            listed = [self._listed(bid, kind) for bid in bids]
            asked = {"envelope": kind, "number": 1, "previous": "", "result": named, "issued_at": AT, "list": listed}
            self.requests.append(sign_document({"format": REQUEST, **place, **asked}, SERVER))
            shares = [shares_of(self.sealed[bid][kind].seed, self.sealed[bid][kind].header) for bid in bids]
            for position, pair in enumerate(self.pairs[:3], 1):
                body = {"tender": TENDER, "lot": lot, "request": document_hash(self.requests[-1]), "released_at": AT}
                hashes = [sha256(each[position - 1]) for each in shares]
                release = {"format": RELEASE, **body, "opener": position, "shares": hashes}
                self.releases.append(sign_document(release, pair.sign))

    def _report(self, place: dict[str, str], bids: list[str]) -> bytes:
        """Nothing is scored: everybody passes."""
        nothing = {"formal": "", "place": None, "score": None, "means": [], "sheets": [], "answers": []}
        judged = [{"bid": bid, "outcome": "qualified", **nothing} for bid in bids]
        table = {"reached": len(bids), "going_on": len(bids), "cut": None}
        front = {"format": REPORT, **place, "round": 1, "members": [{"member": 1, "assertion": ""}]}
        return report_bytes(front | {"mark": None, "table": table, "bids": judged})

    def _listed(self, bid: str, kind: str) -> dict[str, Any]:
        one = self.sealed[bid][kind]
        named = {"bid": bid, "supplier": SUPPLIER, "version": 1, "leaf": self.leaves[bid]}
        return named | {"com": one.com, "sha256": one.digest}

    def _entry(self, bid: str, kind: str) -> dict[str, Any]:
        one, published = self.sealed[bid][kind], kind == "commercial"
        return {
            "bid": bid,
            "lot": self.bids[bid],
            "envelope": kind,
            "supplier": SUPPLIER,
            "covers": COVERS,
            "outcome": "opened",
            "sha256": one.digest,
            "seed": one.seed.hex() if published else "",
            "file": base64.b64encode(one.file).decode() if published else "",
            "wrong": [],
        }

    def _ranking(self) -> list[dict[str, Any]]:
        rules = ranking.Rules("200.000000", "CNY", ("score", "lots_drawn"), self.root)
        rows = []
        for lot in self.lots:
            prices = {bid: f"{100 + n % 97}.000000" for n, (bid, where) in enumerate(self.bids.items()) if where == lot}
            offers = [ranking.Priced(bid, price, 10, True, "CNY", "1", None) for bid, price in prices.items()]
            for bid, place in ranking.places(offers, rules).items():
                shown = {"verdict": place.verdict, "comparable": place.comparable, "rank": place.rank}
                rows.append({"lot": lot, "bid": bid, "price": prices[bid], "score": None, **shown})
        return rows


def large_record(*, bids: int, lots: int) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Record, evidence of the first bid, and what its recovery file holds; the record is what JSON makes of it."""
    papers = Papers(bids, lots)
    record = papers.record()
    canonical_json(record)
    return record, papers.evidence("B-0000"), recovery_secret(*papers.sealed["B-0000"].values())
