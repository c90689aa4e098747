"""Rounds of judgement: why a lot went back a step, and which of its bids are judged again."""

from django.db import models

from accounts.models import Seat
from core.constraints import paired
from core.triggers import append_only
from tenders import wall
from tenders.models.bid import Bid
from tenders.models.tender import Lot


class Round(models.Model):
    """A further round, and why: before any price is asked for, bids of a lot are judged again. The first has no row."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("lot", "number")
        constraints = (
            models.UniqueConstraint(fields=("lot", "number"), name="round_number"),
            models.CheckConstraint(condition=models.Q(number__gte=2), name="round_follows_the_first"),
            paired("round", "opened"),
        )
        triggers = append_only("round")

    def __str__(self) -> str:
        return f"{self.lot} {self.number}"


class JudgedAgain(models.Model):
    """A bid that is judged anew in a round. What was found of the others is carried over and stays."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="judged_again")
    round = models.ForeignKey(Round, models.PROTECT, related_name="bids")

    policies = wall.JUDGED

    class Meta:
        ordering = ("round", "bid")
        constraints = (models.UniqueConstraint(fields=("bid", "round"), name="judged_again_once_a_round"),)
        triggers = append_only("judged_again")

    def __str__(self) -> str:
        return f"{self.round} {self.bid_id}"
