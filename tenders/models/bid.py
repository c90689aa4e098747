"""Sealed bids, their receipts, and what the openers released. Nothing here is ever in an admin."""

import json
import secrets
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from catalogue.models import ProductVersion
from core.constraints import paired, positive
from core.fields import ChoiceField
from core.triggers import Guard, append_only, recorded
from tenders import wall
from tenders.models.people import Opener
from tenders.models.tender import Lot, Tender
from tenders.querysets import BidQuerySet, BidVersionQuerySet, OpeningRequestQuerySet, ReceiptQuerySet

_REFERENCE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def random_reference() -> str:
    """A reference that tells nothing of how many bids there are or when they came."""
    return "B-" + "".join(secrets.choice(_REFERENCE_SIGNS) for _position in range(12))


class EnvelopeKind(models.TextChoices):
    TECHNICAL = "technical", _("technical envelope")
    COMMERCIAL = "commercial", _("commercial envelope")


class AskedKind(models.TextChoices):
    """What openers are asked to unlock: the envelopes themselves, or after lost keys their revealed seeds."""

    TECHNICAL = "technical", _("technical envelope")
    COMMERCIAL = "commercial", _("commercial envelope")
    REVEAL_TECHNICAL = "reveal-technical", _("revealed seed of the technical envelope")
    REVEAL_COMMERCIAL = "reveal-commercial", _("revealed seed of the commercial envelope")


class Bid(models.Model):
    """One supplier's offer in one lot, of the products that its rows name. What it says lies sealed in its versions.

    ``product_version`` is the one by which the bid is known: its only product, or the first of several models or of
    the parts of a set.
    """

    reference = models.CharField(max_length=20, unique=True)
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="bids")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="bids")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    product_version = models.ForeignKey(ProductVersion, models.PROTECT, related_name="+")
    registration = models.CharField(
        max_length=60, blank=True, help_text=_("The number that all models of the bid have; empty for one product.")
    )
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = BidQuerySet.as_manager()
    policies = wall.BIDS

    class Meta:
        ordering = ("reference",)
        constraints = (
            models.UniqueConstraint(
                fields=("lot", "supplier", "product_version"),
                name="bid_one_a_product",
                violation_error_message=_("You have a bid with this product in this lot already."),
            ),
            paired("bid", "prepared"),
        )
        indexes = (models.Index(fields=("supplier", "tender"), name="bid_by_supplier"),)
        triggers = recorded("bid")

    def __str__(self) -> str:
        return self.reference

    @property
    def subject(self) -> str:
        """The product by which it is known, and the registration of which it covers all models."""
        return " · ".join(filter(None, (str(self.product_version), self.registration)))


class BidProduct(models.Model):
    """A product that a bid covers, in the version that was current when the bid was begun."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="products")
    product_version = models.ForeignKey(ProductVersion, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField(default=1, help_text=_("Packs of it in a set; 1 otherwise."))
    further = models.BooleanField(
        default=False, help_text=_("Another specification, at the price that follows from the bid's by conversion.")
    )

    policies = wall.of_bidders()

    class Meta:
        ordering = ("bid", "pk")
        constraints = (
            models.UniqueConstraint(fields=("bid", "product_version"), name="bid_product_once"),
            positive("bid_product", "quantity"),
            models.CheckConstraint(condition=Q(further=False) | Q(quantity=1), name="bid_product_further_is_no_part"),
        )
        triggers = append_only("bid_product")

    def __str__(self) -> str:
        return f"{self.bid} {self.product_version}"


# Once too few openers are left to open anything, what was never opened may go; its hashes stay.
SEALS_MAY_GO = """
    keys_are_gone(OLD.tender_id)
    AND to_jsonb(NEW) - '{technical,commercial}'::text[] = to_jsonb(OLD) - '{technical,commercial}'::text[]
    AND (NEW.technical IS NULL OR NEW.technical = OLD.technical)
    AND (NEW.commercial IS NULL OR NEW.commercial = OLD.commercial)
    AND NOT EXISTS (
        SELECT FROM tenders_openedenvelope WHERE version_id = OLD.id AND request_id IS NOT NULL
            AND (envelope = 'technical' AND NEW.technical IS NULL OR envelope = 'commercial' AND NEW.commercial IS NULL)
    )
