"""After lost keys: the call to every bidder to reveal its envelopes' seeds to replacement openers, and what came."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from core.constraints import paired
from core.triggers import Guard, append_only, recorded
from tenders import wall
from tenders.models.bid import Bid, BidVersion
from tenders.models.tender import Tender
from tenders.querysets import RevealCallQuerySet, RevealQuerySet


class RevealCall(models.Model):
    """One officer calls for the seeds, the replacement openers make their keys, another officer publishes the call."""

    tender = models.OneToOneField(Tender, models.PROTECT, related_name="reveal_call")
    reason = models.CharField(max_length=300, help_text=_("Published with the call."))
    due_at = models.DateTimeField(help_text=_("Seeds that are not here before this hour do not come any more."))
    document = models.BinaryField(null=True, help_text=_("Signed document sealed-bid-call/1."))
    sha256 = models.CharField(max_length=64, blank=True, help_text=_("Hash of its body: the terms of the reveals."))
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RevealCallQuerySet.as_manager()

    class Meta:
        constraints = (
            paired("reveal_call", "called"),
            paired("reveal_call", "published"),
            models.CheckConstraint(
                condition=Q(published_at=None, document=None, sha256="")
                | Q(published_at__isnull=False, document__isnull=False) & ~Q(sha256=""),
                name="reveal_call_published_is_signed",
            ),
        )
        triggers = (
            *recorded(
                "reveal_call",
                fills="published_at published_by document sha256",
                changes="reason due_at called_at called_by",
            ),
            Guard(
                name="reveal_call_needs_two_people",
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (SELECT FROM tenders_close WHERE tender_id = NEW.tender_id) THEN
                        RAISE EXCEPTION 'seeds are called for after the close' USING ERRCODE = 'PT003';
                    END IF;
                    IF TG_OP = 'INSERT' AND NEW.published_at IS NOT NULL THEN
                        RAISE EXCEPTION 'a call begins with one person' USING ERRCODE = 'PT006';
                    END IF;
                    IF TG_OP = 'UPDATE' AND (
                        OLD.published_at IS NOT NULL OR OLD.tender_id <> NEW.tender_id
                        OR NEW.published_at IS NOT NULL AND (NEW.reason, NEW.due_at, NEW.called_by_id)
                            IS DISTINCT FROM (OLD.reason, OLD.due_at, OLD.called_by_id)
                    ) THEN
                        RAISE EXCEPTION 'a call is published as it was made, and stays' USING ERRCODE = 'PT006';
                    END IF;
                    IF (SELECT person_id FROM accounts_seat WHERE id = NEW.published_by_id)
                        = (SELECT person_id FROM accounts_seat WHERE id = NEW.called_by_id) THEN
                        RAISE EXCEPTION 'a call needs two people' USING ERRCODE = 'PT006';
                    END IF;
                    RETURN NEW;
                """,
            ),
            Guard(
                name="reveal_call_stays",
                operation=pgtrigger.Delete,
                func="RAISE EXCEPTION 'a call stays on record' USING ERRCODE = 'PT002';",
            ),
        )

    def __str__(self) -> str:
        return str(self.tender)


# Once too few openers are left to open anything, the seeds that were never opened may go; their hashes stay.
SEEDS_MAY_GO = """
    keys_are_gone((SELECT tender_id FROM tenders_bid WHERE id = OLD.bid_id))
    AND to_jsonb(NEW) - '{technical,commercial}'::text[] = to_jsonb(OLD) - '{technical,commercial}'::text[]
    AND (NEW.technical IS NULL OR NEW.technical = OLD.technical)
    AND (NEW.commercial IS NULL OR NEW.commercial = OLD.commercial)
    AND NOT EXISTS (
        SELECT FROM tenders_openedenvelope WHERE version_id = OLD.version_id AND request_id IS NOT NULL
            AND (envelope = 'technical' AND NEW.technical IS NULL OR envelope = 'commercial' AND NEW.commercial IS NULL)
    )
"""


class Reveal(models.Model):
    """The seeds of one bid's envelopes, sealed by its bidder to the openers of the call. Dated by the database."""

    call = models.ForeignKey(RevealCall, models.PROTECT, related_name="reveals")
    bid = models.OneToOneField(Bid, models.PROTECT, related_name="reveal")
    version = models.OneToOneField(BidVersion, models.PROTECT, related_name="reveal")
    technical = models.BinaryField(null=True)
    commercial = models.BinaryField(null=True)
    technical_sha256 = models.CharField(max_length=64, blank=True)
    commercial_sha256 = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField(help_text=_("Set by the database's clock inside the insert."))
    submitted_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = RevealQuerySet.as_manager()
    policies = wall.REVEALS

    class Meta:
        ordering = ("bid",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(technical_sha256="", commercial_sha256=""), name="reveal_has_something"
            ),
        )
        triggers = (
            *append_only("reveal", unless=SEEDS_MAY_GO),
            Guard(
                name="reveal_in_time",
                operation=pgtrigger.Insert,
                declare=[("until", "timestamptz")],
                func="""
                    -- Shared with other reveals, exclusive to the opening, like the bids themselves.
                    PERFORM pg_advisory_xact_lock_shared(hashtextextended('tender', b.tender_id))
                        FROM tenders_bid b WHERE b.id = NEW.bid_id;
                    SELECT c.due_at INTO until FROM tenders_revealcall c
                        JOIN tenders_tender t ON t.id = c.tender_id AND t.status = 'published'
                        JOIN tenders_bidversion v ON v.tender_id = t.id AND v.terms = t.terms
                        WHERE c.id = NEW.call_id AND c.published_at IS NOT NULL
                            AND v.id = NEW.version_id AND v.bid_id = NEW.bid_id AND v.kind = 'bid';
                    IF until IS NULL THEN
                        RAISE EXCEPTION 'nobody has called for the seeds of this bid' USING ERRCODE = 'PT003';
                    END IF;
                    NEW.received_at := platform_clock();
                    IF NEW.received_at >= until THEN
                        RAISE EXCEPTION 'LATE' USING ERRCODE = 'PT001', DETAIL = NEW.received_at::text;
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return str(self.bid)
