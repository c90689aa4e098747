"""Shapes of applications, admissions and objections to them."""

from rest_framework import serializers

from accounts.models import AdmissionObjection, Application, ApplicationLicence
from accounts.serializers import FileField
from core.api import StrictSerializer


class ApplicationLicenceSerializer(serializers.ModelSerializer):
    class Meta:
        model = ApplicationLicence
        fields = ("kind", "number", "valid_until", "document_name", "sha256")


class LicenceFileSerializer(serializers.Serializer):
    """A licence as it was uploaded, its bytes in base64."""

    name = serializers.CharField(source="document_name")
    sha256 = serializers.CharField()
    content = FileField(source="document")


class ApplicationSerializer(serializers.ModelSerializer):
    """An application as whoever decides on it reads it; of the bank account the last digits."""

    region = serializers.CharField(source="region_id")
    renews = serializers.SlugRelatedField("credit_code", read_only=True, allow_null=True)
    organisation = serializers.SlugRelatedField("credit_code", read_only=True, allow_null=True)
    bank_number = serializers.CharField(source="masked_number")
    reviewed_by = serializers.CharField(source="reviewed_by.signature", default=None)
    decided_by = serializers.CharField(source="decided_by.signature", default=None)
    licences = ApplicationLicenceSerializer(source="current_licences", many=True)

    class Meta:
        model = Application
        fields = (
            "reference",
            "status",
            "kind",
            "renews",
            "name",
            "credit_code",
            "region",
            "size",
            "representative",
            "contact_name",
            "contact_phone",
            "contact_email",
            "bank",
            "bank_holder",
            "bank_number",
            "applied_at",
            "waits_since",
            "question",
            "advice",
            "review_note",
            "reviewed_at",
            "reviewed_by",
            "decided_at",
            "decided_by",
            "reason",
            "organisation",
            "objections_until",
            "admitted_until",
            "licences",
        )


class ReviewApplicationSerializer(StrictSerializer):
    advice = serializers.ChoiceField([(one.value, one.label) for one in Application.Advice if one])
    note = serializers.CharField(max_length=500, default="", allow_blank=True)


class ReturnApplicationSerializer(StrictSerializer):
    question = serializers.CharField(max_length=500)


class RefuseApplicationSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=500)


class AdmissionSerializer(serializers.ModelSerializer):
    """Who was admitted, as everybody reads it."""

    organisation = serializers.SlugRelatedField("credit_code", read_only=True)
    name = serializers.CharField(source="organisation.name")
    standing = serializers.CharField(source="organisation.standing", help_text="How it stands now, in words.")
    region = serializers.CharField(source="region_id")

    class Meta:
        model = Application
        fields = (
            "reference",
            "organisation",
            "name",
            "kind",
            "size",
            "region",
            "decided_at",
            "objections_until",
            "admitted_until",
            "standing",
        )


class AdmissionObjectionSerializer(serializers.ModelSerializer):
    application = serializers.SlugRelatedField("reference", read_only=True)
    organisation = serializers.CharField(source="application.organisation.credit_code", default=None)
    raised_by = serializers.CharField(source="raised_by.organisation.credit_code")

    class Meta:
        model = AdmissionObjection
        fields = (
            "reference",
            "status",
            "application",
            "organisation",
            "reason",
            "raised_at",
            "raised_by",
            "answer",
            "answered_at",
        )


class ObjectToAdmissionSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=1000)


class AnswerAdmissionObjectionSerializer(StrictSerializer):
    upheld = serializers.BooleanField()
    answer = serializers.CharField(max_length=1000)
