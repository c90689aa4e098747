"""Shapes of the API about organisations and seats."""

import base64
from typing import Any

from django.utils.translation import gettext_lazy
from rest_framework import serializers

from accounts.actions import Basis, Evidence, Tie
from accounts.documents import LARGEST_REQUEST, Paper
from accounts.models import BankAccount, Filing, Organisation, OrganisationVersion, Seat
from accounts.models.filings import AffiliationKind
from core.api import StrictSerializer
from core.parsing import JsonParser


class OrganisationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Organisation
        fields = ("credit_code", "name", "licence", "kind", "region")


class OrganisationVersionSerializer(serializers.ModelSerializer):
    filing = serializers.CharField(source="filing.reference", default=None)

    class Meta:
        model = OrganisationVersion
        fields = ("name", "licence", "valid_from", "filing")


class OneOrganisationSerializer(OrganisationSerializer):
    """An organisation with its life."""

    standing = serializers.CharField(help_text="In force, in liquidation, succeeded or closed, in words.")
    succeeded_by = serializers.CharField(source="succeeded_by.credit_code", default=None)
    versions = OrganisationVersionSerializer(many=True)

    class Meta(OrganisationSerializer.Meta):
        fields = (*OrganisationSerializer.Meta.fields, "standing", "ended_on", "succeeded_by", "versions")


class FilingSerializer(serializers.ModelSerializer):
    """What was filed of an organisation, and what became of it."""

    organisation = serializers.CharField(source="organisation.credit_code")
    other = serializers.CharField(source="other.credit_code", default=None)
    administrator = serializers.CharField(source="administrator.signature", default=None)
    proposed_by = serializers.CharField(source="proposed_by.signature")
    confirmed_by = serializers.CharField(source="confirmed_by.signature", default=None)
    declined_by = serializers.CharField(source="declined_by.signature", default=None)

    class Meta:
        model = Filing
        fields = (
            "reference",
            "kind",
            "status",
            "organisation",
            "day",
            "name",
            "licence",
            "other",
            "affiliation",
            "share",
            "administrator",
            "document_name",
            "sha256",
            "proposed_at",
            "proposed_by",
            "confirmed_at",
            "confirmed_by",
            "declined_at",
            "declined_by",
            "decline_reason",
        )


class BasisSerializer(StrictSerializer):
    """Of what is filed: from which day it holds, and the document that says so."""

    organisation = serializers.SlugRelatedField("credit_code", queryset=Organisation.objects.all())
    day = serializers.DateField()
    document = serializers.FileField(max_length=200)

    @property
    def basis(self) -> Basis:
        file = self.validated_data["document"]
        return Basis(self.validated_data["day"], Evidence(file.name, file.read()))

    @property
    def said(self) -> dict[str, object]:
        """What is filed, as its action takes it."""
        return {name: value for name, value in self.validated_data.items() if name not in ("day", "document")}


class RenamingSerializer(BasisSerializer):
    name = serializers.CharField(max_length=200)
    licence = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)


class TieSerializer(BasisSerializer):
    """Of a holder and its contract maker ``organisation`` is the holder."""

    other = serializers.SlugRelatedField("credit_code", queryset=Organisation.objects.all())
    affiliation = serializers.ChoiceField(AffiliationKind.choices)

    @property
    def said(self) -> dict[str, object]:
        given = self.validated_data
        return {"tie": Tie(given["affiliation"], given["organisation"], given["other"])}


class AffiliationSerializer(TieSerializer):
    share = serializers.DecimalField(max_digits=5, decimal_places=2, required=False, default=None)

    @property
    def said(self) -> dict[str, object]:
        return super().said | {"share": self.validated_data["share"]}


class SuccessionSerializer(BasisSerializer):
    """``other`` took the place of ``organisation``; or, of a split, ``organisation`` came out of it."""

    kind = serializers.ChoiceField(Filing.Kind.choices, help_text="merger, succession or split")
    other = serializers.SlugRelatedField("credit_code", queryset=Organisation.objects.all())


class LiquidationSerializer(BasisSerializer):
    """``administrator`` is the e-mail address of a person with a seat in the organisation."""

    administrator = serializers.EmailField()

    def validate(self, given: dict[str, object]) -> dict[str, object]:
        seats = Seat.objects.filter(organisation=given["organisation"], ended_at=None)
        seat = seats.filter(person__email=str(given["administrator"]).lower()).first()
        if seat is None:
            raise serializers.ValidationError({"administrator": ["Nobody of this address has a seat there."]})
        return {**given, "administrator": seat}


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
    email = serializers.EmailField(source="person.email", allow_null=True, help_text="null: a program.")
    organisation = OrganisationSerializer()
    roles = serializers.ListField(child=serializers.CharField())
    permissions = serializers.SerializerMethodField()

    def get_permissions(self, seat: object) -> list[str]:
        return sorted(permission.value for permission in seat.permissions)


class FileField(serializers.CharField):
    """The bytes of a file, in base64."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return base64.b64decode(super().to_internal_value(data), validate=True)
        except ValueError:
            raise serializers.ValidationError("Send the file in base64.", code="invalid") from None

    def to_representation(self, value: Any) -> str:
        return base64.b64encode(bytes(value)).decode()


class PapersParser(JsonParser):
    """A body with files in it, which together have as much as a form takes."""

    most = LARGEST_REQUEST
    too_large = gettext_lazy("This is too large. Attach at most 40 megabytes together.")


class PaperSerializer(StrictSerializer):
    """A file that is sent along: its name, and its bytes in base64."""

    name = serializers.CharField(max_length=200)
    content = FileField(help_text="The bytes of the file in base64: PDF, OFD or picture.")

    @staticmethod
    def paper(given: dict[str, Any]) -> Paper:
        return Paper(given["name"], given["content"])
