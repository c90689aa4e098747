"""Shapes of imports."""

from rest_framework import serializers

from catalogue.models import CatalogueImport
from core.api import StrictSerializer


class StageImportSerializer(StrictSerializer):
    file = serializers.FileField(max_length=200)


class ImportSerializer(serializers.ModelSerializer):
    """An import and how far it is. ``rows`` is a guess while the status is ``staging``."""

    uploaded_by = serializers.CharField(source="uploaded_by.signature")
    notes = serializers.ListField(child=serializers.CharField(), source="told")

    class Meta:
        model = CatalogueImport
        fields = (
            "reference",
            "status",
            "layout",
            "file_name",
            "sha256",
            "rows",
            "rows_done",
            "new",
            "changed",
            "same",
            "faulty",
            "notes",
            "uploaded_at",
            "uploaded_by",
            "merged_at",
        )
