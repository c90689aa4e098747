"""The close, what the openers are asked for and release, and what came out. Nothing here is ever in an admin."""

import json
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from core.constraints import paired
from core.fields import ChoiceField
from core.triggers import Guard, append_only
from tenders import wall
from tenders.models.bid import AskedKind, Bid, BidVersion, EnvelopeKind
from tenders.models.people import Opener
from tenders.models.tender import Lot, Tender
from tenders.querysets import OpeningRequestQuerySet


class Close(models.Model):
    """The signed statement made when a tender's deadline has passed: how many bids stand, and their root."""

    tender = models.OneToOneField(Tender, models.PROTECT, related_name="close")
    document = models.BinaryField(help_text=_("Signed document sealed-bid-close/1."))
    sha256 = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    closed_at = models.DateTimeField()

    class Meta:
        triggers = append_only("close")

    def __str__(self) -> str:
        return str(self.tender)

    @property
    def body(self) -> bytes:
        """The document's body, over which the openers and an outside authority sign."""
        return bytes(self.document).partition(b"\n")[0]


class TimeStamp(models.Model):
    """What an outside authority signed about a close: that it existed at an instant of the authority's clock."""

    close = models.OneToOneField(Close, models.PROTECT, related_name="time_stamp")
    token = models.BinaryField(help_text=_("Token of RFC 3161, in DER, over the SHA-256 of the close's body."))
    stamped_at = models.DateTimeField(help_text=_("By the authority's clock."))

    class Meta:
        triggers = append_only("time_stamp")

    def __str__(self) -> str:
        return str(self.close)


class OpeningRequest(models.Model):
    """The published list of envelopes of one lot that the openers are asked to unlock."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="opening_requests")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="opening_requests")
    envelope = ChoiceField(AskedKind)
    document = models.BinaryField(help_text=_("Signed document sealed-bid-request/2."))
    sha256 = models.CharField(max_length=64)
    listed = models.PositiveIntegerField(help_text=_("How many envelopes the document lists."))
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = OpeningRequestQuerySet.as_manager()

    class Meta:
        ordering = ("tender", "lot__number", "pk")
        constraints = (
            models.UniqueConstraint(fields=("lot", "envelope"), name="opening_request_once"),
            paired("opening_request", "requested"),
        )
        triggers = (
            *append_only("opening_request"),
            Guard(
                name="opening_request_in_order",
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT FROM tenders_close WHERE tender_id = NEW.tender_id) THEN
                        RAISE EXCEPTION 'nobody is asked to open before the close' USING ERRCODE = 'PT003';
                    END IF;
                    IF (NEW.envelope LIKE 'reveal-%') IS DISTINCT FROM EXISTS (
                        SELECT FROM tenders_revealcall
                        WHERE tender_id = NEW.tender_id AND published_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'seeds are asked for after a call, and then nothing else'
                            USING ERRCODE = 'PT003';
                    END IF;
                    IF EXISTS (
                        SELECT FROM tenders_revealcall WHERE tender_id = NEW.tender_id AND due_at > platform_clock()
                    ) THEN
                        RAISE EXCEPTION 'the hour of the call has not come' USING ERRCODE = 'PT003';
                    END IF;
                    IF NEW.envelope LIKE '%commercial' AND NOT EXISTS (
                        SELECT FROM tenders_lot lot
                        JOIN tenders_technicalresult result ON result.id = lot.technical_result_id
                        WHERE lot.id = NEW.lot_id AND result.final_at <= platform_clock()
                    ) THEN
                        RAISE EXCEPTION 'prices wait for a final technical result' USING ERRCODE = 'PT003';
                    END IF;
                    IF NEW.envelope LIKE '%commercial' AND EXISTS (
                        SELECT FROM tenders_hold WHERE lot_id = NEW.lot_id AND lifted_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'the lot is held' USING ERRCODE = 'PT003';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.lot} {self.envelope}"

    @property
    def opens(self) -> EnvelopeKind:
        """Which envelopes it opens, whether they are asked for themselves or by their revealed seeds."""
        return EnvelopeKind(self.envelope.removeprefix("reveal-"))

    @property
    def by_reveal(self) -> bool:
        """Whether it asks for revealed seeds, after a call."""
        return self.envelope.startswith("reveal-")

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The document's list: bid, com, leaf, sha256, supplier and version of each envelope, by bid."""
        return json.loads(bytes(self.document).partition(b"\n")[0])["list"]


