"""Signed documents: each signature holds, each document names the ones before it, and rows say what they say."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, Model, OuterRef
from rfc3161_client import decode_timestamp_response

from checking.stamp import as_response
from oversight.verification.reading import Counted, Fault, stream
from sealing import tree
from sealing.canonical import format_time
from sealing.documents import Document, document_hash, read_document
from sealing.errors import SealError
from tenders.models import (
    AttachmentChunk,
    BidVersion,
    Canary,
    Close,
    KeyDestruction,
    MinutesSignature,
    Opener,
    OpeningRequest,
    Receipt,
    Release,
    Reveal,
    RevealCall,
    TechnicalResult,
    Tender,
    TenderNotice,
    TimeStamp,
)
from tenders.rules.opening import commitment
from tenders.signing import server_public

AT_ONCE = 500
_OTHER_BYTES = """
    SELECT id, envelope FROM {table}, LATERAL (VALUES
        ('technical', technical, technical_sha256), ('commercial', commercial, commercial_sha256)
    ) AS stored (envelope, bytes, said)
    WHERE bytes IS NOT NULL AND encode(sha256(bytes), 'hex') <> said ORDER BY id
"""
_OTHER_CHUNKS = """
    SELECT chunk.id FROM tenders_attachmentchunk AS chunk
    JOIN tenders_sealedattachment AS declared ON declared.id = chunk.attachment_id
    WHERE encode(sha256(chunk.data), 'hex') <> ALL (declared.hashes[chunk.number + 1:chunk.number + 1])
    ORDER BY chunk.id
