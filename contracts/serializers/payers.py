"""Shapes of the API about who pays and who is paid."""

from rest_framework import serializers

from accounts.models import Organisation, Region
from accounts.permissions import OrganisationKind
from accounts.serializers import OrganisationSerializer
from contracts.actions import PayeeTerms, PayerTerms
from contracts.models import PayeeRow, PayerRow, PayerRule
from core.api import StrictSerializer

SCOPE = ("region", "institution", "product_list", "valid_from", "valid_to")


# --- What is answered -------------------------------------------------------------------------------------
class _RowSerializer(serializers.ModelSerializer):
    rule = serializers.CharField(source="rule.code")
    region = serializers.CharField(source="region.code", default=None, allow_null=True)
    institution = OrganisationSerializer(allow_null=True)


class PayerRowSerializer(_RowSerializer):
    payer = OrganisationSerializer(allow_null=True)

    class Meta:
        model = PayerRow
        fields = ("reference", "rule", "who", "payer", *SCOPE)


class PayeeRowSerializer(_RowSerializer):
    class Meta:
        model = PayeeRow
        fields = ("reference", "rule", "whom", *SCOPE)


# --- What is asked ----------------------------------------------------------------------------------------
class _SetRowSerializer(StrictSerializer):
    rule = serializers.CharField(default=PayerRule.ORDINARY, max_length=40, help_text="One that the agency has.")
    begins_rule = serializers.BooleanField(default=False, help_text="The row begins a new rule of this name.")
    region = serializers.SlugRelatedField("code", default=None, allow_null=True, queryset=Region.objects.all())
    institution = serializers.SlugRelatedField(
        "credit_code", default=None, allow_null=True, queryset=Organisation.objects.of_kind(OrganisationKind.HOSPITAL)
    )
    product_list = serializers.CharField(max_length=40, default="", allow_blank=True)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(default=None, allow_null=True)


class SetPayerSerializer(_SetRowSerializer):
    who = serializers.ChoiceField(PayerRow.Who.choices)
    payer = serializers.SlugRelatedField(
        "credit_code", default=None, allow_null=True, queryset=Organisation.objects.of_kind(OrganisationKind.PAYER)
    )

    @property
    def terms(self) -> PayerTerms:
        return PayerTerms(**self.validated_data)


class SetPayeeSerializer(_SetRowSerializer):
    whom = serializers.ChoiceField(PayeeRow.Whom.choices)

    @property
    def terms(self) -> PayeeTerms:
        return PayeeTerms(**self.validated_data)
