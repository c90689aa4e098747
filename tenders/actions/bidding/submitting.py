"""Submitting and withdrawing, and the receipt that proves either, or a refusal.

The database dates a submission and decides whether it is in time: its trigger takes the tender's lock,
shared with other bids and exclusive to the close, and reads the clock after that. So everything slow is
done before, and the version is written last.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from core.actions import action
from core.clock import database_clock
from core.errors import Conflict, Denied, Refused
from core.events import record
from core.models import Event
from sealing.documents import document_hash
from sealing.envelope import Requirements, Slot, check_upload, parse
from sealing.errors import SealError
from sealing.primitives import sha256
from tenders.actions.bidding.notice import asked_of
from tenders.actions.bidding.proof import checked_proof
from tenders.models import Bid, BidVersion, EnvelopeKind, Receipt, Tender, Verb
from tenders.notice import PublishedNotice
from tenders.rules.receipts import Sealed, Statement
from tenders.signing import sign

LATE_STATE = "PT001"  # how the trigger of the versions says that the deadline has come
AMENDED_STATE = "PT004"  # and that the notice which the bid is sealed to no longer holds
Reason = Receipt.Reason


@dataclass(frozen=True)
class Submission:
    """The sealed files of one submission, and the client's key: the same key is the same submission.

    ``assertion`` is what the bidder's passkey made of the submission's manifest, if it did.
    """

    key: str
    technical: bytes | None = field(default=None, repr=False)
    commercial: bytes | None = field(default=None, repr=False)
    assertion: dict[str, Any] | None = field(default=None, repr=False)

    @property
    def hashes(self) -> tuple[str, str]:
        """SHA-256 of the technical and the commercial file, empty where there is none."""
        return (sha256(self.technical) if self.technical else "", sha256(self.commercial) if self.commercial else "")


class SubmissionRefused(Refused):
    """A submission that is not taken, and whose refusal is worth a receipt.

    ``received_at`` is the instant at which the database refused it; None where it never came that far.
    """

    def __init__(self, reason: Receipt.Reason, *, field: str = "", received_at: datetime | None = None) -> None:
        super().__init__(str(reason.label), field=field, code=reason.value)
        self.reason = reason
        self.received_at = received_at


@action
def submit_bid(*, bid: Bid, submission: Submission, by: Seat, now: datetime) -> Receipt:
    """Store the next version of a bid, sealed, and its signed receipt.

    The same submission gets the same receipt. Raises SubmissionRefused for files that do not agree with
    the notice, for a version that somebody else has submitted meanwhile, and from the deadline on, whatever else is
    wrong then.
    """
    require_own(bid, by)
    with _late_before_all_else(bid):
        sealed = _checked(bid, submission)
        earlier = _held(bid, submission)
        if earlier is not None:
            return earlier
        statement = _statement(bid, Receipt.Kind.BID, sealed=sealed)
        if {envelope.version for envelope in sealed.values()} != {statement.version}:
            raise SubmissionRefused(Reason.SUPERSEDED)
        return _hand_in(statement, bid=bid, submission=submission, by=by, now=now)


@action
def withdraw_bid(
    *, bid: Bid, submission_key: str, by: Seat, now: datetime, assertion: dict[str, Any] | None = None
) -> Receipt:
    """Withdraw a bid before the deadline. Its envelopes stay sealed for ever; a new version revives it."""
    require_own(bid, by)
    submission = Submission(submission_key, assertion=assertion)
    earlier = _held(bid, submission)
    if earlier is not None:
        return earlier
    if not bid.versions.submitted().exists():
        raise Refused(_("There is nothing to withdraw: no version of this bid stands."), code="not_standing")
    with _late_before_all_else(bid):
        return _hand_in(_statement(bid, Receipt.Kind.WITHDRAWAL), bid=bid, submission=submission, by=by, now=now)


@action
def record_refusal(*, bid: Bid, submission: Submission, refusal: SubmissionRefused, by: Seat, now: datetime) -> Receipt:
    """Keep a refusal after the refused transaction was undone: a receipt with reason, hashes and instant."""
    require_own(bid, by)
    earlier = _held(bid, submission)
    if earlier is not None:
        return earlier
    statement = _statement(bid, Receipt.Kind.REFUSAL, sealed=_legible(submission), reason=refusal.reason.value)
    _tell(Verb.BID_REFUSED, bid, by, now, reason=refusal.reason.label)
    return _receipt(statement, bid, submission, refusal.received_at or database_clock())


def submit_or_record_refusal(*, bid: Bid, submission: Submission, by: Seat, now: datetime) -> Receipt:
    """Submit, and where that is refused keep the refusal. Either way there is a receipt; its kind tells which."""
    try:
        return submit_bid(bid=bid, submission=submission, by=by, now=now)
    except SubmissionRefused as refusal:
        return record_refusal(bid=bid, submission=submission, refusal=refusal, by=by, now=now)


def withdraw_or_record_refusal(
    *, bid: Bid, submission_key: str, by: Seat, now: datetime, assertion: dict[str, Any] | None = None
) -> Receipt:
    """Withdraw, and where that comes too late keep the refusal."""
    try:
        return withdraw_bid(bid=bid, submission_key=submission_key, by=by, now=now, assertion=assertion)
    except SubmissionRefused as refusal:
        return record_refusal(bid=bid, submission=Submission(submission_key), refusal=refusal, by=by, now=now)


def refuse_unread(*, bid: Bid, submission_key: str, by: Seat, now: datetime) -> Receipt:
    """Keep the refusal of a submission that was too large to be read: late, where the deadline had come."""
    require_own(bid, by)
    refusal = _late(bid) or SubmissionRefused(Reason.TOO_LARGE)
    return record_refusal(bid=bid, submission=Submission(submission_key), refusal=refusal, by=by, now=now)


def missing_attachments(bid: Bid, file: bytes | None) -> list[tuple[int, str]]:
    """The attachments that a sealed file names and that are not fully stored: place (from 1) and id of each."""
    return _missing(bid, parse(file).header.blobs) if file else []


def _missing(bid: Bid, blobs: Sequence[str]) -> list[tuple[int, str]]:
    if not blobs:
        return []
    stored = set(bid.attachments.filter(blob__in=blobs).complete().values_list("blob", flat=True))
    return [(place, blob) for place, blob in enumerate(blobs, start=1) if blob not in stored]


def require_own(bid: Bid, by: Seat) -> None:
    """Raise Denied unless the seat bids, and for the supplier whose bid it is."""
    require(by, Permission.BID)
    if bid.supplier_id != by.organisation_id:
        raise Denied(Permission.BID)


@contextmanager
def _late_before_all_else(bid: Bid) -> Iterator[None]:
    """From the deadline on a submission is late, and nothing else: not superseded, and not as it was sealed either.

    Asked only of what is refused. What would be taken is held against the clock by the database, in its insert.
    """
    try:
        yield
    except Conflict:
        raise
    except Refused as refusal:
        dated = isinstance(refusal, SubmissionRefused) and refusal.received_at
        late = None if dated else _late(bid)
        if late is None:
            raise
        raise late from None


def _late(bid: Bid) -> SubmissionRefused | None:
    """The refusal of whatever comes for a bid now, where the deadline has come or the tender was cancelled."""
    instant = database_clock()
    published = Tender.objects.filter(pk=bid.tender_id, status=Tender.Status.PUBLISHED)
    if published.filter(deadline__gt=instant, close=None).exists():
        return None
    return SubmissionRefused(_why_late(bid), received_at=instant)


def _checked(bid: Bid, submission: Submission) -> dict[str, Sealed]:
    """What the files say of themselves, once they agree with the notice and with each other."""
    files = {EnvelopeKind.TECHNICAL: submission.technical, EnvelopeKind.COMMERCIAL: submission.commercial}
    if bid.tender.envelopes == 1 and submission.technical is None:
        del files[EnvelopeKind.TECHNICAL]
    if None in files.values():
        raise SubmissionRefused(Reason.ENVELOPE_MISSING)
    if bid.tender.envelopes == 1 and len(files) > 1:
        raise SubmissionRefused(Reason.ENVELOPE_TOO_MANY, field=EnvelopeKind.TECHNICAL)
    published = PublishedNotice.of(bid.lot.tender)
    return {
        kind.value: _checked_file(bid, asked_of(published, bid.lot, kind.value), kind.value, file)
        for kind, file in files.items()
        if file is not None
    }


def _checked_file(bid: Bid, asked: Requirements, kind: str, file: bytes) -> Sealed:
    try:
        parsed = parse(file)
        slot = Slot(bid.supplier.credit_code, bid.reference, parsed.header.version, kind)
        check_upload(parsed, asked, slot)
    except SealError as error:
        if error.where == "terms" and bid.tender.notices.filter(sha256=parse(file).header.terms).exists():
            raise SubmissionRefused(Reason.AMENDED, field=kind) from None
        raise SubmissionRefused(Reason.NOT_AS_SEALED, field=f"{kind}.{error.where}") from None
    if _missing(bid, parsed.header.blobs):
        raise SubmissionRefused(Reason.ATTACHMENT_MISSING, field=kind)
    return Sealed(com=parsed.header.com, sha256=sha256(file), version=parsed.header.version)


def _legible(submission: Submission) -> dict[str, Sealed]:
    """What can be said in a refusal about files that may be anything: nothing about those that are not sealed."""
    found = {}
    for kind, file in (("technical", submission.technical), ("commercial", submission.commercial)):
        try:
            header = parse(file or b"").header
        except SealError:
            continue
        found[kind] = Sealed(com=header.com, sha256=sha256(file or b""), version=header.version)
    return found


def _held(bid: Bid, submission: Submission) -> Receipt | None:
    """Hold the bid until commit, so that its versions come one after another; the receipt that the submission has
    already, if it has one."""
    Bid.objects.select_for_update(no_key=True).get(pk=bid.pk)
    earlier = bid.receipts.filter(submission_key=submission.key).select_related("version").first()
    if earlier is None:
        return None
    if earlier.version and (earlier.version.technical_sha256, earlier.version.commercial_sha256) != submission.hashes:
        raise Conflict(_("This submission key was used for another submission. Send a new key."), code="key_reused")
    return earlier


def _statement(
    bid: Bid, kind: Receipt.Kind, *, sealed: Mapping[str, Sealed] | None = None, reason: str = ""
) -> Statement:
    """What is said of the next version of a bid that is held, chained to the receipt before it."""
    tender = bid.lot.tender
    before = bid.receipts.order_by("-pk").values_list("sha256", flat=True).first()
    return Statement(
        kind=kind.value,
        tender=tender.reference,
        lot=bid.lot.key,
        bid=bid.reference,
        terms=tender.terms,
        supplier=bid.supplier.credit_code,
        version=bid.versions.count() + 1,
        prev=before or "",
        reason=reason,
        sealed=sealed or {},
    )


def _hand_in(statement: Statement, *, bid: Bid, submission: Submission, by: Seat, now: datetime) -> Receipt:
    """Store the version that a statement is about, which the database dates, and its receipt."""
    proof = checked_proof(by=by, manifest=statement.manifest(), assertion=submission.assertion, now=now)
    version = BidVersion(
        bid=bid,
        tender_id=bid.tender_id,
        number=statement.version,
        kind=statement.kind,
        terms=statement.terms if statement.sealed else "",
        technical=submission.technical,
        commercial=submission.commercial,
        assertion=proof.document,
        signed_with=list(proof.manifests),
        submission_key=submission.key,
        received_at=now,
        submitted_by=by,
        **_columns(statement.sealed),
    )
    _store(version)
    verb = Verb.BID_RECEIVED if version.kind == BidVersion.Kind.BID else Verb.BID_WITHDRAWN
    _tell(verb, bid, by, now, version=version.number)
    return _receipt(statement.proved(proof.document), bid, submission, version.received_at, version)


def _columns(sealed: Mapping[str, Sealed]) -> dict[str, str]:
    commitments = {f"{kind}_com": envelope.com for kind, envelope in sealed.items()}
    return commitments | {f"{kind}_sha256": envelope.sha256 for kind, envelope in sealed.items()}


def _store(version: BidVersion) -> None:
    """Write a version, whose ``received_at`` is then the database's instant. Refused from the deadline on."""
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except DatabaseError as error:
        cause = error.__cause__
        if not isinstance(cause, psycopg.Error) or cause.sqlstate not in (LATE_STATE, AMENDED_STATE):
            raise
        raise SubmissionRefused(
            Reason.AMENDED if cause.sqlstate == AMENDED_STATE else _why_late(version.bid),
            received_at=datetime.fromisoformat(cause.diag.message_detail or ""),
        ) from None
    version.refresh_from_db(fields=["received_at"])


def _why_late(bid: Bid) -> Receipt.Reason:
    cancelled = Tender.objects.filter(pk=bid.tender_id, status=Tender.Status.CANCELLED).exists()
    return Reason.CANCELLED if cancelled else Reason.LATE


def _receipt(
    statement: Statement, bid: Bid, submission: Submission, received_at: datetime, version: BidVersion | None = None
) -> Receipt:
    """Sign and store the receipt of a statement."""
    document = sign(statement.body(received_at))
    receipt = Receipt(
        kind=statement.kind,
        reason=statement.reason,
        bid=bid,
        version=version,
        submission_key=submission.key,
        document=document,
        sha256=document_hash(document),
        received_at=received_at,
    )
    receipt.save(force_insert=True)
    return receipt


def _tell(verb: Verb, bid: Bid, by: Seat, now: datetime, **data: Any) -> None:
    """An event for the supplier and the auditors alone: that a bid exists is a secret too."""
    record(verb, bid.reference, by=by, now=now, audience=Event.Audience.NAMED, **data)
