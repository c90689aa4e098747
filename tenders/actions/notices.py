"""Signing a tender's notice: at its publication, and anew with every amendment."""

from collections.abc import Collection
from datetime import datetime

from accounts.models import Seat
from sealing.documents import document_hash
from tenders.models import Change, Tender, TenderNotice
from tenders.notice import notice_body
from tenders.signing import sign


def issue_notice(
    tender: Tender,
    *,
    change: Change | None = None,
    documents: Collection[str] | None = None,
    by: Seat,
    now: datetime,
) -> TenderNotice:
    """Sign and keep the notice that the tender, its lots, criteria and current openers make as they stand.

    ``change`` is the approved amendment that asks for it; None at publication. ``documents`` are the hashes of
    those that it names; None: all that are attached. The caller writes document and
    hash onto the tender in the same transaction: from then on bids are sealed to it, and to no other.
    """
    before = tender.notices.order_by("number").last()
    document = sign(
        notice_body(
            tender,
            published_at=now,
            number=before.number + 1 if before else 1,
            amends=before.sha256 if before else "",
            documents=documents,
        )
    )
    return TenderNotice.objects.create(
        tender=tender,
        number=before.number + 1 if before else 1,
        document=document,
        sha256=document_hash(document),
        change=change,
        published_at=now,
        published_by=by,
    )