class Release(models.Model):
    """One opener's answer to a request: a signed list of share hashes, and the shares themselves."""

    request = models.ForeignKey(OpeningRequest, models.PROTECT, related_name="releases")
    opener = models.ForeignKey(Opener, models.PROTECT, related_name="releases")
    document = models.BinaryField(help_text=_("Signed document sealed-bid-release/1."))
    shares = models.JSONField(help_text=_("Shares in hex, in the order of the request's list; empty where it failed."))
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("request", "opener__place")
        constraints = (
            models.UniqueConstraint(fields=("request", "opener"), name="release_once_an_opener"),
            paired("release", "released"),
        )
        triggers = append_only("release")

    def __str__(self) -> str:
        return f"{self.request} {self.opener_id}"


class OpenedEnvelope(models.Model):
    """What came out of one envelope of the last version of a standing bid."""

    class Outcome(models.TextChoices):
        OPENED = "opened", _("opened")
        BIDDER_FAULT = "bidder_fault", _("not readable through the bidder's fault")
        UNREADABLE = "unreadable", _("not readable with the shares released")
        NOT_REVEALED = "not_revealed", _("not revealed")

    version = models.ForeignKey(BidVersion, models.PROTECT, related_name="opened")
    bid = models.ForeignKey(Bid, models.PROTECT, related_name="opened")
    request = models.ForeignKey(
        OpeningRequest,
        models.PROTECT,
        null=True,
        related_name="opened",
        help_text=_("Empty for what its bidder did not reveal: nobody was asked for it."),
    )
    envelope = ChoiceField(EnvelopeKind)
    outcome = ChoiceField(Outcome)
    payload = models.TextField(blank=True, help_text=_("Canonical JSON, as it was sealed."))
    seed = models.CharField(max_length=64, blank=True)
    wrong_openers = models.JSONField(default=list)
    qualification = models.ForeignKey(
        "Qualification",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("The pass without which no price is opened."),
    )
    opened_at = models.DateTimeField()

    policies = wall.JUDGED

    class Meta:
        ordering = ("bid", "envelope")
        constraints = (
            models.UniqueConstraint(fields=("bid", "envelope"), name="opened_envelope_once"),
            models.CheckConstraint(
                condition=Q(outcome="not_revealed", request=None, payload="", seed="")
                | ~Q(outcome="not_revealed") & Q(request__isnull=False),
                name="opened_envelope_was_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(envelope="technical") | Q(qualification__isnull=False),
                name="commercial_envelope_needs_a_pass",
                violation_error_message=_("A price is opened only for a bid that passed the technical envelope."),
            ),
        )
        triggers = (
            *append_only("opened_envelope"),
            Guard(
                name="opened_envelope_in_order",
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.outcome = 'not_revealed' THEN
                        IF NOT EXISTS (
                            SELECT FROM tenders_revealcall c
                            JOIN tenders_bidversion v ON v.tender_id = c.tender_id AND v.id = NEW.version_id
                                AND v.bid_id = NEW.bid_id
                            WHERE c.published_at IS NOT NULL AND c.due_at <= platform_clock()
                        ) OR EXISTS (
                            SELECT FROM tenders_reveal r WHERE r.version_id = NEW.version_id
                                AND CASE NEW.envelope WHEN 'technical' THEN r.technical_sha256
                                    ELSE r.commercial_sha256 END <> ''
                        ) THEN
                            RAISE EXCEPTION 'silence is said after the hour of the call, of who was silent'
                                USING ERRCODE = 'PT003';
                        END IF;
                    ELSIF NOT EXISTS (
                        SELECT FROM tenders_openingrequest r
                        JOIN tenders_close c ON c.tender_id = r.tender_id
                        JOIN tenders_bid b ON b.lot_id = r.lot_id AND b.id = NEW.bid_id
                        JOIN tenders_tender t ON t.id = r.tender_id
                        JOIN tenders_bidversion v ON v.bid_id = b.id AND v.id = NEW.version_id AND v.kind = 'bid'
                            AND v.terms = t.terms
                        WHERE r.id = NEW.request_id AND (
                            r.envelope = NEW.envelope
                            OR r.envelope = 'reveal-' || NEW.envelope AND EXISTS (
                                SELECT FROM tenders_reveal WHERE version_id = NEW.version_id)
                        )
                    ) THEN
                        RAISE EXCEPTION 'an envelope is opened only on request' USING ERRCODE = 'PT003';
                    END IF;
                    IF NEW.envelope = 'commercial' AND NOT EXISTS (
                        SELECT FROM tenders_qualification q
                        JOIN tenders_bid b ON b.id = q.bid_id
                        JOIN tenders_lot l ON l.id = b.lot_id AND l.technical_result_id = q.result_id
                        JOIN tenders_technicalresult t ON t.id = q.result_id
                        WHERE q.id = NEW.qualification_id AND q.bid_id = NEW.bid_id
                            AND q.verdict = 'qualified' AND t.final_at <= platform_clock()
                    ) THEN
                        RAISE EXCEPTION 'a price is opened only for a bid that passed' USING ERRCODE = 'PT003';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.bid} {self.envelope}"
