"""Sealed attachments of bids, chunk by chunk. Their names and keys lie in the envelopes. Never in an admin."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from core.constraints import paired
from core.triggers import Guard, append_only
from tenders import wall
from tenders.models.bid import Bid
from tenders.querysets import SealedAttachmentQuerySet


class SealedAttachment(models.Model):
    """A sealed attachment that a bidder stores, or has begun to: which chunks it is made of."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="attachments")
    blob = models.CharField(max_length=64, help_text=_("The id, made of the hashes of the sealed chunks."))
    length = models.PositiveBigIntegerField(help_text=_("Bytes of the sealed file."))
    count = models.PositiveIntegerField(help_text=_("How many chunks the file has."))
    hashes = ArrayField(models.CharField(max_length=64), help_text=_("SHA-256 of each sealed chunk, in order."))
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = SealedAttachmentQuerySet.as_manager()
    policies = wall.of_bidders()

    class Meta:
        ordering = ("bid", "pk")
        constraints = (
            models.UniqueConstraint(fields=("bid", "blob"), name="sealed_attachment_once_a_bid"),
            paired("sealed_attachment", "declared"),
        )
        triggers = append_only("sealed_attachment")

    def __str__(self) -> str:
        return f"{self.bid} {self.blob[:16]}"

    @property
    def complete(self) -> bool:
        """Whether every chunk is stored; for rows of ``with_stored``."""
        return len(self.stored) == self.count


# With the envelopes that were never opened go the attachments which only they named; their hashes stay.
CHUNKS_MAY_GO = """
    NEW.data IS NULL AND to_jsonb(NEW) - 'data' = to_jsonb(OLD) - 'data' AND (
        SELECT keys_are_gone(bid.tender_id) FROM tenders_sealedattachment AS attached
        JOIN tenders_bid AS bid ON bid.id = attached.bid_id WHERE attached.id = OLD.attachment_id
    )
"""


class AttachmentChunk(models.Model):
    """One sealed chunk, stored once it proved to be the one declared."""

    attachment = models.ForeignKey(SealedAttachment, models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField(help_text=_("From 0."))
    data = models.BinaryField(null=True)

    policies = wall.of_bidders("(SELECT bid_id FROM tenders_sealedattachment WHERE id = attachment_id)")

    class Meta:
        ordering = ("attachment", "number")
        constraints = (models.UniqueConstraint(fields=("attachment", "number"), name="attachment_chunk_once"),)
        triggers = (
            *append_only("attachment_chunk", unless=CHUNKS_MAY_GO),
            Guard(
                name="attachment_chunk_as_declared",
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM tenders_sealedattachment
                        WHERE id = NEW.attachment_id AND NEW.number < count
                            AND hashes[NEW.number + 1] = encode(sha256(NEW.data), 'hex')
                    ) THEN
                        RAISE EXCEPTION 'not the chunk that was declared' USING ERRCODE = 'PT002';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.attachment} {self.number}"
