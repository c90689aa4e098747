"""Shapes of the API about organisations and seats."""

from rest_framework import serializers

from accounts.models import BankAccount, Organisation


class StrictSerializer(serializers.Serializer):
    """Refuses fields that it does not know, so that a misspelt one is told and never ignored."""

    def to_internal_value(self, data: object) -> dict[str, object]:
        if isinstance(data, dict):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError({name: ["This field is not known."] for name in unknown})
        return super().to_internal_value(data)


class ReasonSerializer(StrictSerializer):
    """Why something is ended, refused, replaced or taken back."""

    reason = serializers.CharField(max_length=300)


class FaultSerializer(serializers.Serializer):
    field = serializers.CharField(help_text="Name of the field, or empty.")
    row = serializers.IntegerField(allow_null=True, help_text="Row from 1, where the input is a table.")
    message = serializers.CharField()


class ErrorSerializer(serializers.Serializer):
    """Every error has this shape."""

    code = serializers.CharField()
    message = serializers.CharField()
    faults = FaultSerializer(many=True)


class OrganisationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Organisation
        fields = ("credit_code", "name", "kind", "region")


class BankAccountSerializer(serializers.ModelSerializer):
    organisation = OrganisationSerializer()
    number = serializers.SerializerMethodField(help_text="Whole for its organisation and for whoever pays.")
    status = serializers.SerializerMethodField(
        help_text="proposed, lapsed, withdrawn, cooling, in_use or replaced; as of now."
    )

    class Meta:
        model = BankAccount
        fields = (
            "reference",
            "organisation",
            "bank",
            "holder",
            "number",
            "status",
            "proposed_at",
            "confirmed_at",
            "usable_at",
        )

    def get_number(self, account: BankAccount) -> str:
        return account.number_for(self.context["seat"])

    def get_status(self, account: BankAccount) -> str:
        return account.stage(self.context["now"]).value


class ProposeBankAccountSerializer(StrictSerializer):
    bank = serializers.CharField(max_length=100, help_text="With its branch.")
    holder = serializers.CharField(max_length=200, help_text="In whose name the account is.")
    number = serializers.CharField(max_length=60, help_text="Blanks and dashes do not matter.")


class SeatSerializer(serializers.Serializer):
    """The seat that a request acts for."""

    name = serializers.CharField(source="person.name")
    email = serializers.EmailField(source="person.email")
    organisation = OrganisationSerializer()
    roles = serializers.ListField(child=serializers.CharField())
    permissions = serializers.SerializerMethodField()

    def get_permissions(self, seat: object) -> list[str]:
        return sorted(permission.value for permission in seat.permissions)
