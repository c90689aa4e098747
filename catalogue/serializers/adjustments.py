"""Shapes of proposals to change the catalogue. What is said stands by the columns of the import template."""

from typing import Any

from rest_framework import serializers

from accounts.documents import Paper
from accounts.serializers import PaperSerializer
from catalogue.actions import Proposal
from catalogue.models import Adjustment, Item, Product
from core.api import StrictSerializer

MOST_ROWS = 2000


class SaidField(serializers.DictField):
    """What is to be so, by columns of the import template."""

    child = serializers.CharField(max_length=500, allow_blank=True)

    def __init__(self, **given: Any) -> None:
        super().__init__(
            help_text="By columns of the import template; of a correction only what is to change.", **given
        )


class AdjustmentSerializer(serializers.ModelSerializer):
    organisation = serializers.SlugRelatedField("credit_code", read_only=True)
    item = serializers.SlugRelatedField("reference", read_only=True, allow_null=True)
    product = serializers.SlugRelatedField("reference", read_only=True, allow_null=True)
    said = serializers.DictField(child=serializers.CharField())
    before = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = Adjustment
        fields = (
            "reference",
            "bundle",
            "status",
            "kind",
            "organisation",
            "item",
            "product",
            "said",
            "before",
            "reason",
            "proposed_at",
            "waits_since",
            "question",
            "answer",
            "decision",
            "decided_at",
            "starts_on",
        )


class ProposedSerializer(serializers.Serializer):
    """The proposals that were made, one a row."""

    adjustments = AdjustmentSerializer(many=True)


class ProposalSerializer(StrictSerializer):
    kind = serializers.ChoiceField(Adjustment.Kind.choices)
    item = serializers.SlugRelatedField("reference", queryset=Item.objects.all(), default=None, allow_null=True)
    product = serializers.SlugRelatedField(
        "reference", queryset=Product.objects.select_related("item", "maker"), default=None, allow_null=True
    )
    said = SaidField(default=dict)
    reason = serializers.CharField(max_length=500)


class ProposeSerializer(StrictSerializer):
    """Several proposals with the same evidence: all are taken, or none."""

    proposals = ProposalSerializer(many=True, allow_empty=False, max_length=MOST_ROWS)
    documents = PaperSerializer(many=True, allow_empty=False, max_length=10)

    @property
    def asked(self) -> list[Proposal]:
        return [Proposal(**row) for row in self.validated_data["proposals"]]

    @property
    def papers(self) -> list[Paper]:
        return [PaperSerializer.paper(one) for one in self.validated_data["documents"]]


class AnswerAdjustmentSerializer(StrictSerializer):
    answer = serializers.CharField(max_length=500)
    said = SaidField(required=False)
    documents = PaperSerializer(many=True, required=False, max_length=10)

    @property
    def given(self) -> dict[str, Any]:
        said = self.validated_data
        papers = [PaperSerializer.paper(one) for one in said.get("documents", ())]
        return {"answer": said["answer"], "said": said.get("said"), "papers": papers}


class AskBackAdjustmentSerializer(StrictSerializer):
    question = serializers.CharField(max_length=500)


class AcceptAdjustmentSerializer(StrictSerializer):
    waits_since = serializers.DateTimeField(
        source="seen", help_text="As it was read: what was answered anew meanwhile is not accepted."
    )
    starts_on = serializers.DateField(required=False, help_text="Today if left out.")