"""


class BidVersion(models.Model):
    """One submission or withdrawal. The database dates it, and refuses it from the deadline on."""

    class Kind(models.TextChoices):
        BID = "bid", _("bid")
        WITHDRAWAL = "withdrawal", _("withdrawal")

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="versions")
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = ChoiceField(Kind)
    technical = models.BinaryField(null=True)
    commercial = models.BinaryField(null=True)
    technical_com = models.CharField(max_length=64, blank=True)
    technical_sha256 = models.CharField(max_length=64, blank=True)
    commercial_com = models.CharField(max_length=64, blank=True)
    commercial_sha256 = models.CharField(max_length=64, blank=True)
    assertion = models.BinaryField(
        default=b"", help_text=_("The passkey's assertion over the submission, as it was checked; empty without one.")
    )
    signed_with = models.JSONField(
        default=list, help_text=_("The hashes of the manifests of all submissions that the assertion is over.")
    )
    terms = models.CharField(
        max_length=64, blank=True, help_text=_("Hash of the notice that it is sealed to; empty for a withdrawal.")
    )
    submission_key = models.CharField(
        max_length=80, help_text=_("The client's key: the same one is the same submission.")
    )
    received_at = models.DateTimeField(help_text=_("Set by the database's clock inside the insert."))
    submitted_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = BidVersionQuerySet.as_manager()
    policies = wall.of_bidders()

    class Meta:
        ordering = ("bid", "number")
        constraints = (
            models.UniqueConstraint(fields=("bid", "number"), name="bid_version_number"),
            models.UniqueConstraint(fields=("bid", "submission_key"), name="bid_version_submitted_once"),
            models.CheckConstraint(
                condition=Q(kind="bid") & ~Q(commercial_sha256="") & ~Q(terms="")
                | Q(kind="withdrawal", technical=None, commercial=None, terms=""),
                name="bid_version_has_its_envelopes",
            ),
        )
        triggers = (
            *append_only("bid_version", unless=SEALS_MAY_GO),
            Guard(
                name="bid_version_in_time",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("open_until", "timestamptz"), ("asked", "varchar")],
                func="""
                    -- Shared with other bids, exclusive to the opening: whoever opens waits for us.
                    PERFORM pg_advisory_xact_lock_shared(hashtextextended('tender', NEW.tender_id));
                    SELECT deadline, terms INTO open_until, asked FROM tenders_tender
                        WHERE id = NEW.tender_id AND status = 'published';
                    NEW.received_at := platform_clock();
                    IF open_until IS NULL OR NEW.received_at >= open_until
                        OR EXISTS (SELECT FROM tenders_close WHERE tender_id = NEW.tender_id) THEN
                        RAISE EXCEPTION 'LATE' USING ERRCODE = 'PT001', DETAIL = NEW.received_at::text;
                    END IF;
                    IF NEW.kind = 'bid' AND NEW.terms <> asked THEN
                        RAISE EXCEPTION 'AMENDED' USING ERRCODE = 'PT004', DETAIL = NEW.received_at::text;
                    END IF;
                    IF NEW.tender_id <> (SELECT tender_id FROM tenders_bid WHERE id = NEW.bid_id) THEN
                        RAISE EXCEPTION 'the bid belongs to another tender';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.bid} v{self.number}"


class Receipt(models.Model):
    """What the platform signed about one submission, withdrawal or refusal, byte for byte."""

    class Kind(models.TextChoices):
        BID = "bid", _("bid")
        WITHDRAWAL = "withdrawal", _("withdrawal")
        REFUSAL = "refusal", _("refusal")

    class Reason(models.TextChoices):
        NONE = "", _("none")
        LATE = "late", _("The deadline had passed when it arrived.")
        CANCELLED = "cancelled", _("The tender was cancelled.")
        SUPERSEDED = "superseded", _("Another version of this bid arrived first. Seal again as the next version.")
        AMENDED = "amended", _("The tender was amended after this bid was sealed. Seal it again to the new notice.")
        NOT_AS_SEALED = "not_as_sealed", _("The file is not an envelope sealed for this bid under this notice.")
        ENVELOPE_MISSING = "envelope_missing", _("An envelope is missing.")
        ENVELOPE_TOO_MANY = "envelope_too_many", _("This tender takes the commercial envelope only.")
        TOO_LARGE = "too_large", _("More arrived than two sealed envelopes can be. Nothing of it was kept.")
        ATTACHMENT_MISSING = "attachment_missing", _("The envelope names an attachment that is not stored here.")

    kind = ChoiceField(Kind)
    reason = ChoiceField(Reason, default=Reason.NONE, help_text=_("Why a submission was refused."))
    bid = models.ForeignKey(Bid, models.PROTECT, related_name="receipts")
    version = models.OneToOneField(BidVersion, models.PROTECT, null=True, related_name="receipt")
    submission_key = models.CharField(max_length=80)
    document = models.BinaryField(help_text=_("Signed document sealed-bid-receipt/1."))
    sha256 = models.CharField(max_length=64, help_text=_("Hash of the document's body."))
    received_at = models.DateTimeField()

    objects = ReceiptQuerySet.as_manager()
    policies = wall.of_bidders()

    class Meta:
        ordering = ("bid", "pk")
        constraints = (
            models.CheckConstraint(
                condition=(Q(kind="refusal", version=None) & ~Q(reason=""))
                | (~Q(kind="refusal") & Q(version__isnull=False, reason="")),
                name="receipt_of_a_version_or_refusal",
            ),
            models.UniqueConstraint(fields=("bid", "submission_key"), name="receipt_once_a_submission"),
        )
        triggers = append_only("receipt")

    def __str__(self) -> str:
        return f"{self.bid} {self.kind}"

    @property
    def body(self) -> bytes:
        """The document's body, whose hash chains receipts and whose leaf stands in the close's tree."""
        return bytes(self.document).partition(b"\n")[0]

    @property
    def fields(self) -> dict[str, Any]:
        """What the document says."""
        return json.loads(self.body)


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
