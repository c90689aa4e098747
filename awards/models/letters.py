"""What becomes of an award: its letter, signed or not; and to whom it is offered where the winner does not sign."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Seat
from awards.models.decisions import Award
from awards.querysets import AwardLetterQuerySet, NextOfferQuerySet
from core.constraints import paired, positive
from core.fields import AmountField, ChoiceField, PriceField, RatioField
from core.triggers import Guard, recorded


class AwardLetter(models.Model):
    """The letter of a binding award: until when its contract is signed, and how that ended.

    The winner signs a contract that was laid before it (``presented_at``), refuses, or lets its day pass; then the
    agency ends the award. An award that ended is replaced by the next in rank that accepts, or given up.
    """

    class End(models.TextChoices):
        NONE = "", _("stands")
        REFUSED = "refused", _("refused by the winner")
        SILENT = "silent", _("not signed by its day")

    award = models.OneToOneField(Award, models.PROTECT, related_name="letter")
    sign_until = models.DateTimeField(help_text=_("Before this instant the winner signs the contract."))
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    presented_at = models.DateTimeField(null=True, blank=True, help_text=_("When the contract was laid before it."))
    presented_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    end = ChoiceField(End, default=End.NONE)
    end_reason = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    given_up_at = models.DateTimeField(null=True, blank=True, help_text=_("When nobody was left to offer it to."))
    given_up_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AwardLetterQuerySet.as_manager()

    class Meta:
        ordering = ("award",)
        constraints = (
            paired("award_letter", "issued"),
            paired("award_letter", "presented"),
            paired("award_letter", "signed"),
            paired("award_letter", "ended"),
            paired("award_letter", "given_up"),
            models.CheckConstraint(
                condition=Q(end="", ended_at=None, given_up_at=None)
                | ~Q(end="") & Q(ended_at__isnull=False, signed_at=None) & ~Q(end_reason=""),
                name="award_letter_signed_or_ended",
                violation_error_message=_("An award that was signed for does not end so."),
            ),
            models.CheckConstraint(
                condition=~Q(end="silent") | Q(presented_at__isnull=False, ended_at__gte=F("sign_until")),
                name="award_letter_silent_after_its_day",
                violation_error_message=_("The winner can still sign."),
            ),
        )
        indexes = (
            models.Index(
                fields=("sign_until",), condition=Q(signed_at=None, ended_at=None), name="award_letter_unsigned"
            ),
            models.Index(
                fields=("ended_at",), condition=Q(ended_at__isnull=False, given_up_at=None), name="award_letter_ended"
            ),
        )
        triggers = recorded(
            "award_letter",
            fills=(
                "presented_at presented_by signed_at signed_by end end_reason ended_at ended_by given_up_at given_up_by"
            ),
            changes="sign_until",
        )

    def __str__(self) -> str:
        return str(self.award)

    def silent(self, now: datetime) -> bool:
        """Whether the day has passed of a winner that neither signed a contract that lies before it nor refused."""
        unanswered = self.presented_at is not None and self.signed_at is None and self.ended_at is None
        return unanswered and now >= self.sign_until


class NextOffer(models.Model):
    """An award that ended, offered to the next in rank at its own price: accepted or declined before a day, and void
    after it. The agency awards to who accepted."""

    letter = models.ForeignKey(AwardLetter, models.PROTECT, related_name="offers")
    number = models.PositiveSmallIntegerField()
    bid = models.CharField(max_length=20, help_text=_("Reference of the bid."))
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    price = PriceField(help_text=_("Price a pack, as it was bid."))
    pack_size = models.PositiveIntegerField()
    factor = RatioField()
    extra = AmountField(help_text=_("What the volume costs more than at the price of the award that ended."))
    answer_until = models.DateTimeField()
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    decline_reason = models.CharField(max_length=300, blank=True)

    objects = NextOfferQuerySet.as_manager()

    class Meta:
        ordering = ("letter", "number")
        constraints = (
            models.UniqueConstraint(fields=("letter", "number"), name="next_offer_number"),
            models.UniqueConstraint(fields=("letter", "bid"), name="next_offer_once_a_bid"),
            models.UniqueConstraint(
                fields=("letter",), condition=Q(accepted_at__isnull=False), name="next_offer_one_accepted"
            ),
            positive("next_offer", "pack_size"),
            positive("next_offer", "factor"),
            paired("next_offer", "offered"),
            paired("next_offer", "accepted"),
            paired("next_offer", "declined"),
            models.CheckConstraint(
                condition=(Q(accepted_at=None) | Q(declined_at=None, accepted_at__lt=F("answer_until")))
                & (Q(declined_at=None) | Q(declined_at__lt=F("answer_until"))),
                name="next_offer_answered_once_in_time",
                violation_error_message=_("The day for an answer has passed, or it was answered."),
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None, decline_reason="") | Q(declined_at__isnull=False) & ~Q(decline_reason=""),
                name="next_offer_declined_for_a_reason",
            ),
        )
        indexes = (models.Index(fields=("supplier", "answer_until"), name="next_offer_by_supplier"),)
        triggers = (
            *recorded("next_offer", fills="accepted_at accepted_by declined_at declined_by decline_reason"),
            Guard(
                name="next_offer_one_at_a_time",
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT FROM awards_nextoffer AS other
                        WHERE other.letter_id = NEW.letter_id AND other.declined_at IS NULL
                            AND (other.accepted_at IS NOT NULL OR other.answer_until > NEW.offered_at)
                    ) OR NOT EXISTS (
                        SELECT FROM awards_awardletter AS letter
                        WHERE letter.id = NEW.letter_id AND letter.ended_at IS NOT NULL AND letter.given_up_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'an award that ended is offered to one at a time' USING ERRCODE = 'PT007';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.letter} / {self.number}"

    def running(self, now: datetime) -> bool:
        return self.accepted_at is None and self.declined_at is None and now < self.answer_until
