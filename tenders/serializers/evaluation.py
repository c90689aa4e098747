"""Shapes of the API about the technical evaluation. Points travel as texts, as prices do."""

from typing import Any

from rest_framework import serializers

from core.api import StrictSerializer
from tenders.presentation.desk import BidDesk


class LotDeskSerializer(serializers.Serializer):
    """How far the evaluation of one lot is; ``scored`` and ``signed_by_you`` are the acting seat's own."""

    lot = serializers.IntegerField(source="lot.number")
    title = serializers.CharField(source="lot.title")
    status = serializers.CharField(source="lot.status")
    state = serializers.ChoiceField(choices=("done", "ready", "signed", "waiting", "review", "score", "sign"))
    bids = serializers.IntegerField()
    readable = serializers.IntegerField()
    reviewed = serializers.IntegerField()
    scored = serializers.IntegerField()
    signed = serializers.IntegerField()
    evaluators = serializers.IntegerField()
    signed_by_you = serializers.BooleanField(source="mine")


class PointsSerializer(StrictSerializer):
    """Points for one criterion, by its number."""

    criterion = serializers.IntegerField(min_value=1)
    points = serializers.DecimalField(max_digits=6, decimal_places=2)


class AnswerSerializer(serializers.Serializer):
    """One answer of a technical envelope."""

    criterion = serializers.CharField(source="title")
    text = serializers.CharField()


class BidDeskSerializer(serializers.Serializer):
    """A bid under evaluation: its envelope's answers, its review, and the acting seat's own points."""

    reference = serializers.CharField(source="bid.reference")
    supplier = serializers.CharField(source="bid.supplier.name")
    product = serializers.CharField(source="bid.product_version.product.reference")
    readable = serializers.BooleanField()
    passed = serializers.BooleanField(source="review.passed", allow_null=True, default=None)
    reason = serializers.CharField(source="review.reason", default="")
    points = serializers.SerializerMethodField()

    def get_points(self, desk: BidDesk) -> dict[str, str]:
        return {criterion: str(points) for criterion, points in desk.points.items()}


class OneBidDeskSerializer(BidDeskSerializer):
    answers = AnswerSerializer(many=True)


class ReviewSerializer(StrictSerializer):
    passed = serializers.BooleanField()
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class ScoreSerializer(StrictSerializer):
    """Points for every scored criterion of the tender."""

    points = PointsSerializer(many=True, allow_empty=False)

    def validate_points(self, points: list[dict[str, Any]]) -> dict[int, Any]:
        by_number = {line["criterion"]: line["points"] for line in points}
        if len(by_number) < len(points):
            raise serializers.ValidationError("A criterion is given twice.")
        return by_number


class SignEvaluationSerializer(StrictSerializer):
    """``assertion`` is a passkey's assertion whose challenge is the SHA-256 of the evaluator's sheet."""

    assertion = serializers.DictField(required=False, allow_null=True, default=None)
