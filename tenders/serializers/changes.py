"""Shapes of the API about changes of a published tender."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from core.api import StrictSerializer
from core.money import PRICE_DECIMALS
from tenders.models import Change, Criterion
from tenders.rules.changes import CriterionTerms, LotTerms, NoticeTerms
from tenders.rules.preparation import MOST_CEILING_UNITS
from tenders.serializers.tenders import CEILING_UNITS


class DifferenceSerializer(serializers.Serializer):
    field = serializers.CharField()
    number = serializers.IntegerField(help_text="Of the lot or criterion; 0 for the tender itself.")
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class ChangeSerializer(serializers.ModelSerializer):
    """A change with both people. ``terms`` is the hash of the notice that an approved amendment made."""

    proposed_by = serializers.CharField(source="proposed_by.signature")
    approved_by = serializers.SerializerMethodField()
    declined_by = serializers.SerializerMethodField()
    differences = DifferenceSerializer(many=True)
    terms = serializers.SerializerMethodField()

    class Meta:
        model = Change
        fields = (
            "number",
            "kind",
            "status",
            "reason",
            "deadline_before",
            "deadline",
            "terms_before",
            "terms",
            "differences",
            "proposed_at",
            "proposed_by",
            "approved_at",
            "approved_by",
            "declined_at",
            "declined_by",
            "decline_reason",
        )

    def get_approved_by(self, change: Change) -> str:
        return change.approved_by.signature if change.approved_by else ""

    def get_declined_by(self, change: Change) -> str:
        return change.declined_by.signature if change.declined_by else ""

    def get_terms(self, change: Change) -> str:
        return change.notice.sha256 if hasattr(change, "notice") else ""


class ProposeExtensionSerializer(StrictSerializer):
    deadline = serializers.DateTimeField(help_text="Later than the one published.")
    reason = serializers.CharField(max_length=300)


class LotTermsSerializer(StrictSerializer):
    number = serializers.IntegerField(min_value=1)
    ceiling_price = serializers.DecimalField(max_digits=18, decimal_places=PRICE_DECIMALS, min_value=Decimal(0))
    ceiling_units = serializers.IntegerField(
        min_value=1, max_value=MOST_CEILING_UNITS, default=1, help_text=CEILING_UNITS
    )
    quality_requirement = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class CriterionTermsSerializer(StrictSerializer):
    number = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=Criterion.Kind.choices)
    title = serializers.CharField(max_length=200)
    guidance = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    max_points = serializers.IntegerField(min_value=0, max_value=100, default=0)


class ProposeAmendmentSerializer(StrictSerializer):
    """The whole new state: every lot and every criterion, in the order of their numbers."""

    reason = serializers.CharField(max_length=300)
    deadline = serializers.DateTimeField(required=False, allow_null=True, default=None)
    summary = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    supply_from = serializers.DateField()
    supply_to = serializers.DateField()
    lots = LotTermsSerializer(many=True)
    criteria = CriterionTermsSerializer(many=True, required=False, default=())
    documents = serializers.ListField(
        child=serializers.CharField(max_length=64), default=list, help_text="SHA-256 of those that the notice names."
    )

    @property
    def proposal(self) -> dict[str, Any]:
        """What was sent, as ``propose_amendment`` takes it."""
        given = dict(self.validated_data)
        terms = NoticeTerms(
            summary=given["summary"].strip(),
            supply_from=given["supply_from"],
            supply_to=given["supply_to"],
            lots=tuple(LotTerms(**lot) for lot in given["lots"]),
            criteria=tuple(CriterionTerms(**one) for one in given["criteria"]),
            documents=tuple(given["documents"]),
        )
        return {"terms": terms, "reason": given["reason"], "deadline": given["deadline"]}
