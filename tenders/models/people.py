"""Who opens and who evaluates."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from core.constraints import paired
from core.triggers import Guard, recorded
from tenders.models.tender import Tender


class Opener(models.Model):
    """Who holds the key at one place of a tender. The server knows the public keys only."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="openers")
    place = models.PositiveSmallIntegerField(help_text=_("Position in the key list, from 1."))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    public_key = models.CharField(max_length=130, blank=True, help_text=_("P-256 point, uncompressed, hex."))
    signing_key = models.CharField(max_length=64, blank=True, help_text=_("Ed25519 public key, hex."))
    key_made_at = models.DateTimeField(null=True, blank=True)
    key_proved_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the opener last showed that key file and code are at hand.")
    )
    signed_list = models.BinaryField(
        null=True, help_text=_("The key list sealed-bid-keys/1 as this opener saw and signed it.")
    )
    lost_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the opener declared that nobody can use this key any more.")
    )
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    replace_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("tender", "place", "pk")
        constraints = (
            models.UniqueConstraint(fields=("tender", "place"), condition=Q(replaced_at=None), name="opener_place"),
            models.UniqueConstraint(fields=("tender", "seat"), condition=Q(replaced_at=None), name="opener_once"),
            paired("opener", "replaced"),
            models.CheckConstraint(condition=Q(place__range=(1, 15)), name="opener_place_in_range"),
        )
        triggers = (
            *recorded(
                "opener",
                fills="lost_at replaced_at replaced_by replace_reason",
                changes="public_key signing_key key_made_at key_proved_at signed_list",
            ),
            Guard(
                name="opener_keys_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.public_key <> NEW.public_key OR OLD.signing_key <> NEW.signing_key"),
                func="""
                    IF OLD.replaced_at IS NOT NULL OR EXISTS (
                        SELECT FROM tenders_tendernotice
                        WHERE tender_id = OLD.tender_id AND published_at >= OLD.key_made_at
                        UNION ALL
                        SELECT FROM tenders_revealcall
                        WHERE tender_id = OLD.tender_id AND published_at >= OLD.key_made_at
                    ) THEN
                        RAISE EXCEPTION 'keys that were published stay' USING ERRCODE = 'PT002';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.tender} {self.place}"


class Evaluator(models.Model):
    """Who scores the technical envelopes of a tender, after declaring their interests."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="evaluators")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    expert = models.ForeignKey(
        "Expert", models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Of a drawn member.")
    )
    declared_at = models.DateTimeField(null=True, blank=True)
    declared_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    has_interest = models.BooleanField(default=False)
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    replace_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("tender", "pk")
        constraints = (
            models.UniqueConstraint(fields=("tender", "seat"), condition=Q(replaced_at=None), name="evaluator_once"),
            paired("evaluator", "declared"),
            paired("evaluator", "replaced"),
            models.CheckConstraint(
                condition=Q(declared_by=None) | Q(declared_by=F("seat")),
                name="evaluator_declares_in_person",
                violation_error_message=_("Only the evaluator can make this declaration."),
            ),
        )
        triggers = recorded(
            "evaluator", fills="replaced_at replaced_by replace_reason", changes="declared_at declared_by has_interest"
        )

    def __str__(self) -> str:
        return f"{self.tender} {self.seat_id}"
