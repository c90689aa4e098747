"""What everybody may take along of a tender to check it without us: its public record, and a bidder's evidence.

The record, `tender-record/2`, is one JSON object. Signed documents stand in it as the texts that were signed:

- ``notice`` as it was published and ``amendments``, the notices that amended it; ``close`` (empty before it),
  ``results``, ``reports`` (the evaluation reports whose hashes the results name), ``requests``, ``releases``,
  ``minutes``, ``destruction``; ``stamp`` is the outside time stamp of the
  close in base64 (a CMS token of RFC 3161), or empty; ``call`` is the call to reveal after lost keys, or empty;
- ``ranking``: what the platform shows of each opened price, ``comparable`` an exact fraction, ``score`` the
  technical score, which decides between equal prices;
- ``opened``: each envelope with a verdict. ``covers`` is what the bid is of, as it was prepared: the kind of offer, the
  item of the lot that its price is compared as, and each product with its pack as the catalogue has it; ``further``
  are the other specifications whose prices follow by the factors of the notice. File (base64) and seed are those of
  commercial envelopes, of technical ones there are hashes only;
- ``clarifications``: the answers to suppliers' questions, as everybody reads them; nobody is named who asked;
- ``committee``: everything from which the draw of a committee is repeated (`docs/rules-committee.md`), or null.

Before the close there are notice and answers and nothing else, whether somebody bids or not. ``python -m sealing
verify`` and the page ``/check/`` read both files.
"""

import base64
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from sealing.canonical import format_time
from tenders.call import published_call
from tenders.committee import committee_in_record
from tenders.coverage import covered_by, covers
from tenders.models import (
    BidVersion,
    Close,
    EnvelopeKind,
    KeyDestruction,
    Minutes,
    OpenedEnvelope,
    OpeningRequest,
    Ranking,
    Receipt,
    Release,
    TechnicalResult,
    Tender,
    TenderNotice,
    TimeStamp,
)
from tenders.rules.receipts import Inclusion, inclusion
from tenders.signing import server_public

RECORD = "tender-record/2"
EVIDENCE = "bid-evidence/2"
BATCH = 50  # envelopes read at a time; the largest has four megabytes


def papers_of(tender: Tender) -> dict[str, Any]:
    """What this room adds to the public record; ``opened`` comes one envelope at a time, because all of them may be
    many megabytes."""
    return _papers(tender) | {"opened": map(_entry, _opened(tender))}


def evidence_of(receipt: Receipt) -> dict[str, Any]:
    """Everything that a bidder needs to prove one submission: `bid-evidence/2`.

    The receipt, where it stands under the root of the close (None before it, and for a receipt that a later one
    replaced), the sealed files in base64, and the seeds of those of its envelopes that were opened.
    """
    close = _close(receipt.bid.tender)
    proof = inclusion_of(receipt) if close else None
    version = receipt.version
    files = {kind.value: getattr(version, kind) for kind in EnvelopeKind} if version else {}
    opened = version.opened.exclude(seed="").values_list("envelope", "seed") if version else ()
    return {
        "format": EVIDENCE,
        "key": server_public(),
        "receipt": _text(receipt.document),
        "proof": _proof(version),
        "inclusion": proof and {"index": proof.index, "count": proof.count, "path": list(proof.path)},
        "close": _text(close.document) if close else "",
        "files": {kind: _base64(file) for kind, file in files.items() if file},
        "seeds": dict(opened),
    }


def _proof(version: BidVersion | None) -> dict[str, Any] | None:
    """The bidder's passkey under a submission, with the hashes of all manifests that it signed at once."""
    if version is None or not version.assertion:
        return None
    return {"assertion": _base64(version.assertion), "manifests": version.signed_with}


def inclusion_of(receipt: Receipt) -> Inclusion | None:
    """After the close: where a receipt stands in its tree, which only the last one of a standing bid does."""
    return inclusion(receipt.body, (one.body for one in Receipt.objects.committed_by(receipt.bid.tender)))


def _papers(tender: Tender) -> dict[str, Any]:
    """All of the record but the opened envelopes."""
    close, notices = _close(tender), _texts(TenderNotice.objects.filter(tender=tender).order_by("number"))
    return {
        "format": RECORD,
        "tender": tender.reference,
        "key": server_public(),
        "notice": notices[0],
        "amendments": notices[1:],
        "clarifications": _clarifications(tender),
        "committee": committee_in_record(tender),
        "close": _text(close.document) if close else "",
        "stamp": _stamp(tender),
        "call": _call(tender),
        "reports": _texts(_results(tender), "report"),
        "results": _texts(_results(tender)),
        "requests": _texts(OpeningRequest.objects.filter(tender=tender).order_by("lot__number", "pk")),
        "releases": _texts(Release.objects.filter(request__tender=tender).order_by("request", "opener__place")),
        "minutes": _minutes(tender),
        "destruction": _destruction(tender),
        "ranking": [_ranked(ranking) for ranking in _rankings(tender)],
    }


