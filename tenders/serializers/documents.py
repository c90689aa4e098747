"""Shapes of the API about documents of a tender."""

from rest_framework import serializers

from accounts.serializers import FileField, PaperSerializer
from core.api import StrictSerializer
from tenders.models import TenderDocument


class TenderDocumentSerializer(serializers.Serializer):
    """A document of a tender, without its bytes."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=TenderDocument.Kind.choices)
    name = serializers.CharField()
    sha256 = serializers.CharField()
    named = serializers.BooleanField(help_text="Whether the notice that holds names it.")


class DocumentFileSerializer(serializers.ModelSerializer):
    """A document with its bytes in base64."""

    content = FileField()

    class Meta:
        model = TenderDocument
        fields = ("number", "kind", "name", "sha256", "content")


class AttachDocumentSerializer(StrictSerializer):
    kind = serializers.ChoiceField(choices=TenderDocument.Kind.choices)
    document = PaperSerializer()
