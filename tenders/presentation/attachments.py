"""The attachments of opened envelopes: who may have them, and their data as a stream."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import Seat
from accounts.permissions import Permission
from sealing.attachments import opened_chunks
from sealing.envelope import parse
from sealing.payloads import Attachment
from tenders.models import AttachmentChunk, Bid, Evaluator, OpenedEnvelope, SealedAttachment

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')
LONGEST_NAME = 150


@dataclass(frozen=True)
class OpenedAttachment:
    """One attachment that an opened envelope names: number from 1, name and size (bytes) as its bidder gave them."""

    bid: Bid
    envelope: str
    number: int
    blob: str
    inside: Attachment

    @property
    def name(self) -> str:
        return self.inside.name

    @property
    def size(self) -> int:
        return self.inside.size

    @property
    def url(self) -> str:
        return reverse("tenders:attachment", args=[self.bid.reference, self.envelope, self.number])

    @property
    def file_name(self) -> str:
        """The name without anything that a file system or a reader's eye could be deceived by."""
        safe = _UNSAFE.sub("_", self.name).strip(". ")[-LONGEST_NAME:]
        return safe or f"attachment-{self.number}"

    def data(self) -> Iterator[bytes]:
        """The data in parts, one chunk in memory at a time.

        Raises AttachmentError where it does not open as the envelope says, which is the bidder's fault.
        """
        return opened_chunks(self._sealed(), self.inside)

    def _sealed(self) -> Iterator[bytes]:
        stored = SealedAttachment.objects.get(bid=self.bid, blob=self.blob)
        chunks = AttachmentChunk.objects.filter(attachment=stored)
        for number in range(stored.count):
            yield bytes(chunks.values_list("data", flat=True).get(number=number))


def opened_attachments(bid: Bid, envelope: str) -> list[OpenedAttachment]:
    """The attachments of an envelope of a bid; none before it is opened."""
    opened = OpenedEnvelope.objects.filter(bid=bid, envelope=envelope, outcome=OpenedEnvelope.Outcome.OPENED)
    found = opened.select_related("version").first()
    if found is None:
        return []
    blobs = parse(bytes(getattr(found.version, envelope))).header.blobs
    listed: list[dict[str, Any]] = json.loads(found.payload)["attachments"]
    return [
        OpenedAttachment(bid, envelope, number, blob, Attachment(bytes.fromhex(one["key"]), one["name"], one["size"]))
        for number, (blob, one) in enumerate(zip(blobs, listed, strict=True), start=1)
    ]


def may_read_attachments(bid: Bid, seat: Seat) -> bool:
    """Those who judge the bid or watch over that: its evaluators, the agency, the auditors; and its own bidder."""
    if seat.organisation_id == bid.supplier_id or seat.of_the_agency or seat.may(Permission.READ_TRAIL):
        return True
    return Evaluator.objects.filter(tender=bid.tender_id, seat=seat, replaced_at=None).exists()
