"""Shapes of the API about results and objections. Prices and scores are texts."""

from typing import Any

from rest_framework import serializers

from core.api import StrictSerializer
from tenders.models import Hold, Lot, Objection
from tenders.presentation.explained import Explained, Path
from tenders.serializers.tenders import CEILING_UNITS


class PathSerializer(serializers.Serializer):
    """How one bid fared; the price is null while it is sealed, and for ever where the bid did not pass."""

    bid = serializers.CharField(source="bid.reference")
    supplier = serializers.CharField(source="bid.supplier.name")
    product = serializers.CharField(source="bid.product_version.product.reference")
    verdict = serializers.CharField(source="qualification.verdict")
    score = serializers.CharField(source="qualification.score", allow_null=True)
    technical = serializers.DictField(help_text="What the verdict was computed from.")
    price_verdict = serializers.CharField(source="ranking.verdict", allow_null=True, default=None)
    price = serializers.SerializerMethodField()
    rank = serializers.IntegerField(source="ranking.rank", allow_null=True, default=None)
    commercial = serializers.DictField(help_text="What the rank was computed from.")
    sealed_for_ever = serializers.BooleanField()

    def get_price(self, path: Path) -> str | None:
        return None if path.ranking is None or path.ranking.price is None else f"{path.ranking.price:f}"


class HeldSerializer(serializers.ModelSerializer):
    class Meta:
        model = Hold
        fields = ("code", "reference", "reason", "held_at")


class LotResultSerializer(serializers.Serializer):
    """A lot with everything public about it up to its ranked prices."""

    tender = serializers.CharField(source="lot.tender.reference")
    lot = serializers.IntegerField(source="lot.number")
    title = serializers.CharField(source="lot.title")
    status = serializers.ChoiceField(choices=Lot.Status.choices, source="lot.status")
    ending = serializers.ChoiceField(choices=Lot.Ending.choices, source="lot.ending", help_text="How it ended.")
    round = serializers.IntegerField(source="lot.round", help_text="How often its bids have been judged.")
    holds = HeldSerializer(many=True, help_text="What makes it stand still.")
    ceiling_price = serializers.CharField(source="lot.ceiling_price", allow_null=True)
    ceiling_units = serializers.IntegerField(source="lot.ceiling_units", help_text=CEILING_UNITS)
    published_at = serializers.DateTimeField(source="result.published_at", allow_null=True, default=None)
    final_at = serializers.DateTimeField(source="result.final_at", allow_null=True, default=None)
    document = serializers.SerializerMethodField(help_text="The signed technical result, or empty.")
    bids = PathSerializer(source="paths", many=True)

    def get_document(self, explained: Explained) -> str:
        return bytes(explained.result.document).decode() if explained.result else ""


class ObjectionSerializer(serializers.ModelSerializer):
    tender = serializers.CharField(source="lot.tender.reference")
    lot = serializers.IntegerField(source="lot.number")
    supplier = serializers.CharField(source="supplier.name")

    class Meta:
        model = Objection
        fields: tuple[Any, ...] = (
            "reference",
            "tender",
            "lot",
            "supplier",
            "stage",
            "text",
            "filed_at",
            "answer",
            "answer_text",
            "answered_at",
        )


class FileObjectionSerializer(StrictSerializer):
    text = serializers.CharField()


class AnswerObjectionSerializer(StrictSerializer):
    answer = serializers.ChoiceField(choices=(Objection.Answer.UPHELD.value, Objection.Answer.REJECTED.value))
    text = serializers.CharField()


class AnswerToResultSerializer(AnswerObjectionSerializer):
    """Upheld, ``again`` names the bids that are judged anew; with none the lot ends."""

    again = serializers.ListField(child=serializers.CharField(), required=False)


class HoldLotSerializer(StrictSerializer):
    code = serializers.ChoiceField(Hold.Code.choices, help_text="complaint or court")
    reference = serializers.CharField(max_length=80, help_text="Number of the file at the regulator or the court.")
    reason = serializers.CharField(max_length=300)


class ReleaseLotSerializer(HoldLotSerializer):
    again = serializers.ListField(child=serializers.CharField(), required=False)
