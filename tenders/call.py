"""The call to reveal after lost keys: who has to reveal what, to whom, and what is signed about it."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sealing.canonical import format_time
from sealing.documents import CALL, REVEAL
from sealing.envelope import Requirements, Slot
from tenders.keylist import current_openers, fingerprint, key_list_of, signature
from tenders.models import BidVersion, Lot, OpenedEnvelope, Qualification, Reveal, RevealCall, Tender
from tenders.rules.opening import to_reveal
from tenders.signing import sign


def shut_envelopes(tender: Tender, **only: Any) -> dict[BidVersion, tuple[str, ...]]:
    """By standing version the envelopes that are shut and may yet be opened, in lots that run; without their files.

    ``only`` narrows the versions down. A bid of which nothing can be opened any more is left out.
    """
    versions = BidVersion.objects.standing().filter(tender=tender, bid__lot__in=Lot.objects.running(), **only)
    outcomes: dict[int, dict[str, str]] = defaultdict(dict)
    opened = OpenedEnvelope.objects.filter(version__in=versions.values("pk"))
    for bid, envelope, outcome in opened.values_list("bid", "envelope", "outcome"):
        outcomes[bid][envelope] = outcome
    passed = {
        bid: verdict == Qualification.Verdict.QUALIFIED
        for bid, verdict in Qualification.objects.standing().filter(bid__tender=tender).values_list("bid", "verdict")
    }
    shut = {
        version: to_reveal(
            envelopes=tender.envelopes, outcomes=outcomes[version.bid_id], passed=passed.get(version.bid_id)
        )
        for version in versions.defer("technical", "commercial").select_related("bid__lot", "bid__supplier")
    }
    return {version: kinds for version, kinds in shut.items() if kinds}


def published_call(tender: Tender) -> RevealCall | None:
    """The published call of a tender; None where there is none, or one in preparation."""
    return RevealCall.objects.published().filter(tender=tender).first()


def call_body(call: RevealCall, now: datetime) -> dict[str, Any]:
    """What a call says, published at ``now``: why, until when, and the key list to which the seeds are sealed."""
    tender = call.tender
    openers = current_openers(tender)
    return {
        "format": CALL,
        "tender": tender.reference,
        "close": tender.close.sha256,
        "k": tender.openers_needed,
        "openers": key_list_of(tender, openers)["openers"],
        "fingerprint": fingerprint(tender, openers),
        "key_signatures": [signature(opener) for opener in openers],
        "reason": call.reason,
        "issued_at": format_time(now),
        "due_at": format_time(call.due_at),
    }


@dataclass(frozen=True)
class PublishedCall:
    """A published call, read back from the bytes that were signed."""

    body: dict[str, Any]
    sha256: str

    @classmethod
    def of(cls, call: RevealCall) -> "PublishedCall":
        return cls(json.loads(bytes(call.document or b"").partition(b"\n")[0]), call.sha256)

    def asks(self, version: BidVersion, kind: str) -> tuple[Requirements, Slot]:
        """What the reveal of one envelope of a version is sealed to. Its terms are the call."""
        bid = version.bid
        notice = Requirements(
            tender=self.body["tender"],
            lot=bid.lot.key,
            terms=self.sha256,
            k=self.body["k"],
            openers=tuple(opener["key"] for opener in self.body["openers"]),
        )
        return notice, Slot(bid.supplier.credit_code, bid.reference, version.number, f"reveal-{kind}")

    def entries(self, version: BidVersion, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
        """What the headers of a bid's reveals must say, one entry an envelope, as for the bid itself."""
        found = []
        for kind in kinds:
            asked = self.asks(version, kind)
            found.append({name: getattr(part, name) for part in asked for name in part.__dataclass_fields__})
        return found


def reveal_receipt(reveal: Reveal) -> bytes:
    """The signed statement of what was revealed and when, the same bytes whenever it is asked for."""
    bid = reveal.bid
    return sign(
        {
            "format": REVEAL,
            "tender": bid.tender.reference,
            "lot": bid.lot.key,
            "bid": bid.reference,
            "supplier": bid.supplier.credit_code,
            "version": reveal.version.number,
            "call": reveal.call.sha256,
            "technical": reveal.technical_sha256,
            "commercial": reveal.commercial_sha256,
            "received_at": format_time(reveal.received_at),
        }
    )