def _clarifications(tender: Tender) -> list[dict[str, Any]]:
    """The published answers, each with the hash of the notice that carries it out, or empty."""
    answers = tender.clarifications.select_related("amendment__notice").order_by("number")
    return [
        {
            "number": one.number,
            "question": one.question,
            "answer": one.answer,
            "amendment": one.amendment.notice.sha256 if one.amendment else "",
            "published_at": format_time(one.published_at),
        }
        for one in answers
    ]


def _results(tender: Tender) -> QuerySet[TechnicalResult]:
    """Of every round: one that no longer stands is named by the one that follows it."""
    return TechnicalResult.objects.filter(lot__tender=tender).order_by("lot__number", "round")


def _close(tender: Tender) -> Close | None:
    return Close.objects.filter(tender=tender).first()


def _stamp(tender: Tender) -> str:
    """The outside time stamp of the close in base64; empty before there is one."""
    token = TimeStamp.objects.filter(close__tender=tender).values_list("token", flat=True).first()
    return _base64(token) if token else ""


def _call(tender: Tender) -> str:
    """The published call to reveal after lost keys; empty where there is none."""
    call = published_call(tender)
    return _text(call.document) if call else ""


def _minutes(tender: Tender) -> list[str]:
    """The minutes that as many openers have signed as it takes to open."""
    written = Minutes.objects.filter(request__tender=tender).order_by("request").prefetch_related("signatures")
    return [_text(one.document) for one in written if len(one.signatures.all()) >= tender.openers_needed]


def _destruction(tender: Tender) -> list[str]:
    """Signed statements of openers that every copy of their keys is destroyed."""
    return _texts(KeyDestruction.objects.filter(opener__tender=tender).order_by("opener__place"))


def _rankings(tender: Tender) -> QuerySet[Ranking]:
    rankings = Ranking.objects.filter(lot__tender=tender).select_related("lot", "bid")
    return rankings.order_by("lot__number", "rank", "bid__reference")


def _ranked(ranking: Ranking) -> dict[str, Any]:
    arithmetic = ranking.arithmetic
    shown = {name: arithmetic[name] for name in ("price", "score")}
    return {
        "lot": ranking.lot.key,
        "bid": ranking.bid.reference,
        "verdict": ranking.verdict,
        "comparable": arithmetic["comparable_exact"],
        "rank": ranking.rank,
        **shown,
    }


def _opened(tender: Tender) -> Iterator[OpenedEnvelope]:
    """The envelopes with a verdict: the technical ones without their files, which nobody publishes."""
    opened = OpenedEnvelope.objects.filter(bid__tender=tender).order_by("bid__reference")
    opened = opened.select_related("version", "bid__lot", "bid__supplier").prefetch_related(*covered_by("bid"))
    hashes = opened.filter(envelope=EnvelopeKind.TECHNICAL).defer(
        "payload", "version__technical", "version__commercial"
    )
    yield from hashes.iterator(chunk_size=BATCH)
    files = opened.filter(envelope=EnvelopeKind.COMMERCIAL).defer("payload", "version__technical")
    yield from files.iterator(chunk_size=BATCH)


def _entry(opened: OpenedEnvelope) -> dict[str, Any]:
    bid, version = opened.bid, opened.version
    published = opened.envelope == EnvelopeKind.COMMERCIAL and bool(opened.seed)
    return {
        "bid": bid.reference,
        "lot": bid.lot.key,
        "envelope": opened.envelope,
        "supplier": bid.supplier.credit_code,
        "covers": covers(bid),
        "outcome": opened.outcome.replace("_", "-"),
        "sha256": getattr(version, f"{opened.envelope}_sha256"),
        "seed": opened.seed if published else "",
        "file": _base64(version.commercial) if published else "",
        "wrong": opened.wrong_openers,
    }


def _texts(rows: QuerySet[Any], column: str = "document") -> list[str]:
    return [_text(document) for document in rows.values_list(column, flat=True)]


def _text(document: bytes | memoryview | None) -> str:
    return bytes(document or b"").decode()


def _base64(file: bytes | memoryview) -> str:
    return base64.b64encode(file).decode()
