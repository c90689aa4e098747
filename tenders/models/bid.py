"""Sealed bids and their receipts. Nothing here is ever in an admin."""

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
from tenders.models.tender import Lot, Tender
from tenders.querysets import BidQuerySet, BidVersionQuerySet, ReceiptQuerySet

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
