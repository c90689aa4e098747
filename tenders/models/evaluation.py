"""From opened technical envelopes to ranked prices: reviews, scores, verdicts, ranks.

What is judged of technical envelopes carries the round in which it was: an upheld objection lets a lot's bids be
judged again (``tenders.models.round``). Only the last round counts, and each queryset's ``standing`` finds it."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Seat
from catalogue.models import ProductVersion
from core.constraints import paired, positive
from core.fields import ChoiceField, PointsField, PriceField, RatioField
from core.triggers import Guard, append_only, recorded
from tenders import wall
from tenders.models.bid import Bid
from tenders.models.people import Evaluator
from tenders.models.tender import Criterion, Lot
from tenders.querysets import BidJudgementQuerySet, LotJudgementQuerySet, QualificationQuerySet

# What was signed is neither changed nor taken away, in the round in which it was signed.
SIGNED_STAYS = """
    IF EXISTS (
        SELECT FROM tenders_evaluationsignature signature JOIN tenders_bid bid ON bid.lot_id = signature.lot_id
        WHERE bid.id = OLD.bid_id AND signature.round = OLD.round AND {by}
    ) THEN
        RAISE EXCEPTION 'what evaluators signed stays' USING ERRCODE = 'PT002';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class FormalReview(models.Model):
    """Whether a bid meets the formal requirements; without a pass it is not scored."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="formal_reviews")
    round = models.PositiveSmallIntegerField(default=1)
    passed = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = BidJudgementQuerySet.as_manager()
    policies = wall.JUDGED

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("bid", "round"), name="formal_review_once_a_round"),
            paired("formal_review", "reviewed"),
            models.CheckConstraint(
                condition=Q(passed=True) | ~Q(reason=""),
                name="formal_review_failure_has_a_reason",
                violation_error_message=_("Say which requirement is not met."),
            ),
        )
        triggers = (
            *recorded("formal_review", changes="passed reason reviewed_at reviewed_by", removed=True),
            Guard(
                name="formal_review_signed_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=SIGNED_STAYS.format(by="true"),
            ),
        )

    def __str__(self) -> str:
        return str(self.bid)


class Score(models.Model):
    """Points that one evaluator gives one bid for one criterion."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    evaluator = models.ForeignKey(Evaluator, models.PROTECT, related_name="scores")
    round = models.PositiveSmallIntegerField(default=1)
    points = PointsField()
    scored_at = models.DateTimeField()
    scored_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = BidJudgementQuerySet.as_manager()
    policies = wall.JUDGED

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("bid", "criterion", "evaluator", "round"), name="score_once_a_round"),
            paired("score", "scored"),
            models.CheckConstraint(condition=Q(points__gte=0), name="score_not_negative"),
        )
        triggers = (
            *recorded("score", changes="points scored_at scored_by", removed=True),
            Guard(
                name="score_signed_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=SIGNED_STAYS.format(by="signature.evaluator_id = OLD.evaluator_id"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.bid} {self.criterion_id}: {self.points}"


class EvaluationSignature(models.Model):
    """An evaluator's signature under the scores of one lot; from then on these do not change."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="signatures")
    evaluator = models.ForeignKey(Evaluator, models.PROTECT, related_name="signatures")
    round = models.PositiveSmallIntegerField(default=1)
    assertion = models.BinaryField(
        default=b"", help_text=_("The passkey's assertion over the evaluator's sheet; empty without one.")
    )
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    objects = LotJudgementQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("lot", "evaluator", "round"), name="evaluation_signed_once_a_round"),
            paired("evaluation_signature", "signed"),
        )
        triggers = append_only("evaluation_signature")

    def __str__(self) -> str:
        return f"{self.lot} {self.evaluator_id}"


class TechnicalResult(models.Model):
    """The published verdict of a round on the technical envelopes of one lot. Only the one that stands lets prices be
    opened: ``Lot.technical_result``."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="technical_results")
    round = models.PositiveSmallIntegerField(default=1)
    document = models.BinaryField(help_text=_("Signed document sealed-bid-result/2."))
    report = models.BinaryField(help_text=_("The evaluation report whose hash the document names."))
    sha256 = models.CharField(max_length=64)
    final_at = models.DateTimeField(help_text=_("When its objection time is over and prices may be opened."))
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("lot", "round")
        constraints = (
            models.UniqueConstraint(fields=("lot", "round"), name="technical_result_once_a_round"),
            paired("technical_result", "published"),
        )
        triggers = append_only("technical_result")

    def __str__(self) -> str:
        return str(self.lot)


class Qualification(models.Model):
    """The verdict on one technical envelope, with its score and the sentence that explains it."""

    class Verdict(models.TextChoices):
        QUALIFIED = "qualified", _("qualified")
        NOT_QUALIFIED = "not_qualified", _("not qualified")
        NOT_SHORTLISTED = "not_shortlisted", _("not shortlisted")
        FORMAL = "formal", _("formal requirement not met")
        UNREADABLE = "unreadable", _("technical envelope not readable")

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="qualifications")
    result = models.ForeignKey(TechnicalResult, models.PROTECT, related_name="qualifications")
    verdict = ChoiceField(Verdict)
    score = PointsField(null=True)
    arithmetic = models.JSONField(default=dict, help_text=_("What the verdict was computed from, step by step."))

    objects = QualificationQuerySet.as_manager()
    policies = wall.JUDGED

    class Meta:
        ordering = ("result", "-score", "bid__reference")
        constraints = (models.UniqueConstraint(fields=("bid", "result"), name="qualification_once_a_result"),)
        triggers = append_only("qualification")

    def __str__(self) -> str:
        return f"{self.bid} {self.verdict}"


class Ranking(models.Model):
    """One opened price: its comparable price as an exact fraction, whether it is valid, and its rank."""

    class Verdict(models.TextChoices):
        VALID = "valid", _("valid")
        ABOVE_CEILING = "above_ceiling", _("above the ceiling price")
        UNREADABLE = "unreadable", _("commercial envelope not readable")
        MALFORMED = "malformed", _("offer does not fit the product")

    bid = models.OneToOneField(Bid, models.PROTECT, related_name="ranking")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="rankings")
    verdict = ChoiceField(Verdict)
    price = PriceField(null=True, help_text=_("The price a pack, as bid."))
    pack_size = models.PositiveIntegerField(null=True)
    factor = RatioField(null=True)
    service_fee = PriceField(null=True, help_text=_("Asked beside the price, a pack or set; never ranked."))
    comparable = PriceField(null=True, help_text=_("Price of one reference base unit, rounded for display only."))
    rank = models.PositiveSmallIntegerField(null=True)
    arithmetic = models.JSONField(default=dict, help_text=_("Comparable price, ceiling and tie rule, step by step."))

    policies = wall.JUDGED

    class Meta:
        ordering = ("lot", F("rank").asc(nulls_last=True), "bid__reference")
        constraints = (
            models.UniqueConstraint(fields=("lot", "rank"), name="ranking_rank_once"),
            models.CheckConstraint(
                condition=Q(verdict="valid", rank__isnull=False, price__isnull=False)
                | (~Q(verdict="valid") & Q(rank=None)),
                name="ranking_only_valid_bids_have_a_rank",
            ),
        )
        triggers = append_only("ranking")

    def __str__(self) -> str:
        return f"{self.bid} {self.rank or self.verdict}"


class OfferedProduct(models.Model):
    """A product of an opened offer at its price a pack: what can be ordered if the bid wins."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="offered")
    number = models.PositiveSmallIntegerField()
    product_version = models.ForeignKey(ProductVersion, models.PROTECT, related_name="+")
    price = PriceField(help_text=_("Price a pack."))
    service_fee = PriceField(null=True, help_text=_("Asked beside the price, a pack; of a set with its first part."))
    pack_size = models.PositiveIntegerField(help_text=_("Base units in one pack."))
    quantity = models.PositiveIntegerField(default=1, help_text=_("How many base units a set has of it; 1 otherwise."))

    policies = wall.JUDGED

    class Meta:
        ordering = ("bid", "number")
        constraints = (
            models.UniqueConstraint(fields=("bid", "number"), name="offered_product_number"),
            models.UniqueConstraint(fields=("bid", "product_version"), name="offered_product_once"),
            positive("offered_product", "pack_size"),
            positive("offered_product", "quantity"),
        )
        triggers = append_only("offered_product")

    def __str__(self) -> str:
        return f"{self.bid} / {self.number}"