"""


def verify(looked_at: Counted) -> Iterator[Fault]:
    """Every signed document of every tender."""
    looked_at["documents"] = 0
    for check in _CHECKS:
        for faults in check():
            looked_at["documents"] += 1
            yield from faults


def _notices() -> Iterator[Iterator[Fault]]:
    """Every notice, and that bids are asked for under the last one of each tender."""
    for notice in TenderNotice.objects.select_related("tender").order_by("pk").iterator(AT_ONCE):
        yield _held(notice, bytes(notice.document), server_public(), lambda found, n=notice: _notice(found, n))
    later = TenderNotice.objects.filter(tender=OuterRef("tender"), number__gt=OuterRef("number"))
    last = TenderNotice.objects.exclude(Exists(later)).filter(tender=OuterRef("pk"))
    asked = Exists(last.filter(sha256=OuterRef("terms"), document=OuterRef("notice")))
    others = Tender.objects.exclude(terms="", notice=None).exclude(asked)
    yield (_fault(tender, "its terms are not its last notice") for tender in others.order_by("pk").iterator(AT_ONCE))


def _notice(found: Document, notice: TenderNotice) -> Iterator[str]:
    yield from _differs("its hash", notice.sha256, found.hash)
    yield from _differs("its tender", notice.tender.reference, found.body["tender"])


def _receipts() -> Iterator[Iterator[Fault]]:
    """Receipts bid by bid, in their order; without the envelopes, whose hashes PostgreSQL computes in their place."""
    bid, prev = None, ""
    receipts = Receipt.objects.select_related("bid__lot__tender", "version").order_by("bid_id", "pk")
    for receipt in receipts.defer("version__technical", "version__commercial").iterator(AT_ONCE):
        prev = prev if receipt.bid_id == bid else ""
        yield _held(
            receipt, bytes(receipt.document), server_public(), lambda found, r=receipt, p=prev: _receipt(found, r, p)
        )
        bid, prev = receipt.bid_id, document_hash(bytes(receipt.document))
    lost = BidVersion.objects.filter(receipt=None).defer("technical", "commercial").iterator(AT_ONCE)
    yield (_fault(version, "has no receipt") for version in lost)
    yield _stored_envelopes()


def _receipt(found: Document, receipt: Receipt, prev: str) -> Iterator[str]:
    said = found.body
    yield from _differs("the receipt before it", said["prev"], prev)
    yield from _differs("its hash", receipt.sha256, found.hash)
    yield from _differs("its kind", receipt.kind, said["kind"])
    yield from _differs("its bid", receipt.bid.reference, said["bid"])
    yield from _differs("its tender", receipt.bid.lot.tender.reference, said["tender"])
    version = receipt.version
    if version is None:
        return
    yield from _differs("its version", version.number, said["version"])
    for envelope in ("technical", "commercial"):
        stored = {"com": getattr(version, f"{envelope}_com"), "sha256": getattr(version, f"{envelope}_sha256")}
        yield from _differs(f"its {envelope} envelope", stored if stored["sha256"] else None, said[envelope])


def _stored_envelopes(table: str = BidVersion._meta.db_table) -> Iterator[Fault]:
    """Envelopes whose bytes are not those that were submitted; an envelope that was deleted has none."""
    for row, envelope in stream(_OTHER_BYTES.format(table=table)):
        yield Fault(table, str(row), f"the bytes of its {envelope} envelope are not those that were submitted")


def _calls() -> Iterator[Iterator[Fault]]:
    """Calls to reveal as they were published, and the seeds that came."""
    for call in RevealCall.objects.published().select_related("tender__close").order_by("pk").iterator(AT_ONCE):
        yield _held(call, bytes(call.document or b""), server_public(), lambda found, c=call: _call(found, c))
    yield _stored_envelopes(Reveal._meta.db_table)


def _call(found: Document, call: RevealCall) -> Iterator[str]:
    yield from _differs("its hash", call.sha256, found.hash)
    yield from _differs("its close", call.tender.close.sha256, found.body["close"])
    yield from _differs("its hour", format_time(call.due_at), found.body["due_at"])
    yield from _differs("its reason", call.reason, found.body["reason"])


def _attachments() -> Iterator[Iterator[Fault]]:
    """Chunks of sealed attachments that are not those which were declared."""
    what = "it is not the chunk that was declared"
    yield (Fault(AttachmentChunk._meta.db_table, str(chunk), what) for (chunk,) in stream(_OTHER_CHUNKS))


def _closes() -> Iterator[Iterator[Fault]]:
    for close in Close.objects.select_related("tender").order_by("pk").iterator(AT_ONCE):
        yield _held(close, bytes(close.document), server_public(), lambda found, c=close: _close(found, c))


def _close(found: Document, close: Close) -> Iterator[str]:
    committed = commitment(receipt.body for receipt in Receipt.objects.committed_by(close.tender))
    yield from _differs("its hash", close.sha256, found.hash)
    yield from _differs("its tender", close.tender.reference, found.body["tender"])
    yield from _differs("its count", (close.count, committed.count), (found.body["count"],) * 2)
    yield from _differs("its root over the receipts", (close.root, committed.root), (found.body["root"],) * 2)


def _stamps() -> Iterator[Iterator[Fault]]:
    for stamp in TimeStamp.objects.select_related("close").order_by("pk").iterator(AT_ONCE):
        yield _stamp(stamp)


def _stamp(stamp: TimeStamp) -> Iterator[Fault]:
    """What the token was made over, and when. Whose signature it bears is for the check with a certificate."""
    try:
        told = decode_timestamp_response(as_response(bytes(stamp.token))).tst_info
    except ValueError:
        yield _fault(stamp, "its token cannot be read")
        return
    over = (told.message_imprint.message, told.gen_time)
    if over != (sha256(stamp.close.body).digest(), stamp.stamped_at):
        yield _fault(stamp, "its token is over another close, or from another time")


def _results() -> Iterator[Iterator[Fault]]:
    results = TechnicalResult.objects.select_related("lot__tender__close").order_by("pk")
    for result in results.iterator(AT_ONCE):
        yield _held(result, bytes(result.document), server_public(), lambda found, r=result: _result(found, r))


def _result(found: Document, result: TechnicalResult) -> Iterator[str]:
    yield from _differs("its hash", result.sha256, found.hash)
    yield from _differs("its close", result.lot.tender.close.sha256, found.body["close"])
    verdicts = result.qualifications.values_list("bid__reference", "verdict")
    passed = sorted(bid for bid, verdict in verdicts if verdict == "qualified")
    yield from _differs("the bids that passed", passed, found.body["passed"])


def _requests() -> Iterator[Iterator[Fault]]:
    requests = OpeningRequest.objects.select_related("tender__close", "lot__technical_result").order_by("pk")
    for asked in requests.iterator(AT_ONCE):
        yield _held(asked, bytes(asked.document), server_public(), lambda found, a=asked: _request(found, a))


def _request(found: Document, asked: OpeningRequest) -> Iterator[str]:
    said = found.body
    yield from _differs("its hash", asked.sha256, found.hash)
    yield from _differs("its close", asked.tender.close.sha256, said["close"])
    yield from _differs("how many it lists", asked.listed, len(said["list"]))
    committed = {tree.leaf(receipt.body) for receipt in Receipt.objects.committed_by(asked.tender)}
    strangers = [entry["bid"] for entry in said["list"] if entry["leaf"] not in committed]
    yield from _differs("bids that the close does not contain", strangers, [])
    if said["result"]:
        standing = asked.lot.technical_result
        yield from _differs("its result", standing.sha256 if standing else "", said["result"])


def _releases() -> Iterator[Iterator[Fault]]:
    for release in Release.objects.select_related("request", "opener").order_by("pk").iterator(AT_ONCE):
        key = release.opener.signing_key
        yield _held(release, bytes(release.document), key, lambda found, r=release: _release(found, r))


def _release(found: Document, release: Release) -> Iterator[str]:
    hashes = [sha256(bytes.fromhex(share)).hexdigest() if share else "" for share in release.shares]
    yield from _differs("its request", release.request.sha256, found.body["request"])
    yield from _differs("its place", release.opener.place, found.body["opener"])
    yield from _differs("its shares", hashes, found.body["shares"])


def _key_lists() -> Iterator[Iterator[Fault]]:
    """The list of keys as each opener signed it, and what was sealed to the key to try it."""
    for opener in Opener.objects.exclude(signed_list=None).order_by("pk").iterator(AT_ONCE):
        yield _held(opener, bytes(opener.signed_list), opener.signing_key, lambda found: iter(()))
    for canary in Canary.objects.select_related("opener").order_by("pk").iterator(AT_ONCE):
        yield _held(
            canary,
            bytes(canary.document),
            server_public(),
            lambda found, c=canary: _differs("its place", c.opener.place, found.body["opener"]),
        )


def _minutes() -> Iterator[Iterator[Fault]]:
    for signed in MinutesSignature.objects.select_related("minutes", "opener").order_by("pk").iterator(AT_ONCE):
        yield _held(
            signed,
            bytes(signed.document),
            signed.opener.signing_key,
            lambda found, s=signed: _differs("its minutes", s.minutes.sha256, found.hash),
        )


def _destructions() -> Iterator[Iterator[Fault]]:
    for destruction in KeyDestruction.objects.select_related("opener").order_by("pk").iterator(AT_ONCE):
        key = destruction.opener.signing_key
        yield _held(destruction, bytes(destruction.document), key, lambda found: iter(()))


_CHECKS = (
    _notices,
    _key_lists,
    _receipts,
    _attachments,
    _closes,
    _stamps,
    _results,
    _calls,
    _requests,
    _releases,
    _minutes,
    _destructions,
)


def _held(row: Model, document: bytes, key: str, compare: Callable[[Document], Iterator[str]]) -> Iterator[Fault]:
    """The faults of one document: its signature, then what it says beside its row."""
    try:
        found = read_document(document, [key], needed=1)
    except (SealError, ValueError) as error:
        yield _fault(row, f"the signature under its document does not hold ({error})")
        return
    try:
        for what in compare(found):
            yield _fault(row, what)
    except (ObjectDoesNotExist, TypeError, ValueError):
        yield _fault(row, "what it refers to is gone or unreadable")


def _fault(row: Model, what: str) -> Fault:
    return Fault(row._meta.db_table, str(row.pk), what)


def _differs(what: str, stored: Any, said: Any) -> Iterator[str]:
    if stored != said:
        yield f"{what}: the row says something else than the signed document"
