"""Shapes of the API about rule sets."""

from django.utils import timezone
from rest_framework import serializers

from core.api import StrictSerializer
from core.clock import legal_date
from tenders.actions.rule_sets import RuleSetPlan
from tenders.models import RuleSet, RuleSetDraft
from tenders.rule_faults import faults_of

BODY = "A document of the format tender-rules/3; docs/rules.md says what its parts mean."


class RuleSetSerializer(serializers.ModelSerializer):
    class Meta:
        model = RuleSet
        fields = ("code", "version", "title", "source", "valid_from", "valid_to", "body")


class RuleFaultSerializer(serializers.Serializer):
    """What the check finds incomplete or at odds: the part, the row in it, and what is wrong by one word."""

    part = serializers.CharField()
    row = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    message = serializers.CharField()


class RuleSetDraftSerializer(serializers.ModelSerializer):
    """Rules that are being written; ``faults`` is what the check says of them as they stand."""

    based_on = serializers.StringRelatedField()
    rule_set = serializers.StringRelatedField(help_text="Code and version, once they are in force.")
    drafted_by = serializers.CharField(source="drafted_by.signature", default=None, allow_null=True)
    proposed_by = serializers.CharField(source="proposed_by.signature", default=None, allow_null=True)
    decided_by = serializers.CharField(source="decided_by.signature", default=None, allow_null=True)

    class Meta:
        model = RuleSetDraft
        fields = (
            "reference",
            "status",
            "code",
            "title",
            "source",
            "unverified",
            "closed",
            "based_on",
            "valid_from",
            "reason",
            "drafted_at",
            "drafted_by",
            "proposed_at",
            "proposed_by",
            "decided_at",
            "decided_by",
            "refusal",
            "rule_set",
        )


class RuleSetDraftDetailSerializer(RuleSetDraftSerializer):
    faults = serializers.SerializerMethodField()

    class Meta(RuleSetDraftSerializer.Meta):
        fields = (*RuleSetDraftSerializer.Meta.fields, "body", "faults")

    def get_faults(self, draft: RuleSetDraft) -> list[dict[str, str]]:
        return RuleFaultSerializer(faults_of(draft.body), many=True).data


class RuleSetPlanSerializer(StrictSerializer):
    code = serializers.SlugField(max_length=40)
    title = serializers.CharField(max_length=200)
    source = serializers.CharField(max_length=300)
    unverified = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    based_on = serializers.CharField(max_length=50, required=False, help_text="Code and version, as joints/1.")
    body = serializers.JSONField(help_text=BODY)

    def validate_based_on(self, text: str) -> RuleSet:
        code, _slash, version = text.partition("/")
        found = RuleSet.objects.filter(code=code, version=version).first() if version.isdecimal() else None
        if found is None:
            raise serializers.ValidationError("Give the code and version of a rule set.")
        return found

    @property
    def plan(self) -> RuleSetPlan:
        return RuleSetPlan(**self.validated_data)


class ProposeRuleSetSerializer(StrictSerializer):
    valid_from = serializers.DateField(default=lambda: legal_date(timezone.now()))
    reason = serializers.CharField(max_length=300)
