"""Papers of a whole tender for tests of the check, made through the real actions, and then crooked.

papers = papers_of(world)             # four bids, the last rejected; prices of the other three opened and ranked
papers.material()                     # what the first bidder holds: record, evidence, recovery, root
papers.material(opened=[])            # ... with another record
resigned(text, count=3)               # a document that says something else, signed by the platform itself
"""

import json
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from awards.actions import propose_award
from checking.findings import Answer, check
from checking.material import Material
from procurement.record import written
from sealing import ceremony
from sealing.documents import sign_document
from sealing.envelope import SealedEnvelope
from sealing.keys import OpenerKeys, recovery_secret
from tenders.actions.bidding import submit_bid
from tenders.actions.opening import close_tender, sign_minutes
from tenders.models import Receipt
from tenders.presentation.package import opener_package
from tenders.record import evidence_of
from tenders.signing import server_key
from tests.tenders.bids import HOUR, a_bid, bids_in, clock_at, fresh, sealed_pair, submission_of
from tests.tenders.judging import OPENED, PRICED, judge, now_of, open_envelopes
from tests.tenders.stage import DEADLINE, Stage, published_tender
from tests.world import World


@dataclass
class Papers:
    """What is published of a tender, and what its first bidder holds besides."""

    record: dict[str, Any]
    evidence: dict[str, Any]
    pair: dict[str, SealedEnvelope]
    openers: list[OpenerKeys]

    @property
    def secrets(self) -> dict[str, Any]:
        return recovery_secret(*self.pair.values())

    @property
    def root(self) -> str:
        close = self.record["close"]
        return str(body_of(close)["root"]) if close else ""

    @property
    def bid(self) -> str:
        return self.pair["commercial"].header.bid

    def material(self, **changes: Any) -> Material:
        """Everything, with some of it replaced: fields of the record (None leaves one out), or `evidence`, `secrets`,
        `root`."""
        own = {"evidence": self.evidence, "secrets": self.secrets, "root": self.root, "certificate": b""}
        given = own | {name: changes.pop(name) for name in own.keys() & changes.keys()}
        record = deepcopy(self.record) | changes
        left_out = [name for name, value in changes.items() if value is None]
        return Material({name: value for name, value in record.items() if name not in left_out}, **given)


def papers_of(world: World) -> Papers:
    """13.50, 12.00 and 11.00 pass and are opened, 10.00 is rejected; three openers have signed; 11.00 is proposed."""
    stage = published_tender(world, lots=("20.00",), suppliers=4)
    bid = a_bid(stage, supplier=stage.suppliers[0])
    pair = sealed_pair(bid, "13.50")
    with clock_at(DEADLINE - HOUR):
        receipt = submit_bid(bid=bid, submission=submission_of(pair), by=bid.prepared_by, now=DEADLINE - HOUR)
    stage.suppliers.append(stage.suppliers.pop(0))
    others = bids_in(stage, "12.00", "11.00", "10.00")
    open_envelopes(stage, "technical", at=OPENED)
    stage.tender = fresh(stage.tender)
    judge(stage, dict(zip([bid, *others], ("80", "80", "80", "40"), strict=True)))
    open_envelopes(stage, "commercial", at=PRICED)
    for holder in stage.holders[:3]:
        package = opener_package(stage.tender.openers.select_related("tender").get(pk=holder.opener.pk))
        signed = ceremony.sign_minutes(package, holder.pair)
        sign_minutes(tender=stage.tender, documents=signed, by=holder.seat, now=PRICED)
    propose_award(lot=now_of(stage.lots[0]), by=stage.officer, now=PRICED)
    return Papers(record_of(stage), evidence_of(receipt), pair, [holder.pair for holder in stage.holders])


def closed_papers(world: World) -> Papers:
    """A tender that is closed, and of which nothing is opened yet."""
    stage = published_tender(world, lots=("20.00",), suppliers=2)
    bid = a_bid(stage)
    pair = sealed_pair(bid, "13.50")
    with clock_at(DEADLINE - HOUR):
        receipt = submit_bid(bid=bid, submission=submission_of(pair), by=bid.prepared_by, now=DEADLINE - HOUR)
    with clock_at(OPENED):
        close_tender(tender=stage.tender, now=OPENED)
    return Papers(record_of(stage), evidence_of(receipt), pair, [holder.pair for holder in stage.holders])


def open_papers(world: World) -> Papers:
    """A tender that is still open for bids."""
    stage = published_tender(world, lots=("20.00",), suppliers=1)
    bid = a_bid(stage)
    pair = sealed_pair(bid, "13.50")
    with clock_at(DEADLINE - HOUR):
        receipt = submit_bid(bid=bid, submission=submission_of(pair), by=bid.prepared_by, now=DEADLINE - HOUR)
    return Papers(record_of(stage), evidence_of(Receipt.objects.get(pk=receipt.pk)), pair, [])


def first_papers() -> dict[str, Any]:
    """Record and evidence as the bytes that were handed out, recovery and root, of the first formats."""
    kept = json.loads((Path(__file__).parent / "data" / "first_record.json").read_text(encoding="utf-8"))
    return kept | {name: json.dumps(kept[name]).encode() for name in ("record", "evidence")}


def record_of(stage: Stage) -> dict[str, Any]:
    return dict(json.loads("".join(written(stage.tender))))


def body_of(written: str) -> dict[str, Any]:
    """What a document says, whoever signed it."""
    return dict(json.loads(written.partition("\n")[0]))


def resigned(written: str, *keys: bytes, **changes: Any) -> str:
    """The document saying something else, signed by the platform or by these keys."""
    return sign_document(body_of(written) | changes, *(keys or (server_key(),))).decode()


def answers(given: Material) -> dict[str, tuple[str, str]]:
    """Answer and reason of each point."""
    return {finding.point: (finding.answer.value, finding.why) for finding in check(given)}


def failures(given: Material) -> dict[str, str]:
    """The points that do not hold, and why."""
    return {finding.point: finding.why for finding in check(given) if finding.answer is Answer.FAILS}
